import type { IssueFollower } from "./issue-look.ts";

export const followRollback: IssueFollower = async () => ({});

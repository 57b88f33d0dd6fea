import type { IssueFollower } from "./issue-look.ts";

export const followWindow: IssueFollower = async () => ({});

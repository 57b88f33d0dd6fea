import type { IssueFollower } from "./issue-look.ts";

export const followDeployment: IssueFollower = async () => ({});

import type { IssueFollower } from "./issue-look.ts";

export const followPostReview: IssueFollower = async () => ({});

/** A post-review as its steps hand it on: what is kept, as it was read, and who said what. */

import type { PostReviewData } from "../../../core/bypass/post-review-data.ts";
import type { PullRequestSubject } from "../../../core/subject.ts";
import type { KeptIssue, KnownMerge } from "../../exceptions-port.ts";
import type { IssueReading } from "../../issues-port.ts";
import type { Ports } from "../../ports.ts";

export interface ReviewLook {
  kept: KeptIssue & { pullRequest: number };
  data: PostReviewData;
  reading: IssueReading | "gone";
  merge: KnownMerge | null;
}

/** Keeps what changed; the look goes on with it. */
export async function keep(look: ReviewLook, data: Partial<PostReviewData>, { store }: Ports): Promise<ReviewLook> {
  const next = { ...look, data: { ...look.data, ...data } };
  await store.keepIssue(issueOf(next));
  return next;
}

export function issueOf({ kept, data }: Pick<ReviewLook, "kept" | "data">): KeptIssue {
  return { ...kept, data };
}

export function pullRequestOf({ kept }: Pick<ReviewLook, "kept">): PullRequestSubject {
  const { installationId, repositoryId, owner, name, pullRequest } = kept;
  return { kind: "pull_request", installationId, repositoryId, owner, name, number: pullRequest };
}

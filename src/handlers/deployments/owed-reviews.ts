/** Reviews that merges owe, or owed, as their issues stand. */

import type { DeployedMerge, OwedReview } from "../../core/deployment/deployment.ts";
import type { Json } from "../../core/report/ledger-hash.ts";
import type { KeptIssue } from "../exceptions-port.ts";
import type { Ports } from "../ports.ts";

/** One statement, and none where everything was merged with its gate open. */
export async function readOwedReviews(
  repositoryId: number,
  merges: readonly DeployedMerge[],
  { store }: Pick<Ports, "store">,
): Promise<OwedReview[]> {
  const owing = merges.filter(({ passage }) => passage === "bypass" || passage === "around");
  if (owing.length === 0) return [];
  const issues = await store.listIssues({ repositoryId, kind: "post_review" });
  return owing.flatMap(({ number, headSha }) =>
    issues
      .filter((issue) => issue.pullRequest === number && isAbout(issue, headSha))
      .map((issue) => ({ pullRequest: number, issue: issue.number, isDone: isReviewed(issue) })),
  );
}

/** An issue of an earlier head, whose bypass was never used, says nothing of what was merged. */
function isAbout({ key }: KeptIssue, headSha: string): boolean {
  return key.includes(headSha.slice(0, 12));
}

/** Settled by somebody's review, and not because nothing seemed to be owed. */
function isReviewed({ state, data }: KeptIssue): boolean {
  return state === "done" && isObject(data) && data.review !== null && data.review !== undefined;
}

function isObject(data: Json): data is { [key: string]: Json } {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

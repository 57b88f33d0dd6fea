/** Files the review that a merge around the gate owes. */

import { aroundReview } from "../../../core/report/post-review-issue.ts";
import type { PullRequestSubject } from "../../../core/subject.ts";
import type { KeptIssue } from "../../exceptions-port.ts";
import type { PullRequestReading } from "../../github-port.ts";
import type { Judgement } from "../../judge-pull-request.ts";
import type { Ports } from "../../ports.ts";

/** Doing it twice files one. Where it cannot be filed, it is kept all the same, and followed until it can. */
export async function fileAroundReview(
  subject: PullRequestSubject,
  { snapshot }: PullRequestReading,
  judgement: Judgement | null,
  { store, github, clock, log }: Ports,
): Promise<void> {
  const { installationId, repositoryId, owner, name, number } = subject;
  const repository = { installationId, repositoryId, owner, name };
  const { merged } = snapshot;
  if (merged === null) return;
  const known = { verdict: judgement?.verdict ?? null, telling: judgement?.telling ?? null, now: clock.now() };
  const { issue, data } = aroundReview(snapshot, known);
  const before = await store.loadIssueByKey(repositoryId, issue.marker);
  if (before !== null) return;
  const filed = await github.createIssue(repository, issue);
  const kept: KeptIssue = {
    ...repository,
    // GitHub gives no such number: it stands for the issue that is still to be filed.
    number: filed === "refused" ? -number : filed.number,
    key: issue.marker,
    kind: "post_review",
    state: "open",
    pullRequest: number,
    commitSha: merged.commitSha,
    dueAt: null,
    data,
  };
  await store.keepIssue(kept);
  await store.enqueue([{ kind: "issue", ...repository, number: kept.number }]);
  log.warn({ repositoryId, pr: number, issue: kept.number }, "A merge around the gate owes a review");
}

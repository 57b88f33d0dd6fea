/** Files the review that a merge around the gate owes. */

import type { PolicyDocument } from "../../../core/policy/policy-document.ts";
import { aroundReview } from "../../../core/report/post-review-issue.ts";
import type { PullRequestSubject } from "../../../core/subject.ts";
import type { KeptIssue } from "../../exceptions-port.ts";
import type { PullRequestReading } from "../../github-port.ts";
import type { Judgement } from "../../judge-pull-request.ts";
import type { Ports } from "../../ports.ts";
import { readPolicy } from "../../read-policy.ts";

/** Doing it twice files one. Where it cannot be filed, it is kept all the same, and followed until it can. */
export async function fileAroundReview(
  subject: PullRequestSubject,
  reading: PullRequestReading,
  judgement: Judgement | null,
  ports: Ports,
): Promise<void> {
  const { store, github, clock, log } = ports;
  const { installationId, repositoryId, owner, name, number } = subject;
  const repository = { installationId, repositoryId, owner, name };
  const snapshot = judgement?.reading.snapshot ?? reading.snapshot;
  const { merged, base } = snapshot;
  if (merged === null) return;
  // The base branch has the change by now.
  const left = { ...base, sha: reading.mergeBaseSha ?? base.sha };
  const { issue, data } = aroundReview(
    { ...snapshot, base: left },
    {
      verdict: judgement?.verdict ?? null,
      telling: judgement?.telling ?? null,
      document: await policyBefore(subject, reading, ports),
      now: clock.now(),
    },
  );
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

/** Where the change left the base branch: what it did to the policy does not choose who reviews it. */
async function policyBefore(
  subject: PullRequestSubject,
  { snapshot, policies, mergeBaseSha }: PullRequestReading,
  ports: Ports,
): Promise<PolicyDocument | null> {
  if (mergeBaseSha === null) return null;
  const { owner, name } = subject;
  const file = { owner, name, path: ".github/checkpoints.yml", ref: mergeBaseSha };
  const repository = await ports.github.readPolicyFile(subject, file);
  const policy = await readPolicy(subject, { snapshot, policies: { ...policies, repository } }, ports);
  return policy.kind === "loaded" ? policy.document : null;
}

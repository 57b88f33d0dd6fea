/** Grants the bypasses for which all conditions hold. Before one opens anything, the review that it owes is written down, and it is in the ledger. */

import type { BypassState, GrantedBypass, RefusedBypass, RememberedBypass } from "../../core/bypass/bypass.ts";
import { bypassBucket } from "../../core/gate/bypass-cause.ts";
import { postReviewData, postReviewIssue } from "../../core/report/post-review-issue.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import { digestOf } from "../digest.ts";
import type { KeptIssue } from "../exceptions-port.ts";
import type { Judgement } from "../judge-pull-request.ts";
import type { Ports, Run } from "../ports.ts";

type Grantable = Extract<BypassState, { kind: "grantable" }>;
type Judged = Judgement & Record<"verdict" | "telling" | "input", object>;

/**
 * Each step finds what an earlier run left behind, so that one which was killed between any two of them goes on: the issue by its marker,
 * the grant by its id.
 *
 * @returns what was granted, and what was refused because its review could not be written down; all of it is kept
 */
export async function grantBypasses(
  subject: PullRequestSubject,
  judgement: Judgement,
  ports: Ports,
  run: Pick<Run, "signal">,
): Promise<RememberedBypass[]> {
  if (!isJudged(judgement) || judgement.verdict.isObserved) return [];
  const settled: RememberedBypass[] = [];
  for (const state of judgement.verdict.bypasses) {
    if (state.kind !== "grantable") continue;
    if (run.signal.aborted) throw run.signal.reason;
    settled.push(await settle(subject, state, judgement, ports));
  }
  return settled;
}

async function settle(
  subject: PullRequestSubject,
  state: Grantable,
  judgement: Judged,
  ports: Ports,
): Promise<GrantedBypass | RefusedBypass> {
  const { store, clock, log, meter } = ports;
  const { repositoryId, number } = subject;
  const headSha = judgement.reading.snapshot.head.sha;
  const data = { repositoryId, pr: number, headSha, bypass: state.request.id };
  const issue = await fileIssue(subject, state, judgement, ports);
  if (issue === null) {
    const refusal = { outcome: "refused", id: state.request.id, headSha, why: "no_issue", at: clock.now() } as const;
    await store.refuseBypass(repositoryId, number, refusal);
    meter.bypassed("refused");
    log.warn(data, "A bypass was refused: the review that it owes could not be written down");
    return refusal;
  }
  const { installationId, owner, name } = subject;
  const kept = { kind: "issue", installationId, repositoryId, owner, name, number: issue.number } as const;
  // Looked at also where this run ends before the grant is kept: an issue without one is owed by nobody.
  await store.enqueue([kept], new Date(clock.now().getTime() + orphanedAfterMs));
  const { document, snapshot } = judgement.input;
  const bucket = bypassBucket(state.request.cause, judgement.verdict, document.policy, snapshot);
  const grant = grantOf(state, { headSha, at: clock.now(), issue, bucket });
  await store.grantBypass(repositoryId, number, grant);
  meter.bypassed("granted");
  log.warn({ ...data, issue: issue.number, until: grant.until }, "An emergency bypass was granted");
  await store.enqueue([kept]);
  return grant;
}

const orphanedAfterMs = 10 * 60_000;

/** @returns `null` where it cannot be filed, or somebody has closed or deleted it already */
async function fileIssue(
  subject: PullRequestSubject,
  state: Grantable,
  { verdict, telling, reading }: Judged,
  { github, store }: Ports,
): Promise<{ number: number; url: string } | null> {
  const { installationId, repositoryId, owner, name, number } = subject;
  const repository = { installationId, repositoryId, owner, name };
  const headSha = reading.snapshot.head.sha;
  const wanted = postReviewIssue(verdict, telling, state);
  const key = issueKey(number, headSha, state.request.id);
  const filed = await github.createIssue(repository, { ...wanted, marker: key });
  if (filed === "refused") return null;
  const found = await github.readIssue({ ...repository, number: filed.number });
  if (found === "gone" || found.state === "closed") return null;
  const kept: KeptIssue = {
    ...repository,
    number: filed.number,
    key,
    kind: "post_review",
    state: "open",
    pullRequest: number,
    commitSha: null,
    dueAt: null,
    data: postReviewData(verdict, telling, state),
  };
  // Kept before the grant: whoever finds a grant finds its issue as well.
  const before = await store.loadIssueByKey(repositoryId, key);
  if (before?.number !== filed.number) await store.keepIssue(kept);
  return filed;
}

/** Of one request on one head: asked for again, a bypass owes a review of its own. */
function issueKey(number: number, headSha: string, requestId: string): string {
  return `post-review:${number}:${headSha.slice(0, 12)}:${digestOf(requestId).slice(0, 12)}`;
}

function grantOf(
  { request, reason, secondPerson, until }: Grantable,
  { headSha, at, issue, bucket }: Required<Pick<GrantedBypass, "headSha" | "issue" | "bucket">> & { at: Date },
): GrantedBypass {
  return {
    ...request,
    outcome: "granted",
    headSha,
    reason,
    secondPerson,
    bucket,
    grantedAt: at,
    until,
    issue,
    ended: null,
  };
}

function isJudged(judgement: Judgement): judgement is Judged {
  return judgement.verdict !== null && judgement.telling !== null && judgement.input !== null;
}

/** What a merge leaves to do, once: the decision record, issues for open conditions, and a note where it was merged past the gate. */

import { letsThrough, type Standing } from "../core/gate/standing.ts";
import { checkIdentity } from "../core/report/check-identity.ts";
import { conditionIssues } from "../core/report/condition-issue.ts";
import type { PullRequestSubject } from "../core/subject.ts";
import { keepMerge } from "./bypass/keep-merge.ts";
import { keepSatisfied } from "./deployments/keep-satisfied.ts";
import { wakeDeployments } from "./deployments/wake.ts";
import type { PullRequestReading } from "./github-port.ts";
import { fileAroundReview } from "./issues/post-review/file-around-review.ts";
import { type Judgement, judgeClosed } from "./judge-pull-request.ts";
import { keepDecisionRecord } from "./keep-decision-record.ts";
import type { Ports, Run } from "./ports.ts";
import type { Dossier } from "./store-port.ts";

/** What cannot be done after so many tries is left undone: a merged change must not stay open in our books. */
const attemptsMax = 5;

/** @param reading of a pull request that was open when last looked at, and is merged */
export async function afterMerge(
  subject: PullRequestSubject,
  reading: PullRequestReading,
  dossier: Dossier,
  ports: Ports,
  run: Run,
): Promise<void> {
  const { snapshot } = reading;
  const { name } = checkIdentity(snapshot);
  const siblings = await ports.store.loadSiblings(subject.repositoryId, snapshot.head.sha, name);
  const last = siblings.find(({ number }) => number === subject.number)?.standing ?? null;
  try {
    const judgement = await judgeClosed(subject, reading, dossier, ports, run);
    if (judgement !== null) {
      await fileConditions(subject, judgement, ports);
      await keepDecisionRecord(subject, judgement, ports);
      await keepSatisfied(subject, judgement, ports);
    }
    await noteMerge(subject, reading, { judgement, last, dossier }, ports);
    await wakeDeployments(subject.repositoryId, ports);
  } catch (error) {
    if (run.attempt < attemptsMax) throw error;
    ports.log.error({ err: error, repositoryId: subject.repositoryId, pr: subject.number }, "A merge was not seen to");
  }
}

async function fileConditions(
  subject: PullRequestSubject,
  { verdict, reading }: Judgement,
  { github, log }: Ports,
): Promise<void> {
  for (const issue of verdict === null ? [] : conditionIssues(verdict, reading.snapshot)) {
    const filed = await github.createIssue(subject, { ...issue, labels: [], assignees: [] });
    if (filed !== "refused") continue;
    log.warn({ repositoryId: subject.repositoryId, pr: subject.number }, "An open condition could not become an issue");
  }
}

/**
 * Merged past the gate is what was not open by the last check on its head, and is not open by a look at what had been said until the
 * merge: an approval that GitHub let through before we could say so is none. A change of the policy cannot excuse itself.
 */
async function noteMerge(
  subject: PullRequestSubject,
  reading: PullRequestReading,
  { judgement, last, dossier }: { judgement: Judgement | null; last: Standing | null; dossier: Dossier },
  ports: Ports,
): Promise<void> {
  const { repositoryId, number } = subject;
  const { snapshot } = reading;
  const { store, log, meter } = ports;
  const { merged, head } = snapshot;
  const wasOpen = last !== null && letsThrough(last);
  const isOpen = judgement !== null && letsThrough(judgement.standing) && !changesPolicy(judgement);
  const isPast = !wasOpen && !isOpen;
  const merge = await keepMerge(subject, reading, { judgement, last, isPast }, dossier, ports);
  if (merge?.passage === "around" && judgement?.verdict?.isObserved !== true) {
    await fileAroundReview(subject, reading, judgement, ports);
  }
  const data = {
    number,
    headSha: head.sha,
    mergedBy: merged?.by?.login ?? null,
    commitSha: merged?.commitSha ?? null,
    mergedAt: merged?.at.toISOString() ?? null,
    standing: last,
    passage: merge?.passage ?? null,
    bypassId: merge?.bypassId ?? null,
    codes: judgement?.verdict?.codes ?? [],
  };
  await store.appendToLedger(repositoryId, isPast ? "merged_while_red" : "merged", data);
  if (!isPast) return;
  meter.mergedWhileRed();
  log.warn({ repositoryId, pr: number, ...data }, "A pull request was merged although its gate was not open");
}

function changesPolicy({ reading, telling }: Judgement): boolean {
  const path = telling?.document.source.path;
  return reading.snapshot.files.some((file) => file.path === path || file.previousPath === path);
}

/** Replays what was merged last under the policy in force and the one that a pull request proposes (P8). No verdict waits for it. */

import type { Outcome } from "../core/backtest/outcome.ts";
import { type PolicyReplay, type ReplayCut, summariseReplay, unanswered } from "../core/backtest/policy-replay.ts";
import { replay } from "../core/backtest/replay.ts";
import type { Classification } from "../core/findings/finding.ts";
import { engineVersion } from "../core/gate/verdict.ts";
import { looksAtChecks } from "../core/policy/looks-at.ts";
import type { PolicyDocument } from "../core/policy/policy-document.ts";
import type { Contents } from "../core/snapshot.ts";
import type { PolicyReplaySubject, PullRequestSubject } from "../core/subject.ts";
import { digestOf } from "./digest.ts";
import type { MergedPull, MergedPulls } from "./policy-replay-port.ts";
import type { JudgingPorts, Ports, Run, RunResult } from "./ports.ts";
import { readPolicy } from "./read-policy.ts";
import { type ProposedPolicy, readProposedPolicy } from "./read-proposed-policy.ts";

/** What looking back may cost, of one change of the policy. A fifth of GitHub's limit is kept for judging besides. */
export const replayLimits = { changes: 20, requests: 100, timeMs: 180_000, attempts: 3 } as const;

/** Both policies and the branch: the same pair is replayed once. */
export function replayKey(before: PolicyDocument, after: PolicyDocument, baseRef: string): string {
  return digestOf({ engineVersion, before: before.policy, after: after.policy, baseRef });
}

/** What there is to replay, if the change of the policy means anything. */
export function replayable(
  document: PolicyDocument,
  proposed: ProposedPolicy | null,
  baseRef: string,
): { key: string; after: PolicyDocument } | null {
  if (proposed === null || proposed.document === null || proposed.change.differences.length === 0) return null;
  return { key: replayKey(document, proposed.document, baseRef), after: proposed.document };
}

/** What was found by replaying; `pending` where nobody did yet, `null` where there is nothing to replay, or nobody will. */
export async function loadPolicyReplay(
  { repositoryId }: PullRequestSubject,
  document: PolicyDocument,
  { proposed, baseRef }: { proposed: ProposedPolicy | null; baseRef: string },
  { store }: JudgingPorts,
): Promise<PolicyReplay | "pending" | null> {
  const pair = replayable(document, proposed, baseRef);
  if (pair === null || store.loadReplay === undefined) return null;
  return (await store.loadReplay(repositoryId, pair.key)) ?? "pending";
}

/** @throws {GithubError} when GitHub fails; the last attempt keeps that it did */
export async function replayPolicyChange(subject: PolicyReplaySubject, ports: Ports, run: Run): Promise<RunResult> {
  const { github, store, log } = ports;
  const pull: PullRequestSubject = { ...subject, kind: "pull_request" };
  const reading = await github.readPullRequest(pull, await store.loadHints(subject.repositoryId));
  if (reading === "gone" || reading.snapshot.state !== "open") return {};
  const policy = await readPolicy(pull, reading, ports);
  if (policy.kind !== "loaded") return {};
  const { files } = await github.readChange(pull);
  const whole = { ...reading, snapshot: { ...reading.snapshot, files } };
  const proposed = await readProposedPolicy(pull, whole, policy.document, ports);
  const pair = replayable(policy.document, proposed, reading.snapshot.base.ref);
  if (pair === null || (await store.loadReplay(subject.repositoryId, pair.key)) !== null) return {};

  const found = await replayMerged(pull, [policy.document, pair.after], reading.snapshot.base.ref, ports, run).catch(
    (error: unknown): PolicyReplay => {
      if (run.attempt < replayLimits.attempts || run.signal.aborted) throw error;
      log.warn({ repositoryId: subject.repositoryId, pr: subject.number }, "The past could not be replayed");
      return summariseReplay([], [], { wanted: replayLimits.changes, cutBy: "failed" });
    },
  );
  await store.saveReplay(subject.repositoryId, pair.key, found);
  await store.enqueue([pull]);
  return {};
}

type Both = readonly [before: PolicyDocument, after: PolicyDocument];

async function replayMerged(
  pull: PullRequestSubject,
  documents: Both,
  baseRef: string,
  ports: Ports,
  run: Run,
): Promise<PolicyReplay> {
  const { changes: last, requests, timeMs } = replayLimits;
  const until = new Date(ports.clock.now().getTime() + timeMs);
  const withChecks = documents.some(({ policy }) => looksAtChecks(policy));
  const history = await ports.github.readMergedPulls(pull, {
    ...{ baseRef, last, withChecks },
    budget: { requests, until },
  });
  const outcomes: [Outcome[], Outcome[]] = [[], []];
  let cutBy: ReplayCut | null = history.cutBy;
  for (const merged of history.pulls) {
    if (run.signal.aborted) throw run.signal.reason;
    const both = await replayOne(pull, merged, documents, history, ports);
    if (typeof both === "string") {
      cutBy = both;
      break;
    }
    outcomes[0].unshift(both[0]);
    outcomes[1].unshift(both[1]);
  }
  return summariseReplay(...outcomes, { wanted: cutBy === null ? history.pulls.length : last, cutBy });
}

async function replayOne(
  pull: PullRequestSubject,
  merged: MergedPull,
  [before, after]: Both,
  history: MergedPulls,
  ports: Ports,
): Promise<[Outcome, Outcome] | ReplayCut> {
  const whole = await merged.readWhole();
  if (typeof whole === "string") return whole;
  const change = unanswered(whole);
  const old = await classifyMerged(pull, merged, change, before, history, ports);
  if (typeof old === "string") return old;
  const isSame = digestOf(before.policy.classification) === digestOf(after.policy.classification);
  const later = isSame ? old : await classifyMerged(pull, merged, change, after, history, ports);
  if (typeof later === "string") return later;
  return [replay(before, change, old), replay(after, change, later)];
}

/** One round of texts: what they point to further makes little difference for comparing two policies. */
async function classifyMerged(
  pull: PullRequestSubject,
  { mergeBaseSha }: MergedPull,
  { snapshot }: MergedPull["change"],
  { policy }: PolicyDocument,
  history: MergedPulls,
  { github, wanted, classify }: Ports,
): Promise<Classification | ReplayCut> {
  const options = policy.classification;
  const nothing: Contents = { base: new Map(), head: new Map() };
  if (mergeBaseSha === null) return classify({ snapshot, contents: nothing, options });
  const paths = await wanted({ snapshot, options, contents: nothing });
  if (paths.length === 0) return classify({ snapshot, contents: nothing, options });
  // A file is asked for on both sides, a hundred sides in one request.
  const spent = history.take(Math.ceil(paths.length / 50));
  if (spent !== null) return spent;
  const contents = await github.readContents(pull, { base: mergeBaseSha, head: snapshot.head.sha }, paths);
  return classify({ snapshot, contents, options });
}

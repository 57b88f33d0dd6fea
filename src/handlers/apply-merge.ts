/** Merges what the gate lets through where the policy has it merged, and takes auto-merge off where it must not merge. */

import type { Effect } from "../core/gate/verdict.ts";
import {
  isHeadMoved,
  isPermissionMissing,
  mergeMarker,
  mergeMessage,
  renderMergeRefused,
  renderStillArmed,
} from "../core/report/merge-words.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Followed, FollowUpStep } from "./follow-up.ts";
import type { MergeOutcome, PullRequestReading } from "./github-port.ts";
import type { Ports } from "./ports.ts";
import { guardSuccess } from "./read-guard.ts";

/** After the check was written, never before: what is lowered is red by then, what is merged is green. */
export const applyMerge: FollowUpStep = async (followed, ports) => {
  const { judgement, outcome, heldBy } = followed;
  if (outcome === "fenced") return null;
  for (const effect of judgement.verdict?.effects ?? []) {
    if (effect.kind === "disarm_auto_merge") await disarm(followed, ports);
    if (effect.kind === "merge" && heldBy === null) await merge(effect, followed, ports);
  }
  return null;
};

/** @throws {NotYet} when anything moved since it was read: nothing is merged on an older look */
async function merge(effect: Effect & { kind: "merge" }, followed: Followed, ports: Ports): Promise<void> {
  const { subject, judgement } = followed;
  const { github, store, log, meter } = ports;
  const { headSha, method } = effect;
  await guardSuccess(subject, judgement, ports);
  const data = { repositoryId: subject.repositoryId, pr: subject.number, headSha };
  if (effect.updateBranch && isBehind(judgement.reading)) {
    const updated = await github.updateBranch(subject, headSha);
    log.info({ ...data, updated }, "Brought the base branch into an approved change");
    if (updated === "updated") return; // The push that follows is judged, and merged if it may be.
  }
  const merged = await github.merge(subject, { headSha, method, ...messageOf(effect, judgement.reading.snapshot) });
  meter.merged(merged.kind);
  if (merged.kind === "refused") return tellRefusal(merged, followed, ports);
  log.info({ ...data, merged: merged.kind }, "Had an approved change merged");
  await store.appendToLedger(subject.repositoryId, "merge", {
    number: subject.number,
    headSha,
    method,
    outcome: merged.kind,
  });
}

function messageOf(effect: Effect & { kind: "merge" }, snapshot: Snapshot): { message?: string } {
  const message = mergeMessage(effect, snapshot);
  return message === null ? {} : { message };
}

/** Not known where the change's history does not tell: GitHub then says whether it minds. */
function isBehind({ mergeBaseSha, snapshot }: PullRequestReading): boolean {
  return mergeBaseSha !== null && mergeBaseSha !== snapshot.base.sha;
}

/** Said once for each head, and not while another check may be what GitHub waits for. It is tried again at the next event. */
async function tellRefusal(
  { reason }: MergeOutcome & { kind: "refused" },
  followed: Followed,
  { github, log }: Ports,
): Promise<void> {
  const { subject, judgement } = followed;
  const { snapshot } = judgement.reading;
  const data = { repositoryId: subject.repositoryId, pr: subject.number, headSha: snapshot.head.sha, reason };
  log.warn(data, "GitHub refused to merge an approved change");
  const isWaiting = snapshot.checks.some(({ state }) => state === "pending") && !isPermissionMissing(reason);
  if (isWaiting || isHeadMoved(reason) || isTold(followed)) return;
  await github.comment(subject, renderMergeRefused(reason, snapshot.head.sha));
}

async function disarm(followed: Followed, { github, store, log }: Ports): Promise<void> {
  const { subject, judgement } = followed;
  const { repositoryId, number } = subject;
  const headSha = judgement.reading.snapshot.head.sha;
  const outcome = await github.disarmAutoMerge(subject);
  log.info({ repositoryId, pr: number, headSha, outcome }, "Took auto-merge off");
  if (outcome === "off") await store.appendToLedger(repositoryId, "auto_merge_taken_off", { number, headSha });
  else if (!isTold(followed)) await github.comment(subject, renderStillArmed(headSha));
}

function isTold({ judgement: { reading } }: Followed): boolean {
  const marker = mergeMarker(reading.snapshot.head.sha);
  return reading.ownComments.some(({ body }) => body.includes(marker));
}

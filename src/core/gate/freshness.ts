/** Whether what was approved is what stands there now. GitHub's own commit of a review is re-pointed after a rebase, so it proves nothing. */

import type { freshnessModes } from "../policy/blocks/approvals.ts";
import type { Memory, RememberedHead, Snapshot } from "../snapshot.ts";
import type { Opinion } from "./opinions.ts";

export type FreshnessMode = (typeof freshnessModes)[number];

export type Freshness =
  | { kind: "fresh"; how: "same_head" | "same_change" | "sticky" }
  | { kind: "stale"; headSha: string | null };

/** `affected_paths` is judged as `same_change`, which is stricter. */
export function judgeFreshness(opinion: Opinion, mode: FreshnessMode, snapshot: Snapshot, memory: Memory): Freshness {
  if (mode === "sticky") return { kind: "fresh", how: "sticky" };
  const given = headOf(opinion, snapshot, memory);
  if (given === snapshot.head.sha && isOfThisChange(opinion, memory.heads[given]))
    return { kind: "fresh", how: "same_head" };
  if (given === snapshot.head.sha) return { kind: "stale", headSha: given };
  if (mode !== "exact" && given && isSameChange(given, snapshot.head.sha, memory))
    return { kind: "fresh", how: "same_change" };
  return { kind: "stale", headSha: given };
}

/** The newest change is the present one: an opinion on this very head holds if it was that when the opinion was given, or the same. */
function isOfThisChange({ at }: Opinion, head: RememberedHead | undefined): boolean {
  const changes = head?.changes ?? [];
  const now = changes.at(-1);
  const then = changes.findLast(({ metAt }) => metAt.getTime() < at.getTime()) ?? changes[0];
  if (now === undefined || then === undefined || now.mergeBaseSha === then.mergeBaseSha) return true;
  return now.patchDigest !== null && now.patchDigest === then.patchDigest;
}

function isSameChange(before: string, after: string, memory: Memory): boolean {
  const then = memory.heads[before]?.patchDigest;
  const now = memory.heads[after]?.patchDigest;
  return then !== undefined && then !== null && then === now;
}

/**
 * The head an opinion was given on. Remembered when it arrived; else, where GitHub itself shows an older commit, that one; else the
 * newest head that had been seen before. Times are told to the second: within the second of a push nothing proves which came first.
 * `null` when nothing proves it.
 */
export function headOf(
  opinion: Pick<Opinion, "at" | "headAtSubmission" | "commitSha">,
  snapshot: Snapshot,
  memory: Memory,
): string | null {
  if (opinion.headAtSubmission) return opinion.headAtSubmission;
  if (opinion.commitSha && opinion.commitSha !== snapshot.head.sha) return opinion.commitSha;
  let newest: { sha: string; at: number } | null = null;
  for (const [sha, { firstSeenAt }] of Object.entries(memory.heads)) {
    const at = firstSeenAt.getTime();
    if (at < opinion.at.getTime() && (newest === null || at > newest.at)) newest = { sha, at };
  }
  return newest?.sha ?? null;
}

/** Whether what was approved is what stands there now. GitHub's own commit of a review is re-pointed after a rebase, so it proves nothing. */

import type { freshnessModes } from "../policy/blocks/approvals.ts";
import type { Memory, RememberedHead, Snapshot } from "../snapshot.ts";
import type { Opinion } from "./opinions.ts";

export type FreshnessMode = (typeof freshnessModes)[number];

export type Freshness =
  | { kind: "fresh"; how: "same_head" | "same_change" | "same_paths" | "ignored_commits" | "sticky" }
  | { kind: "stale"; headSha: string | null };

/** Files that somebody answers for; `null`: all of them. */
export type Answering = ((path: string) => boolean) | null;

/** What else may keep an approval. */
export interface Keeping {
  /** Whether nothing but commits that the policy ignores came after this head. */
  isOnlyIgnoredSince?: (headSha: string) => boolean;
  /** What the person answers for; only `affected_paths` looks at it. */
  answersFor?: Answering;
}

export function judgeFreshness(
  opinion: Pick<Opinion, "headAtSubmission" | "commitSha" | "at">,
  mode: FreshnessMode,
  snapshot: Snapshot,
  memory: Memory,
  { isOnlyIgnoredSince, answersFor = null }: Keeping = {},
): Freshness {
  if (mode === "sticky") return { kind: "fresh", how: "sticky" };
  const given = headOf(opinion, snapshot, memory);
  if (given === null) return { kind: "stale", headSha: null };
  if (given === snapshot.head.sha) {
    const isSame = isOfThisChange(opinion, memory.heads[given]);
    return isSame ? { kind: "fresh", how: "same_head" } : { kind: "stale", headSha: given };
  }
  if (mode !== "exact" && isSameChange(given, snapshot.head.sha, memory)) return { kind: "fresh", how: "same_change" };
  if (isOnlyIgnoredSince?.(given)) return { kind: "fresh", how: "ignored_commits" };
  const isKept = mode === "affected_paths" && areSamePaths(given, snapshot.head.sha, answersFor, memory);
  return isKept ? { kind: "fresh", how: "same_paths" } : { kind: "stale", headSha: given };
}

/** The newest change is the present one: an opinion on this very head holds if it was that when the opinion was given, or the same. */
function isOfThisChange({ at }: Pick<Opinion, "at">, head: RememberedHead | undefined): boolean {
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

/** Every file answered for changed in the same way at both heads; one that changed at only one of them, or cannot be told, did not. */
function areSamePaths(before: string, after: string, answersFor: Answering, memory: Memory): boolean {
  const then = memory.heads[before]?.pathDigests ?? {};
  const now = memory.heads[after]?.pathDigests ?? {};
  const paths = [...new Set([...Object.keys(then), ...Object.keys(now)])];
  const own = answersFor === null ? paths : paths.filter(answersFor);
  // Who answers for nothing that is known saw nothing that could be compared.
  return (
    own.length > 0 &&
    own.every((path) => {
      const [was, is] = [digestAt(then, path), digestAt(now, path)];
      return was !== null && was === is;
    })
  );
}

function digestAt(digests: Readonly<Record<string, string | null>>, path: string): string | null {
  return Object.hasOwn(digests, path) ? (digests[path] ?? null) : null;
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

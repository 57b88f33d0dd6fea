/** A reading together with what is remembered of the pull request. */

import type { Memory, Snapshot } from "../core/snapshot.ts";
import type { Change, PullRequestReading } from "./github-port.ts";
import { withLabelHeads } from "./known-labels.ts";
import type { KnownChange } from "./read-change.ts";
import type { Dossier } from "./store-port.ts";

/** The snapshot with what was noted as reviews and labels arrived. */
export function withMemory(
  { snapshot }: PullRequestReading,
  { reviewHeads, labelArrivals }: Dossier,
  change: Change,
): Snapshot {
  return {
    ...snapshot,
    files: change.files,
    labels: withLabelHeads(snapshot.labels, labelArrivals),
    reviews: snapshot.reviews.map((review) => ({
      ...review,
      headAtSubmission: reviewHeads[review.id] ?? review.headAtSubmission,
    })),
    incomplete: [...snapshot.incomplete, ...change.incomplete],
  };
}

/** Heads met before, and this one. */
export function withHead(
  reading: PullRequestReading,
  heads: Memory["heads"],
  { patchDigest, pathDigests, mergeBaseSha }: KnownChange,
): Memory["heads"] {
  const { sha } = reading.snapshot.head;
  const known = heads[sha]?.changes ?? [];
  const newest = known.at(-1);
  const metAt = newest?.mergeBaseSha === mergeBaseSha ? newest.metAt : reading.readAt;
  const others = known.filter((change) => change.mergeBaseSha !== mergeBaseSha);
  const changes = [...others, { mergeBaseSha, patchDigest, metAt }];
  const firstSeenAt = earlier(reading.headFirstSeenAt, heads[sha]?.firstSeenAt) ?? reading.readAt;
  return { ...heads, [sha]: { patchDigest, pathDigests, firstSeenAt, changes } };
}

function earlier(one: Date | null, other: Date | undefined): Date | null {
  if (one === null || other === undefined) return one ?? other ?? null;
  return one.getTime() < other.getTime() ? one : other;
}

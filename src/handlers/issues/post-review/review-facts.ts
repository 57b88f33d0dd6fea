/** What a post-review is judged by: its bypass, its merge, and its issue as it stands. */

import type { GrantedBypass } from "../../../core/bypass/bypass.ts";
import type { PostReviewFacts } from "../../../core/bypass/post-review.ts";
import type { KnownMerge } from "../../exceptions-port.ts";
import type { Ports } from "../../ports.ts";
import { pullRequestOf, type ReviewLook } from "./review-look.ts";

export async function readReviewFacts(
  look: Omit<ReviewLook, "merge">,
  { store, clock }: Pick<Ports, "store" | "clock">,
): Promise<{ facts: PostReviewFacts; merge: KnownMerge | null }> {
  const { data, kept, reading } = look;
  const [dossier, merges] = await Promise.all([
    data.bypassId === null ? null : store.loadDossier(pullRequestOf(look)),
    store.loadMerges(kept.repositoryId, [data.headSha]),
  ]);
  const merge = merges.find(({ number, headSha }) => number === kept.pullRequest && headSha === data.headSha) ?? null;
  const grant =
    dossier?.memory.bypasses.find(
      (one): one is GrantedBypass =>
        one.outcome === "granted" && one.id === data.bypassId && one.headSha === data.headSha,
    ) ?? null;
  const isByThis =
    data.cause === "around"
      ? merge?.passage === "around"
      : merge?.passage === "bypass" && merge.bypassId === data.bypassId;
  return {
    merge,
    facts: { data, grant, merge: merge === null ? null : { ...merge, isByThis }, issue: reading, now: clock.now() },
  };
}

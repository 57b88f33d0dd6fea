/** Whether what GitHub calls merged is in the base branch and has what the head changed. Asked only where the gate was not open. */

import { reviewMessages } from "../../../core/report/post-review-messages.ts";
import type { KnownMerge } from "../../exceptions-port.ts";
import type { Ports } from "../../ports.ts";
import { keep, pullRequestOf, type ReviewLook } from "./review-look.ts";
import { tellOfReview } from "./tell-of-review.ts";

export async function verifyMerge(look: ReviewLook, merge: KnownMerge, ports: Ports): Promise<ReviewLook> {
  const { kept, data } = look;
  if (data.isVerified || merge.commitSha === null) return look;
  const landed = await landing(look, { ...merge, commitSha: merge.commitSha }, ports);
  let next = look;
  if (landed !== "landed") {
    const { pullRequest: number } = kept;
    const { commitSha, headSha, baseRef } = merge;
    await ports.store.appendToLedger(kept.repositoryId, "merge_unconfirmed", {
      number,
      commitSha,
      headSha,
      baseRef,
      why: landed,
    });
    if (landed !== "unknown") next = await tellOfReview(next, reviewMessages.unlanded(number, landed, baseRef), ports);
  }
  return keep(next, { isVerified: true }, ports);
}

async function landing(
  look: ReviewLook,
  { commitSha, headSha, baseRef }: KnownMerge & { commitSha: string },
  { github }: Ports,
): Promise<"landed" | "not_on_base" | "not_contained" | "unknown"> {
  const onBase = await github.readComparison(look.kept, { base: commitSha, head: baseRef });
  if (onBase === null) return "unknown";
  if (onBase.mergeBaseSha !== commitSha) return "not_on_base";
  const contained = await github.readComparison(look.kept, { base: headSha, head: commitSha });
  if (contained === null) return "unknown";
  if (contained.mergeBaseSha === headSha) return "landed";
  // Squashed or rebased: the commits are others, and the files that they change are the same.
  const { files, incomplete } = await github.readChange(pullRequestOf(look));
  const missing = files.some(({ path }) => !contained.paths.includes(path));
  if (!missing) return "landed";
  return contained.isWhole && incomplete.length === 0 ? "not_contained" : "unknown";
}

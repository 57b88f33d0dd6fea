/** Whether Holdpoint merges, and whether somebody's waiting auto-merge has to be taken off. */

import { bypassTrailer } from "../bypass/bypass-trailer.ts";
import { defaultWorkflows } from "../policy/default-workflows.ts";
import { mergesByItself } from "../policy/looks-at.ts";
import type { Policy } from "../policy/schema.ts";
import type { DecideInput } from "./facts.ts";
import { isOpenState, withParts } from "./requirements.ts";
import type { Effect, Requirement, Verdict } from "./verdict.ts";

/**
 * GitHub's auto-merge looks at required checks only, and pushes by who may write leave it armed; so it comes off wherever it could
 * merge what must not be.
 *
 * @see https://docs.github.com/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/automatically-merging-a-pull-request
 */
export function decideMerge(
  { state, isObserved, workflow, requirements }: Pick<Verdict, "state" | "isObserved" | "workflow" | "requirements">,
  { document: { policy }, snapshot }: Pick<DecideInput, "document" | "snapshot">,
): Effect[] {
  if (snapshot.state !== "open" || snapshot.number === null || isObserved) return [];
  const { autoMerge } = snapshot;
  if (state !== "approved" && state !== "bypassed") {
    // Armed by a person it may wait for the gate; what this policy has armed by itself is armed anew once the gate is open.
    const isOurs = autoMerge?.enabledBy?.kind === "bot" && mergesByItself(policy);
    return autoMerge !== null && (isOurs || isRefused(requirements)) ? [{ kind: "disarm_auto_merge" }] : [];
  }
  const isUnderWay = autoMerge !== null || snapshot.isInMergeQueue;
  if (isUnderWay || snapshot.isDraft || !isMergedBy(policy, workflow)) return [];
  const { method = "merge", update_branch: updateBranch = false } = policy.merge ?? {};
  return [{ kind: "merge", headSha: snapshot.head.sha, method, updateBranch, trailers: trailersOf(requirements) }];
}

/** What was let through without being met leaves its trace in the history. */
function trailersOf(requirements: readonly Requirement[]): string[] {
  const openings = [...withParts(requirements)].flatMap(({ opening }) => opening ?? []);
  const lines = openings.flatMap((opening) => {
    if (opening.kind === "bypass") return [bypassTrailer(opening.grant)];
    return opening.kind === "window" ? [`Holdpoint-Window: ${opening.name}`] : [];
  });
  return [...new Set(lines)];
}

/** Somebody said no: whoever armed it did not know. */
function isRefused(requirements: readonly Requirement[]): boolean {
  return [...withParts(requirements)].some(
    ({ kind, state, holds }) =>
      holds && isOpenState(state) && (kind === "hold" || kind === "objection" || kind === "decision"),
  );
}

function isMergedBy(policy: Policy, workflow: string): boolean {
  const chosen = Object.entries(policy.approval_workflows ?? defaultWorkflows).find(([name]) => name === workflow)?.[1];
  return chosen !== undefined && chosen.mode !== "observe" && chosen.process.includes("automated_merge");
}

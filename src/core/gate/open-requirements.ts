/** What a bypass, a maintenance window or a test branch lets pass without being met. What could not be read stays shut in every case. */

import type { Opening, OpeningInForce } from "../bypass/bypass.ts";
import { policyChangeId } from "./policy-change.ts";
import { isOpenState } from "./requirements.ts";
import { stateOf } from "./settle-parts.ts";
import type { Requirement } from "./verdict.ts";

/**
 * @param openings in force; of several that cover the same, the first is named
 * @param never names of checkpoints that stay closed
 * @returns the same requirements; those passed are `bypassed` and bear the opening
 */
export function openRequirements(
  requirements: readonly Requirement[],
  openings: readonly OpeningInForce[],
  never: readonly string[],
): Requirement[] {
  if (openings.length === 0) return [...requirements];
  return requirements.map((one) => {
    const opening = one.kind === "checkpoint" && never.includes(one.name) ? null : openingFor(one, openings);
    return opening === null ? one : pass(one, opening);
  });
}

/** Names open the checkpoint of that name alone; everything else opens with all of it. */
function openingFor({ id, kind, name }: Requirement, openings: readonly OpeningInForce[]): Opening | null {
  // A looser policy would stay when the emergency or the window is over.
  if (id === policyChangeId) return openings.find(({ opening }) => opening.kind === "test_branch")?.opening ?? null;
  const covers = ({ scope }: OpeningInForce) => scope === "all" || (kind === "checkpoint" && scope.includes(name));
  return openings.find(covers)?.opening ?? null;
}

function pass(requirement: Requirement, opening: Opening): Requirement {
  if (requirement.kind === "checkpoint" || requirement.kind === "workflow") {
    const parts = requirement.parts.map((part) => pass(part, opening));
    if (!isOpenState(requirement.state)) return requirement;
    const state = stateOf(parts);
    return { ...requirement, parts, state, opening: state === "bypassed" ? opening : null };
  }
  const isPassable = requirement.holds && requirement.kind !== "reading" && requirement.state !== "error";
  return isPassable && isOpenState(requirement.state) ? { ...requirement, state: "bypassed", opening } : requirement;
}

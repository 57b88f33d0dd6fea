/** The judgement: (policy, snapshot, classification, memory, now) → verdict. Pure; it never throws for a checked policy and asks nobody. */

import { requireConditionsMet } from "./approval-conditions.ts";
import { openingCodes } from "./bypass-codes.ts";
import { requireCheckpoints } from "./checkpoint-requirements.ts";
import { type DecideInput, prepareFacts } from "./facts.ts";
import { fastestWay } from "./fastest-way.ts";
import { requireNoHold } from "./hold.ts";
import { decideMerge } from "./merge.ts";
import { requireNoObjection } from "./objections.ts";
import { openGate } from "./open-gate.ts";
import { requirePolicyOwners } from "./policy-change.ts";
import { requireReading } from "./readings.ts";
import { isOpenState, withParts, worstState } from "./requirements.ts";
import { planReviews } from "./reviewers.ts";
import { seatAll } from "./seat-requirements.ts";
import type { Requirement, Verdict } from "./verdict.ts";
import { askedNow, earliest, nextWake } from "./wake.ts";
import { requireWorkflow } from "./workflow-requirement.ts";

export function decide(input: DecideInput): Verdict {
  const facts = prepareFacts(input);
  const readings = requireReading(facts);
  const workflow = requireWorkflow(facts);
  const checkpoints = requireCheckpoints(facts);
  const seated = seatAll(
    [
      ...[...readings, ...requireNoHold(facts), ...requireNoObjection(facts), ...requirePolicyOwners(facts)],
      ...[workflow.requirement, ...checkpoints],
    ],
    facts,
  );
  const closed = [...seated, ...requireConditionsMet(seated, facts)];
  const { requirements, wakeAt, ...opened } = openGate(closed, facts);
  const state = worstState(requirements);
  const isObserved = input.document.policy.mode === "observe";
  const reviews = planReviews(requirements, facts);
  return {
    state,
    isOpen: state === "approved" || state === "bypassed" || isObserved,
    isObserved,
    workflow: workflow.name,
    classification: facts.classification,
    requirements,
    ...opened,
    approvals: facts.allApprovals(),
    fastestWay: fastestWay(requirements, facts),
    codes: [...new Set([...openCodes(requirements), ...openingCodes(opened)])].sort(),
    wakeAt: earliest([nextWake(requirements, input), reviews.wakeAt, wakeAt, facts.suppressedUntil]),
    asked: askedNow(requirements, input),
    effects: [...reviews.effects, ...decideMerge({ state, isObserved, workflow: workflow.name, requirements }, input)],
  };
}

/** Of what is open, the innermost reasons: a checkpoint's own code says no more than its parts do. With doubles. */
function openCodes(requirements: readonly Requirement[]): string[] {
  const isOpen = ({ state }: Requirement) => isOpenState(state);
  const open = [...withParts(requirements)].filter((one) => isOpen(one) && !("parts" in one && one.parts.some(isOpen)));
  return open.map((one) => one.code);
}

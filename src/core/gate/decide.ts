/** The judgement: (policy, snapshot, classification, memory, now) → verdict. Pure; it never throws for a checked policy and asks nobody. */

import type { Snapshot } from "../snapshot.ts";
import { requireConditionsMet } from "./approval-conditions.ts";
import { requireCheckpoints } from "./checkpoint-requirements.ts";
import { type DecideInput, prepareFacts } from "./facts.ts";
import { fastestWay } from "./fastest-way.ts";
import { requireNoHold } from "./hold.ts";
import { requireNoObjection } from "./objections.ts";
import { requireReading } from "./readings.ts";
import { withParts, worstState } from "./requirements.ts";
import { seatAll } from "./seat-requirements.ts";
import type { Effect, Requirement, Verdict } from "./verdict.ts";
import { nextWake } from "./wake.ts";
import { requireWorkflow } from "./workflow-requirement.ts";

export function decide(input: DecideInput): Verdict {
  const facts = prepareFacts(input);
  const readings = requireReading(facts);
  const workflow = requireWorkflow(facts);
  const checkpoints = requireCheckpoints(facts);
  const seated = seatAll(
    [...readings, ...requireNoHold(facts), ...requireNoObjection(facts), workflow.requirement, ...checkpoints],
    facts,
  );
  const requirements = [...seated, ...requireConditionsMet(seated, facts)];
  const state = worstState(requirements);
  const isObserved = input.document.policy.mode === "observe";
  const way = fastestWay(requirements, facts);
  return {
    state,
    isOpen: state === "approved" || isObserved,
    isObserved,
    workflow: workflow.name,
    classification: input.classification,
    requirements,
    approvals: facts.allApprovals(),
    fastestWay: way,
    codes: openCodes(requirements),
    wakeAt: nextWake(requirements, input),
    asked: [],
    effects: reviewEffects(way, input.snapshot),
  };
}

/** Of what is open, the innermost reasons: a checkpoint's own code says no more than its parts do. */
function openCodes(requirements: readonly Requirement[]): string[] {
  const isOpen = (one: Requirement) => one.state !== "satisfied" && one.state !== "not_needed";
  const open = [...withParts(requirements)].filter((one) => isOpen(one) && !("parts" in one && one.parts.some(isOpen)));
  return [...new Set(open.map((one) => one.code))].sort();
}

/** Asks for reviews only once the change is ready for them, and nobody who is asked already or has just looked at this head. */
function reviewEffects(way: Verdict["fastestWay"], snapshot: Snapshot): Effect[] {
  if (snapshot.isDraft || snapshot.state !== "open") return [];
  const looked = snapshot.reviews.filter(
    (review) => (review.headAtSubmission ?? review.commitSha) === snapshot.head.sha && review.state !== "dismissed",
  );
  const people = [...snapshot.requestedReviewers, ...looked.map((review) => review.user)];
  const asked = new Set(people.map((person) => person.login.toLowerCase()));
  const unasked = way.filter((person) => !asked.has(person.login.toLowerCase()));
  return unasked.length > 0 ? [{ kind: "request_reviewers", people: unasked }] : [];
}

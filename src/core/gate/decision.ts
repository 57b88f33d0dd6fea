/** `/holdpoint decide`: whether a change that takes something back goes in, in part or not at all, with the reasons for it. */

import type { Checkpoint } from "../policy/blocks/checkpoints.ts";
import { decisionRoles, needsDecision } from "../policy/decision-roles.ts";
import { holdsRole } from "../policy/resolve-role.ts";
import { exclusion } from "./approvals.ts";
import { type HeardCommand, heardCommands } from "./commands/heard-commands.ts";
import type { DecideInput, GateFacts } from "./facts.ts";
import { judgeFreshness } from "./freshness.ts";
import type { ApprovalOutcome, ApprovalsRequirement, DecisionRequirement } from "./verdict.ts";

export const rationaleMin = 20;

export const choices = ["proceed", "partial", "abort"] as const;
export type Choice = (typeof choices)[number];

/** What came of one `/holdpoint decide`. */
export interface DecisionEvent {
  said: HeardCommand;
  outcome:
    | { kind: "decided"; choice: Choice; rationale: string }
    | { kind: "malformed"; why: "choice" | "rationale" }
    | { kind: "edited" }
    | { kind: "excluded"; as: ApprovalOutcome["kind"] }
    | { kind: "not_entitled"; roles: string[] }
    | { kind: "unreadable" }
    | { kind: "stale" };
}

export function requireDecision(
  name: string,
  checkpoint: Checkpoint,
  holds: boolean,
  facts: GateFacts,
): DecisionRequirement | null {
  const { policy, lineOf } = facts.document;
  if (!needsDecision(name, checkpoint)) return null;
  const base = {
    kind: "decision" as const,
    id: `checkpoint:${name}/decision`,
    name,
    holds,
    line: lineOf(["checkpoints", name]),
    opening: null,
    roles: decisionRoles(name, checkpoint, policy),
  };
  // The newest that counts; one by somebody whose role could not be read may be newer than it and say the opposite.
  for (const { said, outcome } of traceDecisions(name, checkpoint, facts).reverse()) {
    if (outcome.kind === "unreadable") return { ...base, decision: null, state: "error", code: "HP-R01" };
    if (outcome.kind !== "decided") continue;
    const { choice, rationale } = outcome;
    const decision = { choice, rationale, person: said.person, at: said.at };
    return choice === "abort"
      ? { ...base, decision, state: "must_change", code: "HP-D03" }
      : { ...base, decision, state: "satisfied", code: "HP-D02" };
  }
  return { ...base, decision: null, state: "waiting", code: "HP-D01" };
}

/** Whoever decides for it has looked at it: a seat of a role that they hold is theirs. */
export function withDecision(
  seat: ApprovalsRequirement,
  requirement: DecisionRequirement | null,
  facts: GateFacts,
): ApprovalsRequirement {
  const decision = requirement?.decision ?? null;
  if (decision === null || decision.choice === "abort") return seat;
  const { person, at } = decision;
  const isCounted = seat.given.some((one) => one.person.id === person.id && one.outcome.kind === "counts");
  const holds = seat.roles.some(({ role }) => holdsRole(person, role, roleFacts(facts)) === true);
  if (isCounted || !holds) return seat;
  const headSha = facts.snapshot.head.sha;
  return {
    ...seat,
    given: [
      ...seat.given,
      { person, at, method: "comment", headSha, outcome: { kind: "counts", freshness: "same_head" } },
    ],
    candidates: seat.candidates.filter(({ id }) => id !== person.id),
  };
}

/** Every decision that was written, oldest first, with whether it counts for this checkpoint. */
export function traceDecisions(name: string, checkpoint: Checkpoint, facts: GateFacts): DecisionEvent[] {
  return heardCommands(facts.snapshot, facts.memory, ["decide"]).map((said) => ({
    said,
    outcome: judge(said, decisionRoles(name, checkpoint, facts.document.policy), checkpoint, facts),
  }));
}

function judge(said: HeardCommand, roles: string[], own: Checkpoint, facts: GateFacts): DecisionEvent["outcome"] {
  const { snapshot, memory } = facts;
  if (said.isEdited) return { kind: "edited" };
  const [word = "", ...others] = said.rest.split(" ");
  const choice = choices.find((one) => one === word.toLowerCase().replace(/[:,.]$/, ""));
  const rationale = others.join(" ").replace(/^(?:[-–—:]|because:?)\s+/i, "");
  if (choice === undefined) return { kind: "malformed", why: "choice" };
  if ([...rationale].length < rationaleMin) return { kind: "malformed", why: "rationale" };
  const rules = facts.rulesFor(own);
  const excluded = exclusion(said.person.id, rules, { snapshot, contributors: facts.contributorsFor(own) });
  if (excluded !== null) return { kind: "excluded", as: excluded.kind };
  const answers = roles.map((role) => holdsRole(said.person, role, roleFacts(facts)));
  if (!answers.includes(true)) {
    return answers.includes("unknown") ? { kind: "unreadable" } : { kind: "not_entitled", roles };
  }
  const freshness = judgeFreshness(said, rules.freshness, snapshot, memory);
  return freshness.kind === "stale" ? { kind: "stale" } : { kind: "decided", choice, rationale };
}

function roleFacts({ document, snapshot }: DecideInput) {
  return { roles: document.policy.roles, snapshot };
}

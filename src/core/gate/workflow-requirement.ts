/** The workflow that was chosen, as a requirement with its seats. */

import { requireApprovals } from "./approvals-requirement.ts";
import { chooseStrictest, chooseWorkflow, seatsAsked, workflowTimeout } from "./choose-workflow.ts";
import type { GateFacts } from "./facts.ts";
import type { ReadingRequirement, Requirement, WorkflowRequirement } from "./verdict.ts";
import { dueAt } from "./wake.ts";

export function requireWorkflow(facts: GateFacts): { name: string; requirement: WorkflowRequirement } {
  const { document, snapshot } = facts;
  const guardFacts = { policy: document.policy, snapshot, classification: facts.classification };
  // Where a fact is missing and the policy asks instead of holding, it asks the strictest.
  const isUnread = snapshot.incomplete.length > 0;
  const choice = isUnread ? chooseStrictest(guardFacts) : chooseWorkflow(guardFacts);
  const { name, workflow } = choice;
  const line = document.lineOf(["approval_workflows", name]);
  const due = dueAt(workflowTimeout(workflow), `workflow:${name}`, facts);
  const holds = workflow.mode !== "observe";
  const seats = seatsAsked(workflow, name).map((seat, index) =>
    requireApprovals(
      { ...seat, id: `workflow:${name}/approvals:${index}`, own: workflow, holds, line, dueAt: due, about: null },
      facts,
    ),
  );
  const unknown = unknownAuthors(facts, workflow);
  const parts: Requirement[] = unknown ? [unknown, ...seats] : seats;
  return {
    name,
    requirement: {
      kind: "workflow",
      id: `workflow:${name}`,
      name,
      state: parts.length === 0 ? "satisfied" : "waiting",
      code: choice.how === "fits" ? (seats.length === 0 ? "HP-W03" : "HP-W10") : "HP-W11",
      holds,
      line,
      opening: null,
      scope: workflow.scope ?? null,
      considered: choice.considered,
      chosen: choice.how,
      dueAt: due,
      parts,
    },
  };
}

/** `unknown_contributor: block`: commits that belong to no account have to be pushed again under one. */
function unknownAuthors(facts: GateFacts, own: Parameters<GateFacts["rulesFor"]>[0]): ReadingRequirement | null {
  const { unknownCommits } = facts.contributorsFor(own);
  if (unknownCommits.length === 0 || facts.rulesFor(own).unknownContributor !== "block") return null;
  return {
    kind: "reading",
    id: "reading:unknown_contributor",
    name: "unknown_contributor",
    state: "must_change",
    code: "HP-W12",
    holds: true,
    line: facts.document.lineOf(["approvals", "unknown_contributor"]),
    opening: null,
    reason: `no account belongs to the author of ${unknownCommits.map((sha) => sha.slice(0, 7)).join(", ")}`,
  };
}

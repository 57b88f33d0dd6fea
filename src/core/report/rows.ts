/** The verdict as rows that can be acted on: what is asked, why, and who or how. Markdown, terminal and JSON show the same rows. */

import { assertNever } from "../assert-never.ts";
import type { Opening } from "../bypass/bypass.ts";
import { policyChangeId } from "../gate/policy-change.ts";
import { isOpenState, withParts } from "../gate/requirements.ts";
import type {
  ApprovalsRequirement,
  CheckpointRequirement,
  CriterionRequirement,
  Requirement,
  RequirementState,
  Verdict,
  WorkflowRequirement,
} from "../gate/verdict.ts";
import { missingApprovals, whoApproved, whoCanApprove } from "./approval-words.ts";
import { overdueWords } from "./escalation-row.ts";
import { comesWithApproval, whatIsMissing } from "./evidence-words.ts";
import { openingInRow } from "./opening-words.ts";
import { policyChangeWhy } from "./policy-change-words.ts";
import { decisionRow, holdRow, objectionRow, openConditionsRow } from "./said-rows.ts";
import { personPiece, ruleLink, spoken, type Telling } from "./telling.ts";
import { leafWords, whyApplies, whyNotApplies } from "./trigger-words.ts";
import { enumerate, join, phrase, say, type Words } from "./words.ts";

export interface Row {
  /** Of the requirement that the row speaks of. */
  id: string;
  state: RequirementState;
  code: string;
  /** `false`: asked for, never holds. */
  holds: boolean;
  what: Words;
  why: Words;
  who: Words;
  /** The row's requirement as the title names it: `security_team (1 of 1)`. */
  short: Words;
}

/** ● waiting, ✓ satisfied, ✗ must change, ◌ not needed. What could not be read is ✗: the gate stays shut. */
export const marks: Record<RequirementState, "●" | "✓" | "✗" | "◌"> = {
  waiting: "●",
  satisfied: "✓",
  bypassed: "◌",
  must_change: "✗",
  error: "✗",
  not_needed: "◌",
};

const order: Record<RequirementState, number> = {
  error: 0,
  must_change: 1,
  waiting: 1,
  bypassed: 3,
  satisfied: 4,
  not_needed: 5,
};

/** Open points first, then what is only advised, then what is met, then what does not apply; within each in the policy's order. */
export function rowsOf(verdict: Pick<Verdict, "requirements">, telling: Telling): Row[] {
  const rows = verdict.requirements.flatMap((requirement) => requirementRows(requirement, telling));
  const passed = new Map([...withParts(verdict.requirements)].map((one) => [one.id, one.opening]));
  return rows
    .map((row) => letThrough(row, passed.get(row.id) ?? null))
    .map((row, index) => ({ row, index }))
    .sort((a, b) => rank(a.row) - rank(b.row) || a.index - b.index)
    .map(({ row }) => row);
}

/** What is still missing, and why it does not hold. */
function letThrough(row: Row, opening: Opening | null): Row {
  return opening === null ? row : { ...row, who: say`not met: ${row.short}; let through by ${openingInRow(opening)}` };
}

function rank(row: Row): number {
  return isOpenRow(row) || order[row.state] > 1 ? order[row.state] : 2;
}

/** Holds when the gate waits for this row. */
export function isOpenRow(row: Pick<Row, "state" | "holds">): boolean {
  return row.holds && isOpenState(row.state);
}

function requirementRows(requirement: Requirement, telling: Telling): Row[] {
  switch (requirement.kind) {
    case "checkpoint":
      return checkpointRows(requirement, telling);
    case "workflow":
      return workflowRows(requirement, telling);
    case "approvals":
      return requirement.id === policyChangeId
        ? [approvalsRow(requirement, "policy change", policyChangeWhy(telling.snapshot.policyChange), telling)]
        : [approvalsRow(requirement, requirement.name, say`the policy asks for it`, telling)];
    case "criterion":
      return [criterionRow(requirement, say`the policy asks for it`)];
    case "conditions":
      return [conditionsRow(requirement, requirement.name)];
    case "objection":
      return [objectionRow(requirement, telling)];
    case "hold":
      return [holdRow(requirement, telling)];
    case "open_conditions":
      return [openConditionsRow(requirement, telling)];
    case "decision":
      return [decisionRow(requirement, telling)];
    case "reading": {
      const what = say`${spoken(requirement.name)}`;
      const how = say`make the change smaller if a limit is the cause; else re-check later`;
      return [{ ...base(requirement), what, why: phrase(requirement.reason), who: how, short: what }];
    }
    default:
      return assertNever(requirement);
  }
}

function checkpointRows(checkpoint: CheckpointRequirement, telling: Telling): Row[] {
  const rule = ruleLink(checkpoint.line, telling);
  const row = { ...base(checkpoint), what: named(checkpoint), short: say`${checkpoint.name}` };
  if (checkpoint.state === "not_needed") return [{ ...row, why: whyNotApplies(checkpoint.trigger), who: [] }];
  const applies = [...whyApplies(checkpoint.trigger), ...rule];
  if (checkpoint.state === "satisfied") {
    return [
      {
        ...row,
        why: applies,
        who: join(
          checkpoint.parts.flatMap((part) => metWords(part, telling)),
          "; ",
        ),
      },
    ];
  }
  const parts = partRows(checkpoint, applies, telling);
  // A checkpoint that is open on its own account (its trigger could not be judged) still has its row.
  return parts.some((part) => part.state === checkpoint.state)
    ? parts
    : [{ ...row, why: applies, who: say`re-check once it can be judged` }, ...parts];
}

function workflowRows(workflow: WorkflowRequirement, telling: Telling): Row[] {
  const why = [...whyWorkflow(workflow), ...ruleLink(workflow.line, telling)];
  if (workflow.state === "satisfied" || workflow.state === "not_needed" || workflow.parts.length === 0) {
    const met = workflow.parts.flatMap((part) => metWords(part, telling));
    const who = met.length > 0 ? join(met, "; ") : say`nobody needed`;
    return [{ ...base(workflow), what: named(workflow), why, who, short: say`${workflow.name}` }];
  }
  return partRows(workflow, why, telling);
}

function partRows(whole: CheckpointRequirement | WorkflowRequirement, why: Words, telling: Telling): Row[] {
  const approvals = whole.parts.filter((part) => part.kind === "approvals");
  const open = approvals.filter((part) => part.state !== "satisfied");
  const covered = open.length > 0 ? whole.parts.filter((part) => part.kind === "criterion" && isCovered(part)) : [];
  const asks = say`${whole.name} asks for it${ruleLink(whole.line, telling)}`;
  return whole.parts.flatMap((part) => {
    if (part.kind === "approvals") {
      const isFirst = part === (open[0] ?? approvals[0]);
      const also =
        covered.length > 0 && part === open[0]
          ? say`; covers ${join(
              covered.map((one) => say`${spoken(one.name)}`),
              ", ",
            )}`
          : [];
      const name = approvals.length > 1 ? `${whole.name}: ${part.name}` : whole.name;
      return [approvalsRow(part, name, isFirst ? [...why, ...also] : asks, telling, !whole.holds)];
    }
    if (part.kind === "criterion") return covered.includes(part) ? [] : [criterionRow(part, asks)];
    if (part.kind === "conditions") return [conditionsRow(part, whole.name)];
    return requirementRows(part, telling);
  });
}

/** A judgement that the missing approval brings along needs no row of its own. */
function isCovered(criterion: CriterionRequirement): boolean {
  return criterion.state === "waiting" && comesWithApproval(criterion.wanted);
}

function approvalsRow(
  requirement: ApprovalsRequirement,
  name: string,
  why: Words,
  telling: Telling,
  isAdvice = false,
): Row {
  const what = requirement.holds && !isAdvice ? say`${name}` : say`${name} (not required)`;
  const short = say`${requirement.name} (${howMany(requirement)})`;
  if (requirement.state === "satisfied")
    return { ...base(requirement), what, why, who: whoApproved(requirement, telling), short };
  // Not for how long: the words stand as they are while time goes on.
  const who = [
    ...whoCanApprove(requirement, telling),
    ...(requirement.isOverdue && requirement.state === "waiting" ? overdueWords(requirement.id, telling) : []),
  ];
  return { ...base(requirement), what, why, who, short };
}

function howMany(requirement: ApprovalsRequirement): string {
  if (requirement.code === "HP-W04") return "nobody can approve";
  if (requirement.code === "HP-W05") return "too few people";
  if (requirement.code === "HP-W06") return "its team cannot be found";
  return `${missingApprovals(requirement)} of ${Math.max(requirement.needed, missingApprovals(requirement))}`;
}

function criterionRow(criterion: CriterionRequirement, why: Words): Row {
  const who =
    criterion.state === "satisfied"
      ? phrase(criterion.evidence.saw)
      : whatIsMissing(criterion.name, criterion.evidence);
  return { ...base(criterion), what: named(criterion), why, who, short: say`${withArticle(spoken(criterion.name))}` };
}

function conditionsRow(requirement: Extract<Requirement, { kind: "conditions" }>, owner: string): Row {
  const what = say`conditions of ${owner}`;
  const isMet = requirement.state === "satisfied";
  const saw = leafWords(requirement.trace, (leaf) => (isMet ? leaf.holds === true : leaf.holds !== true));
  return { ...base(requirement), what, why: saw, who: isMet ? [] : say`opens once the conditions hold`, short: what };
}

function base({ id, state, code, holds }: Requirement): Pick<Row, "id" | "state" | "code" | "holds"> {
  return { id, state, code, holds };
}

function named(requirement: Requirement): Words {
  return requirement.holds || requirement.state === "not_needed"
    ? say`${requirement.name}`
    : say`${requirement.name} (not required)`;
}

function metWords(part: Requirement, telling: Telling): Words[] {
  if (part.kind === "approvals") return [whoApproved(part, telling)];
  if (part.kind === "criterion" && part.state === "satisfied" && !comesWithApproval(part.wanted))
    return [say`${spoken(part.name)}: ${phrase(part.evidence.saw)}`];
  if (part.kind === "decision" && part.decision !== null)
    return [
      say`decided by ${personPiece(part.decision.person)}: ${part.decision.choice}, ${phrase(part.decision.rationale)}`,
    ];
  return [];
}

/** `code changes under 200 lines, no breaking changes`: the chosen workflow's guards and the risks that are present; or that none fitted. */
function whyWorkflow(workflow: WorkflowRequirement): Words {
  if (workflow.chosen === "strictest") return say`no workflow fits, so the strictest asks`;
  const guards = workflow.considered.find((one) => one.fits)?.guards ?? [];
  const decisive = guards.filter((guard) => guard.holds !== false).map((guard) => say`${spoken(guard.criterion)}`);
  return decisive.length > 0 ? enumerate(decisive, 4) : say`the first workflow that fits`;
}

const uncountable =
  /^(.*(documentation|communication|compliance|quality|maintainability|coverage|implications|practices|requirements|standards|impact|updated)|accessibility)$/;

/** `a rollback plan`, `impact documentation`. */
function withArticle(noun: string): string {
  if (uncountable.test(noun)) return noun;
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
}

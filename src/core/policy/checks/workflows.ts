import type { Problem } from "../../problem.ts";
import type { Workflow } from "../blocks/approval-workflows.ts";
import { parseProcessStep, processSteps } from "../process-steps.ts";
import { suggest } from "../suggest.ts";
import { parseWorkflowCriterion, workflowCriteria } from "../workflow-criteria.ts";
import { type Check, type CheckedPolicy, problemAt } from "./check.ts";

/** Workflows: criteria and steps that exist, and riskier changes that do not get away with less. */
export const checkWorkflows: Check = (checked) => {
  const workflows = Object.entries(checked.policy.approval_workflows ?? {});
  return workflows.flatMap(([name, workflow]) => [
    ...checkCriteria(checked, name, workflow),
    ...checkSteps(checked, name, workflow),
    ...checkStrictness(checked, name, workflow, workflows),
  ]);
};

function checkCriteria(checked: CheckedPolicy, name: string, workflow: Workflow): Problem[] {
  return workflow.criteria.flatMap((criterion, index) => {
    if (parseWorkflowCriterion(criterion) !== null) return [];
    const number = /\d+/.exec(criterion)?.[0] ?? "N";
    const known = workflowCriteria.map((row) => row.id.replace("N", number));
    const near = suggest(criterion, known);
    const found = `\`${criterion}\` is not a criterion that a workflow can be chosen by`;
    const fix = near === null ? "see the policy reference for the criteria" : `write \`${near}\``;
    return [problemAt(checked, ["approval_workflows", name, "criteria", index], { code: "HP-P15", found, fix })];
  });
}

function checkSteps(checked: CheckedPolicy, name: string, workflow: Workflow): Problem[] {
  const path = ["approval_workflows", name, "process"];
  const problems: Problem[] = [];
  for (const [index, step] of workflow.process.entries()) {
    if (parseProcessStep(step) !== null) continue;
    const near = suggest(
      step,
      processSteps.map((row) => row.id.replace(/T$/, /[^_]*$/.exec(step)?.[0] ?? "24h")),
    );
    const fix = near === null ? "see the policy reference for the steps" : `write \`${near}\``;
    problems.push(
      problemAt(checked, [...path, index], { code: "HP-P16", found: `\`${step}\` is not a step of a process`, fix }),
    );
  }
  const asks = workflow.approvals !== undefined && workflow.approvals !== 0;
  if (workflow.process.includes("automated_approval") && asks) {
    const found = "`automated_approval` asks nobody, but `approvals` does";
    problems.push(problemAt(checked, path, { code: "HP-P30", found, fix: "keep one of them" }));
  }
  return problems;
}

function checkStrictness(
  checked: CheckedPolicy,
  name: string,
  workflow: Workflow,
  all: readonly (readonly [string, Workflow])[],
): Problem[] {
  if (!workflow.criteria.some((criterion) => parseWorkflowCriterion(criterion)?.kind === "risk")) return [];
  const stricter = all.find(([, other]) => !isForRisks(other) && approvalsOf(other) > approvalsOf(workflow));
  if (!stricter) return [];
  const found = `\`${name}\` is for riskier changes, and asks for fewer approvals (${approvalsOf(workflow)}) than \`${stricter[0]}\` (${approvalsOf(stricter[1])})`;
  const fix = `ask for at least ${approvalsOf(stricter[1])}`;
  return [
    problemAt(checked, ["approval_workflows", name], { code: "HP-P21", severity: "warning", found, fix, at: "key" }),
  ];
}

function isForRisks(workflow: Workflow): boolean {
  return workflow.criteria.some((criterion) => parseWorkflowCriterion(criterion)?.kind === "risk");
}

/** How many approvals a workflow asks for. */
export function approvalsOf(workflow: Workflow): number {
  if (typeof workflow.approvals === "number") return workflow.approvals;
  if (workflow.approvals) return Object.values(workflow.approvals).reduce((sum, count) => sum + count, 0);
  return workflow.process.includes("automated_approval") ? 0 : 1;
}

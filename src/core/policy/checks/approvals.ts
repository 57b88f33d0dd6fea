import type { Problem } from "../../problem.ts";
import type { ApprovalOptions } from "../blocks/approvals.ts";
import { defaultCheckpointApprover, defaultWorkflowApprover } from "../default-approvers.ts";
import { resolveRole } from "../resolve-role.ts";
import { type Check, type CheckedPolicy, problemAt } from "./check.ts";

interface Asking extends ApprovalOptions {
  approver?: string[] | undefined;
  approvals?: number | Record<string, number> | undefined;
}

/** Approvals: options that contradict each other, and counts that the people named can never reach. */
export const checkApprovals: Check = (checked) => {
  const { policy } = checked;
  const problems = checkOptions(checked, policy.approvals, ["approvals"]);
  for (const [name, checkpoint] of Object.entries(policy.checkpoints)) {
    const path = ["checkpoints", name];
    problems.push(
      ...checkOptions(checked, checkpoint, path),
      ...checkReachable(checked, checkpoint, path, defaultCheckpointApprover(name)),
    );
  }
  for (const [name, workflow] of Object.entries(policy.approval_workflows ?? {})) {
    const path = ["approval_workflows", name];
    problems.push(
      ...checkOptions(checked, workflow, path),
      ...checkReachable(checked, workflow, path, defaultWorkflowApprover(name)),
    );
  }
  return problems;
};

function checkOptions(checked: CheckedPolicy, options: ApprovalOptions, path: string[]): Problem[] {
  const problems: Problem[] = [];
  const { freshness, invalidate_on_push: invalidate, methods } = options;
  if (freshness !== undefined && invalidate !== undefined && (freshness === "exact") !== invalidate) {
    const found = `\`invalidate_on_push: ${invalidate}\` contradicts \`freshness: ${freshness}\``;
    problems.push(
      problemAt(checked, [...path, "invalidate_on_push"], {
        code: "HP-P30",
        found,
        fix: "keep `freshness`",
        at: "key",
      }),
    );
  }
  const others = [methods?.comments, methods?.comment_patterns, methods?.labels, methods?.body_patterns];
  if (methods?.review === false && others.every((list) => list === undefined || list.length === 0)) {
    const found = "no review, comment, label or description counts as an approval here";
    problems.push(
      problemAt(checked, [...path, "methods"], { code: "HP-P29", found, fix: "leave one way to approve", at: "key" }),
    );
  }
  return problems;
}

function checkReachable(checked: CheckedPolicy, asking: Asking, path: string[], otherwise: string): Problem[] {
  const { approvals = 1, approver = [otherwise] } = asking;
  const seats: [roles: string[], needed: number][] =
    typeof approvals === "number"
      ? [[approver, approvals]]
      : Object.entries(approvals).map(([role, needed]) => [[role], needed]);
  return seats.flatMap(([roles, needed]) => {
    const users = roles.map((role) => namedUsers(checked, role));
    if (users.includes(null)) return [];
    const people = new Set(users.flatMap((list) => list ?? []));
    if (people.size >= needed) return [];
    const found = `${needed} approvals are asked of ${people.size} ${people.size === 1 ? "person" : "people"} (${roles.join(", ")})`;
    return [
      problemAt(checked, path, {
        code: "HP-P29",
        severity: "warning",
        found,
        fix: "name more people, or ask for fewer",
        at: "key",
      }),
    ];
  });
}

/** Logins of a role that names accounts and nothing else; `null` where teams or permissions decide how many there are. */
function namedUsers(checked: CheckedPolicy, role: string): string[] | null {
  const meaning = resolveRole(checked.policy, role, "");
  if (meaning.how === "fallback") return null;
  const { users = [], teams = [], organizations = [], permission, codeowners } = meaning.people;
  const isOpenEnded = teams.length > 0 || organizations.length > 0 || permission !== undefined || codeowners === true;
  return isOpenEnded ? null : users.map((user) => user.toLowerCase());
}

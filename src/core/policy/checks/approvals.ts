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
  const problems = seatsOf(checked, asking, otherwise).flatMap(({ roles, needed, people }) => {
    if (people === null || people.size >= needed) return [];
    const found = `${needed} approvals are asked of ${people.size} ${people.size === 1 ? "person" : "people"} (${roles.join(", ")})`;
    return [unreachable(checked, path, found)];
  });
  if (problems.length > 0 || !(asking.distinct_people ?? checked.policy.approvals.distinct_people)) return problems;
  return checkTogether(checked, [seatsOf(checked, asking, otherwise)].flat(), path, "");
}

/** A checkpoint and a workflow ask for their people at the same time: with distinct people they must not be the same. */
export const checkDistinct: Check = (checked) => {
  const { policy } = checked;
  const workflows = Object.entries(policy.approval_workflows ?? {});
  const isDistinct = (own: Asking) => own.distinct_people ?? policy.approvals.distinct_people ?? false;
  return Object.entries(policy.checkpoints).flatMap(([name, checkpoint]) =>
    workflows.flatMap(([other, workflow]) => {
      if (!isDistinct(checkpoint) && !isDistinct(workflow)) return [];
      if (checkpoint.distinct_people === false || workflow.distinct_people === false) return [];
      const own = seatsOf(checked, checkpoint, defaultCheckpointApprover(name));
      const theirs = seatsOf(checked, workflow, defaultWorkflowApprover(other));
      // What is short by itself is told there.
      if (isShort(own) || isShort(theirs)) return [];
      return checkTogether(
        checked,
        [...own, ...theirs],
        ["checkpoints", name],
        ` by \`${name}\` and \`${other}\` together`,
      );
    }),
  );
};

interface Seats {
  roles: string[];
  needed: number;
  /** Logins; `null` where teams or permissions decide how many there are. */
  people: Set<string> | null;
}

function seatsOf(checked: CheckedPolicy, { approvals = 1, approver }: Asking, otherwise: string): Seats[] {
  const asked: [roles: string[], needed: number][] =
    typeof approvals === "number"
      ? [[approver ?? [otherwise], approvals]]
      : Object.entries(approvals).map(([role, needed]) => [[role], needed]);
  return asked.map(([roles, needed]) => {
    const users = roles.map((role) => namedUsers(checked, role));
    return { roles, needed, people: users.includes(null) ? null : new Set(users.flatMap((list) => list ?? [])) };
  });
}

function checkTogether(checked: CheckedPolicy, seats: readonly Seats[], path: string[], by: string): Problem[] {
  const short = shortTogether(seats);
  if (short === null) return [];
  const found = `with \`distinct_people\`, ${short.needed} approvals are asked${by} of ${short.people} ${short.people === 1 ? "person" : "people"}`;
  return [unreachable(checked, path, found)];
}

function isShort(seats: readonly Seats[]): boolean {
  return shortTogether(seats) !== null;
}

/** Some of the seats for which there are too few people, everybody sitting once (Hall's condition); `null` where there are none. */
function shortTogether(seats: readonly Seats[]): { needed: number; people: number } | null {
  const known = seats.flatMap(({ needed, people }) => (people === null || needed === 0 ? [] : [{ needed, people }]));
  // A policy names a handful; of more, only all together are looked at.
  const sets = known.length > 8 ? [known] : subsets(known);
  for (const set of sets) {
    const needed = set.reduce((sum, one) => sum + one.needed, 0);
    const people = new Set(set.flatMap((one) => [...one.people])).size;
    if (people < needed) return { needed, people };
  }
  return null;
}

function subsets<Item>([first, ...rest]: readonly Item[]): Item[][] {
  if (first === undefined) return [];
  const others = subsets(rest);
  return [[first], ...others, ...others.map((set) => [first, ...set])];
}

function unreachable(checked: CheckedPolicy, path: string[], found: string): Problem {
  const fix = "name more people, or ask for fewer";
  return problemAt(checked, path, { code: "HP-P29", severity: "warning", found, fix, at: "key" });
}

/** Logins of a role that names accounts and nothing else; `null` where teams or permissions decide how many there are. */
function namedUsers(checked: CheckedPolicy, role: string): string[] | null {
  const meaning = resolveRole(checked.policy, role, "");
  if (meaning.how === "fallback") return null;
  const { users = [], teams = [], organizations = [], permission, codeowners } = meaning.people;
  const isOpenEnded =
    teams.length > 0 || organizations.length > 0 || permission !== undefined || (codeowners ?? false) !== false;
  return isOpenEnded ? null : users.map((user) => user.toLowerCase());
}

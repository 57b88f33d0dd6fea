/** One seat group: any of these roles, so many approvals. */

import type { ApprovalOptions } from "../policy/blocks/approvals.ts";
import { permissions } from "../snapshot.ts";
import { exclusion } from "./approvals.ts";
import { candidatesOf, isListed, resolveFully } from "./candidates.ts";
import type { GateFacts } from "./facts.ts";
import type { ApprovalsRequirement } from "./verdict.ts";

export interface Asked {
  id: string;
  roles: string[];
  needed: number;
  own: ApprovalOptions;
  holds: boolean;
  line: number | null;
  dueAt: Date | null;
}

export function requireApprovals(asked: Asked, facts: GateFacts): ApprovalsRequirement {
  const { roles, own } = asked;
  const { snapshot, document } = facts;
  const rules = facts.rulesFor(own);
  const contributors = facts.contributorsFor(own);
  const hasUnknown = contributors.unknownCommits.length > 0;
  const extraForUnknown = hasUnknown && rules.unknownContributor === "extra_approver" ? 1 : 0;
  const given = facts.approvalsFor(roles, own);
  const resolved = roles.map((role) => resolveFully(role, document.policy, snapshot));
  const said = new Set(
    given.filter((approval) => approval.outcome.kind === "counts").map((approval) => approval.person.id),
  );
  const candidates = roles
    .flatMap((role) => candidatesOf(role, document.policy, snapshot))
    .filter(
      (person, index, all) =>
        all.findIndex((other) => other.login.toLowerCase() === person.login.toLowerCase()) === index,
    )
    .filter(
      (person) => person.kind === "user" && !said.has(person.id) && !isExcluded(person, rules, contributors, facts),
    );
  const open = resolved.flatMap((role) => (role.how !== "unknown" && role.permission ? [role.permission] : []));
  const anyoneWith = open.sort((a, b) => permissions.indexOf(a) - permissions.indexOf(b))[0] ?? null;
  return {
    kind: "approvals",
    id: asked.id,
    name: roles.join(" or "),
    state: "waiting",
    code: "HP-W01",
    holds: asked.holds,
    line: asked.line,
    roles: resolved,
    needed: asked.needed + extraForUnknown,
    extraForUnknown,
    given,
    candidates,
    anyoneWith,
    dueAt: asked.dueAt,
    isOverdue: false,
  };
}

/** People known by login only (id 0) are told apart by login: enough to name them, never to let them in. */
function isExcluded(
  person: { id: number; login: string },
  rules: ReturnType<GateFacts["rulesFor"]>,
  contributors: ReturnType<GateFacts["contributorsFor"]>,
  { snapshot }: GateFacts,
): boolean {
  const isAuthor = person.login.toLowerCase() === snapshot.author.login.toLowerCase();
  const id = isAuthor ? snapshot.author.id : person.id;
  return exclusion(id, rules, { snapshot, contributors }) !== null;
}

/**
 * Settles a requirement once it is known how many of its approvals found a seat.
 *
 * Nobody left to ask is the rule's fault, not the approvers': it is told as such, at once.
 */
export function settleApprovals(
  requirement: ApprovalsRequirement,
  seated: number,
  facts: GateFacts,
): ApprovalsRequirement {
  if (seated >= requirement.needed)
    return { ...requirement, state: "satisfied", code: requirement.needed === 0 ? "HP-W03" : "HP-W02" };
  const unread = requirement.given.some((approval) => approval.outcome.kind === "eligibility_unreadable");
  if (unread) return { ...requirement, state: "error", code: "HP-R01" };
  const missing = requirement.needed - seated;
  const isOverdue = requirement.dueAt !== null && requirement.dueAt.getTime() <= facts.now.getTime();
  const isStuck =
    requirement.anyoneWith === null && !isOpenEnded(requirement, facts) && requirement.candidates.length < missing;
  const open = { ...requirement, isOverdue };
  return isStuck ? { ...open, state: "must_change", code: "HP-W04" } : { ...open, state: "waiting", code: "HP-W01" };
}

/** Whether people may belong to it that could not be listed: something of the role was not read. */
function isOpenEnded(requirement: ApprovalsRequirement, { snapshot }: GateFacts): boolean {
  return requirement.roles.some((role) => role.how === "unknown" || !isListed(role, snapshot));
}

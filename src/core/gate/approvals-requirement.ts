/** One seat group: any of these roles, so many approvals. */

import type { ApprovalOptions } from "../policy/blocks/approvals.ts";
import { type Person, permissions, type Snapshot } from "../snapshot.ts";
import { exclusion } from "./approvals.ts";
import { candidatesOf, isListed, resolveFully } from "./candidates.ts";
import { coverageOf, ownerless, uncovered } from "./coverage.ts";
import type { GateFacts } from "./facts.ts";
import type { Answering } from "./freshness.ts";
import type { ApprovalsRequirement, RoleOutcome } from "./verdict.ts";

export interface Asked {
  id: string;
  roles: string[];
  needed: number;
  own: ApprovalOptions;
  holds: boolean;
  line: number | null;
  dueAt: Date | null;
  /** The files it is about; `null`: the whole change. */
  about: Answering;
}

export function requireApprovals(asked: Asked, facts: GateFacts): ApprovalsRequirement {
  const { roles, own } = asked;
  const { snapshot, document } = facts;
  const rules = facts.rulesFor(own);
  const hasUnknown = facts.contributorsFor(own).unknownCommits.length > 0;
  const extraForUnknown = hasUnknown && rules.unknownContributor === "extra_approver" ? 1 : 0;
  const given = facts.approvalsFor(roles, own, asked.about);
  const resolved = roles.map((role) => resolveFully(role, document.policy, snapshot));
  const needed = asked.needed + extraForUnknown;
  const coverage = coverageOf(resolved, needed, given, { policy: document.policy, snapshot });
  const open = resolved.flatMap((role) => (role.how !== "unknown" && role.permission ? [role.permission] : []));
  return {
    kind: "approvals",
    id: asked.id,
    name: roles.join(" or "),
    state: "waiting",
    code: "HP-W01",
    holds: asked.holds,
    line: asked.line,
    opening: null,
    roles: resolved,
    needed,
    extraForUnknown,
    given,
    candidates: candidatesFor(asked, { given, coverage, needed }, facts),
    coverage,
    competesWith: [],
    distinctPeople: own.distinct_people ?? null,
    missingTeams: resolved.flatMap((role) => missingTeams(role, snapshot)),
    anyoneWith: open.sort((a, b) => permissions.indexOf(a) - permissions.indexOf(b))[0] ?? null,
    dueAt: asked.dueAt,
    isOverdue: false,
  };
}

function candidatesFor(
  { roles, own }: Asked,
  { given, coverage, needed }: Pick<ApprovalsRequirement, "given" | "coverage" | "needed">,
  facts: GateFacts,
): Person[] {
  const { snapshot, document } = facts;
  const rules = facts.rulesFor(own);
  const contributors = facts.contributorsFor(own);
  const said = new Set(given.filter(({ outcome }) => outcome.kind === "counts").map(({ person }) => person.id));
  const everybody = roles.flatMap((role) => candidatesOf(role, document.policy, snapshot));
  const candidates = [...new Map(everybody.toReversed().map((person) => [person.login.toLowerCase(), person])).values()]
    .reverse()
    .filter((person) => person.kind === "user" && !said.has(person.id))
    .filter((person) => !isExcluded(person, rules, contributors, facts));
  const open = uncovered({ coverage });
  if (open.length === 0 || roles.length > 1) return candidates;
  // While files wait for their owners, others are of no help, unless more are needed than those.
  const owning = candidates.filter(({ id }) => open.some(({ owners }) => owners.some((owner) => owner.id === id)));
  return said.size + owning.length >= needed ? owning : candidates;
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

function missingTeams(role: RoleOutcome, { directory }: Snapshot): string[] {
  if (role.how === "unknown") return [];
  return role.teams.filter((team) => directory.teams[team.toLowerCase()]?.kind === "missing");
}

/** What became of a requirement's seats. */
export interface Seating {
  /** How many are taken by people whose approval counts. */
  seated: number;
  /** Whether the others can still be taken. */
  canBeFilled: boolean;
  /** Rules without which it could be met, and with which it cannot. */
  competesWith: string[];
}

/**
 * Settles a requirement once it is known how many of its approvals found a seat.
 *
 * Nobody left to ask is the rule's fault, not the approvers': it is told as such, at once.
 */
export function settleApprovals(
  requirement: ApprovalsRequirement,
  { seated, canBeFilled, competesWith }: Seating,
  facts: GateFacts,
): ApprovalsRequirement {
  if (seated >= requirement.needed && uncovered(requirement).length === 0)
    return { ...requirement, state: "satisfied", code: requirement.needed === 0 ? "HP-W03" : "HP-W02" };
  const unread = requirement.given.some((approval) => approval.outcome.kind === "eligibility_unreadable");
  if (requirement.missingTeams.length > 0) return { ...requirement, state: "error", code: "HP-W06" };
  if (unread) return { ...requirement, state: "error", code: "HP-R01" };
  const isOverdue = requirement.dueAt !== null && requirement.dueAt.getTime() <= facts.now.getTime();
  const open = { ...requirement, isOverdue };
  if (competesWith.length > 0) return { ...open, state: "must_change", code: "HP-W05", competesWith };
  const isOwnerless = requirement.roles.length === 1 && ownerless(requirement).length > 0;
  if (isOwnerless || !canBeFilled) return { ...open, state: "must_change", code: "HP-W04" };
  return { ...open, state: "waiting", code: "HP-W01" };
}

/** Whether everybody who may belong to it is known: it is no matter of a permission, and all of its roles were read. */
export function isClosed(requirement: ApprovalsRequirement, { snapshot }: GateFacts): boolean {
  const isOpenEnded = requirement.roles.some((role) => role.how === "unknown" || !isListed(role, snapshot));
  return requirement.anyoneWith === null && !isOpenEnded;
}

/** People whose approval counts, each once. */
export function countedPeople({ given }: Pick<ApprovalsRequirement, "given">): Person[] {
  const people = given.filter(({ outcome }) => outcome.kind === "counts").map(({ person }) => person);
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

/** Every role and every block of people that a policy names, and so whom the reader has to look up. */

import type { EvidenceTree } from "./blocks/checkpoints.ts";
import type { People } from "./blocks/roles.ts";
import type { Condition } from "./condition.ts";
import { decisionRoles, needsDecision } from "./decision-roles.ts";
import { defaultCheckpointApprover, defaultWorkflowApprover } from "./default-approvers.ts";
import { defaultWorkflows } from "./default-workflows.ts";
import { resolveRole } from "./resolve-role.ts";
import type { Policy } from "./schema.ts";

export type KeyPath = readonly (string | number)[];

export interface RoleUse {
  role: string;
  /** Where the policy names it. */
  path: KeyPath;
}

export interface PeopleUse {
  people: People;
  path: KeyPath;
}

/** Predicates whose value is a block of people. */
const peoplePredicates = ["author", "contributors", "only_contributors", "signed_by"];

/** Blocks of the policy whose roles the gate on pull requests looks at. */
const gateBlocks = ["approvals", "checkpoints", "approval_workflows"];

/** Teams as `org/slug`, lower case, without doubles: those the gate may look at, with what unmapped roles may fall back to. */
export function teamsOf(policy: Policy, repositoryOwner: string, roles = gateRoles(policy)): string[] {
  const teams = peopleIn(policy).flatMap(({ people }) => people.teams ?? []);
  for (const role of roles) {
    const meaning = resolveRole(policy, role, repositoryOwner);
    teams.push(...(meaning.how === "fallback" ? meaning.teams : (meaning.people.teams ?? [])));
  }
  return unique(teams);
}

/** Organisations, lower case, without doubles, whose members the gate may look at. */
export function organizationsOf(policy: Policy, roles = gateRoles(policy)): string[] {
  const organizations = peopleIn(policy).flatMap(({ people }) => people.organizations ?? []);
  for (const role of roles) {
    const meaning = resolveRole(policy, role, "");
    if (meaning.how !== "fallback") organizations.push(...(meaning.people.organizations ?? []));
  }
  return unique(organizations);
}

/** Whether a role that the gate may look at asks for code owners, so that CODEOWNERS has to be read. */
export function needsCodeowners(policy: Policy, roles = gateRoles(policy)): boolean {
  return roles.some((role) => {
    const meaning = resolveRole(policy, role, "");
    return meaning.how !== "fallback" && (meaning.people.codeowners ?? false) !== false;
  });
}

/** Roles that the gate may look at, without doubles. */
export function gateRoles(policy: Policy): string[] {
  const named = rolesIn(policy).filter(
    ({ path }) => gateBlocks.includes(String(path[0])) && !(path[1] === "veto" && path[2] === "overrule_by"),
  );
  const roles = named.map((use) => use.role);
  for (const [name, checkpoint] of Object.entries(policy.checkpoints)) {
    if (!checkpoint.approver && typeof checkpoint.approvals !== "object") roles.push(defaultCheckpointApprover(name));
    if (needsDecision(name, checkpoint)) roles.push(...decisionRoles(name, checkpoint, policy));
  }
  const workflows = policy.approval_workflows ?? defaultWorkflows;
  for (const [name, workflow] of Object.entries(workflows)) {
    if (!workflow.approver && typeof workflow.approvals !== "object") roles.push(defaultWorkflowApprover(name));
  }
  // Objections are `peer`'s to raise, unless the policy says otherwise.
  if (!policy.approvals.veto?.by) roles.push("peer");
  return [...new Set(roles)];
}

/** Roles that may overrule an objection. Looked up only where somebody tries to: most changes never need them. */
export function overruleRoles(policy: Policy): string[] {
  return policy.approvals.veto?.overrule_by ?? ["technical_lead"];
}

/** Every role that the policy names, with where. */
export function rolesIn(policy: Policy): RoleUse[] {
  const uses: RoleUse[] = [];
  const add = (roles: readonly string[] | string | false | undefined, ...path: (string | number)[]) => {
    const isList = Array.isArray(roles);
    for (const [index, role] of (isList ? roles : roles ? [roles as string] : []).entries()) {
      uses.push({ role, path: isList ? [...path, index] : path });
    }
  };
  const addCounts = (counts: number | Record<string, number> | undefined, ...path: (string | number)[]) => {
    if (typeof counts === "object") for (const role of Object.keys(counts)) add(role, ...path, role);
  };
  add(policy.approvals.veto?.by, "approvals", "veto", "by");
  add(policy.approvals.veto?.overrule_by, "approvals", "veto", "overrule_by");
  for (const [name, checkpoint] of Object.entries(policy.checkpoints)) {
    add(checkpoint.approver, "checkpoints", name, "approver");
    addCounts(checkpoint.approvals, "checkpoints", name, "approvals");
    for (const [index, criterion] of checkpoint.criteria.entries()) {
      if (criterion.evidence) {
        uses.push(...rolesInEvidence(criterion.evidence, ["checkpoints", name, "criteria", index, "evidence"]));
      }
    }
  }
  for (const [name, workflow] of Object.entries(policy.approval_workflows ?? {})) {
    add(workflow.approver, "approval_workflows", name, "approver");
    addCounts(workflow.approvals, "approval_workflows", name, "approvals");
  }
  add(policy.policy_change?.approver, "policy_change", "approver");
  const emergency = policy.bypass?.emergency;
  add(emergency?.authorised, "bypass", "emergency", "authorised");
  add(emergency?.second_person, "bypass", "emergency", "second_person");
  add(emergency?.post_review?.approver, "bypass", "emergency", "post_review", "approver");
  for (const [index, window] of (policy.bypass?.maintenance_windows ?? []).entries()) {
    add(window.validation, "bypass", "maintenance_windows", index, "validation");
  }
  for (const [name, level] of Object.entries(policy.escalation_levels ?? {})) {
    add(level.roles, "escalation_levels", name, "roles");
  }
  for (const [name, deployment] of Object.entries(policy.deployments ?? {})) {
    add(deployment.approver, "deployments", name, "approver");
  }
  for (const { people, path } of peopleIn(policy)) add(people.roles, ...path, "roles");
  return uses;
}

/** Every `{ users, teams, … }` block outside `roles:`, with where it stands. */
export function peopleIn(policy: Policy): PeopleUse[] {
  const uses: PeopleUse[] = [];
  const addIgnored = (people: People | undefined, ...path: string[]) => {
    if (people) uses.push({ people, path: [...path, "ignore_commits_by"] });
  };
  addIgnored(policy.approvals.ignore_commits_by, "approvals");
  for (const [name, workflow] of Object.entries(policy.approval_workflows ?? {})) {
    addIgnored(workflow.ignore_commits_by, "approval_workflows", name);
  }
  for (const [name, checkpoint] of Object.entries(policy.checkpoints)) {
    addIgnored(checkpoint.ignore_commits_by, "checkpoints", name);
    for (const key of ["when", "conditions"] as const) {
      const condition = checkpoint[key];
      if (condition) uses.push(...peopleInCondition(condition, ["checkpoints", name, key]));
    }
  }
  return uses;
}

function peopleInCondition(condition: Condition, path: KeyPath): PeopleUse[] {
  const uses: PeopleUse[] = [];
  for (const [key, value] of Object.entries(condition)) {
    if (key === "all" || key === "any" || key === "none") {
      for (const [index, part] of (value as Condition[]).entries()) {
        uses.push(...peopleInCondition(part, [...path, key, index]));
      }
    } else if (peoplePredicates.includes(key) && typeof value === "object" && value !== null) {
      uses.push({ people: value as People, path: [...path, key] });
    }
  }
  return uses;
}

function rolesInEvidence(evidence: EvidenceTree, path: KeyPath): RoleUse[] {
  if ("any" in evidence) {
    return evidence.any.flatMap((part, index) => rolesInEvidence(part, [...path, "any", index]));
  }
  if ("all" in evidence) {
    return evidence.all.flatMap((part, index) => rolesInEvidence(part, [...path, "all", index]));
  }
  if (!("attested_by" in evidence)) return [];
  return evidence.attested_by.map((role) => ({ role, path: [...path, "attested_by"] }));
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.toLowerCase()))].sort();
}

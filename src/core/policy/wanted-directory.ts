/** Which facts about people a policy needs beyond those that a first reading brought. */

import { isAtLeast, type Memory, type Permission, type Person, type Snapshot } from "../snapshot.ts";
import type { ApprovalMethods } from "./blocks/approvals.ts";
import { bypassRoles, isBypassTried } from "./bypass-tried.ts";
import { takesComments } from "./criteria.ts";
import { askingOwners, policyChangeRoles } from "./policy-owners.ts";
import { gateRoles, needsCodeowners, organizationsOf, overruleRoles, teamsOf } from "./policy-people.ts";
import { resolveRole } from "./resolve-role.ts";
import type { Policy } from "./schema.ts";

export interface WantedDirectory {
  teams: string[];
  organizations: string[];
  permissionsOf: Person[];
  /** Paths whose owners are asked for; `null` where no role asks for code owners. */
  codeownersOf: string[] | null;
}

/**
 * A first reading knows of reviewers only whether they can push: `write` stands for at least write, `read` for at most read.
 * Who may open the gate only by more, or by less than that tells, is looked at more closely.
 *
 * @returns `null` when nothing is wanting
 */
export function wantedDirectory(
  inForce: Policy,
  snapshot: Snapshot,
  memory: Pick<Memory, "commands" | "bypasses"> = { commands: [], bypasses: [] },
): WantedDirectory | null {
  const { directory, repository } = snapshot;
  const policy = askingOwners(inForce, snapshot.policyChange);
  const roles = rolesLookedAt(policy, snapshot, memory);
  const wanted: WantedDirectory = {
    teams: teamsOf(policy, repository.owner, roles).filter((team) => !Object.hasOwn(directory.teams, team)),
    organizations: organizationsOf(policy, roles).filter((name) => !Object.hasOwn(directory.organizations, name)),
    permissionsOf: whoseMatter(policy, roles, snapshot, memory.commands),
    codeownersOf: needsCodeowners(policy, roles)
      ? [...snapshot.files.flatMap(bothNames), ...(snapshot.policyChange?.paths ?? [])]
      : null,
  };
  const isComplete =
    wanted.teams.length === 0 &&
    wanted.organizations.length === 0 &&
    wanted.permissionsOf.length === 0 &&
    wanted.codeownersOf === null;
  return isComplete ? null : wanted;
}

/** Who may overrule an objection, or ask for a bypass, matters where somebody tries to. */
function rolesLookedAt(policy: Policy, snapshot: Snapshot, memory: Pick<Memory, "commands" | "bypasses">): string[] {
  const said = [...snapshot.comments, ...snapshot.reviews];
  const isOverruled = said.some(({ body }) => /^\s*\/holdpoint\s+overrule\b/im.test(body));
  const roles = [
    ...gateRoles(policy),
    ...policyChangeRoles(policy, snapshot.policyChange),
    ...(isOverruled ? overruleRoles(policy) : []),
    ...(isBypassTried(policy, snapshot, memory) ? bypassRoles(policy) : []),
  ];
  return [...new Set(roles)];
}

function bothNames({ path, previousPath }: Snapshot["files"][number]): string[] {
  return previousPath === null ? [path] : [path, previousPath];
}

function whoseMatter(
  policy: Policy,
  roles: readonly string[],
  snapshot: Snapshot,
  commands: Memory["commands"],
): Person[] {
  const levels = permissionLevels(policy, roles, snapshot);
  const speakers =
    levels.length === 0 ? [] : [...speakersIn(policy, snapshot), ...commands.map(({ person }) => person)];
  const givers = evidenceGivers(policy, snapshot);
  return [
    ...whoseLevelsMatter([...speakers, ...givers], levels, snapshot),
    ...whoseLevelsMatter(holders(snapshot, commands), ["triage", "maintain"], snapshot),
  ].filter((person, index, all) => all.findIndex(({ id }) => id === person.id) === index);
}

/** Those of them about whom it is not known yet which of these levels they reach. */
function whoseLevelsMatter(
  people: readonly Person[],
  levels: readonly Permission[],
  { directory }: Snapshot,
): Person[] {
  return people.filter(({ id, kind }) => {
    if (kind === "ghost") return false;
    const known = directory.permissions[id];
    if (known === undefined) return true;
    if (known.kind !== "read") return false;
    if (known.value === "write") return levels.some((level) => !isAtLeast("write", level));
    return known.value === "read" && levels.includes("triage");
  });
}

/** People who asked for a hold or for its end: the permission to do so is the repository's, whatever the policy's roles go by. */
function holders({ comments, reviews }: Snapshot, commands: Memory["commands"]): Person[] {
  const isHold = (body: string) => /^\s{0,3}\/holdpoint\s+(hold|unhold|cancel-hold|remove-hold)\b/im.test(body);
  return [
    ...[...comments, ...reviews]
      .filter(({ user, body }) => user.kind === "user" && isHold(body))
      .map(({ user }) => user),
    ...commands.filter(({ text }) => /^(hold|unhold)\b/.test(text)).map(({ person }) => person),
  ];
}

/** Permissions that roles of the gate go by; an unmapped role does where none of its teams exists. */
function permissionLevels(policy: Policy, roles: readonly string[], { repository, directory }: Snapshot): Permission[] {
  return roles.flatMap((role): Permission[] => {
    const meaning = resolveRole(policy, role, repository.owner);
    if (meaning.how !== "fallback") return meaning.people.permission ? [meaning.people.permission] : [];
    const hasTeam = meaning.teams.some((team) => directory.teams[team]?.kind === "read");
    return hasTeam ? [] : [meaning.permission];
  });
}

/** A line that may be a phrase or a command which the gate weighs; what only asks to be answered says nothing about the change. */
const speech = /^\s{0,3}\/(?!holdpoint(?:[ \t\r]*$|[ \t]+(?:help|recheck|explain)\b))/im;

/** People who said something that may count as an approval, an objection or evidence. */
function speakersIn(policy: Policy, { reviews, comments, labels, author }: Snapshot): Person[] {
  const blocks = [
    policy.approvals,
    ...Object.values(policy.checkpoints),
    ...Object.values(policy.approval_workflows ?? {}),
  ].flatMap(({ methods }) => methods ?? []);
  const areCommentsFree = [...blocks, { comments: policy.approvals.veto?.methods?.comments }].some(isFreeText);
  return [
    ...reviews.filter(({ state }) => state !== "dismissed").map(({ user }) => user),
    ...comments.filter(({ body }) => areCommentsFree || speech.test(body)).map(({ user }) => user),
    ...labels.flatMap(({ addedBy }) => (addedBy === null ? [] : [addedBy])),
    ...(blocks.some(({ body_patterns: patterns }) => (patterns?.length ?? 0) > 0) ? [author] : []),
  ];
}

/** Whether comments count that do not begin with a slash. */
function isFreeText({ comments, comment_patterns: patterns, intent }: Partial<ApprovalMethods>): boolean {
  return intent === true || (patterns?.length ?? 0) > 0 || (comments ?? []).some((phrase) => !phrase.startsWith("/"));
}

/** People other than the author who gave evidence by comment, where a criterion takes it: only who can push may. */
function evidenceGivers(policy: Policy, { comments, reviews, author }: Snapshot): Person[] {
  const said = [...comments, ...reviews].filter(
    ({ user, body }) =>
      user.kind === "user" && user.id !== author.id && /^\s{0,3}\/holdpoint\s+evidence\s/im.test(body),
  );
  return said.length > 0 && takesComments(policy) ? said.map(({ user }) => user) : [];
}

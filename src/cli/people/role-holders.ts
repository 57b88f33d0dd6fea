/** Who holds the roles of a policy now, and whether they are enough for what it asks. */

import { seatsOfCheckpoint } from "../../core/gate/checkpoint-requirements.ts";
import { seatsAsked } from "../../core/gate/choose-workflow.ts";
import { defaultWorkflows } from "../../core/policy/default-workflows.ts";
import type { PolicyDocument } from "../../core/policy/policy-document.ts";
import { gateRoles, organizationsOf, rolesIn, teamsOf } from "../../core/policy/policy-people.ts";
import { type RoleResolution, resolveRole, settleRole } from "../../core/policy/resolve-role.ts";
import type { Policy } from "../../core/policy/schema.ts";
import { type Directory, isAtLeast } from "../../core/snapshot.ts";

import type { GithubClient } from "../../github/client.ts";
import { type PersonWithPermission, readCollaborators } from "../../github/read/collaborators.ts";
import { DirectoryReader } from "../../github/read/directory.ts";

export interface RoleHolders {
  role: string;
  /** What the name came to mean: `the team acme/leads`. */
  means: string;
  /** Logins, in their order; `null` where they cannot be told, see `unknown`. */
  people: string[] | null;
  /** Why not: code owners differ from file to file, and some lists may not be read. */
  unknown: string | null;
}

export interface Seat {
  /** `checkpoint security_review`. */
  of: string;
  line: number | null;
  roles: string[];
  needed: number;
  /** How many people could fill it; `null` where that is not known. */
  people: number | null;
}

interface Facts {
  directory: Pick<Directory, "teams" | "organizations">;
  collaborators: readonly PersonWithPermission[];
}

/** @throws {GithubError} when GitHub fails, or does not show collaborators to this token */
export async function readRoleHolders(
  client: GithubClient,
  repository: { owner: string; name: string },
  { policy }: PolicyDocument,
): Promise<RoleHolders[]> {
  const roles = [...new Set([...gateRoles(policy), ...rolesIn(policy).map(({ role }) => role)])].sort();
  const subject = { kind: "pull_request" as const, installationId: 0, repositoryId: 0, number: 0, ...repository };
  const [directory, collaborators] = await Promise.all([
    new DirectoryReader(client).read(subject, {
      teams: teamsOf(policy, repository.owner, roles),
      organizations: organizationsOf(policy, roles),
      permissionsOf: [],
      codeownersOf: null,
    }),
    readCollaborators(client, repository),
  ]);
  return roles.map((role) => holdersOf(role, policy, repository.owner, { directory, collaborators }));
}

function holdersOf(role: string, policy: Policy, owner: string, facts: Facts): RoleHolders {
  const { directory, collaborators } = facts;
  const teams = { teams: directory.teams };
  const settled = settleRole(resolveRole(policy, role, owner), {
    roles: policy.roles,
    snapshot: { directory: teams } as Parameters<typeof settleRole>[1]["snapshot"],
  });
  if (settled.how === "unknown") return { role, means: "not known", people: null, unknown: settled.reason };
  const means = meaningOf(settled);
  if (settled.codeowners !== false) {
    return { role, means, people: null, unknown: "who owns the files of a change differs from change to change" };
  }
  const people = new Set(settled.users.map((login) => login.toLowerCase()));
  const lists = [
    ...settled.teams.map((team) => ({ what: `team ${team}`, read: directory.teams[team.toLowerCase()] })),
    ...settled.organizations.map((name) => ({
      what: `organisation ${name}`,
      read: directory.organizations[name.toLowerCase()],
    })),
  ];
  const missing: string[] = [];
  for (const { what, read } of lists) {
    if (read?.kind === "read") for (const { login } of read.value) people.add(login.toLowerCase());
    else if (read?.kind === "unreadable") return { role, means, people: null, unknown: `the ${what}: ${read.reason}` };
    else missing.push(what);
  }
  const { permission } = settled;
  if (permission !== null) {
    const able = collaborators.filter((one) => one.person.kind === "user" && isAtLeast(one.permission, permission));
    for (const { person } of able) people.add(person.login.toLowerCase());
  }
  const lacking = missing.length === 0 ? null : `there is no ${missing.join(" and no ")} that this token may see`;
  return { role, means, people: [...people].sort(), unknown: lacking };
}

function meaningOf({ how, teams, organizations, permission, users, codeowners }: RoleResolution): string {
  const parts = [
    ...teams.map((team) => `the team ${team}`),
    ...organizations.map((name) => `members of ${name}`),
    ...(permission === null ? [] : [`everybody with ${permission} permission`]),
    ...(users.length > 0 ? [users.join(", ")] : []),
    ...(codeowners === false ? [] : ["code owners"]),
  ];
  return `${parts.join(" and ")}${how === "policy" ? "" : how === "built_in" ? " (built in)" : " (not mapped)"}`;
}

/** Every seat that a change may have to fill, and how many people there are for it. */
export function seatsOf({ policy, lineOf }: PolicyDocument, holders: readonly RoleHolders[]): Seat[] {
  const byRole = new Map(holders.map((one) => [one.role, one]));
  const count = (roles: readonly string[]) => {
    const lists = roles.map((role) => byRole.get(role)?.people ?? null);
    return lists.some((list) => list === null) ? null : new Set(lists.flatMap((list) => list ?? [])).size;
  };
  const workflows = policy.approval_workflows ?? defaultWorkflows;
  return [
    ...Object.entries(policy.checkpoints).flatMap(([name, checkpoint]) =>
      seatsOfCheckpoint(checkpoint, name).map((seat) => ({
        ...seat,
        of: `checkpoint ${name}`,
        line: lineOf(["checkpoints", name]),
      })),
    ),
    ...Object.entries(workflows).flatMap(([name, workflow]) =>
      seatsAsked(workflow, name).map((seat) => ({
        ...seat,
        of: `workflow ${name}`,
        line: lineOf(["approval_workflows", name]),
      })),
    ),
  ]
    .filter(({ needed }) => needed > 0)
    .map((seat) => ({ ...seat, people: count(seat.roles) }));
}

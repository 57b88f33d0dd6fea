/** The people whom CODEOWNERS, at the tip of the base branch, names for paths. */

import type { CodeownersProblem } from "../../core/codeowners-problem.ts";
import {
  type CodeOwner,
  type CodeownersRule,
  codeOwnersOf,
  codeownersPaths,
  parseCodeowners,
} from "../../core/policy/codeowners.ts";
import type { Person, Read } from "../../core/snapshot.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { GithubClient } from "../client.ts";
import { personOf, type RawActor } from "./map-person.ts";
import { mapPolicyEntry, policyFileFields, type RawPolicyEntry } from "./map-policy-file.ts";

const entries = codeownersPaths.map((path, i) => `at${i}: file(path: "${path}") { ...PolicyEntryFields }`).join(" ");

export const codeownersDocument = `query Codeowners($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { baseRef { target { ... on Commit { ${entries} } } } } }
}
${policyFileFields}`;

interface CodeownersAnswer {
  repository: {
    pullRequest: { baseRef: { target: Record<string, RawPolicyEntry | null> | null } | null } | null;
  } | null;
}

/** Members of teams by `org/slug` in lower case. */
export type TeamReader = (teams: string[]) => Promise<Record<string, Read<Person[]>>>;

/**
 * @returns owners per path, empty where nobody owns it. `unreadable` where a path has owners and none of them is an account:
 *   e-mail addresses entitle nobody
 * @throws {GithubError} when GitHub fails
 */
export async function readCodeOwners(
  client: GithubClient,
  subject: PullRequestSubject,
  paths: readonly string[],
  readTeams: TeamReader,
): Promise<{ codeowners: Read<Record<string, Person[]>>; codeownersProblems: CodeownersProblem[] }> {
  const file = await readFile(client, subject);
  if (file.kind !== "read") return { codeowners: file, codeownersProblems: [] };
  const { rules, problems } = parseCodeowners(file.value.text);
  const ownersByPath = new Map(paths.map((path) => [path, codeOwnersOf(rules, path)]));
  const named = [...ownersByPath.values()].flat();
  const teamNames = [...new Set(named.flatMap((owner) => (owner.kind === "team" ? [owner.name] : [])))];
  const logins = [...new Set(named.flatMap((owner) => (owner.kind === "user" ? [owner.login.toLowerCase()] : [])))];
  const [teams, users] = await Promise.all([
    teamNames.length === 0 ? {} : readTeams(teamNames),
    readUsers(client, subject.installationId, logins),
  ]);
  const codeownersProblems = [...problems, ...unknownOwners(rules, named, teams, users)].sort(
    (a, b) => a.line - b.line,
  );

  const people: Record<string, Person[]> = {};
  for (const [path, owners] of ownersByPath) {
    const found = resolve(owners, teams, users);
    if (found.kind === "unreadable") {
      const codeowners = { kind: "unreadable" as const, reason: `owners of ${path}: ${found.reason}` };
      return { codeowners, codeownersProblems };
    }
    people[path] = found.people;
  }
  return { codeowners: { kind: "read", value: people }, codeownersProblems };
}

/** Owners of the paths asked for who are no account and no team that can be seen, each once, at its first line. */
function unknownOwners(
  rules: readonly CodeownersRule[],
  named: readonly CodeOwner[],
  teams: Record<string, Read<Person[]>>,
  users: ReadonlyMap<string, Person>,
): CodeownersProblem[] {
  const unknown = new Map<string, string>();
  for (const owner of named) {
    if (owner.kind === "team" && teams[owner.name]?.kind !== "read")
      unknown.set(owner.name, `the team @${owner.name} cannot be found`);
    if (owner.kind === "user" && !users.has(owner.login.toLowerCase()))
      unknown.set(owner.login, `@${owner.login} is nobody's account`);
  }
  return [...unknown].map(([name, found]) => {
    const isNamed = (owner: CodeOwner) =>
      (owner.kind === "team" ? owner.name : owner.kind === "user" ? owner.login : "") === name;
    return { line: rules.find(({ owners }) => owners.some(isNamed))?.line ?? 1, found };
  });
}

async function readFile(client: GithubClient, { owner, name, number, installationId }: PullRequestSubject) {
  const { data } = await client.graphql<CodeownersAnswer>(
    { name: "Codeowners", document: codeownersDocument, variables: { owner, name, number } },
    { installationId },
  );
  const tip = data.repository?.pullRequest?.baseRef?.target;
  const files = codeownersPaths.map((_, i) => mapPolicyEntry(tip?.[`at${i}`] ?? null, null));
  return files.find(({ kind }) => kind !== "missing") ?? ({ kind: "missing" } as const);
}

type Resolved = { kind: "people"; people: Person[] } | { kind: "unreadable"; reason: string };

function resolve(
  owners: readonly CodeOwner[],
  teams: Record<string, Read<Person[]>>,
  users: ReadonlyMap<string, Person>,
): Resolved {
  const people = new Map<number, Person>();
  for (const owner of owners) {
    if (owner.kind === "user") {
      const user = users.get(owner.login.toLowerCase());
      if (user) people.set(user.id, user);
    } else if (owner.kind === "team") {
      const team = teams[owner.name];
      if (team?.kind === "unreadable") return { kind: "unreadable", reason: team.reason };
      if (team?.kind === "read") for (const person of team.value) people.set(person.id, person);
    }
  }
  const isNobody = owners.length > 0 && people.size === 0;
  return isNobody
    ? { kind: "unreadable", reason: `none of them is an account: ${owners.map(nameOf).join(", ")}` }
    : { kind: "people", people: [...people.values()] };
}

function nameOf(owner: CodeOwner): string {
  return owner.kind === "email" ? owner.email : `@${owner.kind === "team" ? owner.name : owner.login}`;
}

/** Logins per request; each is a field of its own. */
const usersPerRequest = 100;

export function usersDocument(count: number): string {
  const indexes = Array.from({ length: count }, (_, i) => i);
  return `query Users(${indexes.map((i) => `$u${i}: String!`).join(", ")}) {
  ${indexes.map((i) => `u${i}: user(login: $u${i}) { __typename login databaseId }`).join("\n  ")}
}`;
}

/** Accounts by login in lower case; logins that are nobody's are left out. */
async function readUsers(
  client: GithubClient,
  installationId: number,
  logins: readonly string[],
): Promise<Map<string, Person>> {
  const found = new Map<string, Person>();
  for (let start = 0; start < logins.length; start += usersPerRequest) {
    const batch = logins.slice(start, start + usersPerRequest);
    const variables = Object.fromEntries(batch.map((login, i) => [`u${i}`, login]));
    const { data } = await client.graphql<Record<string, RawActor | null>>(
      {
        name: "Users",
        document: usersDocument(batch.length),
        variables,
        tolerates: ({ type }) => type === "NOT_FOUND",
      },
      { installationId },
    );
    batch.forEach((login, i) => {
      const actor = data[`u${i}`];
      if (actor) found.set(login, personOf(actor, 0));
    });
  }
  return found;
}

/** Who people are in a description: everybody it names, their teams, organisations and permissions. */

import type { Directory, Person, Read } from "../snapshot.ts";
import type { Accounts } from "./accounts.ts";
import type { DescribingOptions } from "./describe-to-snapshot.ts";
import { accountIn } from "./described-commits.ts";
import type { DescribedPerson, Description } from "./schema.ts";

/** Everybody the description names, as often as it does. */
export function everybody(description: Description): DescribedPerson[] {
  const groups = [description.teams, description.orgs, description.codeowners].flatMap((group) =>
    Object.values(group ?? {}).flatMap((people) => people ?? []),
  );
  const inCommits = (description.commits ?? []).flatMap((commit) => [
    ...[commit.author, commit.committer, ...(commit.co_authors ?? [])].map(accountIn),
    commit.pushed_by,
    typeof commit.signature === "object" ? commit.signature.signer : undefined,
  ]);
  const labellers = (description.labels ?? []).map((label) => (typeof label === "string" ? undefined : label.added_by));
  return [
    description.author,
    ...groups,
    ...inCommits,
    ...labellers,
    ...(description.bypasses ?? []).flatMap(({ by, second_person: second }) => [by, second]),
    ...(description.reviews ?? []).map((review) => review.user),
    ...(description.comments ?? []).flatMap((comment) => [comment.user, comment.edited_by]),
    ...(description.requested_reviewers ?? []),
    ...(description.busy ?? []),
    ...Object.keys(description.permissions ?? {}),
  ].filter((person) => person !== undefined);
}

export function directoryOf(
  description: Description,
  accounts: Accounts,
  { teams = [], organizations = [] }: DescribingOptions,
): Directory {
  const granted = new Map(
    Object.entries(description.permissions ?? {}).map(([login, permission]) => [login.toLowerCase(), permission]),
  );
  // Whoever is in a team or owns code can at least see the repository, and so can be asked.
  const groups = [description.teams, description.orgs, description.codeowners];
  const members = new Set(
    groups
      .flatMap((group) => Object.values(group ?? {}).flatMap((people) => people ?? []))
      .map((person) => accounts.of(person).id),
  );
  return {
    teams: groupsOf(description.teams, teams, accounts),
    organizations: groupsOf(description.orgs, organizations, accounts),
    permissions: Object.fromEntries(
      accounts.all().map((person) => {
        const value = granted.get(person.login.toLowerCase()) ?? (members.has(person.id) ? "read" : "none");
        return [person.id, { kind: "read", value }];
      }),
    ),
    codeowners:
      description.codeowners === undefined
        ? { kind: "missing" }
        : {
            kind: "read",
            value: Object.fromEntries(
              Object.entries(description.codeowners).map(([path, people]) => [path, people.map(accounts.of)]),
            ),
          },
    codeownersProblems: description.codeowners_problems ?? [],
    busy: (description.busy ?? []).map((person) => accounts.of(person).id),
  };
}

function groupsOf(
  groups: Record<string, DescribedPerson[] | null> | undefined,
  asked: readonly string[],
  accounts: Accounts,
): Record<string, Read<Person[]>> {
  const read = Object.entries(groups ?? {}).map(([name, people]): [string, Read<Person[]>] => [
    name.toLowerCase(),
    people === null
      ? { kind: "unreadable", reason: `${name} could not be read` }
      : { kind: "read", value: people.map(accounts.of) },
  ]);
  return {
    ...Object.fromEntries(asked.map((name): [string, Read<Person[]>] => [name.toLowerCase(), { kind: "missing" }])),
    ...Object.fromEntries(read),
  };
}

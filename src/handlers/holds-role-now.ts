/** Whether somebody holds a role at this moment, where no pull request tells who people are. */

import { organizationsOf, teamsOf } from "../core/policy/policy-people.ts";
import { type Holds, holdsRole } from "../core/policy/resolve-role.ts";
import type { Policy } from "../core/policy/schema.ts";
import type { Person, Repository } from "../core/snapshot.ts";
import type { RepositoryRef } from "../core/subject.ts";
import type { Ports } from "./ports.ts";

/** Asks GitHub itself, whatever was read a moment ago. A role of code owners is nobody's here. @throws {GithubError} when GitHub fails */
export async function holdsRoleNow(
  person: Person,
  role: string,
  { ref, repository, policy }: { ref: RepositoryRef; repository: Repository; policy: Policy },
  { github }: Pick<Ports, "github">,
): Promise<Holds> {
  const { installationId, repositoryId, owner, name } = ref;
  const subject = { kind: "pull_request" as const, installationId, repositoryId, owner, name, number: 0 };
  const directory = await github.readDirectory(subject, {
    teams: teamsOf(policy, repository.owner, [role]),
    organizations: organizationsOf(policy, [role]),
    permissionsOf: [person],
    codeownersOf: null,
    fresh: true,
  });
  const snapshot = { repository, directory, files: [], incomplete: [] };
  return holdsRole(person, role, { roles: policy.roles, snapshot });
}

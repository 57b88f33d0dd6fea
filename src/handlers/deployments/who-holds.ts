/** Who holds which role now, as far as some people are concerned. */

import type { RoleFacts } from "../../core/policy/resolve-role.ts";
import type { Policy } from "../../core/policy/schema.ts";
import { groupsOfRoles } from "../../core/rounds/choose-expert.ts";
import type { Directory, Person, Repository } from "../../core/snapshot.ts";
import type { RepositoryRef } from "../../core/subject.ts";
import type { Ports } from "../ports.ts";

const nobody: Directory = { teams: {}, organizations: {}, permissions: {}, codeowners: { kind: "missing" }, busy: [] };

/** @param isFresh asks GitHub itself, whatever was read a moment ago */
export async function readRoleFacts(
  where: { repository: RepositoryRef; reading: Repository; policy: Policy },
  { roles, people }: { roles: readonly string[]; people: readonly Person[] },
  { github }: Pick<Ports, "github">,
  isFresh: boolean,
): Promise<RoleFacts> {
  const { repository, reading, policy } = where;
  const permissionsOf = [...new Map(people.map((person) => [person.id, person])).values()];
  const wanted = { ...groupsOfRoles(roles, policy, reading.owner), permissionsOf, codeownersOf: null };
  const directory =
    people.length === 0
      ? nobody
      : await github.readDirectory({ ...repository, kind: "pull_request", number: 0 }, { ...wanted, fresh: isFresh });
  return { roles: policy.roles, snapshot: { repository: reading, directory, files: [], incomplete: [] } };
}

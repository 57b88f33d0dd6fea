/** Who may give a review that is owed: membership read now, past every cache. */

import { candidatesOf } from "../../../core/gate/candidates.ts";
import { type Holds, holdsRole, resolveRole } from "../../../core/policy/resolve-role.ts";
import type { Policy } from "../../../core/policy/schema.ts";
import type { Person, Snapshot } from "../../../core/snapshot.ts";
import type { Ports } from "../../ports.ts";
import { readPolicy } from "../../read-policy.ts";
import { pullRequestOf, type ReviewLook } from "./review-look.ts";

export interface Reviewers {
  holds(person: Person): Holds;
  /** People who are known to hold the role. */
  known: Person[];
  policy: Policy | null;
}

const noHints = { teams: [], organizations: [] };

/**
 * @param people whose permission may matter
 * @returns `null` where the pull request or its policy cannot be read: nobody is known to hold anything then
 */
export async function readReviewers(
  look: Pick<ReviewLook, "kept" | "data">,
  people: Person[],
  ports: Ports,
): Promise<Reviewers | null> {
  const subject = pullRequestOf(look);
  const reading = await ports.github.readPullRequest(subject, noHints);
  if (reading === "gone" || reading.snapshot.repository.id !== subject.repositoryId) return null;
  const policy = await readPolicy(subject, reading, ports);
  if (policy.kind === "broken") return null;
  const document = policy.kind === "loaded" ? policy.document : null;
  const { role } = look.data;
  const roles = rolesFor(look, document?.policy.roles ?? {});
  const { snapshot } = reading;
  const meaning = resolveRole({ roles }, role, snapshot.repository.owner);
  const named = meaning.how === "fallback" ? { teams: meaning.teams } : meaning.people;
  const paths = "codeowners" in named && named.codeowners ? await readPaths(look, snapshot, ports) : null;
  const directory = await ports.github.readDirectory(subject, {
    teams: named.teams ?? [],
    organizations: "organizations" in named ? (named.organizations ?? []) : [],
    permissionsOf: people,
    codeownersOf: paths?.codeownersOf ?? null,
    fresh: true,
  });
  const facts = { roles, snapshot: { ...snapshot, ...paths?.change, directory } };
  return {
    holds: (person) => holdsRole(person, role, facts),
    known: document === null ? [] : candidatesOf(role, { ...document.policy, roles }, facts.snapshot),
    policy: document?.policy ?? null,
  };
}

/** A change that rewrote the role is reviewed by whom it was before. */
function rolesFor({ data }: Pick<ReviewLook, "data">, roles: Policy["roles"]): Policy["roles"] {
  const { role, meaning } = data;
  if (meaning === null) return roles;
  const { [role]: _, ...others } = roles;
  return meaning === "unmapped" ? others : { ...others, [role]: meaning };
}

async function readPaths(look: Pick<ReviewLook, "kept">, { incomplete }: Snapshot, { github }: Ports) {
  const { files, incomplete: more } = await github.readChange(pullRequestOf(look));
  const codeownersOf = files.flatMap(({ path, previousPath }) =>
    previousPath === null ? [path] : [path, previousPath],
  );
  return { codeownersOf, change: { files, incomplete: [...incomplete, ...more] } };
}

/** Who people are, as far as the policy needs to know and the reading did not tell. */

import { looksAtProperties } from "../core/policy/looks-at.ts";
import type { Policy } from "../core/policy/schema.ts";
import { wantedDirectory } from "../core/policy/wanted-directory.ts";
import type { Directory, Memory, Permission, Person, Snapshot } from "../core/snapshot.ts";
import type { PullRequestSubject } from "../core/subject.ts";
import type { ReadingHints } from "./github-port.ts";
import type { JudgingPorts } from "./ports.ts";

/** @param isFresh asks GitHub itself, whatever was read a moment ago: for a verdict that would open the gate */
export async function withPeople(
  subject: PullRequestSubject,
  snapshot: Snapshot,
  { policy, memory }: { policy: Policy; memory: Pick<Memory, "commands" | "bypasses"> },
  { github }: Pick<JudgingPorts, "github">,
  isFresh: boolean,
): Promise<Snapshot> {
  const wanted = wantedDirectory(policy, snapshot, memory);
  if (wanted === null) return snapshot;
  const more = await github.readDirectory(subject, { ...wanted, fresh: isFresh });
  const { directory } = snapshot;
  const merged: Directory = {
    teams: { ...directory.teams, ...more.teams },
    organizations: { ...directory.organizations, ...more.organizations },
    permissions: { ...directory.permissions, ...more.permissions },
    codeowners: wanted.codeownersOf === null ? directory.codeowners : more.codeowners,
    codeownersProblems: more.codeownersProblems ?? [],
    busy: [...new Set([...directory.busy, ...more.busy])],
  };
  return { ...snapshot, directory: merged };
}

/** Custom properties come with the reading only where it was known that the policy asks for them. */
export async function withProperties(
  subject: PullRequestSubject,
  snapshot: Snapshot,
  policy: Policy,
  hints: ReadingHints,
  { github }: Pick<JudgingPorts, "github">,
): Promise<Snapshot> {
  if (hints.properties === true || !looksAtProperties(policy)) return snapshot;
  const repository = await github.readRepository(subject);
  if (repository === "gone") throw new Error("The repository was taken away while its pull request was read");
  return { ...snapshot, repository: { ...snapshot.repository, properties: repository.properties } };
}

/** What one person may do in the repository now. */
export async function readPermission(
  subject: PullRequestSubject,
  person: Person,
  { github }: Pick<JudgingPorts, "github">,
): Promise<Permission | "unknown"> {
  const wanted = { teams: [], organizations: [], permissionsOf: [person], codeownersOf: null };
  const permission = (await github.readDirectory(subject, wanted)).permissions[person.id];
  return permission?.kind === "read" ? permission.value : permission?.kind === "missing" ? "none" : "unknown";
}

/** What somebody may do in a repository, all their teams and roles together. */

import { type Permission, type Person, permissions, type Read } from "../../core/snapshot.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { RestEndpointMethodTypes } from "../client.ts";
import type { ConditionalReads } from "../conditional.ts";
import { isGithubError } from "../errors.ts";

type PermissionAnswer = RestEndpointMethodTypes["repos"]["getCollaboratorPermissionLevel"]["response"]["data"];

/** @throws {GithubError} when GitHub fails. Who is nobody here has `none`. */
export async function readPermission(
  reads: ConditionalReads,
  { owner, name: repo, installationId }: PullRequestSubject,
  person: Person,
): Promise<Read<Permission>> {
  if (person.kind === "ghost") return { kind: "read", value: "none" };
  try {
    const answer = await reads.read<PermissionAnswer>(
      "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
      { owner, repo, username: person.login },
      { installationId },
    );
    // The login may belong to another account by now; only the id says who was meant.
    if (answer.user?.id !== person.id) return { kind: "unreadable", reason: `${person.login} is another account now` };
    return { kind: "read", value: permissionOf(answer) };
  } catch (error) {
    if (isGithubError(error, "not_found")) return { kind: "read", value: "none" };
    if (isGithubError(error, "forbidden")) return { kind: "unreadable", reason: "permissions may not be read" };
    throw error;
  }
}

/**
 * The flags count first: a custom role's name says nothing, and `permission` knows neither `triage` nor `maintain`.
 *
 * @see https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export function permissionOf({ user, role_name, permission }: PermissionAnswer): Permission {
  const flags = user?.permissions;
  if (flags) {
    if (flags.admin) return "admin";
    if (flags.maintain) return "maintain";
    if (flags.push) return "write";
    if (flags.triage) return "triage";
    return flags.pull ? "read" : "none";
  }
  return (
    permissions.find((known) => known === role_name) ?? permissions.find((known) => known === permission) ?? "none"
  );
}

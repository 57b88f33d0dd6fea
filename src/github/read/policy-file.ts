/** A policy file that another one builds on. */

import type { Read } from "../../core/snapshot.ts";
import type { RepositoryRef } from "../../core/subject.ts";
import type { PolicyFile } from "../../handlers/github-port.ts";
import type { GithubClient } from "../client.ts";
import { isGithubError } from "../errors.ts";
import { mapPolicyBlob, policyFileFields, type RawBlob } from "./map-policy-file.ts";

export const policyFileDocument = `query PolicyFile($owner: String!, $name: String!, $commit: String!, $file: String!) {
  repository(owner: $owner, name: $name) {
    commit: object(expression: $commit) { oid }
    file: object(expression: $file) { ...PolicyBlobFields }
  }
}
${policyFileFields.split("\n").at(-1)}`;

interface PolicyFileAnswer {
  repository: { commit: { oid: string } | null; file: RawBlob | null } | null;
}

/**
 * Reads `path` of a repository at a branch, tag or commit (`null`: its default branch), with the rights of the subject's installation.
 *
 * @throws {GithubError} when GitHub fails; a repository that may not be seen is `missing`
 */
export async function readPolicyFile(
  client: GithubClient,
  { installationId }: RepositoryRef,
  { owner, name, path, ref }: { owner: string; name: string; path: string; ref: string | null },
): Promise<Read<PolicyFile>> {
  const commit = ref ?? "HEAD";
  try {
    const { data } = await client.graphql<PolicyFileAnswer>(
      {
        name: "PolicyFile",
        document: policyFileDocument,
        variables: { owner, name, commit, file: `${commit}:${path}` },
      },
      { installationId },
    );
    return mapPolicyBlob(data.repository?.file ?? null, data.repository?.commit?.oid ?? null);
  } catch (error) {
    if (isGithubError(error, "not_found")) return { kind: "missing" };
    if (isGithubError(error, "forbidden"))
      return { kind: "unreadable", reason: "it may not be read by this installation" };
    throw error;
  }
}

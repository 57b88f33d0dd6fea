/** The policy in force at the tip of a branch, where no pull request tells it. */

import type { RepositoryRef } from "../core/subject.ts";
import type { Ports } from "./ports.ts";
import { type PolicyReading, readPolicy } from "./read-policy.ts";

/**
 * Two requests, and one for each file that the policy builds on.
 *
 * @throws {GithubError} when GitHub fails
 */
export async function readPolicyOfBranch(
  repository: RepositoryRef,
  branch: string,
  { github }: Pick<Ports, "github">,
): Promise<PolicyReading> {
  const { owner, name } = repository;
  const ref = `refs/heads/${branch}`; // a tag of the same name is not meant
  const [own, organization] = await Promise.all([
    github.readPolicyFile(repository, { owner, name, path: ".github/checkpoints.yml", ref }),
    github.readPolicyFile(repository, { owner, name: ".github", path: "checkpoints.yml", ref: null }),
  ]);
  const files = { snapshot: { repository }, policies: { repository: own, organization } };
  return readPolicy(repository, files, { github });
}

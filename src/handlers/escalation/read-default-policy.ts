/** The policy of the default branch, for what is not about a pull request. */

import { type Policy, policySchema } from "../../core/policy/schema.ts";
import type { Repository } from "../../core/snapshot.ts";
import type { RepositoryRef } from "../../core/subject.ts";
import type { Ports } from "../ports.ts";
import { readPolicyOfBranch } from "../read-policy-of-branch.ts";

/**
 * What is owed stays owed where the policy is broken or gone: the built-in levels go on.
 *
 * @throws {GithubError} when GitHub fails
 */
export async function readDefaultPolicy(
  ref: RepositoryRef,
  ports: Ports,
): Promise<{ policy: Policy; repository: Repository } | "gone"> {
  const repository = await ports.github.readRepository(ref);
  if (repository === "gone") return repository;
  const read = await readPolicyOfBranch(ref, repository.defaultBranch, ports);
  return { policy: read.kind === "loaded" ? read.document.policy : policySchema.parse({}), repository };
}

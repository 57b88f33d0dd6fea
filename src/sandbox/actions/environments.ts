/** Environments are set up, and whom they ask. */
import type { Account, Team } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { Environment } from "../state/deployments.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { register } from "../state/world.ts";

export interface EnvironmentOptions {
  /** Apps whose custom rule is enabled. */
  rules?: readonly App[];
  reviewers?: readonly (Account | Team)[];
  preventsSelfReview?: boolean;
}

/** Sets up an environment, or sets up a known one anew. */
export function configureEnvironment(
  world: World,
  repository: Repository,
  name: string,
  options: EnvironmentOptions,
): Environment {
  const environment = environmentNamed(world, repository, name);
  environment.customRules = (options.rules ?? []).map((app) =>
    register(world, "DeploymentProtectionRule", { id: 0, nodeId: "", app }),
  );
  environment.reviewers = [...(options.reviewers ?? [])];
  environment.preventsSelfReview = options.preventsSelfReview ?? false;
  environment.updatedAt = world.now();
  return environment;
}

/** A workflow that names an environment nobody set up makes it, without any rule. */
export function environmentNamed(world: World, repository: Repository, name: string): Environment {
  const known = findEnvironment(repository, name);
  if (known !== undefined) return known;
  world.lastId += 1;
  const environment: Environment = register(world, "Environment", {
    id: 0,
    nodeId: "",
    repository,
    name,
    customRules: [],
    reviewers: [],
    preventsSelfReview: false,
    reviewRuleId: world.lastId,
    createdAt: world.now(),
    updatedAt: world.now(),
  });
  repository.environments.push(environment);
  return environment;
}

/** Names compare without regard to case, as on GitHub. */
export function findEnvironment(repository: Repository, name: string): Environment | undefined {
  return repository.environments.find((other) => other.name.toLowerCase() === name.toLowerCase());
}

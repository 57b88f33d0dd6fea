/** Check suites: opened by GitHub for each App at each push, or by an App that reports on a commit of its own choice. */
import { shortSuiteBody } from "../bodies/check.ts";
import { headCommitBody } from "../bodies/commit.ts";
import type { Account } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { CheckSuite } from "../state/checks.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { installationFor, register } from "../state/world.ts";
import { announce } from "./announce.ts";

/** Every installed App that may write checks gets a suite of its own and is asked to fill it. */
export function openSuites(
  world: World,
  repository: Repository,
  headSha: string,
  headBranch: string,
  beforeSha: string | null,
  by: Account,
): void {
  for (const app of world.apps.values()) {
    const installation = installationFor(app, repository);
    if (installation?.permissions.checks !== "write" || findSuite(repository, app, headSha) !== undefined) continue;
    const suite = openSuite(world, repository, app, headSha, headBranch, beforeSha, by);
    announceSuite(world, "requested", suite, by, app);
  }
}

export function openSuite(
  world: World,
  repository: Repository,
  app: App,
  headSha: string,
  headBranch: string | null,
  beforeSha: string | null,
  pusher: Account | null = null,
): CheckSuite {
  const suite: CheckSuite = register(world, "CheckSuite", {
    id: 0,
    nodeId: "",
    repository,
    app,
    headSha,
    headBranch,
    beforeSha,
    pusher,
    createdAt: world.now(),
    updatedAt: world.now(),
  });
  repository.checkSuites.push(suite);
  return suite;
}

export function findSuite(repository: Repository, app: App, headSha: string): CheckSuite | undefined {
  return repository.checkSuites.find((suite) => suite.app === app && suite.headSha === headSha);
}

export function announceSuite(
  world: World,
  action: "requested" | "rerequested" | "completed",
  suite: CheckSuite,
  by: Account,
  onlyFor?: App,
): void {
  const scene = { repository: suite.repository, sender: by, ...(onlyFor === undefined ? {} : { onlyFor }) };
  const headCommit = headCommitBody(world.objects.commit(suite.headSha));
  announce(world, `check_suite.${action}`, scene, {
    check_suite: { ...shortSuiteBody(world, suite), head_commit: headCommit },
  });
}

/** The branch a commit stands on, as GitHub guesses it for a suite opened by an App. */
export function branchAt(repository: Repository, sha: string): string | null {
  for (const [ref, tip] of repository.refs) {
    if (tip === sha && ref.startsWith("refs/heads/")) return ref.slice("refs/heads/".length);
  }
  return null;
}

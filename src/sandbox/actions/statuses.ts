/** Commit statuses and workflow runs. */

import { accountBody } from "../bodies/account.ts";
import { workflowBody, workflowRunBody } from "../bodies/check.ts";
import { commitBody } from "../bodies/commit.ts";
import { repositoryUrl } from "../bodies/repository.ts";
import type { Account } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { CommitStatus, Conclusion, WorkflowRun } from "../state/checks.ts";
import type { Repository } from "../state/repository.ts";
import { fullName } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { iso, register } from "../state/world.ts";
import { announce } from "./announce.ts";
import { createCheckRun, updateCheckRun } from "./checks.ts";
import { tryAutoMerge } from "./merge.ts";
import { Refusal } from "./refusal.ts";
import { branchAt, openSuite } from "./suites.ts";

export interface StatusFields {
  state: CommitStatus["state"];
  context?: string;
  description?: string | null;
  targetUrl?: string | null;
}

export function createStatus(
  world: World,
  repository: Repository,
  sha: string,
  fields: StatusFields,
  by: Account,
): CommitStatus {
  const commit = world.objects.findCommit(sha);
  if (commit === undefined) throw new Refusal(422, `No commit found for SHA: ${sha}`);
  const status: CommitStatus = register(world, "StatusContext", {
    id: 0,
    nodeId: "",
    sha,
    state: fields.state,
    context: fields.context ?? "default",
    description: fields.description ?? null,
    targetUrl: fields.targetUrl ?? null,
    creator: by,
    createdAt: world.now(),
  });
  repository.statuses.push(status);
  const branch = branchAt(repository, sha);
  announce(
    world,
    "status",
    { repository, sender: by },
    {
      id: status.id,
      sha,
      name: fullName(repository),
      target_url: status.targetUrl,
      avatar_url: accountBody(world, by).avatar_url,
      context: status.context,
      description: status.description,
      state: status.state,
      commit: commitBody(world, repository, commit),
      branches:
        branch === null
          ? []
          : [
              {
                name: branch,
                commit: { sha, url: `${repositoryUrl(world, repository)}/commits/${sha}` },
                protected: false,
              },
            ],
      created_at: iso(status.createdAt),
      updated_at: iso(status.createdAt),
    },
  );
  tryAutoMerge(world, repository, sha);
  return status;
}

/** A run of GitHub Actions: a suite of its own, with one check run for each job. */
export function startWorkflow(
  world: World,
  repository: Repository,
  actionsApp: App,
  options: { name: string; headSha: string; event?: string; jobs: string[]; path?: string },
  by: Account,
): WorkflowRun {
  const branch = branchAt(repository, options.headSha);
  const suite = openSuite(world, repository, actionsApp, options.headSha, branch, null);
  const run: WorkflowRun = register(world, "WorkflowRun", {
    id: 0,
    nodeId: "",
    repository,
    name: options.name,
    path: options.path ?? `.github/workflows/${options.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.yml`,
    event: options.event ?? "pull_request",
    headSha: options.headSha,
    headBranch: branch ?? repository.defaultBranch,
    status: "in_progress",
    conclusion: null,
    runNumber: repository.workflowRuns.length + 1,
    attempt: 1,
    actor: by,
    suite,
    createdAt: world.now(),
    updatedAt: world.now(),
  });
  repository.workflowRuns.push(run);
  announceWorkflow(world, "requested", run, by);
  for (const name of options.jobs) {
    createCheckRun(world, repository, actionsApp, options.headSha, { name, status: "in_progress" }, suite);
  }
  announceWorkflow(world, "in_progress", run, by);
  return run;
}

export function finishWorkflow(world: World, run: WorkflowRun, conclusion: Conclusion): void {
  for (const check of run.repository.checkRuns) {
    if (check.suite === run.suite && check.status !== "completed") updateCheckRun(world, check, { conclusion });
  }
  run.status = "completed";
  run.conclusion = conclusion;
  run.updatedAt = world.now();
  announceWorkflow(world, "completed", run, run.actor);
}

function announceWorkflow(
  world: World,
  action: "requested" | "in_progress" | "completed",
  run: WorkflowRun,
  by: Account,
): void {
  announce(
    world,
    `workflow_run.${action}`,
    { repository: run.repository, sender: by },
    {
      workflow_run: workflowRunBody(world, run),
      workflow: workflowBody(world, run),
    },
  );
}

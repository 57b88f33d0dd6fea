/** What a workflow's token says. */
import { randomUUID } from "node:crypto";
import { pullsAt } from "../bodies/check.ts";
import { fullName } from "../state/repository.ts";
import type { WorkflowRun } from "../state/workflows.ts";
import type { World } from "../state/world.ts";

export type Claims = ReturnType<typeof claimsOf>;

/** @see https://docs.github.com/actions/reference/security/oidc#oidc-token-claims */
export function claimsOf(
  world: World,
  run: WorkflowRun,
  { issuer, audience }: { issuer: string; audience: string | null },
) {
  const { repository, workflow } = run;
  const now = Math.floor(world.now().getTime() / 1_000);
  const { ref, sha } = checkedOut(run);
  const workflowRef = `${fullName(repository)}/${workflow.path}@${ref}`;
  return {
    jti: randomUUID(),
    sub: `repo:${fullName(repository)}:${run.event === "pull_request" ? "pull_request" : `ref:${ref}`}`,
    aud: audience ?? `${world.serverUrl}/${repository.owner.login}`,
    iss: issuer,
    nbf: now - 300,
    iat: now,
    exp: now + 6 * 3_600,
    ref,
    sha,
    repository: fullName(repository),
    repository_id: String(repository.id),
    repository_owner: repository.owner.login,
    repository_owner_id: String(repository.owner.id),
    repository_visibility: repository.isPrivate ? "private" : "public",
    run_id: String(run.id),
    run_number: String(run.runNumber),
    run_attempt: String(run.attempt),
    runner_environment: "github-hosted",
    actor: run.actor.login,
    actor_id: String(run.actor.id),
    workflow: workflow.name,
    workflow_ref: workflowRef,
    workflow_sha: sha,
    job_workflow_ref: workflowRef,
    job_workflow_sha: sha,
    event_name: run.event,
    ref_type: "branch",
    ref_protected: "false",
    head_ref: run.event === "pull_request" ? run.headBranch : "",
    base_ref: run.event === "pull_request" ? (pullsAt(repository, run.headSha)[0]?.base.ref ?? "") : "",
  };
}

/** For pull requests a job gets the trial merge, under the pull request's own ref. */
export function checkedOut(run: WorkflowRun): { ref: string; sha: string } {
  const pull = run.event === "pull_request" ? pullsAt(run.repository, run.headSha)[0] : undefined;
  if (pull === undefined) return { ref: `refs/heads/${run.headBranch}`, sha: run.headSha };
  return { ref: `refs/pull/${pull.number}/merge`, sha: pull.mergeCommitSha ?? run.headSha };
}

/** Check runs, check suites and statuses as REST and webhooks show them. */
import type { Annotation, CheckRun, CheckSuite, CommitStatus } from "../state/checks.ts";
import { suiteState } from "../state/checks.ts";
import type { PullRequest } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { iso, isoOrNull } from "../state/world.ts";
import { accountBody } from "./account.ts";
import { appBody } from "./app.ts";
import { headCommitBody } from "./commit.ts";
import { repositoryBody, repositoryPage, repositoryUrl } from "./repository.ts";

export function runsOf(suite: CheckSuite): CheckRun[] {
  return suite.repository.checkRuns.filter((run) => run.suite === suite);
}

/** Open pull requests of this repository, from it, whose head a commit is: GitHub names none of a fork's. */
export function pullsAt(repository: Repository, headSha: string): PullRequest[] {
  return [...repository.pulls.values()].filter(
    (pull) => pull.state === "open" && pull.head.sha === headSha && pull.head.repository === repository,
  );
}

export function pullReferenceBody(world: World, pull: PullRequest) {
  const side = ({ repository, ref, sha }: PullRequest["head"]) => ({
    ref,
    sha,
    repo: { id: repository.id, url: repositoryUrl(world, repository), name: repository.name },
  });
  return {
    id: pull.pullId,
    number: pull.number,
    url: `${repositoryUrl(world, pull.repository)}/pulls/${pull.number}`,
    head: side(pull.head),
    base: side(pull.base),
  };
}

export function checkRunBody(world: World, run: CheckRun) {
  const repository = run.suite.repository;
  const url = `${repositoryUrl(world, repository)}/check-runs/${run.id}`;
  const page = `${repositoryPage(world, repository)}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: run.nodeId,
    head_sha: run.suite.headSha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: iso(run.startedAt),
    completed_at: isoOrNull(run.completedAt),
    output: { ...run.output, annotations_count: run.annotations.length, annotations_url: `${url}/annotations` },
    check_suite: { id: run.suite.id },
    app: appBody(world, run.suite.app),
    pull_requests: pullsAt(repository, run.suite.headSha).map((pull) => pullReferenceBody(world, pull)),
  };
}

export function annotationBody(world: World, run: CheckRun, annotation: Annotation) {
  const page = repositoryPage(world, run.suite.repository);
  return { ...annotation, blob_href: `${page}/blob/${run.suite.headSha}/${annotation.path}` };
}

export function checkSuiteBody(world: World, suite: CheckSuite) {
  const repository = suite.repository;
  return {
    ...shortSuiteBody(world, suite),
    repository: repositoryBody(world, repository),
    head_commit: headCommitBody(world.objects.commit(suite.headSha)),
    rerequestable: true,
    runs_rerequestable: true,
  };
}

/** The suite as `check_suite` and `check_run` events carry it. */
export function shortSuiteBody(world: World, suite: CheckSuite) {
  const repository = suite.repository;
  const url = `${repositoryUrl(world, repository)}/check-suites/${suite.id}`;
  const runs = runsOf(suite);
  return {
    id: suite.id,
    node_id: suite.nodeId,
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...suiteState(runs),
    url,
    before: suite.beforeSha,
    after: suite.headSha,
    pull_requests: pullsAt(repository, suite.headSha).map((pull) => pullReferenceBody(world, pull)),
    app: appBody(world, suite.app),
    created_at: iso(suite.createdAt),
    updated_at: iso(suite.updatedAt),
    latest_check_runs_count: runs.length,
    check_runs_url: `${url}/check-runs`,
  };
}

export function statusBody(world: World, repository: Repository, status: CommitStatus) {
  return {
    ...shortStatusBody(world, repository, status),
    creator: accountBody(world, status.creator),
  };
}

export function combinedStatusBody(world: World, repository: Repository, sha: string, statuses: CommitStatus[]) {
  const states = new Set(statuses.map((status) => status.state));
  const state =
    states.has("failure") || states.has("error") ? "failure" : states.has("pending") ? "pending" : "success";
  return {
    state: statuses.length === 0 ? "pending" : state,
    statuses: statuses.map((status) => shortStatusBody(world, repository, status)),
    sha,
    total_count: statuses.length,
    repository: repositoryBody(world, repository),
    commit_url: `${repositoryUrl(world, repository)}/commits/${sha}`,
    url: `${repositoryUrl(world, repository)}/commits/${sha}/status`,
  };
}

function shortStatusBody(world: World, repository: Repository, status: CommitStatus) {
  return {
    url: `${repositoryUrl(world, repository)}/statuses/${status.sha}`,
    avatar_url: `${world.serverUrl}/avatars/u/${status.creator.id}?v=4`,
    id: status.id,
    node_id: status.nodeId,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: iso(status.createdAt),
    updated_at: iso(status.createdAt),
  };
}

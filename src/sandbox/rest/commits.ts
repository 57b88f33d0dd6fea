/** Commits, comparisons and what stands at a commit. */
import { notFound, Refusal } from "../actions/refusal.ts";
import { commitBody, fileBody } from "../bodies/commit.ts";
import { simplePullBody } from "../bodies/pull.ts";
import { repositoryPage, repositoryUrl } from "../bodies/repository.ts";
import { diffTrees } from "../git/diff.ts";
import { commitsBetween, log, mergeBase } from "../git/history.ts";
import type { Commit } from "../git/objects.ts";
import { resolveRevision } from "../git/revision.ts";
import { changesBetween, pullsWith } from "../state/pull-facts.ts";
import type { Repository } from "../state/repository.ts";
import { findRepository } from "../state/world.ts";
import { paginate } from "./paging.ts";
import { type Answer, ok, param, type RestRequest, repositoryIn, route } from "./request.ts";

/** @see https://docs.github.com/rest/commits/commits#compare-two-commits */
const COMPARED_FILES_MAX = 300;
const COMPARED_COMMITS_MAX = 250;

export const commitRoutes = [
  route("GET /repos/{owner}/{repo}/commits", "contents:read", (request) => {
    const repository = repositoryIn(request);
    const sha = commitAt(request, repository, request.query.get("sha") ?? repository.defaultBranch);
    return paginate(request, log(request.world.objects, sha), (commit) =>
      commitBody(request.world, repository, commit),
    );
  }),
  route("GET /repos/{owner}/{repo}/commits/{ref}", "contents:read", showCommit),
  route("GET /repos/{owner}/{repo}/compare/{basehead}", "contents:read", compare),
  route("GET /repos/{owner}/{repo}/dependency-graph/compare/{basehead}", "contents:read", reviewDependencies),
  route("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", "pull_requests:read", (request) => {
    const repository = repositoryIn(request);
    const sha = param(request, "commit_sha");
    if (request.world.objects.findCommit(sha) === undefined) throw notFound();
    return paginate(request, pullsWith(request.world, repository, sha), (pull) => simplePullBody(request.world, pull));
  }),
];

/** @see https://docs.github.com/rest/dependency-graph/dependency-review */
function reviewDependencies(request: RestRequest): Answer {
  const repository = repositoryIn(request);
  const [base = "", head = ""] = param(request, "basehead").split("...");
  for (const revision of [base, head]) {
    if (resolveRevision(request.world, repository, revision) === null) throw notFound();
  }
  if (repository.dependencyReview === null)
    throw new Refusal(403, "Dependency review is not supported on this repository.");
  return ok(repository.dependencyReview);
}

/** @throws {Refusal} 422 as GitHub answers for a revision it cannot find */
export function commitAt(request: RestRequest, repository: Repository, revision: string): string {
  const sha = resolveRevision(request.world, repository, revision);
  if (sha === null) throw new Refusal(422, `No commit found for SHA: ${revision}`);
  return sha;
}

function showCommit(request: RestRequest): Answer {
  const { world } = request;
  const repository = repositoryIn(request);
  const commit = world.objects.commit(commitAt(request, repository, param(request, "ref")));
  if (request.accept.includes("vnd.github.sha"))
    return { status: 200, body: Buffer.from(commit.sha), type: "application/vnd.github.sha; charset=utf-8" };
  const [parent] = commit.parents;
  const changes = diffTrees(
    world.objects,
    parent === undefined ? null : world.objects.commit(parent).tree,
    commit.tree,
  );
  const additions = changes.reduce((sum, change) => sum + change.additions, 0);
  const deletions = changes.reduce((sum, change) => sum + change.deletions, 0);
  return paginate(request, changes, (change) => fileBody(world, repository, commit.sha, change), {
    perPageUsual: COMPARED_FILES_MAX,
    perPageMax: COMPARED_FILES_MAX,
    wrap: (files) => ({
      ...commitBody(world, repository, commit),
      stats: { additions, deletions, total: additions + deletions },
      files,
    }),
  });
}

function compare(request: RestRequest): Answer {
  const { world } = request;
  const repository = repositoryIn(request);
  const [baseName = "", headName = ""] = param(request, "basehead").split("...");
  const base = revisionAcross(request, repository, baseName);
  const head = revisionAcross(request, repository, headName);
  const shared = mergeBase(world.objects, base, head);
  if (shared === null) throw new Refusal(404, `No common ancestor between ${baseName} and ${headName}.`);
  const ahead = commitsBetween(world.objects, base, head);
  const behind = commitsBetween(world.objects, head, base).length;
  const changes = changesBetween(world, base, head);
  const address = `${repositoryUrl(world, repository)}/compare/${baseName}...${headName}`;
  const page = `${repositoryPage(world, repository)}/compare/${baseName}...${headName}`;
  const body = (commit: Commit) => commitBody(world, repository, commit);
  const isFirst = (request.query.get("page") ?? "1") === "1";
  // Asked for no page, GitHub leaves out the oldest beyond its limit; asked for pages, it gives them oldest first.
  const isPaged = request.query.has("page") || request.query.has("per_page");
  const whole = { perPageUsual: COMPARED_COMMITS_MAX, perPageMax: COMPARED_COMMITS_MAX };
  return paginate(request, isPaged ? ahead : ahead.slice(-COMPARED_COMMITS_MAX), body, {
    ...(isPaged ? {} : whole),
    wrap: (commits) => ({
      url: address,
      html_url: page,
      permalink_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      base_commit: body(world.objects.commit(base)),
      merge_base_commit: body(world.objects.commit(shared)),
      status: standing(ahead.length, behind),
      ahead_by: ahead.length,
      behind_by: behind,
      total_commits: ahead.length,
      commits,
      // Files come with the first page alone.
      files: isFirst
        ? changes.slice(0, COMPARED_FILES_MAX).map((change) => fileBody(world, repository, head, change))
        : [],
    }),
  });
}

function standing(ahead: number, behind: number): string {
  if (ahead > 0) return behind > 0 ? "diverged" : "ahead";
  return behind > 0 ? "behind" : "identical";
}

/** `owner:branch` names a branch of another fork. */
function revisionAcross(request: RestRequest, repository: Repository, name: string): string {
  const [owner, branch] = name.split(":");
  const other = branch === undefined ? repository : findRepository(request.world, owner ?? "", repository.name);
  const sha = other === undefined ? null : resolveRevision(request.world, other, branch ?? name);
  if (sha === null) throw notFound();
  return sha;
}

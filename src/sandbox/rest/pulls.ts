/** Pull requests, their files and commits, reviewers and the merge. */
import { z } from "zod";
import { closeIssue, reopenIssue } from "../actions/close.ts";
import { editIssue } from "../actions/issues.ts";
import { mergePull } from "../actions/merge.ts";
import { openPull, requestReviewers, retargetPull, withdrawReviewers } from "../actions/pulls.ts";
import { invalid, notFound, Refusal } from "../actions/refusal.ts";
import { updateBranch } from "../actions/update-branch.ts";
import { accountBody, teamBody } from "../bodies/account.ts";
import { commitBody, fileBody } from "../bodies/commit.ts";
import { pullBody, simplePullBody } from "../bodies/pull.ts";
import type { Account, Team } from "../state/accounts.ts";
import { isOrganisation } from "../state/accounts.ts";
import type { PullRequest } from "../state/issues.ts";
import { isMerged } from "../state/issues.ts";
import { pullChanges, pullCommits, visibleHead } from "../state/pull-facts.ts";
import type { Repository } from "../state/repository.ts";
import { findAccount, findRepository } from "../state/world.ts";
import { paginate } from "./paging.ts";
import {
  type Answer,
  actor,
  created,
  noContent,
  ok,
  pullIn,
  type RestRequest,
  readBody,
  repositoryIn,
  route,
  viaApp,
} from "./request.ts";

/** @see https://docs.github.com/rest/pulls/pulls#list-pull-requests-files */
const FILES_MAX = 3_000;
/** @see https://docs.github.com/rest/pulls/pulls#list-commits-on-a-pull-request */
const COMMITS_MAX = 250;

const newPull = z.object({
  title: z.string(),
  head: z.string(),
  base: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().optional(),
});
const pullChange = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  base: z.string().optional(),
});
const reviewersRequest = z.object({
  reviewers: z.array(z.string()).optional(),
  team_reviewers: z.array(z.string()).optional(),
});
const mergeRequest = z.object({
  sha: z.string().optional(),
  merge_method: z.enum(["merge", "squash", "rebase"]).optional(),
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
});

const branchUpdate = z.object({ expected_head_sha: z.string().optional() });

const READ = "pull_requests:read";
const WRITE = "pull_requests:write";

export const pullRoutes = [
  route("GET /repos/{owner}/{repo}/pulls", READ, listPulls),
  route("POST /repos/{owner}/{repo}/pulls", WRITE, createPull),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}", READ, showPull),
  route("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", WRITE, changePull),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", READ, (request) => {
    const pull = pullIn(request);
    const headSha = visibleHead(request.world, pull);
    const files = pullChanges(request.world, pull).slice(0, FILES_MAX);
    return paginate(request, files, (file) => fileBody(request.world, pull.head.repository, headSha, file));
  }),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}/commits", READ, (request) => {
    const pull = pullIn(request);
    const commits = pullCommits(request.world, pull).slice(0, COMMITS_MAX);
    return paginate(request, commits, (commit) => commitBody(request.world, pull.repository, commit));
  }),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", READ, (request) => {
    const pull = pullIn(request);
    return ok({
      users: [...pull.requestedReviewers].map((account) => accountBody(request.world, account)),
      teams: [...pull.requestedTeams].map((team) => teamBody(request.world, team)),
    });
  }),
  route("POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", WRITE, (request) => {
    const pull = pullIn(request);
    requestReviewers(request.world, pull, reviewersIn(request, pull), actor(request), viaApp(request));
    return created(simplePullBody(request.world, pull));
  }),
  route("DELETE /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", WRITE, (request) => {
    const pull = pullIn(request);
    withdrawReviewers(request.world, pull, reviewersIn(request, pull), actor(request), viaApp(request));
    return ok(simplePullBody(request.world, pull));
  }),
  route(
    "PUT /repos/{owner}/{repo}/pulls/{pull_number}/update-branch",
    WRITE,
    (request) => {
      const pull = pullIn(request);
      const { expected_head_sha } = readBody(request, branchUpdate);
      updateBranch(request.world, pull, expected_head_sha ?? pull.head.sha, actor(request));
      return {
        status: 202,
        body: { message: "Updating pull request branch.", url: simplePullBody(request.world, pull).url },
      };
    },
    "write",
  ),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}/merge", READ, (request) => {
    if (!isMerged(pullIn(request))) throw notFound();
    return noContent();
  }),
  route(
    "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge",
    "contents:write",
    (request) => {
      const wanted = readBody(request, mergeRequest);
      const options = {
        ...(wanted.sha === undefined ? {} : { sha: wanted.sha }),
        ...(wanted.merge_method === undefined ? {} : { method: wanted.merge_method }),
        ...(wanted.commit_title === undefined ? {} : { title: wanted.commit_title }),
        ...(wanted.commit_message === undefined ? {} : { message: wanted.commit_message }),
      };
      const sha = mergePull(request.world, pullIn(request), options, actor(request));
      return ok({ sha, merged: true, message: "Pull Request successfully merged" });
    },
    "write",
  ),
];

function listPulls(request: RestRequest): Answer {
  const state = request.query.get("state") ?? "open";
  const base = request.query.get("base");
  const head = request.query.get("head");
  const isNewestFirst = (request.query.get("direction") ?? "desc") === "desc";
  const pulls = [...repositoryIn(request).pulls.values()].filter(
    (pull) =>
      (state === "all" || pull.state === state) &&
      (base === null || pull.base.ref === base) &&
      (head === null || `${pull.head.repository.owner.login}:${pull.head.ref}` === head),
  );
  const byUpdate = request.query.get("sort") === "updated";
  pulls.sort((a, b) => (byUpdate ? a.updatedAt.getTime() - b.updatedAt.getTime() : 0) || a.number - b.number);
  if (isNewestFirst) pulls.reverse();
  return paginate(request, pulls, (pull) => simplePullBody(request.world, pull));
}

function createPull(request: RestRequest): Answer {
  const repository = repositoryIn(request);
  const wanted = readBody(request, newPull);
  const headRepository = forkNamed(request, repository, wanted.head);
  const pull = openPull(
    request.world,
    repository,
    {
      title: wanted.title,
      body: wanted.body ?? null,
      base: wanted.base,
      head: wanted.head.replace(/^[^:]*:/, ""),
      headRepository,
      isDraft: wanted.draft ?? false,
    },
    actor(request),
    viaApp(request),
  );
  return created(pullBody(request.world, pull));
}

/** `owner:branch` names the owner's fork. */
function forkNamed(request: RestRequest, repository: Repository, head: string): Repository {
  if (!head.includes(":")) return repository;
  const fork = findRepository(request.world, head.split(":")[0] ?? "", repository.name);
  if (fork === undefined) throw invalid({ resource: "PullRequest", field: "head", code: "invalid" });
  return fork;
}

function showPull(request: RestRequest): Answer {
  const pull = pullIn(request);
  if (!/vnd\.github\.(v3\.)?diff/.test(request.accept)) return ok(pullBody(request.world, pull));
  const changes = pullChanges(request.world, pull);
  if (changes.length > FILES_MAX)
    throw new Refusal(406, "Sorry, the diff exceeded the maximum number of files (3000).");
  const text = changes.map((change) => {
    const [from, to] = [change.before && `a/${change.previousPath ?? change.path}`, change.after && `b/${change.path}`];
    const header = `diff --git a/${change.previousPath ?? change.path} b/${change.path}`;
    return `${header}\n--- ${from ?? "/dev/null"}\n+++ ${to ?? "/dev/null"}\n${change.patch ?? "Binary files differ"}\n`;
  });
  return { status: 200, body: Buffer.from(text.join("")), type: "application/vnd.github.diff; charset=utf-8" };
}

function changePull(request: RestRequest): Answer {
  const { world } = request;
  const pull = pullIn(request);
  const change = readBody(request, pullChange);
  const by = actor(request);
  if (change.base !== undefined) retargetPull(world, pull, change.base, by);
  editIssue(
    world,
    pull,
    {
      ...(change.title === undefined ? {} : { title: change.title }),
      ...(change.body === undefined ? {} : { body: change.body }),
    },
    by,
  );
  if (change.state === "closed") closeIssue(world, pull, by, viaApp(request));
  if (change.state === "open") {
    if (isMerged(pull)) throw invalid({ resource: "PullRequest", field: "state", code: "invalid" });
    reopenIssue(world, pull, by, viaApp(request));
  }
  return ok(pullBody(world, pull));
}

function reviewersIn(request: RestRequest, pull: PullRequest): { accounts: Account[]; teams: Team[] } {
  const wanted = readBody(request, reviewersRequest);
  const owner = pull.repository.owner;
  const teams = isOrganisation(owner) ? owner.teams : [];
  return {
    accounts: (wanted.reviewers ?? []).map((login) => {
      const account = findAccount(request.world, login);
      if (account === undefined) throw notCollaborator(pull);
      return account;
    }),
    teams: (wanted.team_reviewers ?? []).map((slug) => {
      const team = teams.find((other) => other.slug === slug);
      if (team === undefined) throw notCollaborator(pull);
      return team;
    }),
  };
}

function notCollaborator(pull: PullRequest): Refusal {
  return new Refusal(
    422,
    "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the " +
      `${pull.repository.owner.login}/${pull.repository.name} repository.`,
  );
}

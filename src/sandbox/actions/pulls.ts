/** Pull requests are opened, retargeted, made drafts and given reviewers. */
import { accountBody, teamBody } from "../bodies/account.ts";
import { pullBody } from "../bodies/pull.ts";
import { commitsBetween } from "../git/history.ts";
import type { Account, Team } from "../state/accounts.ts";
import { isAtLeast, isCollaborator, permissionOf, teamPermission } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { PullRequest } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import { branchSha } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { register } from "../state/world.ts";
import { announce } from "./announce.ts";
import { blankIssue, checkBody } from "./issues.ts";
import { invalid, Refusal } from "./refusal.ts";
import { openSuites } from "./suites.ts";
import { addEvent } from "./timeline.ts";

export interface PullFields {
  title: string;
  body?: string | null;
  base: string;
  head: string;
  /** Where the head branch lives; the base repository when left out. */
  headRepository?: Repository;
  isDraft?: boolean;
}

export function openPull(
  world: World,
  repository: Repository,
  fields: PullFields,
  by: Account,
  viaApp: App | null,
): PullRequest {
  const headRepository = fields.headRepository ?? repository;
  const baseSha = branchSha(repository, fields.base);
  const headSha = branchSha(headRepository, fields.head);
  if (baseSha === undefined) throw invalid({ resource: "PullRequest", field: "base", code: "invalid" });
  if (headSha === undefined) throw invalid({ resource: "PullRequest", field: "head", code: "invalid" });
  checkBody("PullRequest", fields.body ?? "");
  refuseEmpty(world, fields, baseSha, headSha);
  refuseTwin(repository, headRepository, fields);
  const pull: PullRequest = register(world, "PullRequest", {
    ...blankIssue(world, repository, fields, by, viaApp),
    kind: "pull" as const,
    pullId: 0,
    base: { repository, ref: fields.base, sha: baseSha },
    head: { repository: headRepository, ref: fields.head, sha: headSha },
    isDraft: fields.isDraft ?? false,
    mergedAt: null,
    mergedBy: null,
    mergeCommitSha: null,
    landed: [],
    reviews: [],
    requestedReviewers: new Set<Account>(),
    requestedTeams: new Set<Team>(),
    autoMerge: null,
    isQueued: false,
    formerHeads: [],
  });
  world.lastId += 1;
  pull.pullId = world.lastId;
  repository.issues.set(pull.number, pull);
  repository.pulls.set(pull.number, pull);
  repository.refs.set(`refs/pull/${pull.number}/head`, headSha);
  announcePull(world, "opened", pull, by);
  // A fork's push asks nobody for checks here; its pull request does.
  if (headRepository !== repository) openSuites(world, repository, headSha, fields.head, null, by);
  return pull;
}

export function retargetPull(world: World, pull: PullRequest, base: string, by: Account): void {
  const sha = branchSha(pull.base.repository, base);
  if (sha === undefined) throw invalid({ resource: "PullRequest", field: "base", code: "invalid" });
  if (base === pull.base.ref) return;
  const from = { ref: pull.base.ref, sha: pull.base.sha };
  pull.base = { ...pull.base, ref: base, sha };
  addEvent(world, pull, { event: "base_ref_changed", actor: by, renamedFrom: from.ref, renamedTo: base });
  announcePull(world, "edited", pull, by, { changes: { base: { ref: { from: from.ref }, sha: { from: from.sha } } } });
  disarmAfter(world, pull, by);
}

export function convertToDraft(world: World, pull: PullRequest, by: Account, viaApp: App | null): void {
  if (pull.isDraft) return;
  pull.isDraft = true;
  addEvent(world, pull, { event: "convert_to_draft", actor: by, viaApp });
  announcePull(world, "converted_to_draft", pull, by);
}

export function markReady(world: World, pull: PullRequest, by: Account, viaApp: App | null): void {
  if (!pull.isDraft) return;
  pull.isDraft = false;
  addEvent(world, pull, { event: "ready_for_review", actor: by, viaApp });
  announcePull(world, "ready_for_review", pull, by);
}

/** @throws {Refusal} 422 for the author, and for anyone or any team the repository is closed to; then nobody is asked */
export function requestReviewers(
  world: World,
  pull: PullRequest,
  wanted: { accounts: Account[]; teams: Team[] },
  by: Account,
  viaApp: App | null,
): void {
  if (wanted.accounts.includes(pull.author)) {
    throw new Refusal(422, "Review cannot be requested from pull request author.");
  }
  const isClosed =
    wanted.accounts.some((account) => account.kind !== "User" || !isCollaborator(account, pull.repository)) ||
    wanted.teams.some((team) => teamPermission(team, pull.repository) === null);
  if (isClosed) {
    throw new Refusal(
      422,
      "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the " +
        `${pull.repository.owner.login}/${pull.repository.name} repository.`,
    );
  }
  for (const account of wanted.accounts) {
    if (pull.requestedReviewers.has(account)) continue;
    pull.requestedReviewers.add(account);
    addEvent(world, pull, { event: "review_requested", actor: by, viaApp, reviewer: account });
    announcePull(world, "review_requested", pull, by, { requested_reviewer: accountBody(world, account) });
  }
  for (const team of wanted.teams) {
    if (pull.requestedTeams.has(team)) continue;
    pull.requestedTeams.add(team);
    addEvent(world, pull, { event: "review_requested", actor: by, viaApp, team });
    announcePull(world, "review_requested", pull, by, { requested_team: teamBody(world, team) });
  }
}

export function withdrawReviewers(
  world: World,
  pull: PullRequest,
  unwanted: { accounts: Account[]; teams: Team[] },
  by: Account,
  viaApp: App | null,
): void {
  for (const account of unwanted.accounts) {
    if (!pull.requestedReviewers.delete(account)) continue;
    addEvent(world, pull, { event: "review_request_removed", actor: by, viaApp, reviewer: account });
    announcePull(world, "review_request_removed", pull, by, { requested_reviewer: accountBody(world, account) });
  }
  for (const team of unwanted.teams) {
    if (!pull.requestedTeams.delete(team)) continue;
    addEvent(world, pull, { event: "review_request_removed", actor: by, viaApp, team });
    announcePull(world, "review_request_removed", pull, by, { requested_team: teamBody(world, team) });
  }
}

export function disableAutoMerge(world: World, pull: PullRequest, by: Account): void {
  if (pull.autoMerge === null) return;
  pull.autoMerge = null;
  announcePull(world, "auto_merge_disabled", pull, by, { reason: "Auto-merge was disabled" });
}

/** GitHub takes it off where who may not write pushes to the head or changes the base. */
export function disarmAfter(world: World, pull: PullRequest, by: Account): void {
  const mayWrite = by.kind === "Bot" || isAtLeast(permissionOf(by, pull.repository), "write");
  if (!mayWrite) disableAutoMerge(world, pull, by);
}

export function announcePull(
  world: World,
  action: string,
  pull: PullRequest,
  by: Account,
  details: Record<string, unknown> = {},
): void {
  announce(
    world,
    `pull_request.${action}`,
    { repository: pull.repository, sender: by },
    {
      number: pull.number,
      pull_request: pullBody(world, pull),
      ...details,
    },
  );
}

function refuseEmpty(world: World, fields: PullFields, baseSha: string, headSha: string): void {
  if (commitsBetween(world.objects, baseSha, headSha).length > 0) return;
  const message = `No commits between ${fields.base} and ${fields.head}`;
  throw invalid({ resource: "PullRequest", code: "custom", message });
}

function refuseTwin(repository: Repository, headRepository: Repository, fields: PullFields): void {
  for (const pull of repository.pulls.values()) {
    const isTwin =
      pull.head.repository === headRepository && pull.head.ref === fields.head && pull.base.ref === fields.base;
    if (pull.state !== "open" || !isTwin) continue;
    const message = `A pull request already exists for ${headRepository.owner.login}:${fields.head}.`;
    throw invalid({ resource: "PullRequest", code: "custom", message });
  }
}

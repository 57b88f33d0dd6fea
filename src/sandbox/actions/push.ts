/** Moves a branch, and all that follows on GitHub from a push: events, check suites, pull requests that stand on it. */
import { pushedCommitBody } from "../bodies/commit.ts";
import { pushedRepositoryBody, repositoryPage } from "../bodies/repository.ts";
import { commitsBetween, mergeBase } from "../git/history.ts";
import type { Commit, CommitSignature, FileContent, Signer } from "../git/objects.ts";
import type { Account } from "../state/accounts.ts";
import type { Repository } from "../state/repository.ts";
import { branchSha } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { announce } from "./announce.ts";
import { closeByCommits } from "./close.ts";
import { followBase, followHead } from "./follow-push.ts";
import { invalid, Refusal } from "./refusal.ts";
import { openSuites } from "./suites.ts";

const ZERO_SHA = "0".repeat(40);
/** @see https://docs.github.com/webhooks/webhook-events-and-payloads#push (the payload names at most 2,048 commits) */
const COMMITS_NAMED_MAX = 2_048;

export interface CommitOptions {
  message: string;
  files: Record<string, FileContent>;
  author?: Signer;
  committer?: Signer;
  viaWeb?: boolean;
  signature?: CommitSignature;
  /** More parents than the one it is built on, for merges. */
  otherParents?: string[];
}

/** Writes a commit without moving any branch to it. */
export function createCommit(world: World, parentSha: string, by: Account, options: CommitOptions): Commit {
  const parent = world.objects.commit(parentSha);
  const author = options.author ?? signerOf(world, by);
  return world.objects.putCommit({
    tree: world.objects.changeFiles(parent.tree, options.files),
    parents: [parentSha, ...(options.otherParents ?? [])],
    author,
    committer: options.committer ?? author,
    message: options.message,
    viaWeb: options.viaWeb ?? false,
    signature: options.signature ?? null,
  });
}

export function signerOf(world: World, account: Account): Signer {
  return {
    name: account.name ?? account.login,
    email: account.email ?? `${account.id}+${account.login}@users.noreply.github.com`,
    date: world.now(),
  };
}

/** Starts a branch at a commit, as a first push of it would. */
export function createBranch(world: World, repository: Repository, branch: string, sha: string, by: Account): void {
  if (branchSha(repository, branch) !== undefined) throw new Refusal(422, "Reference already exists");
  moveBranch(world, repository, branch, sha, by, false);
}

/**
 * Points a branch at another commit.
 *
 * @throws {Refusal} 422 when the move would lose commits and is not forced
 */
export function moveBranch(
  world: World,
  repository: Repository,
  branch: string,
  sha: string,
  by: Account,
  isForced: boolean,
): void {
  const before = branchSha(repository, branch);
  if (before === sha) return;
  if (world.objects.findCommit(sha) === undefined) throw invalid("Object does not exist");
  const losesCommits = before !== undefined && mergeBase(world.objects, before, sha) !== before;
  if (losesCommits && !isForced) throw new Refusal(422, "Update is not a fast forward");

  const ref = `refs/heads/${branch}`;
  repository.refs.set(ref, sha);
  repository.pushedAt = world.now();
  repository.pushes.push({ ref, before: before ?? ZERO_SHA, after: sha, by, at: world.now(), isForced: losesCommits });
  announcePush(world, repository, ref, before ?? ZERO_SHA, sha, by, losesCommits);
  openSuites(world, repository, sha, branch, before ?? null, by);
  followHead(world, repository, branch, sha, by, losesCommits);
  followBase(world, repository, branch, sha, by);
  if (branch !== repository.defaultBranch || before === undefined) return;
  closeByCommits(world, repository, commitsBetween(world.objects, before, sha), by);
}

export function deleteBranch(world: World, repository: Repository, branch: string, by: Account): void {
  const ref = `refs/heads/${branch}`;
  const before = repository.refs.get(ref);
  if (before === undefined) throw new Refusal(422, "Reference does not exist");
  repository.refs.delete(ref);
  announcePush(world, repository, ref, before, ZERO_SHA, by, false);
}

function announcePush(
  world: World,
  repository: Repository,
  ref: string,
  before: string,
  after: string,
  by: Account,
  isForced: boolean,
): void {
  const isNew = before === ZERO_SHA;
  const isGone = after === ZERO_SHA;
  const base = isNew ? (branchSha(repository, repository.defaultBranch) ?? after) : before;
  const commits = isGone ? [] : commitsBetween(world.objects, base, after);
  const named = commits.slice(-COMMITS_NAMED_MAX).map((commit) => pushedCommitBody(world, repository, commit));
  announce(
    world,
    "push",
    { repository, sender: by },
    {
      ref,
      before,
      after,
      base_ref: null,
      repository: pushedRepositoryBody(world, repository),
      pusher: { name: by.login, email: by.email },
      created: isNew,
      deleted: isGone,
      forced: isForced,
      compare: `${repositoryPage(world, repository)}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
      commits: named,
      head_commit: isGone ? null : pushedCommitBody(world, repository, world.objects.commit(after)),
    },
  );
}

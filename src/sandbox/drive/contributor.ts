/** What somebody does to branches: commits, pushes, rebases and merges of the base. */
import { type CommitOptions, createBranch, createCommit, deleteBranch, moveBranch } from "../actions/push.ts";
import { mergeBaseIn, updateBranch } from "../actions/update-branch.ts";
import { commitsBetween } from "../git/history.ts";
import type { FileContent } from "../git/objects.ts";
import { replay } from "../git/replay.ts";
import type { Account } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { PullRequest } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import { branchSha } from "../state/repository.ts";
import type { World } from "../state/world.ts";

export class Contributor {
  readonly account: Account;
  readonly repository: Repository;
  protected readonly world: World;
  /** The App behind a bot; null for a person. */
  protected readonly viaApp: App | null;

  constructor(world: World, account: Account, repository: Repository, viaApp: App | null = null) {
    this.viaApp = viaApp;
    this.world = world;
    this.account = account;
    this.repository = repository;
  }

  /** Adds a commit to a branch; a branch nobody has yet starts at the default branch. @returns the new tip */
  push(
    branch: string,
    files: Record<string, FileContent>,
    message: string,
    options: Partial<CommitOptions> = {},
  ): string {
    const known = branchSha(this.repository, branch);
    const tip = known ?? this.tip(this.repository, this.repository.defaultBranch);
    const commit = createCommit(this.world, tip, this.account, { ...options, files, message });
    if (known === undefined) createBranch(this.world, this.repository, branch, commit.sha, this.account);
    else moveBranch(this.world, this.repository, branch, commit.sha, this.account, false);
    return commit.sha;
  }

  /** Adds a commit to a pull request, wherever its branch lives. */
  pushTo(
    number: number,
    files: Record<string, FileContent>,
    message: string,
    options: Partial<CommitOptions> = {},
  ): string {
    const { head } = this.pull(number);
    const commit = createCommit(this.world, head.sha, this.account, { ...options, files, message });
    moveBranch(this.world, head.repository, head.ref, commit.sha, this.account, false);
    return commit.sha;
  }

  /** Replaces all of a pull request's commits by one. */
  forcePush(number: number, files: Record<string, FileContent>, message: string): string {
    const { head, base } = this.pull(number);
    const commit = createCommit(this.world, this.tip(base.repository, base.ref), this.account, { files, message });
    moveBranch(this.world, head.repository, head.ref, commit.sha, this.account, true);
    return commit.sha;
  }

  /** Puts a pull request's commits, unchanged in what they do, on top of the base branch as it is now. */
  rebase(number: number): string {
    const { head, base } = this.pull(number);
    const { objects } = this.world;
    const onto = this.tip(base.repository, base.ref);
    const written = replay(objects, commitsBetween(objects, base.sha, head.sha), onto, ({ committer }) => ({
      ...committer,
      date: this.world.now(),
    }));
    if (written === null) throw new Error(`the rebase of #${number} conflicts`);
    const tip = written.at(-1) ?? onto;
    moveBranch(this.world, head.repository, head.ref, tip, this.account, true);
    return tip;
  }

  /**
   * Merges the base branch into a pull request on GitHub's page.
   *
   * @param resolved files as they end up: how a conflict was resolved, or what was slipped in besides
   */
  mergeBase(number: number, resolved: Record<string, FileContent> = {}): string {
    return mergeBaseIn(this.world, this.pull(number), this.account, resolved);
  }

  /** Presses "Update branch". */
  updateBranch(number: number): string {
    const pull = this.pull(number);
    return updateBranch(this.world, pull, pull.head.sha, this.account);
  }

  deleteBranch(branch: string): void {
    deleteBranch(this.world, this.repository, branch, this.account);
  }

  pull(number: number): PullRequest {
    const pull = this.repository.pulls.get(number);
    if (pull === undefined) throw new Error(`${this.repository.name} has no pull request #${number}`);
    return pull;
  }

  protected tip(repository: Repository, branch: string): string {
    const sha = branchSha(repository, branch);
    if (sha === undefined) throw new Error(`${repository.name} has no branch ${branch}`);
    return sha;
  }
}

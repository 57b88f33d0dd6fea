/** Pull requests are merged, by hand, by themselves once all is green, or by the queue. */
import type { Account } from "../state/accounts.ts";
import type { MergeMethod, PullRequest } from "../state/issues.ts";
import { isMerged } from "../state/issues.ts";
import { mergeability, mergedTree, unmetRules } from "../state/mergeability.ts";
import type { Repository } from "../state/repository.ts";
import { branchSha } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { closeAsMerged } from "./close.ts";
import { announcePull } from "./pulls.ts";
import { moveBranch, signerOf } from "./push.ts";
import { Refusal } from "./refusal.ts";

export interface MergeOptions {
  method?: MergeMethod;
  /** The head that must still stand. */
  sha?: string;
  title?: string;
  message?: string;
  /** An administrator merges past the branch's rules. */
  isForced?: boolean;
}

/** @returns the sha the base branch came to stand on */
export function mergePull(world: World, pull: PullRequest, options: MergeOptions, by: Account): string {
  if (isMerged(pull) || pull.state === "closed") throw new Refusal(405, "Pull Request is not mergeable");
  if (options.sha !== undefined && options.sha !== pull.head.sha) {
    throw new Refusal(409, "Head branch was modified. Review and try the merge again.");
  }
  if (pull.isDraft) throw new Refusal(405, "Pull Request is still a draft");
  const rule = pull.base.repository.protections.get(pull.base.ref);
  const unmet = options.isForced === true ? [] : unmetRules(pull, rule);
  if (unmet.length > 0) throw new Refusal(405, unmet.join("\n"));
  if (options.isForced !== true && rule?.isStrict === true && mergeability(world, pull).state === "behind") {
    throw new Refusal(405, "This branch is out-of-date with the base branch.");
  }
  const sha = writeMerge(world, pull, options, by);
  closeAsMerged(world, pull, sha, by);
  moveBranch(world, pull.base.repository, pull.base.ref, sha, by, false);
  return sha;
}

export function enableAutoMerge(world: World, pull: PullRequest, method: MergeMethod, by: Account): void {
  pull.autoMerge = { enabledBy: by, method, enabledAt: world.now() };
  announcePull(world, "auto_merge_enabled", pull, by);
  tryAutoMerge(world, pull.repository, pull.head.sha);
}

export function disableAutoMerge(world: World, pull: PullRequest, by: Account): void {
  if (pull.autoMerge === null) return;
  pull.autoMerge = null;
  announcePull(world, "auto_merge_disabled", pull, by, { reason: "Auto-merge was disabled" });
}

/** Merges what waits for a commit's checks, if they are all content now. */
export function tryAutoMerge(world: World, repository: Repository, headSha: string): void {
  for (const pull of repository.pulls.values()) {
    const { autoMerge } = pull;
    if (autoMerge === null || pull.head.sha !== headSha || pull.state === "closed") continue;
    const { state } = mergeability(world, pull);
    if (state === "clean" || state === "unstable")
      mergePull(world, pull, { method: autoMerge.method }, autoMerge.enabledBy);
  }
}

function writeMerge(world: World, pull: PullRequest, options: MergeOptions, by: Account): string {
  const base = branchSha(pull.base.repository, pull.base.ref) ?? pull.base.sha;
  const tree = mergedTree(world, base, pull.head.sha);
  if (tree === null) throw new Refusal(405, "Pull Request is not mergeable");
  const isMerge = (options.method ?? "merge") === "merge";
  const title = isMerge
    ? `Merge pull request #${pull.number} from ${pull.head.repository.owner.login}/${pull.head.ref}`
    : `${pull.title} (#${pull.number})`;
  const signer = signerOf(world, isMerge ? by : pull.author);
  return world.objects.putCommit({
    tree,
    parents: isMerge ? [base, pull.head.sha] : [base],
    author: signer,
    committer: { ...signer, name: "GitHub", email: "noreply@github.com" },
    message: `${options.title ?? title}\n\n${options.message ?? pull.title}`,
    viaWeb: true,
    signature: { reason: "valid", signerId: null },
  }).sha;
}

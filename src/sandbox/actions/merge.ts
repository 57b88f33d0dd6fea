/** Pull requests are merged, by hand, by themselves once all is green, or by the queue. */
import { replay } from "../git/replay.ts";
import type { Account } from "../state/accounts.ts";
import type { AutoMerge, MergeMethod, PullRequest } from "../state/issues.ts";
import { isMerged } from "../state/issues.ts";
import { mergeability, mergedTree, unmetRules } from "../state/mergeability.ts";
import { pullCommits } from "../state/pull-facts.ts";
import type { Repository } from "../state/repository.ts";
import { branchSha } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { closeAsMerged } from "./close.ts";
import { announcePull } from "./pulls.ts";
import { moveBranch, signerOf } from "./push.ts";
import { enqueuePull, settleGroups } from "./queue.ts";
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
  refuseMethod(pull.repository, options.method ?? "merge");
  const rule = pull.base.repository.protections.get(pull.base.ref);
  if (rule?.hasMergeQueue === true && options.isForced !== true) {
    throw new Refusal(405, "Repository rule violations found\n\nChanges must be made through the merge queue");
  }
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

/** @throws {Refusal} 422 in GitHub's words, where there is nothing to wait for or the settings do not let it */
export function enableAutoMerge(
  world: World,
  pull: PullRequest,
  options: Pick<MergeOptions, "method" | "title" | "message">,
  by: Account,
): void {
  const method = options.method ?? "merge";
  if (isMerged(pull) || pull.state === "closed")
    throw new Refusal(422, "Can't enable auto-merge for this pull request");
  if (!pull.repository.allowsAutoMerge) {
    throw new Refusal(422, "Pull request Auto merge is not allowed for this repository");
  }
  refuseMethod(pull.repository, method);
  const { state } = mergeability(world, pull);
  if (state !== "blocked" && state !== "behind") {
    throw new Refusal(422, `Pull request Pull request is in ${state} status`);
  }
  const { title = null, message = null } = options;
  pull.autoMerge = { enabledBy: by, method, enabledAt: world.now(), title, message };
  announcePull(world, "auto_merge_enabled", pull, by);
}

/** Merges what waits for a commit's checks, or puts it into the queue, if they are all content now; so it does with merge groups. */
export function tryAutoMerge(world: World, repository: Repository, headSha: string): void {
  settleGroups(world, repository, headSha);
  for (const pull of repository.pulls.values()) {
    const { autoMerge } = pull;
    if (autoMerge === null || pull.head.sha !== headSha || pull.state === "closed") continue;
    const { state } = mergeability(world, pull);
    if (state !== "clean" && state !== "unstable") continue;
    const hasQueue = pull.base.repository.protections.get(pull.base.ref)?.hasMergeQueue === true;
    if (!hasQueue) mergePull(world, pull, optionsOf(autoMerge), autoMerge.enabledBy);
    else if (!pull.isQueued) enqueuePull(world, pull, autoMerge.enabledBy);
  }
}

function optionsOf({ method, title, message }: AutoMerge): MergeOptions {
  return { method, ...(title === null ? {} : { title }), ...(message === null ? {} : { message }) };
}

const METHOD_NAMES = { merge: "Merge commits", squash: "Squash merges", rebase: "Rebase merges" } as const;

function refuseMethod(repository: Repository, method: MergeMethod): void {
  if (repository.mergeMethods.has(method)) return;
  throw new Refusal(405, `${METHOD_NAMES[method]} are not allowed on this repository.`);
}

function writeMerge(world: World, pull: PullRequest, options: MergeOptions, by: Account): string {
  const base = branchSha(pull.base.repository, pull.base.ref) ?? pull.base.sha;
  const tree = mergedTree(world, base, pull.head.sha);
  if (tree === null) throw new Refusal(405, "Pull Request is not mergeable");
  if (options.method === "rebase") return writeRebase(world, pull, base, by);
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
    message: `${options.title ?? title}\n\n${options.message ?? pull.title}`.trimEnd(),
    viaWeb: true,
    signature: { reason: "valid", signerId: null },
  }).sha;
}

/** Each commit again, under its own message: a rebase has no room for other words, and nobody signs what it writes. */
function writeRebase(world: World, pull: PullRequest, base: string, by: Account): string {
  const commits = pullCommits(world, pull).map((commit) => ({ ...commit, viaWeb: false, signature: null }));
  const written = replay(world.objects, commits, base, () => signerOf(world, by));
  if (written === null) throw new Refusal(405, "This branch can't be rebased");
  pull.landed = written;
  return written.at(-1) ?? base;
}

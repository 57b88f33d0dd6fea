/** Whether a pull request could be merged now, and what its base branch still asks for. */
import { mergeBase } from "../git/history.ts";
import { mergeTrees } from "../git/merge.ts";
import type { CheckRun, CommitStatus } from "./checks.ts";
import { latestRuns } from "./checks.ts";
import type { PullRequest, Review } from "./issues.ts";
import { isMerged } from "./issues.ts";
import { remember } from "./pull-facts.ts";
import type { Protection, Repository } from "./repository.ts";
import { branchSha } from "./repository.ts";
import type { World } from "./world.ts";

const mergedOf = new WeakMap<World, Map<string, { tree: string | null }>>();

export interface Mergeability {
  mergeable: boolean | null;
  state: "clean" | "dirty" | "blocked" | "behind" | "unstable" | "draft" | "unknown";
}

export function mergeability(world: World, pull: PullRequest): Mergeability {
  if (isMerged(pull) || pull.state === "closed") return { mergeable: null, state: "unknown" };
  const base = branchSha(pull.base.repository, pull.base.ref);
  if (base === undefined) return { mergeable: null, state: "unknown" };
  if (mergedTree(world, base, pull.head.sha) === null) return { mergeable: false, state: "dirty" };
  if (pull.isDraft) return { mergeable: true, state: "draft" };
  const rule = pull.base.repository.protections.get(pull.base.ref);
  if (unmetRules(pull, rule).length > 0) return { mergeable: true, state: "blocked" };
  if (rule?.isStrict === true && isBehind(world, base, pull.head.sha)) return { mergeable: true, state: "behind" };
  return { mergeable: true, state: hasFailures(pull) ? "unstable" : "clean" };
}

/** The tree that merging would give; null on a conflict. */
export function mergedTree(world: World, baseSha: string, headSha: string): string | null {
  const { tree } = remember(mergedOf, world, `${baseSha} ${headSha}`, () => {
    const { objects } = world;
    const from = mergeBase(objects, baseSha, headSha);
    const fromTree = from === null ? null : objects.commit(from).tree;
    return { tree: mergeTrees(objects, fromTree, objects.commit(baseSha).tree, objects.commit(headSha).tree) };
  });
  return tree;
}

/** What the branch protection still asks for, in GitHub's words; nothing where the branch is not protected. */
export function unmetRules(pull: PullRequest, rule: Protection | undefined): string[] {
  if (rule === undefined) return [];
  const repository = pull.base.repository;
  const unmet: string[] = [];
  for (const { context, appId } of rule.requiredChecks) {
    const state = requiredState(repository, pull.head.sha, context, appId);
    if (state === "missing") unmet.push(`Required status check "${context}" is expected.`);
    else if (state !== "satisfied") unmet.push(`Required status check "${context}" is ${state}.`);
  }
  const verdicts = latestVerdicts(pull.reviews);
  if (verdicts.some((review) => review.state === "CHANGES_REQUESTED")) unmet.push("Changes have been requested.");
  const approvals = verdicts.filter((review) => review.state === "APPROVED").length;
  if (approvals < rule.requiredApprovals) {
    unmet.push(`At least ${rule.requiredApprovals} approving review is required by reviewers with write access.`);
  }
  return unmet;
}

/** Each reviewer's last word: comments do not replace a verdict. */
export function latestVerdicts(reviews: readonly Review[]): Review[] {
  const latest = new Map<number, Review>();
  for (const review of reviews) {
    if (review.state !== "COMMENTED" && review.state !== "PENDING") latest.set(review.author.id, review);
  }
  return [...latest.values()];
}

/** Runs of every suite at a commit that count, newest per suite and name. */
export function runsAt(repository: Repository, sha: string): CheckRun[] {
  return latestRuns(repository.checkRuns.filter((run) => run.suite.headSha === sha));
}

/** The newest status of each context at a commit. */
export function statusesAt(repository: Repository, sha: string): CommitStatus[] {
  const latest = new Map<string, CommitStatus>();
  for (const status of repository.statuses) if (status.sha === sha) latest.set(status.context, status);
  return [...latest.values()];
}

/** Where several Apps report one name, or a status does too, all of them must be content. */
export function requiredState(repository: Repository, sha: string, context: string, appId: number | null) {
  const runs = runsAt(repository, sha).filter(
    (run) => run.name === context && (appId === null || run.suite.app.id === appId),
  );
  const statuses = appId === null ? statusesAt(repository, sha).filter((status) => status.context === context) : [];
  if (runs.length + statuses.length === 0) return "missing";
  const isWaiting = runs.some((run) => run.conclusion === null) || statuses.some(({ state }) => state === "pending");
  const isContent =
    runs.every(({ conclusion }) => conclusion === null || SATISFYING.has(conclusion)) &&
    statuses.every(({ state }) => state === "pending" || state === "success");
  if (!isContent) return "failing";
  return isWaiting ? "in progress" : "satisfied";
}

/** @see https://docs.github.com/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks */
const SATISFYING: ReadonlySet<string> = new Set(["success", "neutral", "skipped"]);

function isBehind(world: World, baseSha: string, headSha: string): boolean {
  return mergeBase(world.objects, baseSha, headSha) !== baseSha;
}

function hasFailures(pull: PullRequest): boolean {
  const repository = pull.base.repository;
  return (
    runsAt(repository, pull.head.sha).some((run) => run.conclusion === null || !SATISFYING.has(run.conclusion)) ||
    statusesAt(repository, pull.head.sha).some(({ state }) => state !== "success")
  );
}

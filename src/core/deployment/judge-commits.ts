/** Whether what is deployed was merged through the gate: commit by commit, each by the pull request that it came of. */

import { matchesName } from "../policy/patterns.ts";
import type { CommitOrigin, DeployedMerge, MergedPull, OwedReview } from "./deployment.ts";
import type { EnvironmentRule } from "./environment-rule.ts";

/**
 * - `passed`: merged through the gate, or the review that its merge owed is done
 * - `review_owed`: merged by a bypass, or around the gate, and nobody has reviewed it since
 * - `aside`: merged where the gate stood aside because it is for trying things out
 * - `other_branch`: merged into a branch from which nothing is deployed
 * - `inside`: a commit of the pull request, without the commit that its merge made
 * - `not_seen`: GitHub knows the merge, Holdpoint does not
 */
export type PullState = "passed" | "review_owed" | "aside" | "other_branch" | "inside" | "not_seen";

/** Best first: of several pull requests that a commit came of, one that passed is enough. */
const order: readonly PullState[] = ["passed", "review_owed", "aside", "other_branch", "inside", "not_seen"];

export interface DeployedPull {
  number: number;
  title: string | null;
  state: PullState;
  passage: DeployedMerge["passage"] | null;
  baseRef: string;
  /** The issue of the review that is owed. */
  issue: number | null;
  commits: string[];
}

/** A commit of no pull request that is known to have been merged. */
export interface StrayCommit {
  sha: string;
  headline: string;
}

export interface JudgedCommits {
  /** Those that do not let the deployment through first. */
  pulls: DeployedPull[];
  strays: StrayCommit[];
}

export interface CommitFacts {
  commits: readonly string[];
  origins: readonly CommitOrigin[];
  merges: readonly DeployedMerge[];
  reviews: readonly OwedReview[];
  rule: Pick<EnvironmentRule, "branches" | "needsGate" | "needsReviews">;
  defaultBranch: string;
}

export function judgeCommits(facts: CommitFacts): JudgedCommits {
  const origins = new Map(facts.origins.map((origin) => [origin.sha, origin]));
  const pulls = new Map<number, DeployedPull>();
  const strays: StrayCommit[] = [];
  for (const sha of facts.commits) {
    const best = bestOf(sha, origins.get(sha), facts);
    if (best === null) {
      strays.push({ sha, headline: origins.get(sha)?.headline ?? "" });
      continue;
    }
    const known = pulls.get(best.number);
    // Of one pull request the worst of its commits counts.
    const worst = known !== undefined && order.indexOf(known.state) > order.indexOf(best.state) ? known : best;
    pulls.set(best.number, { ...worst, commits: [...(known?.commits ?? []), sha] });
  }
  const sorted = [...pulls.values()].sort(
    (a, b) => order.indexOf(b.state) - order.indexOf(a.state) || a.number - b.number,
  );
  return { pulls: sorted, strays };
}

/** Whether this pull request lets a deployment through. */
export function letsDeploy({ state }: DeployedPull, { needsGate, needsReviews }: CommitFacts["rule"]): boolean {
  if (state === "passed") return true;
  if (state === "review_owed") return !needsReviews && !needsGate;
  return !needsGate;
}

type Candidate = Omit<DeployedPull, "commits">;

function bestOf(sha: string, origin: CommitOrigin | undefined, facts: CommitFacts): Candidate | null {
  const own = facts.merges.filter(({ commitSha }) => commitSha === sha);
  const told = origin?.pulls ?? [];
  const candidates = [
    ...own.map((merge) => weigh(sha, merge, told.find(({ number }) => number === merge.number) ?? null, facts)),
    ...told.map((pull) => {
      const merge = facts.merges.find(({ number }) => number === pull.number) ?? null;
      return merge === null ? unseen(pull) : weigh(sha, merge, pull, facts);
    }),
  ];
  return candidates.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0] ?? null;
}

function unseen({ number, title, baseRef }: MergedPull): Candidate {
  return { number, title, state: "not_seen", passage: null, baseRef, issue: null };
}

function weigh(sha: string, merge: DeployedMerge, pull: MergedPull | null, facts: CommitFacts): Candidate {
  const { number, baseRef, passage } = merge;
  const review = facts.reviews.find(({ pullRequest }) => pullRequest === number) ?? null;
  const candidate = { number, title: pull?.title ?? null, passage, baseRef, issue: review?.issue ?? null };
  return { ...candidate, state: stateOf(sha, merge, pull, facts) };
}

function stateOf(
  sha: string,
  { number, baseRef, commitSha, passage }: DeployedMerge,
  pull: MergedPull | null,
  { commits, reviews, rule, defaultBranch }: CommitFacts,
): PullState {
  const mergeSha = commitSha ?? pull?.mergeSha ?? null;
  // A commit that was reviewed as a part of something is not what was let through, unless the whole of it comes along.
  if (mergeSha === null || (mergeSha !== sha && !commits.includes(mergeSha))) return "inside";
  const isDeployable = (rule.branches ?? [defaultBranch]).some((pattern) =>
    rule.branches === null ? pattern === baseRef : matchesName(pattern, baseRef) === true,
  );
  if (!isDeployable) return "other_branch";
  if (passage === "gate" || passage === "window") return "passed";
  if (passage === "test_branch") return "aside";
  const owed = reviews.filter(({ pullRequest }) => pullRequest === number);
  const isReviewed = owed.length > 0 && owed.every(({ isDone }) => isDone);
  if (isReviewed) return "passed";
  return passage === "bypass" && !rule.needsReviews ? "passed" : "review_owed";
}

/** Pull requests. */
import { repositoryPage } from "../../bodies/repository.ts";
import type { FileChange } from "../../git/diff.ts";
import { issuesClosedBy } from "../../state/closing.ts";
import type { PullRequest } from "../../state/issues.ts";
import { isMerged } from "../../state/issues.ts";
import { mergeability } from "../../state/mergeability.ts";
import { pullChanges, pullCommits, visibleHead } from "../../state/pull-facts.ts";
import { iso, isoOrNull } from "../../state/world.ts";
import { connection } from "../connection.ts";
import type { Args, GraphQLContext, GraphQLNode } from "../context.ts";
import { actorNode } from "./actor.ts";
import { checkFields } from "./checks.ts";
import { conversationFields, issueNode, pullTimeline } from "./issue.ts";
import { mergeQueueNode, queueEntryNode } from "./merge-queue.ts";
import { refNode } from "./ref.ts";
import { latestOpinionated, latestReviews, reviewNode, reviewRequestNodes, threadNodes } from "./review.ts";

/** Commits a timeline or list of commits reaches back to. */
const COMMITS_MAX = 250;

export function pullNode(context: GraphQLContext, pull: PullRequest): GraphQLNode {
  const { world } = context;
  const page = `${repositoryPage(world, pull.repository)}/pull/${pull.number}`;
  const state = isMerged(pull) ? "MERGED" : pull.state.toUpperCase();
  return {
    __typename: "PullRequest",
    ...conversationFields(context, pull),
    databaseId: pull.pullId,
    fullDatabaseId: String(pull.pullId),
    state,
    isDraft: pull.isDraft,
    merged: isMerged(pull),
    mergedAt: isoOrNull(pull.mergedAt),
    permalink: page,
    revertUrl: `${page}/revert`,
    checksUrl: `${page}/checks`,
    isCrossRepository: pull.head.repository !== pull.base.repository,
    isInMergeQueue: pull.isQueued,
    isMergeQueueEnabled: pull.base.repository.protections.get(pull.base.ref)?.hasMergeQueue ?? false,
    maintainerCanModify: false,
    canBeRebased: true,
    viewerCanUpdate: true,
    mergedBy: () => (pull.mergedBy === null ? null : actorNode(context, pull.mergedBy)),
    ...endFields(context, pull),
    ...mergeFields(context, pull),
    ...changeFields(context, pull),
    ...reviewFields(context, pull),
    timelineItems: (args: Args) => {
      const commits = pullCommits(world, pull).slice(-COMMITS_MAX);
      const dated = commits.map(({ sha, committer }) => ({ sha, date: committer.date }));
      return pullTimeline(context, pull, dated, args);
    },
    closingIssuesReferences: (args: Args) => {
      // Only what goes to the default branch closes anything.
      const isLinked = pull.base.ref === pull.repository.defaultBranch;
      const found = isLinked ? issuesClosedBy(pull.repository, pull.body ?? "") : [];
      return connection("IssueConnection", "closingIssuesReferences", args, found, (issue) =>
        issueNode(context, issue),
      );
    },
  };
}

function endFields(context: GraphQLContext, pull: PullRequest): Record<string, unknown> {
  const { base, head } = pull;
  return {
    baseRefName: base.ref,
    baseRefOid: base.sha,
    baseRef: () => refNode(context, base.repository, `refs/heads/${base.ref}`),
    baseRepository: () => context.nodes.repository(base.repository),
    headRefName: head.ref,
    headRefOid: () => visibleHead(context.world, pull),
    headRef: () => refNode(context, head.repository, `refs/heads/${head.ref}`),
    headRepository: () => context.nodes.repository(head.repository),
    headRepositoryOwner: () => actorNode(context, head.repository.owner),
  };
}

function mergeFields(context: GraphQLContext, pull: PullRequest): Record<string, unknown> {
  const { world } = context;
  const group = pull.repository.mergeGroups.find(({ pullNumbers }) => pullNumbers.includes(pull.number));
  const merge = () => mergeability(world, pull);
  const mergeCommit = pull.mergeCommitSha;
  return {
    mergeable: () =>
      ({ true: "MERGEABLE", false: "CONFLICTING", null: "UNKNOWN" })[String(merge().mergeable) as "true"],
    mergeStateStatus: () => merge().state.toUpperCase(),
    mergeCommit: () =>
      mergeCommit === null ? null : context.nodes.commit(pull.repository, world.objects.commit(mergeCommit)),
    potentialMergeCommit: null,
    mergeQueue: () => mergeQueueNode(context, pull.repository, pull.base.ref),
    mergeQueueEntry: () => (group === undefined ? null : queueEntryNode(context, pull, group)),
    autoMergeRequest: () =>
      pull.autoMerge === null
        ? null
        : {
            __typename: "AutoMergeRequest",
            authorEmail: null,
            commitBody: pull.autoMerge.message,
            commitHeadline: pull.autoMerge.title,
            enabledAt: iso(pull.autoMerge.enabledAt),
            enabledBy: actorNode(context, pull.autoMerge.enabledBy),
            mergeMethod: pull.autoMerge.method.toUpperCase(),
            pullRequest: () => pullNode(context, pull),
          },
    statusCheckRollup: () => {
      const head = world.objects.commit(visibleHead(world, pull));
      const rollup = checkFields(context, pull.repository, head).statusCheckRollup;
      return typeof rollup === "function" ? (rollup() as unknown) : null;
    },
  };
}

function changeFields(context: GraphQLContext, pull: PullRequest): Record<string, unknown> {
  const { world } = context;
  const changes = () => pullChanges(world, pull);
  return {
    additions: () => changes().reduce((sum, { additions }) => sum + additions, 0),
    deletions: () => changes().reduce((sum, { deletions }) => sum + deletions, 0),
    changedFiles: () => changes().length,
    files: (args: Args) =>
      connection("PullRequestChangedFileConnection", "files", args, changes(), (change) => ({
        __typename: "PullRequestChangedFile",
        path: change.path,
        additions: change.additions,
        deletions: change.deletions,
        changeType: changeType(change),
        viewerViewedState: "UNVIEWED",
      })),
    commits: (args: Args) => {
      const all = pullCommits(world, pull);
      const shown = all.slice(-COMMITS_MAX);
      return connection(
        "PullRequestCommitConnection",
        "commits",
        args,
        shown,
        (commit) => ({
          __typename: "PullRequestCommit",
          id: `${pull.nodeId}_${commit.sha}`,
          url: `${repositoryPage(world, pull.repository)}/pull/${pull.number}/commits/${commit.sha}`,
          commit: () => context.nodes.commit(pull.repository, commit),
          pullRequest: () => pullNode(context, pull),
        }),
        { extra: { totalCount: all.length } },
      );
    },
  };
}

function reviewFields(context: GraphQLContext, pull: PullRequest): Record<string, unknown> {
  const reviews = (name: string, found: typeof pull.reviews, args: Args) =>
    connection("PullRequestReviewConnection", name, args, found, (review) => reviewNode(context, pull, review));
  return {
    reviewDecision: () => {
      const verdicts = latestOpinionated(pull);
      if (verdicts.some(({ state }) => state === "CHANGES_REQUESTED")) return "CHANGES_REQUESTED";
      const needed = pull.base.repository.protections.get(pull.base.ref)?.requiredApprovals ?? 0;
      if (needed === 0) return null;
      return verdicts.filter(({ state }) => state === "APPROVED").length >= needed ? "APPROVED" : "REVIEW_REQUIRED";
    },
    reviews: (args: Args) => {
      const states = (args.states ?? null) as string[] | null;
      const author = args.author ?? null;
      const found = pull.reviews.filter(
        (review) => (states?.includes(review.state) ?? true) && (author === null || review.author.login === author),
      );
      return reviews("reviews", found, args);
    },
    latestReviews: (args: Args) => reviews("latestReviews", latestReviews(pull), args),
    latestOpinionatedReviews: (args: Args) => reviews("latestOpinionatedReviews", latestOpinionated(pull), args),
    reviewRequests: (args: Args) => reviewRequestNodes(context, pull, args),
    reviewThreads: (args: Args) => threadNodes(context, pull, args),
  };
}

function changeType({ status }: FileChange): string {
  if (status === "removed") return "DELETED";
  return status.toUpperCase();
}

/** The mutations an App uses on pull requests: the ones REST has no address for. */
import { enableAutoMerge, type MergeOptions } from "../actions/merge.ts";
import { convertToDraft, disableAutoMerge, markReady } from "../actions/pulls.ts";
import { enqueuePull } from "../actions/queue.ts";
import { dismissReview } from "../actions/reviews.ts";
import { resolveThread, unresolveThread } from "../actions/threads.ts";
import { actorOf, appOf, canSee } from "../http/caller.ts";
import type { MergeMethod, PullRequest, Review, ReviewComment } from "../state/issues.ts";
import type { Args, GraphQLContext, GraphQLNode } from "./context.ts";
import { refuse, requirePermission, text } from "./context.ts";
import { actorNode } from "./nodes/actor.ts";
import { findPullOf, findThread } from "./nodes/find.ts";
import { queueEntryNode } from "./nodes/merge-queue.ts";
import { reviewNode, threadNode } from "./nodes/review.ts";

export function mutationFields(context: GraphQLContext): Record<string, unknown> {
  const { world, caller } = context;
  return {
    convertPullRequestToDraft: (args: Args) =>
      changePull(context, "ConvertPullRequestToDraftPayload", args, (pull) => {
        convertToDraft(world, pull, actorOf(caller), appOf(caller));
      }),
    markPullRequestReadyForReview: (args: Args) =>
      changePull(context, "MarkPullRequestReadyForReviewPayload", args, (pull) => {
        markReady(world, pull, actorOf(caller), appOf(caller));
      }),
    enablePullRequestAutoMerge: (args: Args) =>
      changePull(context, "EnablePullRequestAutoMergePayload", args, (pull, input) => {
        requirePermission(context, "contents:write");
        refuseOtherHead(pull, input);
        enableAutoMerge(world, pull, mergeOptions(input), actorOf(caller));
      }),
    disablePullRequestAutoMerge: (args: Args) =>
      changePull(context, "DisablePullRequestAutoMergePayload", args, (pull) => {
        if (pull.autoMerge === null) {
          throw refuse("UNPROCESSABLE", "Can't disable auto-merge for this pull request");
        }
        disableAutoMerge(world, pull, actorOf(caller));
      }),
    enqueuePullRequest: (args: Args) =>
      changePull(context, "EnqueuePullRequestPayload", args, (pull, input) => {
        requirePermission(context, "contents:write");
        refuseOtherHead(pull, input);
        enqueuePull(world, pull, actorOf(caller));
      }),
    resolveReviewThread: (args: Args) =>
      changeThread(context, "ResolveReviewThreadPayload", args, (pull, comment) =>
        resolveThread(world, pull, comment, actorOf(caller)),
      ),
    unresolveReviewThread: (args: Args) =>
      changeThread(context, "UnresolveReviewThreadPayload", args, (pull, comment) =>
        unresolveThread(world, pull, comment, actorOf(caller)),
      ),
    dismissPullRequestReview: (args: Args) => {
      requirePermission(context, "pull_requests:write");
      const input = args.input as Args;
      const id = text(input, "pullRequestReviewId");
      const entry = world.nodes.get(id);
      const review = entry?.type === "PullRequestReview" ? (entry.value as Review) : null;
      const pull = review === null ? null : findPullOf(context, review);
      if (review === null || pull === null || !canSee(caller, pull.repository)) throw unknownNode(id);
      dismissReview(world, pull, review, text(input, "message"), actorOf(caller), appOf(caller));
      return {
        __typename: "DismissPullRequestReviewPayload",
        clientMutationId: input.clientMutationId ?? null,
        pullRequestReview: () => reviewNode(context, pull, review),
      };
    },
  };
}

function changePull(
  context: GraphQLContext,
  payload: string,
  args: Args,
  change: (pull: PullRequest, input: Args) => void,
): GraphQLNode {
  requirePermission(context, "pull_requests:write");
  const input = args.input as Args;
  const id = text(input, "pullRequestId");
  const entry = context.world.nodes.get(id);
  const pull = entry?.type === "PullRequest" ? (entry.value as PullRequest) : null;
  if (pull === null || !canSee(context.caller, pull.repository)) throw unknownNode(id);
  change(pull, input);
  return {
    __typename: payload,
    clientMutationId: input.clientMutationId ?? null,
    actor: () => actorNode(context, actorOf(context.caller)),
    pullRequest: () => context.nodes.pull(pull),
    mergeQueueEntry: () => {
      const group = pull.repository.mergeGroups.find(({ pullNumbers }) => pullNumbers.includes(pull.number));
      return group === undefined ? null : queueEntryNode(context, pull, group);
    },
  };
}

function changeThread(
  context: GraphQLContext,
  payload: string,
  args: Args,
  change: (pull: PullRequest, comment: ReviewComment) => void,
): GraphQLNode {
  requirePermission(context, "pull_requests:write");
  const input = args.input as Args;
  const id = text(input, "threadId");
  const found = findThread(context, id);
  if (found === null || !canSee(context.caller, found.pull.repository)) throw unknownNode(id);
  change(found.pull, found.comment);
  return {
    __typename: payload,
    clientMutationId: input.clientMutationId ?? null,
    thread: () => threadNode(context, found.pull, found.comment),
  };
}

function mergeOptions(input: Args): MergeOptions {
  const [title, message] = [input.commitHeadline ?? null, input.commitBody ?? null];
  return {
    method: (text(input, "mergeMethod") || "MERGE").toLowerCase() as MergeMethod,
    ...(title === null ? {} : { title: String(title) }),
    ...(message === null ? {} : { message: String(message) }),
  };
}

function refuseOtherHead(pull: PullRequest, input: Args): void {
  const expected = text(input, "expectedHeadOid");
  if (expected === "" || expected === pull.head.sha) return;
  throw refuse("UNPROCESSABLE", "Head branch was modified. Review and try the merge again.");
}

function unknownNode(id: string) {
  return refuse("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
}

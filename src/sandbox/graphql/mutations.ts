/** The mutations an App uses on pull requests: the ones REST has no address for. */
import { disableAutoMerge, enableAutoMerge } from "../actions/merge.ts";
import { convertToDraft, markReady } from "../actions/pulls.ts";
import { dismissReview } from "../actions/reviews.ts";
import { actorOf, appOf, canSee } from "../http/caller.ts";
import type { MergeMethod, PullRequest, Review } from "../state/issues.ts";
import { mergeability } from "../state/mergeability.ts";
import type { Args, GraphQLContext, GraphQLNode } from "./context.ts";
import { refuse, requirePermission, text } from "./context.ts";
import { actorNode } from "./nodes/actor.ts";
import { findPullOf } from "./nodes/find.ts";
import { reviewNode } from "./nodes/review.ts";

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
        if (mergeability(world, pull).state === "clean") {
          throw refuse("UNPROCESSABLE", "Pull request Pull request is in clean status");
        }
        const method = (text(input, "mergeMethod") || "MERGE").toLowerCase() as MergeMethod;
        enableAutoMerge(world, pull, method, actorOf(caller));
      }),
    disablePullRequestAutoMerge: (args: Args) =>
      changePull(context, "DisablePullRequestAutoMergePayload", args, (pull) => {
        disableAutoMerge(world, pull, actorOf(caller));
      }),
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
  };
}

function unknownNode(id: string) {
  return refuse("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
}

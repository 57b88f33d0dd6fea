/** Merge queues and what waits in them. */
import { repositoryPage } from "../../bodies/repository.ts";
import type { PullRequest } from "../../state/issues.ts";
import { nodeId } from "../../state/node-id.ts";
import type { MergeGroup, Repository } from "../../state/repository.ts";
import { iso } from "../../state/world.ts";
import { connection } from "../connection.ts";
import type { Args, GraphQLContext, GraphQLNode } from "../context.ts";
import { actorNode } from "./actor.ts";

export function mergeQueueNode(context: GraphQLContext, repository: Repository, branch: string): GraphQLNode | null {
  if (repository.protections.get(branch)?.hasMergeQueue !== true) return null;
  const page = `${repositoryPage(context.world, repository)}/queue/${branch}`;
  const groups = repository.mergeGroups.filter(({ baseRef }) => baseRef === `refs/heads/${branch}`);
  const entries = groups.flatMap((group) => group.pullNumbers.map((number) => ({ group, number })));
  return {
    __typename: "MergeQueue",
    id: nodeId("MergeQueue", `${repository.id}:${branch}`),
    url: page,
    resourcePath: new URL(page).pathname,
    entries: (args: Args) =>
      connection("MergeQueueEntryConnection", "entries", args, entries, ({ group, number }) => {
        const pull = repository.pulls.get(number);
        return pull === undefined ? null : queueEntryNode(context, pull, group);
      }),
  };
}

export function queueEntryNode(context: GraphQLContext, pull: PullRequest, group: MergeGroup): GraphQLNode {
  const commit = (sha: string) => context.nodes.commit(pull.repository, context.world.objects.commit(sha));
  return {
    __typename: "MergeQueueEntry",
    id: nodeId("MergeQueueEntry", `${pull.id}`),
    position: group.pullNumbers.indexOf(pull.number) + 1,
    state: "AWAITING_CHECKS",
    enqueuedAt: iso(group.createdAt),
    headCommit: () => commit(group.headSha),
    baseCommit: () => commit(group.baseSha),
    pullRequest: () => context.nodes.pull(pull),
    enqueuer: () => actorNode(context, pull.author),
    jump: false,
    solo: false,
    estimatedTimeToMerge: null,
    mergeQueue: () => mergeQueueNode(context, pull.repository, pull.base.ref),
  };
}

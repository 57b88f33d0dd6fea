/** Branches, tags and the other refs. */
import { nodeId } from "../../state/node-id.ts";
import type { Repository } from "../../state/repository.ts";
import type { GraphQLContext, GraphQLNode } from "../context.ts";

export function refNode(
  context: GraphQLContext,
  repository: Repository,
  qualifiedName: string,
  cut?: string,
): GraphQLNode | null {
  const sha = repository.refs.get(qualifiedName);
  if (sha === undefined) return null;
  const prefix = cut ?? (qualifiedName.startsWith("refs/heads/") ? "refs/heads/" : "refs/");
  return {
    __typename: "Ref",
    id: nodeId("Ref", `${repository.id}:${qualifiedName}`),
    name: qualifiedName.slice(prefix.length),
    prefix,
    target: () => context.nodes.commit(repository, context.world.objects.commit(sha)),
    repository: () => context.nodes.repository(repository),
  };
}

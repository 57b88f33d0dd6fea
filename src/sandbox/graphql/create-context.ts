/** Puts together what the resolvers of one request share. */
import type { GraphQLContext } from "./context.ts";
import { commitNode } from "./nodes/commit.ts";
import { pullNode } from "./nodes/pull.ts";
import { repositoryNode } from "./nodes/repository.ts";

export function createContext(request: Omit<GraphQLContext, "unserved" | "nodes">): GraphQLContext {
  const context: GraphQLContext = {
    ...request,
    unserved: new Set(),
    nodes: {
      commit: (repository, commit) => commitNode(context, repository, commit),
      pull: (pull) => pullNode(context, pull),
      repository: (repository) => repositoryNode(context, repository),
    },
  };
  return context;
}

/** The fields of Query and Mutation. */
import { actorOf, canSee } from "../http/caller.ts";
import { findAccount, findOrganisation, findRepository, iso } from "../state/world.ts";
import type { Args, GraphQLContext, GraphQLNode } from "./context.ts";
import { refuse, text } from "./context.ts";
import { mutationFields } from "./mutations.ts";
import { actorNode, organisationNode } from "./nodes/actor.ts";
import { findNode } from "./nodes/find.ts";

export function rootFields(context: GraphQLContext, kind: string): Record<string, unknown> {
  return kind === "mutation" ? mutationFields(context) : queryFields(context);
}

function queryFields(context: GraphQLContext): Record<string, unknown> {
  const { world } = context;
  return {
    repository: (args: Args) => readRepository(context, text(args, "owner"), text(args, "name")),
    organization: (args: Args) => {
      const login = text(args, "login");
      const organisation = findOrganisation(world, login);
      if (organisation === undefined) {
        throw refuse("NOT_FOUND", `Could not resolve to an Organization with the login of '${login}'.`);
      }
      return organisationNode(context, organisation);
    },
    user: (args: Args) => {
      const login = text(args, "login");
      const account = findAccount(world, login);
      if (account?.kind !== "User") {
        throw refuse("NOT_FOUND", `Could not resolve to a User with the login of '${login}'.`);
      }
      return actorNode(context, account);
    },
    node: (args: Args) => readNode(context, text(args, "id")),
    nodes: (args: Args) => (args.ids as string[]).map((id) => readNode(context, id)),
    viewer: () => viewerNode(context),
    rateLimit: () => rateLimitNode(context),
  };
}

function readRepository(context: GraphQLContext, owner: string, name: string): GraphQLNode {
  const repository = findRepository(context.world, owner, name);
  if (repository === undefined || !canSee(context.caller, repository)) {
    throw refuse("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
  }
  return context.nodes.repository(repository);
}

function readNode(context: GraphQLContext, id: string): GraphQLNode {
  const node = findNode(context, id);
  if (node === null) throw refuse("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
  return node;
}

function rateLimitNode(context: GraphQLContext): GraphQLNode {
  const { limit, used, resetsAt } = context.limits.read(context.caller, "graphql");
  return {
    __typename: "RateLimit",
    cost: context.cost.points,
    limit,
    nodeCount: context.cost.nodeCount,
    remaining: Math.max(0, limit - used - context.cost.points),
    resetAt: iso(new Date(resetsAt * 1_000)),
    used: used + context.cost.points,
  };
}

/** To an App the viewer is its bot, told as a user and by its whole login. */
function viewerNode(context: GraphQLContext): GraphQLNode {
  const account = actorOf(context.caller);
  return { name: account.name, email: "", ...actorNode(context, account), login: account.login, __typename: "User" };
}

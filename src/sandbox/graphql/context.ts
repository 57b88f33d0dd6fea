/** What resolvers know of the request, and how they refuse. */
import { GraphQLError } from "graphql";
import type { Commit } from "../git/objects.ts";
import type { Caller } from "../http/caller.ts";
import type { RateLimits } from "../http/rate-limit.ts";
import type { PullRequest } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import type { QueryCost } from "./cost.ts";

export interface GraphQLContext {
  world: World;
  caller: Caller;
  limits: RateLimits;
  cost: QueryCost;
  /** `Type.field` of every field asked for that the sandbox has no answer to. */
  unserved: Set<string>;
  nodes: SharedNodes;
}

/** The nodes that almost every other leads back to; reached through the context, so that no two files of `nodes/` need each other. */
export interface SharedNodes {
  commit(repository: Repository, commit: Commit): GraphQLNode;
  pull(pull: PullRequest): GraphQLNode;
  repository(repository: Repository): GraphQLNode;
}

/** An object of the schema: its type's name, and each field as a value or a function of its arguments. */
export interface GraphQLNode {
  __typename: string;
  [field: string]: unknown;
}

export type Args = Readonly<Record<string, unknown>>;

export function refuse(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** @throws {GraphQLError} FORBIDDEN where the App's token lacks the permission, as `pull_requests:read` */
export function requirePermission(context: GraphQLContext, need: string): void {
  if (context.caller.kind !== "installation") return;
  const [name = "", access] = need.split(":");
  const granted = context.caller.token.permissions[name];
  if (granted === "write" || granted === access) return;
  throw refuse("FORBIDDEN", "Resource not accessible by integration");
}

export function text(args: Args, name: string): string {
  const value = args[name];
  return typeof value === "string" ? value : "";
}

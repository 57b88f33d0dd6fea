/** Runs a GraphQL request against the official schema and shapes the answer as GitHub does. */
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  getOperationAST,
  parse,
  validate,
} from "graphql";
import { Refusal } from "../actions/refusal.ts";
import type { Caller } from "../http/caller.ts";
import type { RateLimits } from "../http/rate-limit.ts";
import type { World } from "../state/world.ts";
import type { GraphQLContext } from "./context.ts";
import { assessCost, NODES_MAX } from "./cost.ts";
import { createContext } from "./create-context.ts";
import { rootFields } from "./root.ts";
import { githubSchema } from "./schema.ts";

export interface GraphQLRequest {
  query: string;
  variables: Record<string, unknown>;
  operationName: string | null;
}

export interface GraphQLAnswer {
  body: unknown;
  points: number;
  /** What a client asked that the schema does not allow, or that the sandbox cannot answer. */
  problems: string[];
}

/** Clients send the same few queries over and over. */
const known = new Map<string, DocumentNode | readonly GraphQLError[]>();

export function executeGraphQL(
  world: World,
  caller: Caller,
  limits: RateLimits,
  request: GraphQLRequest,
): GraphQLAnswer {
  const document = readDocument(request.query);
  if (!("kind" in document)) return refused(document);
  const operation = getOperationAST(document, request.operationName);
  if (!operation) return refused([new GraphQLError("An operation name is required")]);
  const cost = assessCost(document, operation, request.variables);
  if (cost.nodeCount > NODES_MAX) {
    const message = `This query requests up to ${cost.nodeCount} possible nodes which exceeds the maximum limit of ${NODES_MAX}.`;
    return refused([new GraphQLError(message, { extensions: { type: "MAX_NODE_LIMIT_EXCEEDED" } })]);
  }
  const context = createContext({ world, caller, limits, cost });
  const result = execute({
    schema: githubSchema(),
    document,
    rootValue: rootFields(context, operation.operation),
    contextValue: context,
    variableValues: request.variables,
    operationName: request.operationName,
    fieldResolver: resolveField,
  });
  if (result instanceof Promise) throw new Error("resolvers answer at once: the world is in memory");
  const problems = [...context.unserved].map((field) => `the sandbox does not serve ${field}`);
  for (const error of result.errors ?? []) {
    if (error.path === undefined) problems.push(error.message); // variables that do not fit their types
  }
  return { body: shape(result), points: cost.points, problems };
}

/** Name of the operation a request runs, for logs and faults; null where it has none or cannot be read. */
export function operationName(request: GraphQLRequest): string | null {
  const document = readDocument(request.query);
  if (!("kind" in document)) return null;
  return getOperationAST(document, request.operationName)?.name?.value ?? null;
}

function readDocument(query: string): DocumentNode | readonly GraphQLError[] {
  const found = known.get(query);
  if (found !== undefined) return found;
  let document: DocumentNode | readonly GraphQLError[];
  try {
    document = parse(query);
    const errors = validate(githubSchema(), document);
    if (errors.length > 0) document = errors;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    document = [error];
  }
  known.set(query, document);
  return document;
}

/** Missing fields fail loudly: a null would read as GitHub's own answer. */
const resolveField: GraphQLFieldResolver<unknown, GraphQLContext> = (source, args, context, info) => {
  const fields = source as Record<string, unknown>;
  if (!(info.fieldName in fields)) {
    const field = `${info.parentType.name}.${info.fieldName}`;
    context.unserved.add(field);
    throw new GraphQLError(`the sandbox does not serve ${field}`);
  }
  const value = fields[info.fieldName];
  if (typeof value !== "function") return value;
  try {
    return value(args, context, info);
  } catch (error) {
    if (error instanceof Refusal) throw new GraphQLError(error.message, { extensions: { type: "UNPROCESSABLE" } });
    throw error;
  }
};

function refused(errors: readonly GraphQLError[]): GraphQLAnswer {
  return { body: { errors: errors.map(shapeError) }, points: 1, problems: errors.map(({ message }) => message) };
}

function shape(result: ExecutionResult): unknown {
  if (result.errors === undefined) return { data: result.data };
  return { data: result.data ?? null, errors: result.errors.map(shapeError) };
}

/** GitHub puts the kind of error beside the message. */
function shapeError(error: GraphQLError) {
  const { type, ...extensions } = error.extensions;
  return {
    ...(type === undefined ? {} : { type }),
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(Object.keys(extensions).length === 0 ? {} : { extensions }),
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    message: error.message,
  };
}

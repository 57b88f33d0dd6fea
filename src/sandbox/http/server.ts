/** The HTTP face: every request goes through faults, token, allowance, permission, handler, validators, in that order. */
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import { notFound, Refusal } from "../actions/refusal.ts";
import type { Fault, Faults } from "../control/faults.ts";
import type { RequestLog } from "../control/request-log.ts";
import { executeGraphQL, type GraphQLRequest, operationName } from "../graphql/execute.ts";
import type { Contract } from "../openapi/contract.ts";
import type { Answer, Route } from "../rest/request.ts";
import { honoPaths, routes } from "../rest/routes.ts";
import type { World } from "../state/world.ts";
import { findRepository } from "../state/world.ts";
import { payloadOf, refusalAnswer, tooMuchContent, withEtag } from "./answers.ts";
import { actorOf, authorise, type Caller, canSee, identify } from "./caller.ts";
import { type ContentLimits, isContent } from "./content-limit.ts";
import type { RateLimits, Resource } from "./rate-limit.ts";

export interface GitHubParts {
  world: World;
  limits: RateLimits;
  /** Null where nobody asked for it. */
  contentLimits: ContentLimits | null;
  faults: Faults;
  log: RequestLog;
  /** Null where nobody asked for it: it costs some time on each request. */
  contract: Contract | null;
  violations: string[];
  redeliver: (deliveryId: number) => void;
  /** Called after each answer. */
  onAnswered: () => void;
}

interface Bindings {
  Bindings: HttpBindings;
}

interface Incoming {
  method: string;
  url: URL;
  /** As text; empty for none. */
  raw: string;
  body: unknown;
  isMalformed: boolean;
  graphql: GraphQLRequest | null;
  headers: Headers;
  params: Record<string, string>;
}

export function createGitHub(parts: GitHubParts): Hono<Bindings> {
  const app = new Hono<Bindings>();
  for (const route of routes) {
    const [method = "", template = ""] = route.operation.split(" ");
    app.on(method, honoPaths(template), (context) => serve(parts, context, route));
  }
  app.post("/graphql", (context) => serve(parts, context, "graphql"));
  app.notFound((context) => serve(parts, context, null));
  return app;
}

async function serve(
  parts: GitHubParts,
  context: Context<Bindings>,
  route: Route | "graphql" | null,
): Promise<Response> {
  const incoming = await receive(parts.world, context, route === "graphql");
  const graphql = incoming.graphql === null ? null : operationName(incoming.graphql);
  const fault = parts.faults.take({ method: incoming.method, path: incoming.url.pathname, graphql });
  if (parts.faults.latencyMs > 0) await sleep(parts.faults.latencyMs / 2);
  const answer = await answerWith(parts, incoming, route, fault);
  if (parts.faults.latencyMs > 0) await sleep(parts.faults.latencyMs / 2);
  const payload = payloadOf(answer);
  parts.log.add({
    method: incoming.method,
    path: incoming.url.pathname + incoming.url.search,
    route: route === "graphql" ? "POST /graphql" : (route?.operation ?? null),
    graphql,
    by: loginOf(parts.world, incoming),
    isContent: route !== null && route !== "graphql" && isContent(route.operation),
    status: answer.status,
    receivedBytes: incoming.raw.length,
    sentBytes: payload?.length ?? 0,
    at: parts.world.now(),
  });
  parts.onAnswered();
  return send(context, answer, payload, fault);
}

async function answerWith(
  parts: GitHubParts,
  incoming: Incoming,
  route: Route | "graphql" | null,
  fault: Fault | null,
): Promise<Answer> {
  if (fault?.kind === "answer") {
    return { status: fault.status, body: fault.body ?? { message: "Server Error" }, headers: fault.headers ?? {} };
  }
  if (fault?.kind === "hang" || fault?.kind === "reset") return { status: 0 };
  const resource: Resource = route === "graphql" ? "graphql" : "core";
  let caller: Caller = { kind: "nobody" };
  let answer: Answer;
  try {
    caller = identify(parts.world, incoming.headers.get("authorization"));
    if (incoming.isMalformed) throw new Refusal(400, "Problems parsing JSON");
    answer = route === "graphql" ? answerGraphQL(parts, caller, incoming) : answerRest(parts, caller, incoming, route);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    answer = refusalAnswer(error);
  }
  parts.faults.settleStaleReads();
  return {
    ...answer,
    headers: {
      ...parts.limits.headers(caller, resource),
      "x-github-media-type": "github.v3; format=json",
      ...answer.headers,
    },
  };
}

function answerRest(parts: GitHubParts, caller: Caller, incoming: Incoming, route: Route | null): Answer {
  if (!parts.limits.spend(caller, "core", 1)) throw new Refusal(403, "API rate limit exceeded");
  if (route === null) throw notFound();
  const { owner, repo } = incoming.params;
  const repository = owner === undefined || repo === undefined ? undefined : findRepository(parts.world, owner, repo);
  if (repository !== undefined && !canSee(caller, repository) && caller.kind !== "app") throw notFound();
  authorise(caller, route.needs, repository ?? null, route.userNeeds);
  let answer: Answer;
  try {
    const waitS = isContent(route.operation) ? (parts.contentLimits?.take(actorOf(caller).login) ?? null) : null;
    if (waitS !== null) return tooMuchContent(waitS);
    answer = route.handle({
      world: parts.world,
      caller,
      limits: parts.limits,
      params: incoming.params,
      query: incoming.url.searchParams,
      body: incoming.body,
      accept: incoming.headers.get("accept") ?? "",
      url: new URL(incoming.url.pathname + incoming.url.search, parts.world.apiUrl),
      redeliver: parts.redeliver,
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    answer = refusalAnswer(error);
  }
  validate(parts, route, incoming, answer);
  return incoming.method === "GET" ? withEtag(incoming.headers.get("if-none-match"), answer) : answer;
}

function answerGraphQL(parts: GitHubParts, caller: Caller, incoming: Incoming): Answer {
  if (caller.kind === "nobody") throw new Refusal(401, "This endpoint requires you to be authenticated.");
  if (caller.kind === "app") throw new Refusal(401, "Bad credentials");
  if (incoming.graphql === null) throw new Refusal(400, "A query attribute must be specified and must be a string.");
  const answer = executeGraphQL(parts.world, caller, parts.limits, incoming.graphql);
  if (!parts.limits.spend(caller, "graphql", answer.points)) {
    const message = "API rate limit exceeded for installation.";
    return { status: 200, body: { errors: [{ type: "RATE_LIMITED", message }] } };
  }
  for (const problem of answer.problems) parts.violations.push(`GraphQL: ${problem}`);
  return { status: 200, body: answer.body };
}

/** In whose name a request came, for the log. */
function loginOf(world: World, { headers }: Incoming): string | null {
  const token = (headers.get("authorization") ?? "").replace(/^(bearer|token)\s+/i, "");
  const app = world.installationTokens.get(token)?.installation.app;
  return app?.bot.login ?? world.userTokens.get(token)?.login ?? null;
}

function validate(parts: GitHubParts, route: Route, incoming: Incoming, answer: Answer): void {
  if (parts.contract === null) return;
  const problems = parts.contract.checkExchange({
    operation: route.operation,
    query: incoming.url.searchParams,
    requestBody: incoming.raw === "" ? undefined : incoming.body,
    status: answer.status,
    // Through JSON, since that is what the client sees: undefined fields are gone.
    responseBody:
      answer.type === undefined && answer.body !== undefined ? JSON.parse(JSON.stringify(answer.body)) : undefined,
  });
  parts.violations.push(...problems);
}

async function receive(world: World, context: Context<Bindings>, isGraphQL: boolean): Promise<Incoming> {
  const raw = await context.req.text();
  let body: unknown;
  let isMalformed = false;
  try {
    body = raw === "" ? undefined : JSON.parse(raw);
  } catch {
    isMalformed = true; // answered with 400, once the token is known to be good
  }
  return {
    method: context.req.method,
    url: new URL(context.req.url),
    raw,
    body,
    isMalformed,
    graphql: isGraphQL ? readGraphQL(body) : null,
    headers: context.req.raw.headers,
    params: nameRepository(world, context.req.param()),
  };
}

/** GitHub's redirects lead to `/repositories/{id}/…`, which is the repository under its number. */
function nameRepository(world: World, params: Record<string, string>): Record<string, string> {
  const repository = world.repositories.get(Number(params.repository_id));
  return repository === undefined ? params : { ...params, owner: repository.owner.login, repo: repository.name };
}

function readGraphQL(body: unknown): GraphQLRequest | null {
  const { query, variables, operationName: name } = (body ?? {}) as Record<string, unknown>;
  if (typeof query !== "string") return null;
  return {
    query,
    variables: typeof variables === "object" && variables !== null ? (variables as Record<string, unknown>) : {},
    operationName: typeof name === "string" ? name : null,
  };
}

function send(context: Context<Bindings>, answer: Answer, payload: Buffer | null, fault: Fault | null): Response {
  const { outgoing } = context.env;
  switch (fault?.kind) {
    case "hang":
      return RESPONSE_ALREADY_SENT;
    case "reset":
    case "lose_answer":
      outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
    case "truncate":
      return truncate(outgoing as ServerResponse, answer, payload);
    default: {
      const headers = {
        "x-github-request-id": randomUUID(),
        ...(payload === null ? {} : { "content-type": answer.type ?? "application/json; charset=utf-8" }),
        ...answer.headers,
      };
      return new Response(payload === null ? null : new Uint8Array(payload), { status: answer.status, headers });
    }
  }
}

function truncate(outgoing: ServerResponse, answer: Answer, payload: Buffer | null): Response {
  const whole = payload ?? Buffer.alloc(2);
  outgoing.writeHead(answer.status, { "content-type": "application/json", "content-length": String(whole.length) });
  outgoing.write(whole.subarray(0, Math.floor(whole.length / 2)), () => outgoing.destroy());
  return RESPONSE_ALREADY_SENT;
}

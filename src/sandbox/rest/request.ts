/** What a REST handler is given and gives back, and the look-ups most of them begin with. */
import type { ZodType } from "zod";
import { Moved, notFound, Refusal } from "../actions/refusal.ts";
import type { Caller } from "../http/caller.ts";
import { actorOf, appOf, canSee } from "../http/caller.ts";
import type { RateLimits } from "../http/rate-limit.ts";
import type { Operation } from "../openapi/operations.ts";
import type { Account, Organisation, Permission, Team } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { Issue, PullRequest } from "../state/issues.ts";
import { isPull } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { findAccount, findOrganisation, findRepository } from "../state/world.ts";

export interface RestRequest {
  world: World;
  caller: Caller;
  limits: RateLimits;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: unknown;
  accept: string;
  /** Address as asked, for `Link` headers. */
  url: URL;
  redeliver: (deliveryId: number) => void;
}

export interface Answer {
  status: number;
  /** JSON, or text where `type` says so; undefined for no body. */
  body?: unknown;
  type?: string;
  headers?: Record<string, string>;
}

export interface Route {
  operation: Operation;
  /** Any one of these App permissions; none for what every token may ask. */
  needs: readonly string[];
  /** What a person must have in the repository to write. */
  userNeeds: Permission;
  handle: (request: RestRequest) => Answer;
}

/** @param needs alternatives, comma-separated: `issues:write,pull_requests:write` */
export function route(
  operation: Operation,
  needs: string,
  handle: (request: RestRequest) => Answer,
  userNeeds: Permission = "read",
): Route {
  return { operation, needs: needs === "" ? [] : needs.split(","), userNeeds, handle };
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

export function noContent(): Answer {
  return { status: 204 };
}

/** @throws {Refusal} 422 naming the first field that does not fit */
export function readBody<Value>(request: RestRequest, schema: ZodType<Value>): Value {
  const read = schema.safeParse(request.body ?? {});
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.map((step) => `/properties/${String(step)}`).join("") ?? "";
  throw new Refusal(422, `Invalid request.\n\nFor '${where.slice(1)}', ${issue?.message ?? "the value is not valid"}.`);
}

export function actor(request: RestRequest): Account {
  return actorOf(request.caller);
}

export function viaApp(request: RestRequest): App | null {
  return appOf(request.caller);
}

export function repositoryIn(request: RestRequest): Repository {
  const repository = findRepository(request.world, param(request, "owner"), param(request, "repo"));
  if (repository === undefined || !canSee(request.caller, repository)) throw notFound();
  return repository;
}

export function pullIn(request: RestRequest): PullRequest {
  const pull = repositoryIn(request).pulls.get(Number(param(request, "pull_number")));
  if (pull === undefined) throw notFound();
  return pull;
}

/** @throws {Refusal} 410 for what was deleted, and for every plain issue where issues are switched off */
export function issueIn(request: RestRequest): Issue {
  const repository = repositoryIn(request);
  const number = Number(param(request, "issue_number"));
  const issue = repository.issues.get(number);
  const isGone = repository.departed.get(number)?.kind === "deleted";
  if (issue === undefined) throw isGone ? new Refusal(410, "This issue was deleted") : notFound();
  if (!isPull(issue) && !repository.hasIssues) throw new Refusal(410, "Issues are disabled for this repo");
  return issue;
}

/** @throws {Moved} 301 to where the issue was transferred, for the operations that GitHub documents so; 404 where the caller cannot see it */
export function movableIssueIn(request: RestRequest): Issue {
  const { world, caller, url } = request;
  const repository = repositoryIn(request);
  let left = repository.departed.get(Number(param(request, "issue_number")));
  if (left?.kind !== "transferred") return issueIn(request);
  let issue = left.to;
  for (; left?.kind === "transferred"; left = issue.repository.departed.get(issue.number)) issue = left.to;
  if (!canSee(caller, issue.repository)) throw notFound();
  const rest = url.pathname.replace(/^.*?\/issues\/\d+/, "");
  throw new Moved(`${world.apiUrl}/repositories/${issue.repository.id}/issues/${issue.number}${rest}`);
}

export function organisationIn(request: RestRequest): Organisation {
  const organisation = findOrganisation(request.world, param(request, "org"));
  if (organisation === undefined) throw notFound();
  return organisation;
}

/** Secret teams and foreign organisations do not exist for an App without `members`. */
export function teamIn(request: RestRequest): Team {
  const slug = param(request, "team_slug").toLowerCase();
  const team = organisationIn(request).teams.find((other) => other.slug === slug);
  if (team === undefined) throw notFound();
  return team;
}

export function accountIn(request: RestRequest, name = "username"): Account {
  const account = findAccount(request.world, param(request, name));
  if (account === undefined) throw notFound();
  return account;
}

export function param(request: RestRequest, name: string): string {
  return request.params[name] ?? "";
}

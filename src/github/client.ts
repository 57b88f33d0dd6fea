/** One request to GitHub: signed, in its turn, timed, retried where that is safe, and either a whole answer or a {@link GithubError}. */

import { Octokit, type RestEndpointMethodTypes } from "@octokit/rest";
import { errorOfAnswer, GithubError, type Headers, isGithubError, numberOrNull } from "./errors.ts";
import { type GraphqlAnswer, type GraphqlProblem, readGraphqlAnswer } from "./graphql-answer.ts";
import { Limits, type Payer, type Priority, type Toll } from "./limits.ts";
import { retryUnavailable, type Waiting } from "./retry.ts";
import { type GithubSettings, type GithubSurroundings, graphqlUrlOf } from "./settings.ts";
import { type Signer, signWith, Tokens } from "./tokens.ts";

export type { RestEndpointMethodTypes };

/** How a request is to be made. */
export interface Call {
  /** Whose token: an installation's, or `null` for the App's own. */
  installationId: Payer;
  priority?: Priority;
  /** Safe to send twice, so sent again while GitHub is unavailable. Reads are; say `false` where a second one would add something. */
  isIdempotent?: boolean;
  /** See {@link Toll.isContent}. */
  isContent?: boolean;
}

export interface RestAnswer<T> {
  status: number;
  headers: Headers;
  data: T;
}

export interface GraphqlOperation {
  /** Name of the operation in the document, for logs and metrics. */
  name: string;
  document: string;
  variables: Record<string, unknown>;
  /** Problems that leave the rest of the answer good, such as a team that may not be read. All others are errors. */
  tolerates?: (problem: GraphqlProblem) => boolean;
}

const timeoutMsDefault = 30_000;
const apiVersion = "2022-11-28";

export class GithubClient {
  readonly #settings: GithubSettings;
  readonly #surroundings: GithubSurroundings;
  readonly #octokit: Octokit;
  readonly #graphqlUrl: string;
  readonly #limits: Limits;
  readonly #signer: Signer;

  constructor(settings: GithubSettings, surroundings: GithubSurroundings) {
    this.#settings = settings;
    this.#surroundings = surroundings;
    this.#graphqlUrl = settings.graphqlUrl ?? graphqlUrlOf(settings.apiUrl);
    this.#octokit = new Octokit({ baseUrl: settings.apiUrl.replace(/\/+$/, ""), userAgent: "holdpoint", log: silent });
    const now = () => surroundings.clock.now();
    this.#limits = new Limits(now);
    this.#signer =
      "token" in settings
        ? signWith(settings.token)
        : new Tokens(settings, now, (installationId) => this.#createToken(installationId));
  }

  /** `null` where no App asks: nothing on GitHub is its own then. */
  get appId(): number | null {
    return "appId" in this.#settings ? this.#settings.appId : null;
  }

  now(): Date {
    return this.#surroundings.clock.now();
  }

  sleep(ms: number): Promise<void> {
    return this.#surroundings.sleep(ms);
  }

  /**
   * Sends a REST request.
   *
   * @param route method and path template, e.g. `GET /repos/{owner}/{repo}`
   * @throws {GithubError} for every answer that is not 2xx or 304, and for one that is cut or unreadable
   */
  async rest<T>(route: string, parameters: Record<string, unknown>, call: Call): Promise<RestAnswer<T>> {
    const toll = tollOf(call, "core", route);
    const send = () => this.#sendSigned(route, parameters, toll);
    const answer = await (call.isIdempotent === false ? send() : retryUnavailable(send, this.waiting));
    return answer as RestAnswer<T>;
  }

  /**
   * Sends a GraphQL query, or a mutation: then `isIdempotent: false` where a second one would do harm.
   *
   * @throws {GithubError} also for problems inside a 200 that the operation does not tolerate
   */
  async graphql<T>(operation: GraphqlOperation, call: Call): Promise<GraphqlAnswer<T>> {
    const toll = tollOf(call, "graphql", `POST /graphql ${operation.name}`);
    const { document: query, name: operationName, variables } = operation;
    const send = async () => {
      const answer = await this.#sendSigned(`POST ${this.#graphqlUrl}`, { query, operationName, variables }, toll);
      try {
        return readGraphqlAnswer<T>(answer, toll.route, operation.tolerates ?? (() => false), this.now());
      } catch (error) {
        if (isGithubError(error, "rate_limited") && error.retryAt) this.#limits.noteSpent(toll, error.retryAt);
        throw error;
      }
    };
    return call.isIdempotent === false ? send() : retryUnavailable(send, this.waiting);
  }

  /** How to wait between attempts. */
  get waiting(): Waiting {
    const { sleep, random } = this.#surroundings;
    return { sleep, random: random ?? Math.random };
  }

  async #sendSigned(url: string, parameters: Record<string, unknown>, toll: Toll): Promise<RestAnswer<unknown>> {
    const authorization = await this.#authorization(toll.payer);
    try {
      return await this.#send(url, parameters, toll, authorization);
    } catch (error) {
      const isRefusedToken = error instanceof GithubError && error.status === 401 && toll.payer !== null;
      if (!isRefusedToken || toll.payer === null) throw error;
      if (!(await this.#signer.forget(toll.payer, authorization))) throw error;
      return this.#send(url, parameters, toll, await this.#authorization(toll.payer));
    }
  }

  #authorization(payer: Payer): Promise<string> {
    return payer === null ? this.#signer.asApp() : this.#signer.asInstallation(payer);
  }

  async #createToken(installationId: number) {
    const route = "POST /app/installations/{installation_id}/access_tokens";
    const { data } = await this.rest<{ token?: unknown; expires_at?: unknown }>(
      route,
      { installation_id: installationId },
      { installationId: null },
    );
    if (typeof data.token !== "string" || typeof data.expires_at !== "string") throw cutAnswer(route, 201, null);
    return { token: data.token, expiresAt: new Date(data.expires_at) };
  }

  #send(url: string, parameters: Record<string, unknown>, toll: Toll, authorization: string) {
    return this.#limits.run(toll, async () => {
      const startedAt = performance.now();
      const answer = await this.#request(url, parameters, toll.route, authorization);
      const ms = performance.now() - startedAt;
      this.#record(toll, answer, ms);
      if (answer instanceof GithubError) throw answer;
      this.#limits.note(toll, answer.headers);
      if (answer.status < 400) {
        this.#limits.noteServed(toll);
        return answer;
      }
      throw this.#refusal(toll, answer);
    });
  }

  #refusal(toll: Toll, answer: RestAnswer<unknown>): GithubError {
    const hits = this.#limits.secondaryHits(toll.payer);
    const error = errorOfAnswer({ ...answer, route: toll.route }, this.now(), hits);
    if (error.kind === "rate_limited" && error.retryAt) {
      const isSpent = numberOrNull(answer.headers["x-ratelimit-remaining"]) === 0;
      if (isSpent) this.#limits.noteSpent(toll, error.retryAt);
      else this.#limits.noteSecondary(toll, error.retryAt);
    }
    return error;
  }

  /** @returns any HTTP answer that arrived whole, or the error that stands for none */
  async #request(
    url: string,
    parameters: Record<string, unknown>,
    route: string,
    authorization: string,
  ): Promise<RestAnswer<unknown> | GithubError> {
    const { headers, ...rest } = parameters;
    try {
      const answer = await this.#octokit.request(url, {
        ...rest,
        headers: { "x-github-api-version": apiVersion, ...(headers as Record<string, string>), authorization },
        request: {
          signal: AbortSignal.timeout(this.#settings.timeoutMs ?? timeoutMsDefault),
          parseSuccessResponseBody: false, // Octokit looks for big integers in every value, at half a millisecond a query
        },
      });
      const data = bodyOf(answer.headers, await new Response(answer.data).text());
      if (data === undefined && !isEmpty(answer.status)) return cutAnswer(route, answer.status, answer.headers);
      return { status: answer.status, headers: { ...answer.headers }, data };
    } catch (error) {
      const answer = (error as { response?: RestAnswer<unknown> }).response;
      if (answer) return { status: answer.status, headers: answer.headers, data: answer.data };
      const { message, cause } = error as Error;
      return new GithubError({ kind: "unavailable", route, message: `no answer: ${message}`, cause });
    }
  }

  #record(toll: Toll, answer: RestAnswer<unknown> | GithubError, ms: number): void {
    const { route, payer: installationId } = toll;
    const { status } = answer;
    this.#settings.onRequest?.({ route, status, ms, installationId });
    const requestId = answer instanceof GithubError ? answer.requestId : answer.headers["x-github-request-id"];
    this.#surroundings.log.debug({ route, status, ms: Math.round(ms), installationId, requestId }, "GitHub answered");
  }
}

function tollOf(call: Call, resource: Toll["resource"], route: string): Toll {
  return {
    payer: call.installationId,
    resource,
    priority: call.priority ?? "normal",
    isContent: call.isContent ?? false,
    route,
  };
}

function isEmpty(status: number): boolean {
  return status === 204 || status === 205;
}

/** @returns `undefined` for what is no whole answer: JSON that was cut, or a proxy's page with status 200 */
function bodyOf(headers: Headers, text: string): unknown {
  const type = String(headers["content-type"] ?? "");
  if (type.includes("github.raw")) return text;
  if (!type.includes("json")) return undefined;
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" && data !== null ? data : undefined;
  } catch {
    return undefined;
  }
}

function cutAnswer(route: string, status: number, headers: Headers | null): GithubError {
  const requestId = headers?.["x-github-request-id"];
  return new GithubError({
    kind: "unavailable",
    route,
    message: "the answer was cut or is not JSON",
    status,
    requestId: typeof requestId === "string" ? requestId : null,
  });
}

/** Octokit's own log lines carry addresses and request options; ours say what is needed. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

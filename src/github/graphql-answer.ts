/** A GraphQL answer: status 200 also where something, or all of it, went wrong. */

import { GithubError, type GithubErrorKind, type Headers, resetOf } from "./errors.ts";

/** One entry of `errors`. */
export interface GraphqlProblem {
  /** `NOT_FOUND`, `FORBIDDEN`, `RATE_LIMITED`, …; `null` where GitHub gives none, as for its own failures. */
  type: string | null;
  path: (string | number)[];
  message: string;
}

export interface GraphqlAnswer<T> {
  data: T;
  /** Those that the operation tolerates. */
  problems: GraphqlProblem[];
}

/**
 * Takes the data out of an answer, or says why it cannot be trusted.
 *
 * @throws {GithubError} when there is no data, or a problem that `tolerates` does not know: half an answer is none
 */
export function readGraphqlAnswer<T>(
  answer: { status: number; headers: Headers; data: unknown },
  route: string,
  tolerates: (problem: GraphqlProblem) => boolean,
  now: Date,
): GraphqlAnswer<T> {
  const { data, errors } = answer.data as { data?: unknown; errors?: unknown };
  const problems = Array.isArray(errors) ? errors.map(problemOf) : [];
  const fault = problems.find((problem) => !tolerates(problem));
  if (fault === undefined && typeof data === "object" && data !== null) return { data: data as T, problems };

  const requestId = answer.headers["x-github-request-id"];
  const kind = fault ? kindOf(fault, data) : "unavailable";
  throw new GithubError({
    kind,
    route,
    message: fault ? fault.message.slice(0, 300) : "an answer without data",
    said: fault?.message.slice(0, 300) ?? null,
    status: answer.status,
    requestId: typeof requestId === "string" ? requestId : null,
    retryAt: kind === "rate_limited" ? resetOf(answer.headers, now) : null,
  });
}

function problemOf(error: unknown): GraphqlProblem {
  const { type, path, message } = (typeof error === "object" && error !== null ? error : {}) as Record<string, unknown>;
  return {
    type: typeof type === "string" ? type : null,
    path: Array.isArray(path) ? path : [],
    message: typeof message === "string" ? message : "an error without a message",
  };
}

/** Without any data and without a type, the query itself was refused; with some data, GitHub gave up halfway. */
function kindOf(problem: GraphqlProblem, data: unknown): GithubErrorKind {
  switch (problem.type) {
    case "NOT_FOUND":
      return "not_found";
    case "FORBIDDEN":
    case "INSUFFICIENT_SCOPES":
      return "forbidden";
    case "UNPROCESSABLE": // a mutation that GitHub understood and does not make
    case "STALE_DATA":
      return "invalid";
    case "RATE_LIMITED":
    case "RATE_LIMIT":
      return "rate_limited";
    default:
      return data === undefined && problem.type !== null ? "invalid" : "unavailable";
  }
}

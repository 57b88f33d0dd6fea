/** The one error of the GitHub side: what was asked, what went wrong, and when it is worth asking again. */

export type GithubErrorKind =
  /** A primary or secondary limit, GitHub's or the share we keep back; `retryAt` says until when. */
  | "rate_limited"
  /** GitHub or the way there failed: 5xx, timeout, cut or unreadable answer. */
  | "unavailable"
  | "not_found"
  | "forbidden"
  /** GitHub understood and refused: 422 and its like. Asking again changes nothing. */
  | "invalid";

interface GithubErrorDetails {
  kind: GithubErrorKind;
  route: string;
  message: string;
  /** GitHub's own words alone, where it gave any. */
  said?: string | null;
  status?: number;
  requestId?: string | null;
  retryAt?: Date | null;
  cause?: unknown;
}

export class GithubError extends Error {
  override readonly name = "GithubError";
  readonly kind: GithubErrorKind;
  readonly route: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly requestId: string | null;
  /** GitHub's own words, for people; `null` where it gave none. */
  readonly said: string | null;
  readonly retryAt: Date | null;

  constructor(details: GithubErrorDetails) {
    super(`${details.route}: ${details.message}`, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = details.kind;
    this.route = details.route;
    this.status = details.status ?? 0;
    this.requestId = details.requestId ?? null;
    this.said = details.said ?? null;
    this.retryAt = details.retryAt ?? null;
  }
}

/** Holds when `error` is a {@link GithubError} of this kind. */
export function isGithubError(error: unknown, kind: GithubErrorKind): error is GithubError {
  return error instanceof GithubError && error.kind === kind;
}

export type Headers = Record<string, string | number | undefined>;

/** An HTTP answer in which GitHub said no. */
export interface FailedAnswer {
  route: string;
  status: number;
  headers: Headers;
  data: unknown;
}

/** GitHub asks for at least a minute where a secondary limit names no time. */
const secondaryWaitMs = 60_000;
const messageCharactersMax = 300;

/**
 * Names what a failed answer means.
 *
 * @param secondaryHits how many secondary limits in a row this installation has met: the wait doubles with each
 * @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function errorOfAnswer(answer: FailedAnswer, now: Date, secondaryHits = 0): GithubError {
  const said = messageOf(answer.data);
  const message = said ?? `status ${answer.status}`;
  const retryAt = limitedUntil(answer, message, now, secondaryHits);
  return new GithubError({
    kind: retryAt === null ? kindOfStatus(answer.status) : "rate_limited",
    route: answer.route,
    message: `${answer.status} ${message}`,
    said,
    status: answer.status,
    requestId: stringOrNull(answer.headers["x-github-request-id"]),
    retryAt,
  });
}

function kindOfStatus(status: number): GithubErrorKind {
  if (status === 404 || status === 410) return "not_found";
  if (status === 401 || status === 403 || status === 451) return "forbidden";
  if (status >= 400 && status < 500 && status !== 408) return "invalid";
  return "unavailable";
}

function limitedUntil(
  { status, headers }: FailedAnswer,
  message: string,
  now: Date,
  secondaryHits: number,
): Date | null {
  if (status !== 403 && status !== 429) return null;
  const retryAfterSeconds = numberOrNull(headers["retry-after"]);
  if (retryAfterSeconds !== null) return after(now, retryAfterSeconds * 1000);
  if (numberOrNull(headers["x-ratelimit-remaining"]) === 0) return resetOf(headers, now);
  if (status === 429 || /secondary rate|abuse/i.test(message))
    return after(now, secondaryWaitMs * 2 ** Math.min(secondaryHits, 4));
  return null;
}

/** When the budget is whole again; a minute from now where the header is missing or already past. */
export function resetOf(headers: Headers, now: Date): Date {
  const seconds = numberOrNull(headers["x-ratelimit-reset"]);
  const reset = seconds === null ? now.getTime() : seconds * 1000;
  return reset > now.getTime() ? new Date(reset) : after(now, secondaryWaitMs);
}

export function numberOrNull(value: unknown): number | null {
  if (value === undefined || value === null || value === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function messageOf(data: unknown): string | null {
  if (typeof data !== "object" || data === null) return null;
  const { message, errors } = data as { message?: unknown; errors?: unknown };
  if (typeof message !== "string") return null;
  const details = Array.isArray(errors) ? `: ${JSON.stringify(errors)}` : "";
  return `${message}${details}`.slice(0, messageCharactersMax);
}

function stringOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}

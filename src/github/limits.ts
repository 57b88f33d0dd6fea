/**
 * GitHub's published limits, kept by us, and a share of the budget kept back for lowering checks.
 *
 * @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 * @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */

import { GithubError, type Headers, numberOrNull, resetOf } from "./errors.ts";

/** `downgrade`: lowers a check, and may use the last fifth of the budget; a gate must be able to shut when it can do nothing else. */
export type Priority = "normal" | "downgrade";

/** Who pays for a request: an installation, or `null` for the App itself. */
export type Payer = number | null;

export interface Toll {
  payer: Payer;
  resource: "core" | "graphql";
  priority: Priority;
  /** Makes something people are told of (comments, review requests, reactions): one at a time per installation. Check runs are not. */
  isContent: boolean;
  route: string;
}

const concurrentMax = 100;
const reservedShare = 1 / 5;

interface Budget {
  limit: number;
  remaining: number;
  resetAt: Date;
}

export class Limits {
  readonly #now: () => Date;
  readonly #budgets = new Map<string, Budget>();
  readonly #blockedUntil = new Map<Payer, Date>();
  readonly #secondaryHits = new Map<Payer, number>();
  readonly #slots = new Map<string, Slots>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /**
   * Runs a request in its turn.
   *
   * @throws {GithubError} `rate_limited` before anything is sent, while a limit stands or only the reserve is left
   */
  async run<T>(toll: Toll, request: () => Promise<T>): Promise<T> {
    const inTurn = () => this.#slotsOf(toll, "all", concurrentMax).run(() => this.#pay(toll, request));
    return toll.isContent ? this.#slotsOf(toll, "content", 1).run(inTurn) : inTurn();
  }

  /** Notes what an answer says of the budget. */
  note(toll: Toll, headers: Headers): void {
    const limit = numberOrNull(headers["x-ratelimit-limit"]);
    const remaining = numberOrNull(headers["x-ratelimit-remaining"]);
    if (limit === null || remaining === null) return;
    const resource = String(headers["x-ratelimit-resource"] ?? toll.resource);
    this.#budgets.set(`${toll.payer}:${resource}`, { limit, remaining, resetAt: resetOf(headers, this.#now()) });
  }

  /** Ends the doubling of waits: GitHub answers this payer again. */
  noteServed(toll: Toll): void {
    this.#secondaryHits.delete(toll.payer);
  }

  /** Notes that the hourly budget of this resource is spent. */
  noteSpent(toll: Toll, until: Date): void {
    this.#budgets.set(`${toll.payer}:${toll.resource}`, { limit: 0, remaining: 0, resetAt: until });
  }

  /** Notes a secondary limit, which stops everything of this payer: going on while limited can get an App banned. */
  noteSecondary(toll: Toll, until: Date): void {
    this.#blockedUntil.set(toll.payer, until);
    this.#secondaryHits.set(toll.payer, this.secondaryHits(toll.payer) + 1);
  }

  secondaryHits(payer: Payer): number {
    return this.#secondaryHits.get(payer) ?? 0;
  }

  #pay<T>(toll: Toll, request: () => Promise<T>): Promise<T> {
    const retryAt = this.#refusedUntil(toll);
    if (retryAt === null) return request();
    throw new GithubError({
      kind: "rate_limited",
      route: toll.route,
      message: "not sent, to keep GitHub's limits",
      retryAt,
    });
  }

  #refusedUntil(toll: Toll): Date | null {
    const now = this.#now();
    const blockedUntil = this.#blockedUntil.get(toll.payer);
    if (blockedUntil && blockedUntil > now) return blockedUntil;
    const budget = this.#budgets.get(`${toll.payer}:${toll.resource}`);
    if (!budget || budget.resetAt <= now) return null;
    const kept = toll.priority === "downgrade" ? 0 : budget.limit * reservedShare;
    return budget.remaining <= kept ? budget.resetAt : null;
  }

  #slotsOf(toll: Toll, kind: string, max: number): Slots {
    const key = `${toll.payer}:${kind}`;
    const slots = this.#slots.get(key) ?? new Slots(max);
    this.#slots.set(key, slots);
    return slots;
  }
}

/** Lets at most `max` pieces of work run at once; the others wait in order. */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(max: number) {
    this.#free = max;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}

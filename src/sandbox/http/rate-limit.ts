/** GitHub's hourly allowance for each token's owner, and the headers that tell of it. */
import type { Caller } from "./caller.ts";

export interface Allowance {
  limit: number;
  used: number;
  /** UTC seconds. */
  resetsAt: number;
}

export type Resource = "core" | "graphql";

const HOUR_S = 3_600;

export class RateLimits {
  readonly #limit: number;
  readonly #now: () => Date;
  readonly #allowances = new Map<string, Allowance>();

  constructor(limit: number, now: () => Date) {
    this.#limit = limit;
    this.#now = now;
  }

  read(caller: Caller, resource: Resource): Allowance {
    const key = `${ownerKey(caller)} ${resource}`;
    const now = Math.floor(this.#now().getTime() / 1_000);
    const known = this.#allowances.get(key);
    if (known !== undefined && known.resetsAt > now) return known;
    const fresh = { limit: this.#limit, used: 0, resetsAt: now + HOUR_S };
    this.#allowances.set(key, fresh);
    return fresh;
  }

  /** False once nothing is left. */
  spend(caller: Caller, resource: Resource, points: number): boolean {
    const allowance = this.read(caller, resource);
    if (allowance.used + points > allowance.limit) return false;
    allowance.used += points;
    return true;
  }

  headers(caller: Caller, resource: Resource): Record<string, string> {
    const { limit, used, resetsAt } = this.read(caller, resource);
    return {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(limit - used),
      "x-ratelimit-used": String(used),
      "x-ratelimit-reset": String(resetsAt),
      "x-ratelimit-resource": resource,
    };
  }
}

function ownerKey(caller: Caller): string {
  switch (caller.kind) {
    case "app":
      return `app ${caller.app.id}`;
    case "installation":
      return `installation ${caller.token.installation.id}`;
    case "user":
      return `user ${caller.account.id}`;
    default:
      return "nobody";
  }
}

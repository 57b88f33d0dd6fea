/** What can go wrong between a client and GitHub, made to happen on purpose. */
import type { PullRequest } from "../state/issues.ts";
import type { World } from "../state/world.ts";

export interface FaultMatch {
  method?: string;
  /** A path, or a pattern it must match. */
  path?: string | RegExp;
  /** Name of a GraphQL operation. */
  graphql?: string;
}

export type Fault =
  | { kind: "answer"; status: number; body?: unknown; headers?: Record<string, string> }
  /** The connection stays open and silent. */
  | { kind: "hang" }
  /** The connection breaks before any answer. */
  | { kind: "reset" }
  /** A correct head, then half of the body. */
  | { kind: "truncate" }
  /** The work is done, its answer lost. */
  | { kind: "lose_answer" };

export interface Asked {
  method: string;
  path: string;
  graphql: string | null;
}

interface Rule {
  match: FaultMatch;
  fault: Fault;
  left: number;
}

export class Faults {
  /** Added to every answer. */
  latencyMs = 0;
  readonly #world: World;
  #rules: Rule[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** The next `times` requests that match meet this fault. */
  failNext(match: FaultMatch, fault: Fault, times = 1): void {
    this.#rules.push({ match, fault, left: times });
  }

  /** GitHub's primary limit, as it answers once the hour's allowance is spent. */
  limitNext(match: FaultMatch, resetsInS: number, times = 1): void {
    const reset = Math.floor(this.#world.now().getTime() / 1_000) + resetsInS;
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(reset) };
    this.failNext(match, { kind: "answer", status: 403, headers, body: { message: "API rate limit exceeded" } }, times);
  }

  /** GitHub's secondary limit. */
  slowDownNext(match: FaultMatch, retryAfterS: number, times = 1): void {
    const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    const headers = { "retry-after": String(retryAfterS) };
    this.failNext(match, { kind: "answer", status: 429, headers, body: { message } }, times);
  }

  /** For the next `reads` requests that look at it, a pull request still shows the head it had before the last push. */
  staleHead(pull: PullRequest, reads: number): void {
    const headSha = pull.formerHeads.at(-1);
    if (headSha === undefined) throw new Error(`pull request #${pull.number} never had another head`);
    this.#world.staleHeads.set(pull.id, { headSha, readsLeft: reads });
  }

  clear(): void {
    this.#rules = [];
    this.latencyMs = 0;
    this.#world.staleHeads.clear();
  }

  /** The fault that a request meets, which is thereby used up. */
  take(asked: Asked): Fault | null {
    const rule = this.#rules.find((other) => other.left > 0 && isMatch(other.match, asked));
    if (rule === undefined) return null;
    rule.left -= 1;
    this.#rules = this.#rules.filter(({ left }) => left > 0);
    return rule.fault;
  }

  /** Counts down the stale reads of the pull requests that an answer just showed. */
  settleStaleReads(): void {
    for (const id of this.#world.staleShown) {
      const stale = this.#world.staleHeads.get(id);
      if (stale === undefined) continue;
      stale.readsLeft -= 1;
      if (stale.readsLeft <= 0) this.#world.staleHeads.delete(id);
    }
    this.#world.staleShown.clear();
  }
}

function isMatch(match: FaultMatch, asked: Asked): boolean {
  if (match.method !== undefined && match.method !== asked.method) return false;
  if (match.graphql !== undefined && match.graphql !== asked.graphql) return false;
  if (match.path === undefined) return true;
  return typeof match.path === "string" ? match.path === asked.path : match.path.test(asked.path);
}

/** Repeated REST reads by `ETag`: an unchanged answer costs nothing of the budget. */

import type { Call, GithubClient, RestAnswer } from "./client.ts";

interface Kept {
  etag: string;
  data: unknown;
}

const entriesMax = 5000;

export class ConditionalReads {
  readonly #client: GithubClient;
  readonly #kept = new Map<string, Kept>();

  constructor(client: GithubClient) {
    this.#client = client;
  }

  /** @throws {GithubError} as {@link GithubClient.rest} does */
  async read<T>(route: string, parameters: Record<string, unknown>, call: Call): Promise<T> {
    const key = JSON.stringify([call.installationId, route, parameters]);
    const kept = this.#kept.get(key);
    const headers = kept ? { "if-none-match": kept.etag } : {};
    const answer: RestAnswer<T> = await this.#client.rest<T>(route, { ...parameters, headers }, call);
    if (answer.status === 304 && kept) return kept.data as T;
    this.#keep(key, answer);
    return answer.data;
  }

  #keep(key: string, { headers, data }: RestAnswer<unknown>): void {
    this.#kept.delete(key);
    const oldest = this.#kept.size >= entriesMax ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);
    if (typeof headers.etag === "string") this.#kept.set(key, { etag: headers.etag, data });
  }
}

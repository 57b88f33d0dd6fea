/** Which requests came in, for budgets and assertions. */

export interface LoggedRequest {
  method: string;
  path: string;
  /** `GET /repos/{owner}/{repo}`, `POST /graphql`; null for an address nobody serves. */
  route: string | null;
  graphql: string | null;
  /** Login of whoever asked; null for a token that is nobody's, and for an App that asks in its own name. */
  by: string | null;
  /** Whether it made something that people are told of: GitHub limits those apart from all others. */
  isContent: boolean;
  status: number;
  receivedBytes: number;
  sentBytes: number;
  at: Date;
}

export class RequestLog {
  readonly entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    this.entries.push(entry);
  }

  clear(): void {
    this.entries.length = 0;
  }

  /** How often each route was asked, GraphQL by the name of the operation. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { method, path, route, graphql } of this.entries) {
      const key = graphql === null ? (route ?? `${method} ${path}`) : `graphql ${graphql}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }

  /**
   * The most content that one login made within any span of the world's time, which is half open.
   *
   * @param spanMs a minute and an hour are what GitHub counts by
   */
  mostContent(login: string, spanMs: number): number {
    const times = this.entries
      .filter(({ by, isContent, status }) => isContent && by === login && status >= 200 && status < 300)
      .map(({ at }) => at.getTime())
      .sort((a, b) => a - b);
    let most = 0;
    let first = 0;
    for (const [index, time] of times.entries()) {
      while (time - (times[first] ?? time) >= spanMs) first += 1;
      most = Math.max(most, index - first + 1);
    }
    return most;
  }
}

/** Which requests came in, for budgets and assertions. */

export interface LoggedRequest {
  method: string;
  path: string;
  /** `GET /repos/{owner}/{repo}`, `POST /graphql`; null for an address nobody serves. */
  route: string | null;
  graphql: string | null;
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
}

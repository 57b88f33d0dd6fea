/** What the GitHub side needs to know, and where GitHub is. */

import type { Logger } from "pino";

export type GithubSettings = GithubAddresses & (AppKey | GivenToken);

/** Signs as an App, and as each of its installations. */
export interface AppKey {
  appId: number;
  /** PEM, PKCS#1 or PKCS#8. */
  privateKey: string;
}

/** Signs every request with one token that somebody else made, such as a workflow's own; which installation asks is all the same then. */
export interface GivenToken {
  token: string;
}

export interface GithubAddresses {
  /** `https://api.github.com`, or `https://HOST/api/v3` on GitHub Enterprise Server. Never taken from a payload. */
  apiUrl: string;
  /** Left out, it is derived: see {@link graphqlUrlOf}. */
  graphqlUrl?: string;
  /** Longest time one request may take, connection and body together. */
  timeoutMs?: number;
  /** Called once for every HTTP request that was answered or failed. */
  onRequest?: (request: RequestRecord) => void;
}

/** One HTTP request as metrics see it: no addresses, no bodies. */
export interface RequestRecord {
  /** Method and path template, for GraphQL also the operation: `POST /graphql PullRequest`. */
  route: string;
  /** HTTP status; 0 when there was no answer. */
  status: number;
  ms: number;
  /** `null` for requests made as the App itself. */
  installationId: number | null;
}

/** What is handed in so that tests can hold time still. */
export interface GithubSurroundings {
  log: Pick<Logger, "debug">;
  clock: { now(): Date };
  sleep(ms: number): Promise<void>;
  /** Uniform in [0, 1), for jitter only. */
  random?: () => number;
}

/**
 * The GraphQL address that belongs to a REST address: `…/api/v3` → `…/api/graphql`, else `<api>/graphql`.
 *
 * @see https://docs.github.com/enterprise-server@latest/graphql/guides/forming-calls-with-graphql#the-graphql-endpoint
 */
export function graphqlUrlOf(apiUrl: string): string {
  const base = apiUrl.replace(/\/+$/, "");
  return base.endsWith("/api/v3") ? `${base.slice(0, -"/v3".length)}/graphql` : `${base}/graphql`;
}

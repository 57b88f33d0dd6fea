/** The one HTTP server: deliveries in, the API, health and the pages of reason codes and rules out, everything else 404. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import { answer } from "./answer.ts";
import { apiBase } from "./api/openapi.ts";
import { codePageAt } from "./code-pages.ts";
import type { Readiness } from "./health.ts";
import { answerPage } from "./page.ts";
import { rulePageAt } from "./rule-pages.ts";

export interface WebOptions {
  /** Answers everything below `/api/v1/`. */
  api(request: IncomingMessage, response: ServerResponse): Promise<void>;
  ingest(request: IncomingMessage, response: ServerResponse): Promise<void>;
  readReadiness(): Promise<Readiness>;
  renderMetrics(): Promise<{ contentType: string; text: string }>;
  version: object;
  log: Logger;
}

interface WebRoute {
  method: "GET" | "POST";
  handle(request: IncomingMessage, response: ServerResponse): Promise<void> | void;
}

/** Slow senders hold a connection no longer than this; GitHub itself gives up after 10 s. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
const connectionsMax = 2_000;

export function createWebServer(options: WebOptions): Server {
  const routes = createRoutes(options);
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: 1_000,
      noDelay: true,
    },
    (request, response) => {
      void dispatch(request, response, routes, options);
    },
  );
  server.maxConnections = connectionsMax;
  return server;
}

function createRoutes({ ingest, readReadiness, renderMetrics, version }: WebOptions): Map<string, WebRoute> {
  return new Map<string, WebRoute>([
    ["/api/github/webhooks", { method: "POST", handle: ingest }],
    ["/healthz", { method: "GET", handle: (_, response) => answer(response, 200, { status: "ok" }) }],
    [
      "/readyz",
      {
        method: "GET",
        async handle(_, response) {
          const readiness = await readReadiness();
          answer(response, readiness.ready ? 200 : 503, readiness);
        },
      },
    ],
    ["/version", { method: "GET", handle: (_, response) => answer(response, 200, version) }],
    [
      "/metrics",
      {
        method: "GET",
        async handle(_, response) {
          const { contentType, text } = await renderMetrics();
          response.writeHead(200, { "content-type": contentType, "cache-control": "no-store" }).end(text);
        },
      },
    ],
  ]);
}

/** Pages that are the same for everybody. */
function pageRoute(path: string): WebRoute | undefined {
  const page = codePageAt(path) ?? rulePageAt(path);
  return page === null ? undefined : { method: "GET", handle: (_, response) => answerPage(response, page) };
}

async function dispatch(
  request: IncomingMessage,
  response: ServerResponse,
  routes: ReadonlyMap<string, WebRoute>,
  { api, log }: WebOptions,
): Promise<void> {
  try {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (path.startsWith(`${apiBase}/`)) return await api(request, response);
    const route = routes.get(path) ?? pageRoute(path);
    if (route === undefined) {
      request.resume();
      return answer(response, 404, { error: "There is nothing at this address" });
    }
    const isRightMethod = request.method === route.method || (request.method === "HEAD" && route.method === "GET");
    if (!isRightMethod) {
      request.resume();
      return answer(response, 405, { error: `Use ${route.method}` }, { allow: route.method });
    }
    await route.handle(request, response);
  } catch (error) {
    log.error({ err: error }, "A request failed");
    answer(response, 500, { error: "Holdpoint failed to answer" });
  }
}

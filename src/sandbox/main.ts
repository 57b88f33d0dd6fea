/** Starts the simulated GitHub: one HTTP server, one world, and the handle to both. */
import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import { Faults } from "./control/faults.ts";
import { controlRoutes } from "./control/http.ts";
import { RequestLog } from "./control/request-log.ts";
import { type ContentLimit, ContentLimits } from "./http/content-limit.ts";
import { RateLimits } from "./http/rate-limit.ts";
import { createGitHub } from "./http/server.ts";
import { OidcIssuer } from "./oidc/issuer.ts";
import { oidcRoutes } from "./oidc/routes.ts";
import { githubContract } from "./openapi/contract.ts";
import { Sandbox } from "./sandbox.ts";
import { createWorld } from "./state/world.ts";
import { Dispatcher } from "./webhooks/dispatcher.ts";

export interface SandboxOptions {
  /** A free one when left out. */
  port?: number;
  host?: string;
  now?: () => Date;
  /** Requests an hour for each token's owner; GitHub's own 5,000 when left out. */
  rateLimit?: number;
  /** How much content one account may make, as `GITHUB_CONTENT_LIMIT`; no end to it when left out. */
  contentLimit?: ContentLimit;
  /** Hold every exchange to GitHub's description; on when left out. */
  isChecked?: boolean;
  /** Deliveries under way at once; one, and so in order, when left out. */
  deliveriesInFlight?: number;
  /** Serve `/__sandbox/`, by which another process may act and cause faults. */
  hasControl?: boolean;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const now = options.now ?? (() => new Date());
  const world = createWorld(now);
  const contract = options.isChecked === false ? null : githubContract();
  const violations: string[] = [];
  const watchers = new Set<() => void>();
  const webhooks = new Dispatcher(world, options.deliveriesInFlight ?? 1, (name, payload) => {
    // As the receiver will read it: through JSON.
    if (contract !== null) violations.push(...contract.checkWebhook(name, JSON.parse(JSON.stringify(payload))));
  });
  const notify = () => {
    for (const watcher of [...watchers]) watcher();
  };
  world.announce = (occurrence) => {
    webhooks.announce(occurrence);
    notify();
  };
  const faults = new Faults(world);
  const requests = new RequestLog();
  const app = createGitHub({
    world,
    limits: new RateLimits(options.rateLimit ?? 5_000, now),
    contentLimits: options.contentLimit === undefined ? null : new ContentLimits(options.contentLimit, now),
    faults,
    log: requests,
    contract,
    violations,
    redeliver: (id) => webhooks.redeliver(id),
    onAnswered: notify,
  });
  const oidc = new OidcIssuer(world);
  app.route("/_services/token", oidcRoutes(oidc, faults));
  const host = options.host ?? "127.0.0.1";
  let sandbox: Sandbox | null = null;
  if (options.hasControl === true)
    app.route(
      "/__sandbox",
      controlRoutes(() => sandbox),
    );
  const { server, port } = await listen(app.fetch, host, options.port ?? 0);
  const url = `http://${host}:${port}`;
  world.apiUrl = url;
  world.serverUrl = url;
  sandbox = new Sandbox({
    url,
    world,
    faults,
    requests,
    webhooks,
    violations,
    oidc,
    watchers,
    stop: () => close(server),
  });
  return sandbox;
}

type Fetch = Parameters<typeof serve>[0]["fetch"];

function listen(fetch: Fetch, hostname: string, wanted: number): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    // The client under test may live in this process: its own Request and Response stay as they are.
    const options = { fetch, hostname, port: wanted, overrideGlobalObjects: false };
    const server = serve(options, ({ port }) => resolve({ server, port })) as Server;
    server.once("error", reject);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Clients keep connections alive, and a hanging request would keep the server for ever.
    server.closeAllConnections();
  });
}

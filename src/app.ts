/** The App as a process: settings → engine → ingest, health, metrics. */

import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Logger, pino } from "pino";
import packageJson from "../package.json" with { type: "json" };
import { engineVersion } from "./core/gate/verdict.ts";
import { describeError, type Engine, type EngineOptions, openEngine } from "./engine.ts";
import { type Environment, readSettings, type Settings } from "./settings.ts";
import { createApi } from "./web/api/api.ts";
import { createReadiness } from "./web/health.ts";
import { createIngest } from "./web/ingest.ts";
import { createTokenVerifier } from "./web/oidc.ts";
import { createWebServer } from "./web/server.ts";

export interface App {
  /** Address of the HTTP server. */
  url: string;
  /** Takes nothing in any more, finishes or hands back what is at work, and closes. */
  stop(): Promise<void>;
  /** Resolves with the reason when the database is gone for good. */
  failed: Promise<Error>;
}

/** How long requests that are under way may take once the process is asked to stop. */
const drainMs = 10_000;

/**
 * Serves until it is asked to stop by SIGTERM or SIGINT.
 *
 * @returns the exit code: 0 after an orderly stop, 2 for settings that are not right, 3 when it could not start or its database was lost
 */
export async function runServe(env: Environment): Promise<number> {
  const reading = readSettings(env);
  if (reading.kind === "invalid") {
    for (const problem of reading.problems) console.error(`holdpoint: ${problem}`);
    return 2;
  }
  const log = createLog(reading.settings.logLevel);
  const stopAsked = Promise.withResolvers<void>();
  const ask = () => stopAsked.resolve();
  process.on("SIGTERM", ask).on("SIGINT", ask);
  try {
    const app = await startApp(reading.settings, { log });
    log.info({ url: app.url }, "Holdpoint is ready");
    const failure = await Promise.race([stopAsked.promise, app.failed]);
    if (failure instanceof Error) log.fatal({ err: failure }, "The database is gone");
    else log.info("Holdpoint is stopping");
    await app.stop();
    return failure instanceof Error ? 3 : 0;
  } catch (error) {
    console.error(`holdpoint: could not start: ${error instanceof Error ? error.message : String(error)}`);
    return 3;
  } finally {
    process.off("SIGTERM", ask).off("SIGINT", ask);
  }
}

/** @throws when the database cannot be opened or the port is taken; nothing is left running then */
export async function startApp(settings: Settings, options: EngineOptions): Promise<App> {
  const pages = settings.publicUrl === null ? {} : { documentationUrl: `${settings.publicUrl}/docs` };
  const engine = await openEngine(settings, { ...options, ...pages });
  let phase: "starting" | "stopping" | null = "starting";
  const web = createWeb(settings, engine, () => phase);
  try {
    await listen(web, settings);
    await engine.start();
  } catch (error) {
    web.close();
    await engine.stop();
    throw error;
  }
  phase = null;
  return {
    url: `http://${settings.host ?? "localhost"}:${(web.address() as AddressInfo).port}`,
    failed: engine.store.failed,
    async stop() {
      phase = "stopping";
      await closeWeb(web);
      await engine.stop();
    },
  };
}

function createWeb(
  { webhookSecrets, appId, publicUrl, oidcIssuer }: Settings,
  { store, metrics, log, clock, accept, keepReport }: Engine,
  phase: () => "starting" | "stopping" | null,
): Server {
  const isAccepting = () => phase() === null;
  const verify =
    publicUrl === null ? null : createTokenVerifier({ issuer: oidcIssuer, audience: publicUrl, now: clock.now });
  return createWebServer({
    api: createApi({
      reports: { verify, keep: keepReport, onAnswered: metrics.reported, now: clock.now },
      version: packageJson.version,
      publicUrl,
      isAccepting,
      log,
    }),
    ingest: createIngest({
      secrets: webhookSecrets,
      own: { appId },
      accept,
      isAccepting,
      onAnswered: metrics.delivered,
      log,
    }),
    readReadiness: createReadiness({ phase, ping: store.ping, readDepth: store.jobs.readDepth, now: clock.now }),
    renderMetrics: metrics.render,
    version: { version: packageJson.version, engine: engineVersion, node: process.version },
    log,
  });
}

async function listen(server: Server, { port, host }: Settings): Promise<void> {
  server.listen(port, host);
  await once(server, "listening"); // Rejects with the error, e.g. when the port is taken.
}

/** Connections that wait for a next request are closed at once, those at work when they have been answered. */
async function closeWeb(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const hangUp = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(hangUp);
}

/** JSON lines; errors without what they were told of GitHub, which may be anything. */
function createLog(level: Settings["logLevel"]): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describeError } });
}

/** The App as a process: settings → ports → ingest, workers, sweeps. The only place where the rooms meet. */

import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Logger, pino } from "pino";
import packageJson from "../package.json" with { type: "json" };
import { engineVersion } from "./core/gate/verdict.ts";
import { createGithub, type Github } from "./github/github.ts";
import { createClassifier } from "./handlers/classify-apart.ts";
import { handle } from "./handlers/index.ts";
import type { Ports } from "./handlers/ports.ts";
import { createSweeps, startSweeps } from "./handlers/sweeps.ts";
import { type Environment, readSettings, type Settings } from "./settings.ts";
import { openStore, type Store } from "./store/store.ts";
import { createStorePort } from "./store/store-port.ts";
import { createSweepStore } from "./store/sweep-store.ts";
import { createReadiness } from "./web/health.ts";
import { createIngest } from "./web/ingest.ts";
import { createMetrics, type Metrics } from "./web/metrics.ts";
import { createWebServer } from "./web/server.ts";

export interface App {
  /** Address of the HTTP server. */
  url: string;
  /** Takes nothing in any more, finishes or hands back what is at work, and closes. */
  stop(): Promise<void>;
  /** Resolves with the reason when the database is gone for good. */
  failed: Promise<Error>;
}

export interface AppOptions {
  log: Logger;
  clock?: { now(): Date };
  /** `false` leaves the sweeps out. */
  hasSweeps?: boolean;
  /** How long judgements that are under way may take when the App stops; the rest is handed back. */
  workersDrainMs?: number;
}

/** How long requests that are under way may take once the process is asked to stop. */
const drainMs = 10_000;
const workersDrainMsDefault = 25_000;

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
export async function startApp(
  settings: Settings,
  { log, clock = systemClock, hasSweeps = true, workersDrainMs = workersDrainMsDefault }: AppOptions,
): Promise<App> {
  const { databaseUrl, dataDir, appId } = settings;
  const store = await openStore({ databaseUrl, dataDir, log, now: clock.now });
  const metrics = createMetrics(() => store.jobs.readDepth());
  const github = createGithub(
    { ...githubSettings(settings), onRequest: (request) => metrics.requested(request) },
    { log, clock, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
  );
  const classifier = createClassifier();
  const ports: Ports = {
    github,
    store: createStorePort(store, clock),
    clock,
    log,
    meter: metrics,
    urls: { server: settings.serverUrl, documentation: null, public: settings.publicUrl },
    classify: classifier.classify,
  };
  let phase: "starting" | "stopping" | null = "starting";
  const web = createWeb(settings, { store, metrics, log, clock, phase: () => phase });
  try {
    await listen(web, settings);
  } catch (error) {
    await store.close();
    throw error;
  }
  const workers = await store.jobs.startWorkers({
    concurrency: settings.concurrency,
    handle: (subject, run) => handle(subject, ports, run),
  });
  const stopSweeps = hasSweeps ? startSweeps(sweepsOf(ports, store, github), ports) : async () => {};
  phase = null;
  log.debug({ appId }, "Workers are at work");
  return {
    url: `http://${settings.host ?? "localhost"}:${(web.address() as AddressInfo).port}`,
    failed: store.failed,
    async stop() {
      phase = "stopping";
      await closeWeb(web);
      await stopSweeps();
      await workers.stop({ drainMs: workersDrainMs });
      await classifier.close();
      await store.close();
    },
  };
}

const systemClock = { now: () => new Date() };

function githubSettings({ appId, privateKey, apiUrl, graphqlUrl }: Settings) {
  return { appId, privateKey, apiUrl, graphqlUrl };
}

interface WebParts {
  store: Store;
  metrics: Metrics;
  log: Logger;
  clock: { now(): Date };
  phase(): "starting" | "stopping" | null;
}

function createWeb({ webhookSecrets, appId }: Settings, { store, metrics, log, clock, phase }: WebParts): Server {
  return createWebServer({
    ingest: createIngest({
      secrets: webhookSecrets,
      own: { appId },
      accept: (delivery, subjects, review) => store.deliveries.accept({ ...delivery, review }, subjects),
      isAccepting: () => phase() === null,
      onAnswered: metrics.delivered,
      log,
    }),
    readReadiness: createReadiness({ phase, ping: store.ping, readDepth: store.jobs.readDepth, now: clock.now }),
    renderMetrics: metrics.render,
    version: { version: packageJson.version, engine: engineVersion, node: process.version },
    log,
  });
}

function sweepsOf({ clock, log, meter, store }: Ports, kept: Store, github: Github) {
  return createSweeps({
    clock,
    log,
    meter,
    app: github,
    store: { ...createSweepStore(kept, clock), enqueue: store.enqueue },
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

function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  return { name, message, stack };
}

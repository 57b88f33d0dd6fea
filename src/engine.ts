/** What works behind every door of the App: settings → store, GitHub, ports → workers and sweeps. The place where the rooms meet. */

import type { Logger } from "pino";
import { createGithub } from "./github/github.ts";
import { createClassifier } from "./handlers/classify-apart.ts";
import { handle } from "./handlers/index.ts";
import { createJudgingSlots } from "./handlers/judging-slots.ts";
import type { AcceptDelivery } from "./handlers/keep-delivery.ts";
import { keepReport, type ReceivedReport, type ReportOutcome } from "./handlers/keep-report.ts";
import type { Ports } from "./handlers/ports.ts";
import { createSweeps, startSweeps } from "./handlers/sweeps.ts";
import { createChannels } from "./notify/channels.ts";
import type { Settings } from "./settings.ts";
import { openStore, type Store } from "./store/store.ts";
import { createStorePort } from "./store/store-port.ts";
import { createSweepStore } from "./store/sweep-store.ts";
import { createMetrics, type Metrics } from "./web/metrics.ts";

export interface Engine {
  store: Store;
  metrics: Metrics;
  log: Logger;
  clock: { now(): Date };
  /** Keeps a delivery and its work; may be called from the opening on. */
  accept: AcceptDelivery;
  /** Keeps what a workflow handed over. */
  keepReport(report: ReceivedReport): Promise<ReportOutcome>;
  /** Starts the workers and the sweeps. */
  start(): Promise<void>;
  /** Finishes or hands back what is at work, and closes the store; also after a start that failed or never came. */
  stop(): Promise<void>;
}

export interface EngineOptions {
  log: Logger;
  clock?: { now(): Date };
  /** `false` leaves the sweeps out. */
  hasSweeps?: boolean;
  /** Where the documentation is served, without a slash at its end; left out where no door of ours serves it. */
  documentationUrl?: string;
  /** How long judgements that are under way may take when the engine stops; the rest is handed back. */
  workersDrainMs?: number;
}

const workersDrainMsDefault = 25_000;

/** @throws when the database cannot be opened; nothing is left running then */
export async function openEngine(
  settings: Settings,
  {
    log,
    clock = systemClock,
    hasSweeps = true,
    workersDrainMs = workersDrainMsDefault,
    documentationUrl,
  }: EngineOptions,
): Promise<Engine> {
  const { databaseUrl, dataDir, appId, privateKey, apiUrl, graphqlUrl, concurrency } = settings;
  const store = await openStore({ databaseUrl, dataDir, log, now: clock.now });
  const metrics = createMetrics(() => store.jobs.readDepth());
  const github = createGithub(
    { appId, privateKey, apiUrl, graphqlUrl, onRequest: (request) => metrics.requested(request) },
    { log, clock, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
  );
  for (const { name, value } of settings.channels.secrets) {
    if (value === null) log.warn({ secret: name }, "A secret is listed in CHANNEL_SECRETS and has no value");
  }
  const classifier = createClassifier();
  const slots = createJudgingSlots({ most: concurrency });
  const replays = createJudgingSlots({ most: 1 });
  const ports: Ports = {
    github,
    store: createStorePort(store, clock),
    messages: store.messages,
    channels: createChannels(settings.channels, clock),
    escalations: store.escalations,
    deployments: store.deployments,
    clock,
    log,
    meter: metrics,
    urls: { server: settings.serverUrl, documentation: documentationUrl ?? null, public: settings.publicUrl },
    classify: classifier.classify,
    wanted: classifier.wanted,
  };
  const sweepStore = { ...createSweepStore(store, clock), enqueue: ports.store.enqueue };
  const sweepPorts = {
    clock,
    log,
    meter: metrics,
    app: github,
    github,
    deployments: store.deployments,
    escalations: store.escalations,
    store: sweepStore,
  };
  const sweeps = hasSweeps ? createSweeps(sweepPorts) : [];
  /** What was started, to be stopped in turn. */
  const stops: (() => Promise<void>)[] = [];
  return {
    store,
    metrics,
    log,
    clock,
    accept: (delivery, subjects, arrivals) => store.deliveries.accept({ ...delivery, ...arrivals }, subjects),
    keepReport: (report) => keepReport(report, { app: github, reports: store.reports, breathe }),
    async start() {
      const workers = await store.jobs.startWorkers({
        concurrency,
        handle(subject, run) {
          const work = () => handle(subject, ports, run);
          // A message mostly waits for others, and must not keep a judgement waiting; nor must looking back, one repository at a time.
          if (subject.kind === "policy_replay") return replays.run(work);
          return subject.kind === "message" ? work() : slots.run(work);
        },
      });
      stops.push(startSweeps(sweeps, ports), () => workers.stop({ drainMs: workersDrainMs }));
      log.debug({ appId }, "Workers are at work");
    },
    async stop() {
      for (const stop of stops.splice(0)) await stop();
      slots.close();
      replays.close();
      await classifier.close();
      await store.close();
    },
  };
}

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

const systemClock = { now: () => new Date() };

/** Errors in the log go without what they were told of GitHub, which may be anything. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  return { name, message, stack };
}

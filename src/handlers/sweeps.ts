/** What is done every few minutes because deliveries can be lost: asking for them again, and looking at open pull requests anew. */

import type { Subject } from "../core/subject.ts";
import type { AppPort } from "./github-port.ts";
import type { Ports } from "./ports.ts";
import { spread } from "./spread.ts";
import type { SweepStore } from "./store-port.ts";
import { type DeploymentSweepPorts, sweepDeployments } from "./sweep-deployments.ts";

export type SweepPorts = DeploymentSweepPorts &
  Pick<Ports, "clock" | "log" | "meter"> & {
    app: AppPort;
    store: SweepStore & Pick<Ports["store"], "enqueue">;
    escalations: Pick<Ports["escalations"], "listForgottenEscalations">;
  };

/** github.com keeps deliveries for three days. @see https://docs.github.com/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks */
const redeliverableMs = 3 * 24 * 3_600_000;
/** Overlap with the sweep before: a delivery may have been under way. */
const overlapMs = 15 * 60_000;

/** Asks GitHub to send again what did not reach us: bearing the same id, it is taken once however often it comes. */
export async function redeliverMissed({ app, store, clock, log, meter }: SweepPorts): Promise<void> {
  const now = clock.now();
  const mark = await store.readMark("redelivered_until");
  const oldest = now.getTime() - redeliverableMs;
  const since = new Date(Math.max(oldest, mark === null ? oldest : Date.parse(mark) - overlapMs));
  const failed = await app.listFailedDeliveries(since);
  const kept = await store.listKept(failed.map(({ guid }) => guid));
  const missed = failed.filter(({ guid }) => !kept.has(guid));
  for (const { id } of missed) {
    await app.redeliver(id);
    meter.redelivered();
  }
  if (missed.length > 0) log.warn({ deliveries: missed.length }, "Asked GitHub to send deliveries again");
  await store.saveMark("redelivered_until", now.toISOString());
}

/**
 * Every gated repository's open pull requests; where nothing is remembered, every repository of every installation. Installations with many
 * get their looks one after the other: the budget belongs to what happens.
 */
export async function reconcile({ app, store, clock }: SweepPorts): Promise<void> {
  const gated = await store.listGatedRepositories();
  const isEverythingRead = (await store.readMark("everything_read")) !== null;
  if (isEverythingRead) {
    const now = clock.now().getTime();
    const installations = Map.groupBy(gated, ({ repository }) => repository.installationId);
    for (const repositories of installations.values()) {
      for (const { item, delayMs } of spread(repositories, ({ openPullRequests }) => openPullRequests)) {
        await store.enqueue([{ ...item.repository, isSweep: true }], new Date(now + delayMs));
      }
    }
    return;
  }
  const installations = await app.listInstallations();
  await store.enqueue(installations.map((installationId): Subject => ({ kind: "installation", installationId })));
  await store.saveMark("everything_read", "yes");
}

/** Their look was given up, or its pull request was closed unheard: each look finds out, and settles what is over. */
const forgottenMs = 15 * 60_000;

/** Escalations that were due a while ago. */
export async function recallEscalations({ escalations, store, clock }: SweepPorts): Promise<void> {
  const forgotten = await escalations.listForgottenEscalations(new Date(clock.now().getTime() - forgottenMs));
  await store.enqueue(
    forgotten.map(({ stuck: { repository, key } }): Subject => ({ kind: "escalation", ...repository, key })),
  );
}

export interface Sweep {
  name: string;
  everyMs: number;
  run(): Promise<void>;
}

export function createSweeps(ports: SweepPorts): Sweep[] {
  return [
    { name: "redelivery", everyMs: 5 * 60_000, run: () => redeliverMissed(ports) },
    { name: "reconcile", everyMs: 10 * 60_000, run: () => reconcile(ports) },
    { name: "deployments", everyMs: 10 * 60_000, run: () => sweepDeployments(ports) },
    { name: "escalations", everyMs: 10 * 60_000, run: () => recallEscalations(ports) },
    { name: "prune", everyMs: 24 * 3_600_000, run: () => ports.store.prune() },
  ];
}

/** Runs each sweep now and then; one that fails is told and comes round again. @returns how to stop, which waits for those at work */
export function startSweeps(sweeps: readonly Sweep[], { log }: Pick<Ports, "log">): () => Promise<void> {
  const atWork = new Map<string, Promise<void>>();
  const run = ({ name, run }: Sweep): void => {
    if (atWork.has(name)) return;
    const work = run()
      .catch((error: unknown) => log.warn({ err: error, sweep: name }, "A sweep failed; it comes round again"))
      .finally(() => atWork.delete(name));
    atWork.set(name, work);
  };
  const timers = sweeps.map((sweep) => {
    run(sweep);
    return setInterval(() => run(sweep), sweep.everyMs);
  });
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await Promise.all(atWork.values());
  };
}

/** How soon a webhook is acknowledged, which is after it was kept for good; and that none is lost. */

import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Delivery } from "../src/sandbox/state/apps.ts";
import type { BenchOptions } from "./main.ts";
import { type BenchStage, checkOf, startStage } from "./support/bench-stage.ts";
import { ms, percentile, printTable } from "./support/figures.ts";

const pullRequests = 100;
const rates = [25, 250];

export async function run({ seconds }: BenchOptions): Promise<void> {
  const stage = await startStage({ deliveriesInFlight: 16 });
  const agent = new Agent({ keepAlive: false });
  try {
    for (let opened = 0; opened < pullRequests; opened += 1) stage.openPullRequest(5);
    await stage.settle();
    const deliveries = stage.github.world.deliveries.filter(
      ({ event, action }) => event === "pull_request" && action === "opened",
    );
    await sendMany(deliveries, { rate: 250, seconds: 4, agent }); // The compiler's warm-up.
    await stage.settle();
    const rows = [];
    for (const rate of rates) rows.push(await measure(stage, deliveries, { rate, seconds, agent }));
    rows.push(await measureBesideLarge(stage, deliveries, agent));
    printTable(["rate", "sent", "acknowledged", "kept", "p50", "p99", "slowest", "all judged after", "given up"], rows);
  } finally {
    agent.destroy();
    await stage.stop();
  }
}

const largeFiles = 3_000;

/** At the lower rate, from when a change of the most files that GitHub shows is opened until its check stands there. */
async function measureBesideLarge(stage: BenchStage, deliveries: readonly Delivery[], agent: Agent): Promise<string[]> {
  const before = await kept(stage);
  const rate = rates[0] ?? 25;
  const large = stage.openPullRequest(largeFiles);
  const answers: Acknowledgement[] = [];
  const startedAt = performance.now();
  while (checkOf(stage, large.number) === undefined)
    answers.push(...(await sendMany(deliveries, { rate, seconds: 1, agent })));
  const took = performance.now() - startedAt;
  await stage.settle();
  return [
    `${rate}/s beside a change of ${largeFiles.toLocaleString("en")} files, judged in ${ms(took)}`,
    ...acknowledged(answers, (await kept(stage)) - before),
    "",
    String((await stage.readMetrics()).total("holdpoint_dead_letters")),
  ];
}

interface Load {
  /** Webhooks a second. */
  rate: number;
  seconds: number;
  agent: Agent;
}

async function measure(stage: BenchStage, deliveries: readonly Delivery[], load: Load): Promise<string[]> {
  const before = await kept(stage);
  const answers = await sendMany(deliveries, load);
  const endedAt = performance.now();
  await stage.settle();
  const drained = performance.now() - endedAt;
  const unjudged = deliveries.filter((_, index) => checkOf(stage, index + 1) === undefined).length;
  if (unjudged > 0) throw new Error(`${unjudged} pull requests have no check`);
  return [
    `${load.rate}/s for ${load.seconds} s`,
    ...acknowledged(answers, (await kept(stage)) - before),
    ms(drained),
    String((await stage.readMetrics()).total("holdpoint_dead_letters")),
  ];
}

async function kept(stage: BenchStage): Promise<number> {
  return (await stage.readMetrics()).total("holdpoint_webhook_received_total", { outcome: "accepted" });
}

function acknowledged(answers: readonly Acknowledgement[], keptCount: number): string[] {
  const times = answers.map(({ milliseconds }) => milliseconds);
  return [
    String(answers.length),
    String(answers.filter(({ status }) => status === 202).length),
    String(keptCount),
    ms(percentile(times, 0.5)),
    ms(percentile(times, 0.99)),
    ms(Math.max(...times)),
  ];
}

interface Acknowledgement {
  status: number;
  milliseconds: number;
}

/** Sends by the clock, whatever the answers: a slow receiver is not spared. */
async function sendMany(deliveries: readonly Delivery[], { rate, seconds, agent }: Load): Promise<Acknowledgement[]> {
  const startedAt = performance.now();
  const answers: Promise<Acknowledgement>[] = [];
  for (let index = 0; index < rate * seconds; index += 1) {
    const dueAt = startedAt + (index * 1_000) / rate;
    const wait = dueAt - performance.now();
    if (wait > 0) await sleep(wait);
    const delivery = deliveries[index % deliveries.length];
    if (delivery !== undefined) answers.push(send(delivery, dueAt, agent));
  }
  return Promise.all(answers);
}

/** The same body under a new id, each on a connection of its own. Without an answer the status is 0. */
function send({ app, body, headers }: Delivery, dueAt: number, agent: Agent): Promise<Acknowledgement> {
  return new Promise((resolve) => {
    const fail = () => resolve({ status: 0, milliseconds: performance.now() - dueAt });
    const options = { method: "POST", agent, headers: { ...headers, "x-github-delivery": randomUUID() } };
    const post = request(app.hookUrl ?? "", options, (answer) => {
      answer.resume().once("end", () => {
        resolve({ status: answer.statusCode ?? 0, milliseconds: performance.now() - dueAt });
      });
    });
    post.once("error", fail).end(body);
  });
}

/** Time from something happening on GitHub to the check that tells the verdict: one at a time, then 64 at once. */

import { setTimeout as sleep } from "node:timers/promises";
import type { Review } from "../src/sandbox/state/issues.ts";
import { type BenchStage, startStage, timeUntil } from "./support/bench-stage.ts";
import { ms, percentile, printTable } from "./support/figures.ts";

const samplesIdle = 100;
const inFlight = 64;
const verdictsWanted = 2_000;

export async function run(): Promise<void> {
  const rows: string[][] = [];
  for (const latencyMs of [0, 30]) rows.push(...(await measureIdle(latencyMs)));
  printTable(["one at a time", "GitHub latency", "p50", "p99", "CPU of the App"], rows);
  console.log();
  printTable(["64 in flight, 30 ms", "verdicts/s", "p50", "p99", "CPU of the App"], await measureBusy(30));
}

async function measureIdle(latencyMs: number): Promise<string[][]> {
  const stage = await startStage();
  try {
    for (let round = 0; round < 20; round += 1) await openAndApprove(stage); // The compiler's warm-up.
    stage.github.faults.latencyMs = latencyMs;
    const numbers: number[] = [];
    const opened = await measureEach(stage, () => {
      const next = stage.repository.lastNumber + 1;
      numbers.push(next);
      return timeUntil(stage, next, "in_progress", () => void stage.openPullRequest(20));
    });
    const reviewed = await measureEach(stage, (round) => {
      const number = numbers[round] ?? 0;
      return timeUntil(stage, number, "success", () => void approve(stage, number));
    });
    return [
      ["opened, 20 files", `${latencyMs} ms`, ...opened],
      ["review", `${latencyMs} ms`, ...reviewed],
    ];
  } finally {
    await stage.stop();
  }
}

/** Between one and the next the App has nothing to do. */
async function measureEach(stage: BenchStage, measure: (round: number) => Promise<number>): Promise<string[]> {
  await stage.settle();
  const times: number[] = [];
  const before = await cpuSeconds(stage);
  for (let round = 0; round < samplesIdle; round += 1) {
    times.push(await measure(round));
    await sleep(100 + stage.github.faults.latencyMs * 2);
  }
  return [...figures(times), perEvent((await cpuSeconds(stage)) - before, samplesIdle)];
}

/** As many pull requests as may be in flight, each approved or its approval dismissed as soon as its verdict is there. */
async function measureBusy(latencyMs: number): Promise<string[][]> {
  const stage = await startStage({ deliveriesInFlight: inFlight });
  try {
    const numbers = Array.from({ length: inFlight }, () => stage.openPullRequest(20).number);
    await stage.settle();
    stage.github.faults.latencyMs = latencyMs;
    await reviewMany(stage, numbers, inFlight * 4);
    await stage.settle();
    const cpuBefore = await cpuSeconds(stage);
    const startedAt = performance.now();
    const times = await reviewMany(stage, numbers, verdictsWanted);
    const seconds = (performance.now() - startedAt) / 1_000;
    await stage.settle();
    const cpu = (await cpuSeconds(stage)) - cpuBefore;
    return [
      ["approved, dismissed", (times.length / seconds).toFixed(0), ...figures(times), perEvent(cpu, times.length)],
    ];
  } finally {
    await stage.stop();
  }
}

async function reviewMany(stage: BenchStage, numbers: readonly number[], wanted: number): Promise<number[]> {
  const times: number[] = [];
  const bob = stage.github.as("bob", "acme/api");
  await Promise.all(
    numbers.map(async (number) => {
      while (times.length < wanted) {
        let review: Review | undefined;
        const approve = () => {
          review = bob.approve(number);
        };
        times.push(await timeUntil(stage, number, "success", approve));
        const dismiss = () => review !== undefined && bob.dismiss(number, review, "Once more.");
        times.push(await timeUntil(stage, number, "in_progress", dismiss));
      }
    }),
  );
  return times;
}

async function openAndApprove(stage: BenchStage): Promise<void> {
  const { number } = stage.openPullRequest(20);
  await timeUntil(stage, number, "success", () => void approve(stage, number));
}

function approve({ github }: BenchStage, number: number): unknown {
  return github.as("bob", "acme/api").approve(number);
}

async function cpuSeconds(stage: BenchStage): Promise<number> {
  return (await stage.readMetrics()).total("process_cpu_seconds_total");
}

function figures(times: readonly number[]): [string, string] {
  return [ms(percentile(times, 0.5)), ms(percentile(times, 0.99))];
}

function perEvent(seconds: number, count: number): string {
  return `${ms((seconds * 1_000) / count)} each`;
}

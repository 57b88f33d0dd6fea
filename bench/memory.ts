/** Resident memory of the App's process (its database is another): just started, under a load, and a while after. */

import { setTimeout as sleep } from "node:timers/promises";
import type { BenchOptions } from "./main.ts";
import { type BenchStage, startStage } from "./support/bench-stage.ts";
import { mib, printTable } from "./support/figures.ts";

const atOnce = 32;

export async function run({ seconds }: BenchOptions): Promise<void> {
  const stage = await startStage({ deliveriesInFlight: 16 });
  try {
    const idle = await resident(stage);
    let highest = idle;
    let events = 0;
    const endsAt = performance.now() + seconds * 1_000;
    while (performance.now() < endsAt) {
      const numbers = Array.from({ length: atOnce }, () => stage.openPullRequest(20).number);
      await stage.settle();
      for (const number of numbers) stage.github.as("bob", "acme/api").approve(number);
      highest = Math.max(highest, await resident(stage));
      await stage.settle();
      for (const number of numbers) stage.github.as("maria", "acme/api").close(number);
      highest = Math.max(highest, await resident(stage));
      events += atOnce * 3;
    }
    await stage.settle();
    await sleep(5_000);
    printTable(
      ["started", "highest under load", "5 s after", "events"],
      [[mib(idle), mib(highest), mib(await resident(stage)), String(events)]],
    );
  } finally {
    await stage.stop();
  }
}

async function resident(stage: BenchStage): Promise<number> {
  return (await stage.readMetrics()).total("process_resident_memory_bytes");
}

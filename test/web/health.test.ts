import { expect, it } from "vitest";
import { createReadiness, type ReadinessOptions } from "../../src/web/health.ts";

const now = new Date("2026-11-20T12:00:00Z");
const well: ReadinessOptions = {
  phase: () => null,
  ping: async () => ({ databaseTime: now }),
  readDepth: async () => ({ oldestDueSeconds: 0 }),
  now: () => now,
};
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);

it.each<{ name: string; change: Partial<ReadinessOptions>; ready: boolean }>([
  { name: "all is well", change: {}, ready: true },
  { name: "starting", change: { phase: () => "starting" }, ready: false },
  { name: "stopping", change: { phase: () => "stopping" }, ready: false },
  { name: "the database is gone", change: { ping: () => Promise.reject(new Error("gone")) }, ready: false },
  { name: "clocks 30 seconds apart", change: { ping: async () => ({ databaseTime: after(30) }) }, ready: true },
  { name: "clocks further apart", change: { ping: async () => ({ databaseTime: after(-30.1) }) }, ready: false },
  { name: "work that waited 5 minutes", change: { readDepth: async () => ({ oldestDueSeconds: 300 }) }, ready: true },
  { name: "work that waited longer", change: { readDepth: async () => ({ oldestDueSeconds: 301 }) }, ready: false },
])("$name → ready: $ready", async ({ change, ready }) => {
  const readiness = await createReadiness({ ...well, ...change })();
  expect(readiness.ready).toBe(ready);
  expect(JSON.stringify(readiness)).not.toContain("gone");
});

it("many who ask at once cost one look at the database", async () => {
  let looks = 0;
  const read = createReadiness({
    ...well,
    ping: async () => {
      looks++;
      return { databaseTime: now };
    },
  });
  await Promise.all([read(), read(), read()]);
  expect(looks).toBe(1);
});

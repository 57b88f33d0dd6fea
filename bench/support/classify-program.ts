/** Classifies the changes it is sent, as the App does, and says how long each took and how large the process grew. */

import { setImmediate } from "node:timers/promises";
import { classify } from "../../src/core/findings/classify.ts";
import { wantedContents } from "../../src/core/findings/wanted-contents.ts";
import type { Contents } from "../../src/core/snapshot.ts";
import type { MixedChange } from "./mixed-change.ts";

export interface ClassifyFigures {
  wantedMs: number;
  classifyMs: number;
  /** Of the processors, for both. */
  cpuMs: number;
  /** The most the process ever had in memory. */
  residentBytes: number;
  findings: number;
}

const roundsMax = 2;

async function measure({ snapshot, base, head }: MixedChange): Promise<ClassifyFigures> {
  await setImmediate();
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const contents = { base: new Map<string, string | null>(), head: new Map<string, string | null>() };
  for (let round = 0; round < roundsMax; round++) {
    for (const path of await wantedContents(snapshot, undefined, contents satisfies Contents)) {
      contents.base.set(path, base.get(path) ?? null);
      contents.head.set(path, head.get(path) ?? null);
    }
  }
  const readAt = performance.now();
  const { classes } = await classify({ snapshot, contents, options: undefined });
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    cpuMs: (user + system) / 1000,
    wantedMs: readAt - startedAt,
    classifyMs: performance.now() - readAt,
    residentBytes: process.resourceUsage().maxRSS * 1024,
    findings: Object.values(classes).reduce((sum, { findings }) => sum + findings.length, 0),
  };
}

process.on("message", (change: MixedChange) => {
  void measure(change).then((figures) => process.send?.(figures));
});
process.on("disconnect", () => process.exit());

/** Naming the files to read and classifying them: 20 and 3,000 files of many kinds, in a process of its own. */

import { fork } from "node:child_process";
import { once } from "node:events";
import { memoryLimits } from "../src/handlers/classify-apart.ts";
import type { ClassifyFigures } from "./support/classify-program.ts";
import { median, mib, ms, printTable } from "./support/figures.ts";
import { mixedChange } from "./support/mixed-change.ts";

const kinds = [
  { files: 20, warmRounds: 9, target: "300 ms warm" },
  { files: 3_000, warmRounds: 2, target: "10 s, 400 MB" },
] as const;

export async function run(): Promise<void> {
  const rows = [];
  for (const kind of kinds) rows.push(await measure(kind));
  printTable(
    [
      "files",
      "cold",
      "warm, median",
      "of it naming files to read",
      "processor time, warm",
      "highest resident memory",
      "findings",
      "target",
    ],
    rows,
  );
}

async function measure({ files, warmRounds, target }: (typeof kinds)[number]): Promise<string[]> {
  // Started as the App starts the processes that classify its large changes.
  const child = fork(new URL("./support/classify-program.ts", import.meta.url), {
    serialization: "advanced",
    execArgv: memoryLimits,
  });
  const gone = new AbortController();
  child.once("exit", () => gone.abort(new Error("The process that classified ended")));
  try {
    const figures: ClassifyFigures[] = [];
    for (let round = 0; round <= warmRounds; round++) {
      child.send(mixedChange(files, round));
      const [said] = await once(child, "message", { signal: gone.signal });
      figures.push(said as ClassifyFigures);
    }
    const [cold, ...warm] = figures;
    const whole = ({ wantedMs, classifyMs }: ClassifyFigures) => wantedMs + classifyMs;
    return [
      files.toLocaleString("en"),
      ms(cold === undefined ? Number.NaN : whole(cold)),
      ms(median(warm.map(whole))),
      ms(median(warm.map(({ wantedMs }) => wantedMs))),
      ms(median(warm.map(({ cpuMs }) => cpuMs))),
      mib(Math.max(...figures.map(({ residentBytes }) => residentBytes))),
      String(cold?.findings),
      target,
    ];
  } finally {
    child.kill();
  }
}

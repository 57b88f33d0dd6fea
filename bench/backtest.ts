/** `holdpoint backtest` in a process of its own: over a made-up history of changes to files of many kinds, or over a clone's. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BenchOptions } from "./main.ts";
import { printTable } from "./support/figures.ts";
import { mixedChange } from "./support/mixed-change.ts";

const program = fileURLToPath(new URL("../bin/holdpoint.mjs", import.meta.url));
const madeUp = { changes: 300, filesEach: 6 };
/** The newest so many of a real clone. */
const last = 1_000;

export async function run({ repo }: BenchOptions): Promise<void> {
  const directory = repo ?? mkdtempSync(join(tmpdir(), "holdpoint-bench-"));
  try {
    if (repo === undefined) createHistory(directory);
    const args = ["backtest", "--repo", directory, "--policy", "preset:regulated", "--last", String(last), "--json"];
    const startedAt = performance.now();
    // `times` prints what the shell used, and below it what all that it started used: user and system.
    const ran = spawnSync("sh", ["-c", '"$@"; times >&2', "sh", process.execPath, program, ...args], {
      encoding: "utf8",
      maxBuffer: 512 * 1024 * 1024,
    });
    const seconds = (performance.now() - startedAt) / 1000;
    if (!ran.stdout.startsWith("{")) throw new Error(`ended with ${ran.status}: ${ran.stderr}`);
    const { changes } = JSON.parse(ran.stdout) as { changes: unknown[] };
    const processor = (ran.stderr.trim().split("\n").at(-1) ?? "").split(/\s+/).map(secondsOf);
    const used = processor.reduce((sum, part) => sum + part, 0);
    printTable(
      ["changes", "time", "processor time", "processor time, each"],
      [
        [
          String(changes.length),
          `${seconds.toFixed(1)} s`,
          `${used.toFixed(1)} s`,
          `${Math.round((used / changes.length) * 1000)} ms`,
        ],
      ],
    );
  } finally {
    if (repo === undefined) rmSync(directory, { recursive: true, force: true });
  }
}

/** `1m2.5s` */
function secondsOf(text: string): number {
  const match = /^(\d+)m([\d.]+)s$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : 0;
}

/** Each change edits files that the one before it brought, by git's own quick way in. */
function createHistory(directory: string): void {
  execFileSync("git", ["init", "--quiet", "--initial-branch=main", directory]);
  const parts: string[] = [];
  for (let at = 0; at <= madeUp.changes; at++) {
    const before = at === 0 ? new Map<string, string | null>() : mixedChange(madeUp.filesEach, at - 1).head;
    const { base } = mixedChange(madeUp.filesEach, at);
    const title = `feat: change ${at} (#${at})`;
    parts.push(
      `commit refs/heads/main\ncommitter Maria <maria@example.com> ${1_700_000_000 + at * 3_600} +0000\n${data(title)}`,
    );
    for (const [path, text] of [...before, ...base])
      if (text !== null) parts.push(`M 100644 inline ${path}\n${data(text)}`);
  }
  execFileSync("git", ["fast-import", "--quiet"], { cwd: directory, input: parts.join("") });
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

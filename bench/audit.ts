/** `holdpoint audit` on a ledger of 100,000 entries in the private database: verified, exported, verified again after one byte was changed. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { openDatabase } from "../src/store/database.ts";
import { fillLedger, tamper } from "../test/support/ledger.ts";
import { runCli } from "../test/support/run-cli.ts";
import { silentLog } from "../test/support/silent-log.ts";
import { printTable } from "./support/figures.ts";

const entries = 100_000;
const repositoryId = 42;

export async function run(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "holdpoint-audit-"));
  const database = await openDatabase({ dataDir, log: silentLog });
  const query = (text: string, values?: unknown[]): Promise<pg.QueryResult> => database.pool.query(text, values);
  try {
    await fillLedger(query, { repositoryId, entries, from: new Date("2026-01-01T00:00:00Z") });
    const exported = join(dataDir, "ledger.jsonl");
    const rows = [
      await timed("verify", ["audit", "verify"], dataDir),
      await timed("export --format jsonl", ["audit", "export", "--out", exported], dataDir),
      await timed("verify --file", ["audit", "verify", "--file", exported], dataDir),
    ];
    await tamper(
      query,
      `update ledger set data = replace(data::text, 'peer 71234"', 'peer 71235"')::json where seq = 71234`,
    );
    rows.push(await timed("verify, one byte changed", ["audit", "verify"], dataDir));
    printTable(["100,000 entries", "time", "exit code", "said"], rows);
  } finally {
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function timed(name: string, args: string[], dataDir: string): Promise<string[]> {
  const startedAt = performance.now();
  const ran = await runCli(args, { env: { DATA_DIR: dataDir } });
  const [first = ran.stderr.trim(), second = ""] = ran.stdout.trim().split("\n");
  const said = ran.exitCode === 1 ? `${first} · ${second.trim()}` : first.replace(/^.*\//, "");
  return [name, `${((performance.now() - startedAt) / 1000).toFixed(1)} s`, String(ran.exitCode), said];
}

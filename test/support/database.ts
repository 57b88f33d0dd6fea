/** A database of its own for each test file or test, copied from the run's migrated template. */

import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { inject, onTestFinished } from "vitest";
import { openStore, type Store, type StoreOptions } from "../../src/store/store.ts";
import { administer, type DatabaseNote, databaseUrl } from "./database-server.ts";
import { silentLog } from "./silent-log.ts";

export interface TestDatabase {
  /** For a process under test, as DATABASE_URL. */
  url: string;
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** @param isEmpty without the tables, as before the first migration */
export async function createTestDatabase({ isEmpty = false } = {}): Promise<TestDatabase> {
  const { serverUrl, template } = await readNote();
  const name = `test_${randomBytes(6).toString("hex")}`;
  await administer(
    serverUrl,
    `create database ${name} template ${isEmpty ? "template0" : template} strategy file_copy`,
  );
  const url = databaseUrl(serverUrl, name);
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on("error", () => {}); // Tests end sessions from the server's side.
  return {
    url,
    query: async (text, values) => (await pool.query(text, values)).rows,
    async drop() {
      await pool.end();
      await administer(serverUrl, `drop database ${name} with (force)`);
    },
  };
}

/** A store over a fresh database, both gone when the test has finished. */
export async function openTestStore(
  options: Partial<StoreOptions> = {},
): Promise<{ store: Store; database: TestDatabase }> {
  const database = await createTestDatabase();
  const store = await openStoreOn(database, options);
  onTestFinished(() => database.drop());
  return { store, database };
}

/** One more process's view of the same database. */
export async function openStoreOn(database: TestDatabase, options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore({ databaseUrl: database.url, dataDir: "unused", log: silentLog, ...options });
  onTestFinished(() => store.close());
  return store;
}

async function readNote(): Promise<{ serverUrl: string; template: string }> {
  const file = inject("databaseNote");
  while (!existsSync(file)) await wait(20);
  const { serverUrl, template, error }: DatabaseNote = JSON.parse(readFileSync(file, "utf8"));
  if (serverUrl === undefined || template === undefined) throw new Error(`No test database: ${error}`);
  return { serverUrl, template };
}

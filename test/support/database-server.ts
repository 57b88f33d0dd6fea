/**
 * Vitest's global setup: one PostgreSQL for the whole run, with a migrated template that test files copy.
 * It starts in the background, so that runs without database tests do not wait for it. With TEST_DATABASE_URL
 * the given server is used instead (its user must be allowed to create databases).
 */

import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { openDatabase } from "../../src/store/database.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "../../src/store/embedded/embedded-database.ts";
import { silentLog } from "./silent-log.ts";

declare module "vitest" {
  interface ProvidedContext {
    databaseNote: string;
  }
}

export interface DatabaseNote {
  serverUrl?: string;
  template?: string;
  error?: string;
}

let shared: { note: string; stop(): Promise<void> } | null = null;

export default function setup(project: TestProject): (() => Promise<void>) | undefined {
  const isFirst = shared === null;
  shared ??= startInBackground();
  project.provide("databaseNote", shared.note);
  return isFirst ? shared.stop : undefined;
}

function startInBackground(): { note: string; stop(): Promise<void> } {
  const dir = mkdtempSync(join(tmpdir(), "holdpoint-test-"));
  chmodSync(dir, 0o755); // As root the server runs as another user, who has to get in.
  const note = join(dir, "database.json");
  const started = start(join(dir, "data")).then(
    (server) => ({ server, text: JSON.stringify({ serverUrl: server.url, template: server.template }) }),
    (error: unknown) => ({ server: null, text: JSON.stringify({ error: String(error) }) }),
  );
  void started.then(({ text }) => {
    writeFileSync(`${note}.new`, text);
    renameSync(`${note}.new`, note); // Readers see all of it or nothing.
  });
  return {
    note,
    async stop() {
      const { server } = await started;
      await server?.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function start(dataDir: string): Promise<{ url: string; template: string; stop(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  const embedded = given === undefined ? await startEmbeddedDatabase({ dataDir, log: silentLog }) : null;
  const url = given ?? urlOf(embedded);
  if (embedded !== null) {
    // Nothing here has to survive a power cut, and the disk is shared with everything else that is being tested.
    await administer(url, "alter system set fsync = off");
    await administer(url, "select pg_reload_conf()");
  }
  const template = `holdpoint_template_${process.pid}`;
  await administer(url, `create database ${template}`);
  const database = await openDatabase({ databaseUrl: databaseUrl(url, template), dataDir, log: silentLog });
  await database.close();
  return {
    url,
    template,
    async stop() {
      if (embedded === null) await administer(url, `drop database ${template}`);
      else await embedded.stop();
    },
  };
}

function urlOf(embedded: EmbeddedDatabase | null): string {
  if (embedded === null) throw new Error("There is no database server");
  const { host, user, password, database } = embedded.connection;
  return `postgresql://${user}:${password}@/${database}?host=${encodeURIComponent(host)}`;
}

/** The same server, another database. */
export function databaseUrl(serverUrl: string, database: string): string {
  return serverUrl.replace(/\/[^/?]*(\?|$)/, `/${database}$1`);
}

export async function administer(url: string, statement: string): Promise<void> {
  const session = new pg.Client({ connectionString: url });
  await session.connect();
  try {
    await session.query(statement);
  } finally {
    await session.end();
  }
}

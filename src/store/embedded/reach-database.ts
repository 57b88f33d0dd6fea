/** The private database for somebody who only reads: shared with the Holdpoint that runs on it, else started for as long as it takes. */

import { existsSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import pg from "pg";
import type { Log } from "../log.ts";
import { clusterUser, loadPassword, prepareClusterPlace, prepareSocketDir } from "./cluster.ts";
import { type Connection, isOwned, startEmbeddedDatabase } from "./embedded-database.ts";
import { DatabaseStartupError } from "./startup-error.ts";

export interface ReachedDatabase {
  connection: Connection;
  /** Ends the server if it was started for this. */
  leave(): Promise<void>;
}

/** @throws {DatabaseStartupError} where there is no database, or it does not run */
export async function reachEmbeddedDatabase(options: { dataDir: string; log: Log }): Promise<ReachedDatabase> {
  const { dataDir, log } = options;
  const isThere = existsSync(join(dataDir, "postgres")) || existsSync(join(dataDir, "postgres.location"));
  if (!isThere) {
    throw new DatabaseStartupError(
      `There is no database in ${resolve(dataDir)}. Set DATA_DIR to the directory that Holdpoint serves from, or DATABASE_URL to its server.`,
    );
  }
  const place = prepareClusterPlace(resolve(dataDir), log);
  const password = loadPassword(realpathSync(dataDir), existsSync(place.clusterDir));
  const connection = { host: prepareSocketDir(place), user: clusterUser, password, database: "postgres" };
  if (await isServedByAnother(connection)) return { connection, leave: async () => {} };
  const started = await startEmbeddedDatabase(options);
  return { connection: started.connection, leave: () => started.stop() };
}

async function isServedByAnother(connection: Connection): Promise<boolean> {
  const session = new pg.Client({ ...connection, application_name: "holdpoint reader" });
  session.on("error", () => {}); // A server that ends while it is asked is one that does not serve.
  try {
    await session.connect();
    return await isOwned(session);
  } catch {
    return false; // Starting it tells why it cannot be had.
  } finally {
    await session.end().catch(() => {});
  }
}

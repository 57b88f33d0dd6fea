/** Holdpoint's own PostgreSQL in DATA_DIR: made once, started with Holdpoint, ended with it. */

import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { Log } from "../log.ts";
import {
  type ClusterPlace,
  clusterUser,
  createCluster,
  loadPassword,
  prepareClusterPlace,
  prepareSocketDir,
} from "./cluster.ts";
import { forgetForeignPostmaster, stopPostmaster } from "./postmaster.ts";
import { prepareServerBinaries } from "./server-binaries.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";
import { DatabaseStartupError, systemErrorCode } from "./startup-error.ts";

export interface Connection {
  host: string;
  user: string;
  password: string;
  database: string;
}

export interface EmbeddedDatabase {
  connection: Connection;
  /** Resolves when the server has ended without having been asked to; the process should end then. */
  failed: Promise<Error>;
  stop(): Promise<void>;
}

/** Session-level advisory lock of the Holdpoint that owns this data directory; the server frees it when that process dies. */
const ownerLock = 4_861_001;
const startPatienceMs = 60_000;

/**
 * Starts the private database of `dataDir`, making it first if there is none.
 *
 * @throws {DatabaseStartupError} with one message for people: no space, no permission, no binaries, or another
 *   Holdpoint (named by its process id) using the directory
 */
export async function startEmbeddedDatabase(options: { dataDir: string; log: Log }): Promise<EmbeddedDatabase> {
  const { log } = options;
  const place = prepareClusterPlace(resolve(options.dataDir), log);
  const dataDir = realpathSync(options.dataDir);
  const binaries = prepareServerBinaries({ dataDir, account: place.account, log });
  const password = loadPassword(dataDir, existsSync(place.clusterDir));
  if (!existsSync(place.clusterDir)) {
    log.info({ rootDir: place.rootDir }, "Making the private database; this happens once");
    createCluster(place, binaries, password);
  }
  const connection = { host: prepareSocketDir(place), user: clusterUser, password, database: "postgres" };
  const spawnServer = (): ServerProcess =>
    startServerProcess(place, connection.host, binaries, (line) => log.debug({ line }, "Database log"));
  const { server, owner } = await becomeOwner(place, connection, spawnServer, log);

  let isStopping = false;
  const failed = server.ended.then((lines) => {
    if (isStopping) return new Promise<Error>(() => {});
    log.error({ lastLines: lines }, "The private database has ended unexpectedly");
    return new Error("The private database has ended unexpectedly");
  });
  return {
    connection,
    failed,
    async stop() {
      isStopping = true;
      await owner.end().catch((error: unknown) => log.debug({ err: error }, "Closing the owner's session failed"));
      await server.stop();
      await stopPostmaster(place.clusterDir); // Only where the watcher had been killed and left the server behind.
    },
  };
}

/** Loops over the states a directory can be in until this process holds its lock in a server under its own watcher. */
async function becomeOwner(
  place: ClusterPlace,
  connection: Connection,
  spawnServer: () => ServerProcess,
  log: Log,
): Promise<{ server: ServerProcess; owner: pg.Client }> {
  const startedAt = performance.now();
  let server: ServerProcess | null = null;
  let lastLines: string[] | null = null;
  let lastProblem = "";
  try {
    while (performance.now() - startedAt < startPatienceMs) {
      const attempt = await tryOwnership(connection, place);
      if (attempt.kind === "owner" && server !== null && lastLines === null) return { server, owner: attempt.session };
      if (attempt.kind === "owner") {
        log.info({}, "Found a database server left over from a Holdpoint that was killed; starting it anew");
        await attempt.session.end();
        await stopPostmaster(place.clusterDir);
      } else {
        lastProblem = attempt.problem;
      }
      if (server === null || lastLines !== null) {
        if (lastLines !== null) assertWorthRetrying(lastLines, place);
        forgetForeignPostmaster(place.clusterDir);
        lastLines = null;
        server = spawnServer();
        void server.ended.then((lines) => {
          lastLines = lines;
        });
      }
      await wait(20);
    }
    throw new DatabaseStartupError(
      `The private database did not start within ${startPatienceMs / 1000} s: ${lastProblem}`,
    );
  } catch (error) {
    await server?.stop();
    throw error;
  }
}

type Attempt = { kind: "owner"; session: pg.Client } | { kind: "not_serving"; problem: string };

/** @throws {DatabaseStartupError} when another Holdpoint holds the lock, or the password is wrong */
async function tryOwnership(connection: Connection, place: ClusterPlace): Promise<Attempt> {
  const session = new pg.Client({ ...connection, application_name: `holdpoint owner ${process.pid}` });
  session.on("error", () => {}); // The server's end is told by `failed`; without a listener Node would end the process.
  try {
    await session.connect();
    const { rows } = await session.query<{ got: boolean }>("select pg_try_advisory_lock($1) as got", [ownerLock]);
    if (rows[0]?.got === true) return { kind: "owner", session };
    const pid = await readOwnerPid(session);
    throw new DatabaseStartupError(
      `Another Holdpoint${pid === null ? "" : ` (process ${pid})`} is using ${place.rootDir}. ` +
        "Stop it first, give this one another DATA_DIR, or let both share a server through DATABASE_URL.",
    );
  } catch (error) {
    await session.end().catch(() => {});
    if (error instanceof DatabaseStartupError) throw error;
    if (systemErrorCode(error) === "28P01") {
      throw new DatabaseStartupError(
        "The password in DATA_DIR/postgres.password does not fit the database beside it. Put the right file back from a backup.",
        { cause: error },
      );
    }
    return { kind: "not_serving", problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether a Holdpoint holds the database that this session is in. */
export async function isOwned(session: pg.Client): Promise<boolean> {
  const { rows } = await session.query(
    "select from pg_locks where locktype = 'advisory' and objid = $1 and granted limit 1",
    [ownerLock],
  );
  return rows.length > 0;
}

async function readOwnerPid(session: pg.Client): Promise<number | null> {
  const { rows } = await session.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.objid = $1 and l.granted`,
    [ownerLock],
  );
  const pid = Number(rows[0]?.name.replace("holdpoint owner ", ""));
  return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
}

/** A server may fail to start because an older one is still ending; anything else will not mend itself. */
function assertWorthRetrying(lines: string[], place: ClusterPlace): void {
  const said = lines.join("\n");
  if (/lock file .* already exists|shared memory block|another server might be running/i.test(said)) return;
  const reason = lines.findLast((line) => /FATAL|PANIC|could not/.test(line)) ?? lines.at(-1) ?? "it said nothing";
  if (/No space left/i.test(said)) {
    throw new DatabaseStartupError(`No space left on the disk of ${place.rootDir}; the database cannot start.`);
  }
  throw new DatabaseStartupError(`The private database in ${place.rootDir} does not start: ${reason}`);
}

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { startEmbeddedDatabase } from "../../../src/store/embedded/embedded-database.ts";
import { readPostmasterPid } from "../../../src/store/embedded/postmaster.ts";
import { startChild } from "../../support/child-process.ts";
import { silentLog as log } from "../../support/silent-log.ts";
import { until } from "../../support/until.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }); // Whole servers are made here, on machines that are busy.

const ownerFile = new URL("../../support/embedded-owner.ts", import.meta.url).pathname;
const isRoot = process.getuid?.() === 0;
const hasProc = existsSync("/proc/self");

function aDataDir(): string {
  const parent = mkdtempSync(join(tmpdir(), "holdpoint-embedded-"));
  chmodSync(parent, 0o755); // As root the server runs as another user, who has to get in.
  const dataDir = join(parent, "data");
  onTestFinished(async () => {
    const cluster = join(dataDir, "postgres", "cluster");
    await until(() => !existsSync(join(cluster, "postmaster.pid"))); // A killed owner's server is still ending.
    rmSync(parent, { recursive: true, force: true });
  });
  return dataDir;
}

/** One database for the tests that leave it as good as they found it; making one takes a second. */
let shared = "";

beforeAll(async () => {
  const parent = mkdtempSync(join(tmpdir(), "holdpoint-embedded-"));
  chmodSync(parent, 0o755);
  shared = join(parent, "data");
  const database = await startEmbeddedDatabase({ dataDir: shared, log });
  await query(database.connection, "create table committed as select 42 as answer");
  await database.stop();
  return () => rmSync(parent, { recursive: true, force: true });
});

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

function postmasterPid(dataDir: string): number {
  const pid = readPostmasterPid(join(dataDir, "postgres", "cluster"));
  if (pid === null) throw new Error("The server is not running");
  return pid;
}

function parentOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[1]);
}

async function query(connection: pg.ClientConfig, text: string): Promise<unknown[]> {
  const session = new pg.Client(connection);
  await session.connect();
  try {
    return (await session.query(text)).rows;
  } finally {
    await session.end();
  }
}

describe("the private database", () => {
  it("is made once, keeps what was written, and listens on nothing but a socket of its own", async () => {
    const dataDir = aDataDir();
    const first = await startEmbeddedDatabase({ dataDir, log });
    await query(first.connection, "create table kept as select 42 as answer");
    const settings = await query(
      first.connection,
      "select name, setting from pg_settings where name in ('listen_addresses', 'fsync', 'autovacuum') order by name",
    );
    expect(settings).toEqual([
      { name: "autovacuum", setting: "on" },
      { name: "fsync", setting: "on" },
      { name: "listen_addresses", setting: "" },
    ]);
    expect(statSync(join(dataDir, "postgres")).mode & 0o777).toBe(0o700);
    expect(statSync(first.connection.host).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, "postgres.password")).mode & 0o777).toBe(0o600);
    await expect(query({ ...first.connection, password: "guess" }, "select 1")).rejects.toThrow(/password/);
    await first.stop();
    expect(readPostmasterPid(join(dataDir, "postgres", "cluster"))).toBeNull();

    const second = await startEmbeddedDatabase({ dataDir, log });
    expect(await query(second.connection, "select answer from kept")).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  it("serves also where the path is too long for a socket", async () => {
    const dataDir = join(aDataDir(), "x".repeat(90));
    const database = await startEmbeddedDatabase({ dataDir, log });
    expect(Buffer.byteLength(database.connection.host)).toBeLessThan(90);
    expect(await query(database.connection, "select 1 as one")).toEqual([{ one: 1 }]);
    await database.stop();
    const again = await startEmbeddedDatabase({ dataDir, log });
    expect(again.connection.host).toBe(database.connection.host);
    await again.stop();
    rmSync(database.connection.host, { recursive: true });
  });

  it("tells when its server has died under it", async () => {
    const dataDir = shared;
    const database = await startEmbeddedDatabase({ dataDir, log });
    process.kill(postmasterPid(dataDir), "SIGQUIT");
    expect(await database.failed).toEqual(new Error("The private database has ended unexpectedly"));
    await database.stop();
  });
});

describe.skipIf(!hasProc)("when Holdpoint ends without a word", () => {
  it("the server ends too after kill -9, and what was committed is there at the next start", async () => {
    const dataDir = shared;
    const owner = startChild(ownerFile, [dataDir]);
    await owner.says("up");
    const server = postmasterPid(dataDir);
    owner.process.kill("SIGKILL");
    await until(() => !isAlive(server));

    const next = await startEmbeddedDatabase({ dataDir, log });
    expect(await query(next.connection, "select answer from committed")).toEqual([{ answer: 42 }]);
    await next.stop();
  });

  it("a start right behind the kill waits for the old server to be gone", async () => {
    const dataDir = shared;
    const owner = startChild(ownerFile, [dataDir]);
    await owner.says("up");
    owner.process.kill("SIGKILL");
    const next = await startEmbeddedDatabase({ dataDir, log });
    expect(await query(next.connection, "select answer from committed")).toEqual([{ answer: 42 }]);
    await next.stop();
  });

  it("a server left over because its watcher was killed as well is replaced, with its data", async () => {
    const dataDir = shared;
    const owner = startChild(ownerFile, [dataDir]);
    await owner.says("up");
    const left = postmasterPid(dataDir);
    process.kill(parentOf(left), "SIGKILL");
    owner.process.kill("SIGKILL");
    await owner.ended.catch(() => {});
    expect(isAlive(left)).toBe(true);

    const next = await startEmbeddedDatabase({ dataDir, log });
    expect(postmasterPid(dataDir)).not.toBe(left);
    await until(() => !isAlive(left));
    await next.stop();
  });

  it("everything killed at once is recovered from at the next start", async () => {
    const dataDir = shared;
    const owner = startChild(ownerFile, [dataDir]);
    await owner.says("up");
    const server = postmasterPid(dataDir);
    for (const pid of [owner.pid, parentOf(server), server]) process.kill(pid, "SIGKILL");

    const next = await startEmbeddedDatabase({ dataDir, log });
    expect(await query(next.connection, "select answer from committed")).toEqual([{ answer: 42 }]);
    await next.stop();
  });

  it("a stale note of a process id that something else bears by now does not keep it from starting", async () => {
    const dataDir = shared;
    const first = await startEmbeddedDatabase({ dataDir, log });
    await first.stop();
    const cluster = join(dataDir, "postgres", "cluster");
    writeFileSync(join(cluster, "postmaster.pid"), `${process.pid}\n${cluster}\n1700000000\n5432\n`);
    const next = await startEmbeddedDatabase({ dataDir, log });
    await next.stop();
  });
});

describe("a second Holdpoint on the same directory", () => {
  it("is refused by the process id of the first, which goes on", async () => {
    const dataDir = shared;
    const first = await startEmbeddedDatabase({ dataDir, log });
    const second = startChild(ownerFile, [dataDir]);
    expect(await second.says("refused")).toContain(`Another Holdpoint (process ${process.pid}) is using`);
    expect(await query(first.connection, "select 1 as one")).toEqual([{ one: 1 }]);
    await first.stop();
  });

  it("is refused also when both start at once on an empty directory", async () => {
    const dataDir = aDataDir();
    mkdirSync(dataDir);
    const both = [startChild(ownerFile, [dataDir]), startChild(ownerFile, [dataDir])];
    const said = await Promise.all(both.map((each) => Promise.any([each.says("up"), each.says("refused")])));
    expect(said.map((line) => line.split(/[ :]/)[0]).sort()).toEqual(["refused", "up"]);
  });
});

describe("what cannot work is said in one sentence", () => {
  it("DATA_DIR is a file", async () => {
    const dataDir = aDataDir();
    writeFileSync(dataDir, "");
    await expect(startEmbeddedDatabase({ dataDir, log })).rejects.toThrow(/is not a directory\. Set DATA_DIR/);
  });

  it("the password's file is gone, or is another's", async () => {
    const dataDir = aDataDir();
    await (await startEmbeddedDatabase({ dataDir, log })).stop();
    const file = join(dataDir, "postgres.password");
    rmSync(file);
    await expect(startEmbeddedDatabase({ dataDir, log })).rejects.toThrow(/postgres\.password is missing/);
    writeFileSync(file, "wrong");
    await expect(startEmbeddedDatabase({ dataDir, log })).rejects.toThrow(/does not fit the database/);
  });

  it.skipIf(isRoot)("DATA_DIR cannot be written (root could)", async () => {
    const dataDir = aDataDir();
    mkdirSync(dataDir, { mode: 0o500 });
    await expect(startEmbeddedDatabase({ dataDir, log })).rejects.toThrow(/No permission to write/);
  });

  it("the cluster is damaged", async () => {
    const dataDir = aDataDir();
    await (await startEmbeddedDatabase({ dataDir, log })).stop();
    rmSync(join(dataDir, "postgres", "cluster", "global"), { recursive: true });
    await expect(startEmbeddedDatabase({ dataDir, log })).rejects.toThrow(/does not start: .*global/);
  });
});

const canNobodyRunUs =
  isRoot && spawnSync(process.execPath, [ownerFile], { uid: 65534, gid: 65534, cwd: "/" }).status === 1;

it.skipIf(!canNobodyRunUs)(
  "an ordinary user runs it as itself (tried by root, where that user can read this checkout)",
  async () => {
    const dataDir = aDataDir();
    mkdirSync(dataDir);
    chownSync(dataDir, 65534, 65534);
    const owner = startChild(ownerFile, [dataDir], { uid: 65534, gid: 65534 });
    await owner.says("up");
    expect(statSync(join(dataDir, "postgres", "cluster")).uid).toBe(65534);
  },
);

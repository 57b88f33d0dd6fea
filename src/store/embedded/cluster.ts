/** The files of the private database: where they lie, whose they are, and how they come to be. */

import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "../log.ts";
import { asAccount, findServerAccount, type ServerAccount } from "./server-account.ts";
import type { ServerBinaries } from "./server-binaries.ts";
import { DatabaseStartupError, explainSystemError } from "./startup-error.ts";
import { systemDirectories } from "./system-directory.ts";

/** Only this role exists in the private database; it is reachable only through the socket and only with the password. */
export const clusterUser = "holdpoint";

export interface ClusterPlace {
  /** Holds the cluster and, where the path is short enough, the socket; owned by `account`. */
  rootDir: string;
  clusterDir: string;
  account: ServerAccount | null;
}

/**
 * Settles where the cluster lies: in `DATA_DIR/postgres`, or, when its user cannot reach that, in a system directory
 * that `DATA_DIR/postgres.location` then names.
 *
 * @throws {DatabaseStartupError} when no place can be made
 */
export function prepareClusterPlace(
  dataDir: string,
  log: Pick<Log, "info">,
  elsewhere: Iterable<string> = systemDirectories(),
): ClusterPlace {
  try {
    mkdirSync(dataDir, { recursive: true });
    const pointer = join(dataDir, "postgres.location");
    if (existsSync(pointer)) return claimPlace(readFileSync(pointer, "utf8").trim());

    const place = claimPlace(join(dataDir, "postgres"));
    if (canReach(place)) return place;
    if (existsSync(place.clusterDir)) {
      throw new DatabaseStartupError(
        `The database in ${place.rootDir} belongs to user ${place.account?.name}, who cannot enter it any more. ` +
          "Let others enter the directories above it again (chmod o+x), or move it.",
      );
    }
    rmSync(place.rootDir, { recursive: true, force: true });
    for (const parent of elsewhere) {
      const rootDir = join(parent, `data-${createHash("sha256").update(dataDir).digest("hex").slice(0, 12)}`);
      const reachable = claimPlace(rootDir);
      if (!canReach(reachable)) continue;
      writeFileSync(pointer, `${rootDir}\n`, { mode: 0o600 });
      log.info(
        { dataDir, rootDir, user: reachable.account?.name },
        "The database's user cannot enter the data directory; the database lies elsewhere",
      );
      return reachable;
    }
  } catch (error) {
    const explained = explainSystemError(error, dataDir);
    if (explained === null) throw error;
    throw new DatabaseStartupError(explained, { cause: error });
  }
  throw new DatabaseStartupError(
    `The user that runs the database cannot enter ${dataDir}, and no system directory could be used instead. ` +
      "Set DATA_DIR to a directory that others may enter, for example /var/lib/holdpoint/data.",
  );
}

function claimPlace(rootDir: string): ClusterPlace {
  const clusterDir = join(rootDir, "cluster");
  const account = findServerAccount(clusterDir);
  mkdirSync(rootDir, { recursive: true, mode: 0o700 });
  chmodSync(rootDir, 0o700);
  if (account !== null) chownSync(rootDir, account.uid, account.gid);
  return { rootDir, clusterDir, account };
}

/** A real try, as that user: permissions of parents, mounts and access lists all count. */
function canReach({ rootDir, account }: ClusterPlace): boolean {
  if (account === null) return true;
  const trial = spawnSync("/bin/sh", ["-c", 'cd -- "$1" && test -w .', "sh", rootDir], {
    ...asAccount(account),
    cwd: "/",
  });
  return trial.status === 0;
}

/** The password kept in `DATA_DIR/postgres.password`, made on the first call. */
export function loadPassword(dataDir: string, clusterExists: boolean): string {
  const file = join(dataDir, "postgres.password");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  if (clusterExists) {
    throw new DatabaseStartupError(
      `${file} is missing, and without it the database beside it cannot be opened. Put the file back from a backup, ` +
        "or move the data directory away to begin anew; gates stay shut until everything has been judged again.",
    );
  }
  const password = randomBytes(24).toString("base64url");
  writeFileSync(file, `${password}\n`, { mode: 0o600, flag: "wx" });
  return password;
}

/**
 * Makes the cluster, once. It is made under another name and moved into place whole, so that a kill midway leaves
 * nothing that looks like a database.
 */
export function createCluster(place: ClusterPlace, binaries: ServerBinaries, password: string): void {
  const own = asAccount(place.account);
  const staging = mkdtempSync(join(place.rootDir, "new-"));
  const passwordFile = join(staging, "password");
  const freshDir = join(staging, "cluster");
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    for (const path of [staging, passwordFile])
      if (place.account) chownSync(path, place.account.uid, place.account.gid);
    const made = spawnSync(
      binaries.initdb,
      ["-D", freshDir, "-U", clusterUser, `--pwfile=${passwordFile}`, "--auth-local=scram-sha-256"].concat([
        "--auth-host=reject",
        "--encoding=UTF8",
        "--locale=C",
        "--no-instructions",
      ]),
      { ...own, cwd: "/", encoding: "utf8", env: serverEnvironment() },
    );
    if (made.status !== 0) throw new DatabaseStartupError(explainInitdb(made.stderr ?? String(made.error), place));
    if (!existsSync(place.clusterDir)) renameSync(freshDir, place.clusterDir);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function explainInitdb(output: string, place: ClusterPlace): string {
  if (/No space left/i.test(output)) return `No space left on the disk of ${place.rootDir} to make the database.`;
  if (/could not look up effective user ID/i.test(output)) {
    return (
      "PostgreSQL needs the user it runs as to be listed in /etc/passwd, and this user is not. " +
      "Start Holdpoint as a listed user, or set DATABASE_URL."
    );
  }
  const lastLine = output.trim().split("\n").at(-1) ?? "";
  return `The private database could not be made in ${place.rootDir}: ${lastLine}`;
}

/** PG… variables of the caller would redirect the server; nothing else of the environment is needed, secrets least of all. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LANG: "C", LC_ALL: "C", TZ: "UTC" };
}

/** A Unix socket's whole path may have 107 bytes on Linux and 103 on macOS (sun_path in sys/un.h). */
const socketPathBytesMax = 103;

/**
 * The directory of the socket, private to the database's user: within the cluster's root, or a fresh short one in
 * the temporary directory when the path would be too long.
 */
export function prepareSocketDir(place: ClusterPlace): string {
  const near = join(place.rootDir, "socket");
  const isShort = Buffer.byteLength(join(near, ".s.PGSQL.5432")) <= socketPathBytesMax;
  const socketDir = isShort ? near : recalledSocketDir(place);
  mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  chmodSync(socketDir, 0o700);
  if (place.account !== null) chownSync(socketDir, place.account.uid, place.account.gid);
  return socketDir;
}

function recalledSocketDir(place: ClusterPlace): string {
  const note = join(place.rootDir, "socket.location");
  const known = existsSync(note) ? readFileSync(note, "utf8").trim() : null;
  if (known !== null && isPrivateTo(known, place.account?.uid ?? process.getuid?.())) return known;
  const made = mkdtempSync(join(tmpdir(), "holdpoint-"));
  writeFileSync(note, `${made}\n`, { mode: 0o600 });
  return made;
}

/** Anyone may have put a directory of that name into a shared temporary directory since. */
function isPrivateTo(path: string, uid: number | undefined): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && stat.uid === uid && (stat.mode & 0o077) === 0;
}

/** Under which operating-system user the server runs: PostgreSQL refuses to run as root. */

import { readFileSync, statSync } from "node:fs";
import { DatabaseStartupError } from "./startup-error.ts";

export interface ServerAccount {
  uid: number;
  gid: number;
  name: string;
}

/**
 * The user to run the server as.
 *
 * @param clusterDir an existing cluster keeps the owner it has
 * @returns `null` when this process is no root and the server simply runs as the same user
 * @throws {DatabaseStartupError} when root finds no unprivileged user to run it as
 */
export function findServerAccount(clusterDir: string): ServerAccount | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readAccounts();
  const owner = statSync(clusterDir, { throwIfNoEntry: false })?.uid;
  const account =
    (owner === undefined || owner === 0 ? undefined : accounts.find(({ uid }) => uid === owner)) ??
    accounts.find(({ name }) => name === "postgres") ??
    accounts.find(({ name }) => name === "nobody");
  if (account === undefined || account.uid === 0) {
    throw new DatabaseStartupError(
      "PostgreSQL refuses to run as root, and this system has neither a user `postgres` nor `nobody`. " +
        "Start Holdpoint as an ordinary user, or set DATABASE_URL.",
    );
  }
  return account;
}

/** `uid` and `gid` for node:child_process; empty when nothing is to be changed. */
export function asAccount(account: ServerAccount | null): { uid?: number; gid?: number } {
  return account === null ? {} : { uid: account.uid, gid: account.gid };
}

function readAccounts(): ServerAccount[] {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(":");
    if (name === undefined || uid === undefined || gid === undefined) return [];
    return [{ name, uid: Number(uid), gid: Number(gid) }];
  });
}

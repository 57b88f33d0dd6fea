/** A server that is there already: left over from an earlier kill, or another Holdpoint's. */

import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { systemErrorCode } from "./startup-error.ts";

/** The process id in `postmaster.pid`, `null` without one. */
export function readPostmasterPid(clusterDir: string): number | null {
  const file = join(clusterDir, "postmaster.pid");
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
}

/** Stops a server that has lost its Holdpoint: fast, then at once if it takes longer than `patienceMs`. */
export async function stopPostmaster(clusterDir: string, patienceMs = 20_000): Promise<void> {
  const pid = readPostmasterPid(clusterDir);
  if (pid === null || !isPostmasterOf(pid, clusterDir)) return;
  signal(pid, "SIGINT");
  const askedAt = performance.now();
  let isPatient = true;
  while (isPostmasterOf(pid, clusterDir)) {
    await wait(25);
    if (isPatient && performance.now() - askedAt > patienceMs) {
      isPatient = false;
      signal(pid, "SIGQUIT"); // Immediate: what was committed is recovered at the next start.
    }
  }
}

/**
 * Takes away a `postmaster.pid` whose number belongs to something else by now. In a container process ids are small
 * and come again after each restart, and PostgreSQL then refuses to start.
 */
export function forgetForeignPostmaster(clusterDir: string): void {
  const pid = readPostmasterPid(clusterDir);
  if (pid !== null && existsSync("/proc/self") && !isPostmasterOf(pid, clusterDir)) {
    rmSync(join(clusterDir, "postmaster.pid"), { force: true });
  }
}

/** Where there is no /proc (macOS), a living process under that number is taken for the server. */
function isPostmasterOf(pid: number, clusterDir: string): boolean {
  if (!existsSync("/proc/self")) return isAlive(pid);
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(clusterDir);
  } catch {
    return false; // No such process.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === "EPERM";
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (systemErrorCode(error) !== "ESRCH") throw error;
  }
}

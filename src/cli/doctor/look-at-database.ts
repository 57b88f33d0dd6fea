/** The database: reachable, of the right shape, and what waits or was given up in it. */

import { readDatabaseHealth } from "../../store/health-reader.ts";
import { type LookedAt, orUnread, toMend, well } from "./looked-at.ts";

const area = "database";
/** Work that is due is begun within seconds. */
const waitMaxSeconds = 300;

export function lookAtDatabase(where: { databaseUrl: string | undefined; dataDir: string }): Promise<LookedAt[]> {
  return orUnread(area, "server", async () => {
    const { version, missing, unknown, depth, deadLetters } = await readDatabaseHealth({ ...where, log: quiet });
    const shape =
      missing.length > 0
        ? toMend(area, "tables", `${missing.join(", ")} not applied`, "start Holdpoint once: it migrates by itself")
        : unknown.length > 0
          ? well(area, "tables", `of a newer version than this one: ${unknown.join(", ")}`)
          : well(area, "tables", "up to date");
    if (depth === null) return [well(area, "server", `PostgreSQL ${version}`), shape];
    const wait = Math.round(depth.oldestDueSeconds);
    const queued = `${depth.due} due, ${depth.running} running, ${depth.later} later`;
    const [newest] = deadLetters;
    return [
      well(area, "server", `PostgreSQL ${version}`),
      shape,
      wait <= waitMaxSeconds
        ? well(area, "queue", queued)
        : toMend(
            area,
            "queue",
            `${queued}; the oldest waits for ${wait} seconds`,
            "see that Holdpoint runs, and its log",
          ),
      newest === undefined
        ? well(area, "given up", "nothing")
        : toMend(
            area,
            "given up",
            `${depth.dead} subjects; the newest is ${newest.key}: ${newest.lastError.slice(0, 200)}`,
            "mend the cause; whatever happens to the subject next, or a re-check, brings it back",
          ),
    ];
  });
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

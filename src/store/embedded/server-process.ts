/** The running server and the watcher that ends it when Holdpoint ends, however Holdpoint ends. */

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type ClusterPlace, serverEnvironment } from "./cluster.ts";
import { asAccount } from "./server-account.ts";
import type { ServerBinaries } from "./server-binaries.ts";

export interface ServerProcess {
  /** Resolves with the last lines the server wrote, when it has ended. */
  ended: Promise<string[]>;
  /** Asks for a fast shutdown; resolves when the server is gone. */
  stop(): Promise<void>;
}

/**
 * A shell of about one megabyte between Holdpoint and the server. Its standard input is a pipe that Holdpoint holds
 * open; the kernel closes it also after kill -9. Then the server gets SIGINT (fast shutdown), and SIGQUIT (immediate,
 * recovers at the next start) if it has not ended in 20 s. Signals to the terminal's or service's group are ignored
 * here, since Holdpoint itself ends in order and the pipe tells.
 */
const watcherScript = `
trap '' INT TERM HUP
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{
  read -r _ <&3
  kill -INT "$server"
  i=0
  while [ $i -lt 200 ] && kill -0 "$server"; do sleep 0.1; i=$((i+1)); done
  kill -QUIT "$server"
} 2>/dev/null &
watcher=$!
exec 3<&-
wait "$server"
code=$?
kill -KILL "$watcher" 2>/dev/null
exit $code
`;

/** Small and private: no TCP, nothing pre-allocated for a crowd. Durability (fsync and the like) is PostgreSQL's default, on. */
const settings = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  shared_buffers: "32MB",
  max_connections: "100",
  max_wal_size: "256MB",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_worker_processes: "0",
  max_logical_replication_workers: "0",
  io_method: "sync",
  jit: "off",
  huge_pages: "off",
  log_min_messages: "warning",
  log_checkpoints: "off",
  timezone: "UTC",
};

/** Starts the server under its watcher; whether it serves is found out by connecting. Its log goes to `onLogLine`. */
export function startServerProcess(
  place: ClusterPlace,
  socketDir: string,
  binaries: ServerBinaries,
  onLogLine: (line: string) => void,
): ServerProcess {
  const options = Object.entries({ ...settings, unix_socket_directories: socketDir });
  const child = spawn(
    "/bin/sh",
    ["-c", watcherScript, "holdpoint-database", binaries.postgres, "-D", place.clusterDir].concat(
      options.flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ),
    {
      ...asAccount(place.account),
      cwd: "/",
      env: serverEnvironment(),
      stdio: ["pipe", "ignore", "pipe"],
      detached: true, // Its own session: Ctrl-C in the terminal must not stop the database before the drain.
    },
  );
  const ended = collectUntilEnd(child, onLogLine);
  return {
    ended,
    async stop() {
      child.stdin?.end();
      await ended;
    },
  };
}

const lastLinesKept = 20;

function collectUntilEnd(child: ChildProcess, onLogLine: (line: string) => void): Promise<string[]> {
  const lastLines: string[] = [];
  const keep = (line: string): void => {
    lastLines.push(line);
    if (lastLines.length > lastLinesKept) lastLines.shift();
    onLogLine(line);
  };
  child.stdin?.on("error", (error) => keep(`watcher's pipe: ${error.message}`));
  if (child.stderr) createInterface({ input: child.stderr }).on("line", keep);
  return new Promise((resolve) => {
    child.on("error", (error) => {
      keep(error.message);
      resolve(lastLines);
    });
    child.on("close", () => resolve(lastLines));
  });
}

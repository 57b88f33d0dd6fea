/** The real App as a process of its own, with a database in a directory of its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface AppCredentials {
  appId: number;
  privateKey: string;
  publicKey: string;
  webhookSecret: string;
}

export interface AppProcess {
  pid: number;
  url: string;
  /** Rejects when the App ends before it was asked to; never resolves. */
  failed: Promise<never>;
  /** Stops the App and its database and takes their directory away. */
  stop(): Promise<void>;
}

export class AppProcessError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "AppProcessError";
  }
}

/** The App drains for at most 35 s when it is asked to stop; past that it hangs. */
const stopMs = 40_000;
const logLinesKept = 20;
/** The database may still be writing while its directory is taken away. */
const removal = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };
const entry = fileURLToPath(new URL("../../../bin/holdpoint.mjs", import.meta.url));

export function createCredentials(appId: number): AppCredentials {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return { appId, privateKey, publicKey, webhookSecret: randomBytes(32).toString("hex") };
}

/**
 * Starts `holdpoint serve` and waits until it is ready.
 *
 * @param githubUrl where its GitHub answers
 * @param environment further variables for it
 * @throws {AppProcessError} when it ends instead, with the last lines that it said
 */
export async function startAppProcess(
  githubUrl: string,
  credentials: AppCredentials,
  environment: Record<string, string> = {},
): Promise<AppProcess> {
  const home = mkdtempSync(join(tmpdir(), "holdpoint-demo-"));
  // Root hands the database to a user without rights, who has to pass through here.
  chmodSync(home, 0o711);
  const env: Record<string, string | undefined> = {
    ...process.env,
    ...unset,
    ...settings(githubUrl, credentials, home),
    ...environment,
  };
  const child = spawn(process.execPath, [entry, "serve"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const { lines, url } = listenTo(child);
  let isAsked = false;
  const ended = once(child, "close").then(() => {
    if (!isAsked) throw new AppProcessError(["The App ended by itself. Its last words:", ...lines].join("\n"));
  });
  ended.catch(() => {}); // Heard through `failed`, or not of interest any more.
  // Where this process ends without a word, the App must not outlive it; its database ends with the App.
  const abandon = () => void child.kill("SIGKILL");
  process.once("exit", abandon);
  const stop = async () => {
    isAsked = true;
    child.kill("SIGTERM");
    const kill = setTimeout(() => child.kill("SIGKILL"), stopMs);
    await ended.catch(() => {});
    clearTimeout(kill);
    process.off("exit", abandon);
    rmSync(home, removal);
  };
  try {
    return {
      pid: child.pid ?? -1,
      url: await Promise.race([url, ended.then(() => "")]),
      failed: new Promise((_, reject) => ended.catch(reject)),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What the machine's own settings may hold must not reach this App. An empty variable counts as one that is not set. */
const unset = {
  PRIVATE_KEY_PATH: "",
  DATABASE_URL: "",
  GITHUB_GRAPHQL_URL: "",
  GITHUB_SERVER_URL: "",
  PUBLIC_URL: "",
  HOLDPOINT_CONCURRENCY: "",
};

function settings(githubUrl: string, { appId, privateKey, webhookSecret }: AppCredentials, home: string) {
  return {
    APP_ID: String(appId),
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: webhookSecret,
    GITHUB_API_URL: githubUrl,
    DATA_DIR: join(home, "data"),
    HOST: "127.0.0.1",
    PORT: "0",
    LOG_LEVEL: "info",
  };
}

/** @returns the last lines of its log, and the address that it says it is ready at */
function listenTo(child: ChildProcess): { lines: string[]; url: Promise<string> } {
  const lines: string[] = [];
  const { promise, resolve } = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);

      lines.splice(0, Math.max(0, lines.length - logLinesKept));
      const [, url] = /"url":"([^"]+)".*"msg":"Holdpoint is ready"/.exec(line) ?? [];
      if (url !== undefined) resolve(url);
    });
  }
  return { lines, url: promise };
}

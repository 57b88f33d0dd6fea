/** Holdpoint as a process of its own, to be killed. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { environmentFor, type Stage } from "./holdpoint.ts";
import { until } from "./until.ts";

const script = join(import.meta.dirname, "serve-process.ts");

export interface AppProcess {
  url: string;
  /** @returns its exit code; `null` where the signal ended it */
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

/** Ended with the test, whatever becomes of it. */
export async function startAppProcess(
  environment: Record<string, string>,
): Promise<{ code: Promise<number | null>; said(): string; kill: AppProcess["kill"] }> {
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH ?? "", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  const code = once(child, "close").then(([exit]) => exit as number | null);
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await code;
  });
  return {
    code,
    said: () => said,
    async kill(signal) {
      child.kill(signal);
      return code;
    },
  };
}

/** Resolves once it is ready. @param environment more of it than the settings say */
export async function serveProcess(
  { settings }: Pick<Stage, "settings">,
  port: number,
  environment: Record<string, string> = {},
): Promise<AppProcess> {
  const { kill } = await startAppProcess({ ...environmentFor({ ...settings, port }), ...environment });
  const url = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(`${url}/readyz`).catch(() => null))?.status === 200);
  return { url, kill };
}

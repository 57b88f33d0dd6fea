/** Requests that are tried again: a server that starts, a connection that breaks, a limit that ends soon. */

import { setTimeout as sleep } from "node:timers/promises";
import { ActionError } from "../action-error.ts";

export interface Answer {
  status: number;
  /** As JSON; `null` for anything else. */
  body: unknown;
}

const attemptsMax = 5;
const timeoutMs = 30_000;
/** Longer than this nobody's job waits for us. */
const waitMaxMs = 60_000;
const answerBytesMax = 64 * 1024;

/** Follows no redirect: what is sent is for this address alone. @throws {ActionError} where no attempt was answered */
export async function fetchPatiently(url: URL, request: RequestInit, whom: string): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt === attemptsMax;
    const backOffMs = 500 * 2 ** attempt;
    try {
      const response = await fetch(url, { ...request, redirect: "error", signal: AbortSignal.timeout(timeoutMs) });
      const waitMs = waitOf(response, backOffMs);
      if (waitMs === null || waitMs > waitMaxMs || isLast) return await read(response);
      await response.body?.cancel();
      await sleep(waitMs);
    } catch (error) {
      if (isLast) throw new ActionError(`${whom} does not answer at ${url.origin}: ${reasonOf(error)}.`);
      await sleep(backOffMs);
    }
  }
}

/** @returns `null` for an answer that stays as it is */
function waitOf({ status, headers }: Response, backOffMs: number): number | null {
  if (status !== 429 && status < 500) return null;
  const seconds = headers.get("retry-after") ?? "";
  return /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : backOffMs;
}

async function read(response: Response): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > answerBytesMax) break;
    chunks.push(chunk);
  }
  try {
    return { status: response.status, body: JSON.parse(Buffer.concat(chunks).toString("utf8")) };
  } catch {
    return { status: response.status, body: null }; // A proxy's page, say: the status tells enough.
  }
}

/** `fetch` says only that it failed; why, stands in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code, message } = cause as { code?: unknown; message?: unknown };
  return String(code ?? message ?? cause).slice(0, 200);
}

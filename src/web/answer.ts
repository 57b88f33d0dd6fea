/** Small answers, all of one shape: JSON, never cached, errors as `{ error }` and never with a stack. */

import type { IncomingMessage, ServerResponse } from "node:http";

type Headers = Record<string, string>;

export function answer(response: ServerResponse, status: number, body: object, headers: Headers = {}): void {
  if (begin(response, status, body, headers)) response.end();
}

/**
 * Refuses before the body was read whole, and hangs up: the rest of it is not waited for. The sender gets a moment to
 * read the answer, since closing at once would reset the connection under it.
 */
export function refuseUnread(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  said: string | object,
  headers: Headers = {},
): void {
  const body = typeof said === "string" ? { error: said } : said;
  if (!begin(response, status, body, { ...headers, connection: "close" })) return;
  request.resume();
  const hangUp = setTimeout(() => response.end(() => request.socket.destroy()), hangUpMs);
  request.once("end", () => response.end());
  response.once("close", () => clearTimeout(hangUp));
}

const hangUpMs = 500;

/** Writes all of the answer but its end. @returns `false` when there is nobody to answer, or somebody else did */
function begin(response: ServerResponse, status: number, body: object, headers: Headers): boolean {
  if (response.headersSent || response.destroyed) return false;
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...headers,
  });
  response.write(text);
  return true;
}

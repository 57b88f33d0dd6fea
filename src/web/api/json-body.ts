/** The JSON of a request, packed or not, within limits whatever it says about itself. */

import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type BodyBudget, readBody } from "../body.ts";
import type { Refusal } from "./problem.ts";

export type JsonReading =
  | { kind: "read"; value: unknown /** Of the unpacked bytes. */; digest: string }
  | { kind: "refused"; refusal: Refusal; isUnread: boolean }
  /** Nobody waits for an answer any more. */
  | { kind: "aborted" };

const unzip = promisify(gunzip);

/** @param bytesMax of the body as it comes and unpacked */
export async function readJson(request: IncomingMessage, bytesMax: number, budget: BodyBudget): Promise<JsonReading> {
  const packing = (request.headers["content-encoding"] ?? "identity").toLowerCase();
  if (packing !== "identity" && packing !== "gzip") {
    return refused(
      415,
      "unknown_encoding",
      "the body is packed in a way that is not known here",
      "gzip, or none",
      true,
    );
  }
  if (!/^application\/json *(;|$)/i.test(request.headers["content-type"] ?? "")) {
    return refused(
      415,
      "wrong_content_type",
      "the body is not said to be JSON",
      "content-type: application/json",
      true,
    );
  }
  const reading = await readBody(request, bytesMax, budget);
  try {
    switch (reading.kind) {
      case "too_large":
        return tooLarge(bytesMax, true);
      case "busy":
        return { kind: "refused", refusal: busy, isUnread: true };
      case "aborted":
        return { kind: "aborted" };
      case "read":
        return await parse(reading.body, packing === "gzip", bytesMax);
    }
  } finally {
    reading.release();
  }
}

async function parse(body: Buffer, isPacked: boolean, bytesMax: number): Promise<JsonReading> {
  let bytes: Buffer;
  try {
    bytes = isPacked ? await unzip(body, { maxOutputLength: bytesMax }) : body;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ERR_BUFFER_TOO_LARGE") return tooLarge(bytesMax, false);
    return refused(
      400,
      "broken_gzip",
      "the body is said to be packed with gzip and is not",
      "gzip, or no content-encoding",
      false,
    );
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const digest = createHash("sha256").update(bytes).digest("hex");
    return { kind: "read", value: JSON.parse(text), digest };
  } catch {
    // The parser's message would quote the body.
    return refused(400, "broken_json", "the body is not JSON in UTF-8", "one JSON object", false);
  }
}

const busy: Refusal = {
  status: 503,
  code: "busy",
  title: "Busy",
  found: "too many large bodies at once",
  expected: "a moment with fewer",
  fix: "Send it again in some seconds.",
  headers: { "retry-after": "10" },
};

function tooLarge(bytesMax: number, isUnread: boolean): JsonReading {
  const most = `${bytesMax / 1024 / 1024} MB`;
  return refused(
    413,
    "too_large",
    `the body is larger than ${most}`,
    `at most ${most}, as sent and unpacked`,
    isUnread,
  );
}

function refused(status: number, code: string, found: string, expected: string, isUnread: boolean): JsonReading {
  const refusal: Refusal = { status, code, title: "The body cannot be read", found, expected, fix: "Send it so." };
  return { kind: "refused", refusal, isUnread };
}

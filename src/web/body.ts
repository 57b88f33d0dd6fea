/** Reads a request's body up to a limit, whatever the request says about its length. */

import type { IncomingMessage } from "node:http";

export type BodyReading =
  | { kind: "read"; body: Buffer }
  | { kind: "too_large" }
  | { kind: "busy" }
  | { kind: "aborted" };

/** Bytes of bodies held in memory at this moment by one server; a flood of large ones is refused, not buffered. */
export interface BodyBudget {
  heldBytes: number;
  readonly heldBytesMax: number;
}

/** Resolves, never rejects. The bytes stay counted in the budget until `release` is called. */
export function readBody(
  request: IncomingMessage,
  limitBytes: number,
  budget: BodyBudget,
): Promise<BodyReading & { release(): void }> {
  const { promise, resolve } = Promise.withResolvers<BodyReading & { release(): void }>();
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  const release = (): void => {
    budget.heldBytes -= sizeBytes;
    sizeBytes = 0;
  };
  let isSettled = false;
  const settle = (reading: BodyReading): void => {
    if (isSettled) return;
    isSettled = true;
    request.off("data", take);
    if (reading.kind !== "read") release();
    resolve({ ...reading, release });
  };
  const take = (chunk: Buffer): void => {
    sizeBytes += chunk.length;
    budget.heldBytes += chunk.length;
    chunks.push(chunk);
    if (sizeBytes > limitBytes) settle({ kind: "too_large" });
    else if (budget.heldBytes > budget.heldBytesMax) settle({ kind: "busy" });
  };
  if (Number(request.headers["content-length"] ?? 0) > limitBytes) {
    settle({ kind: "too_large" });
    return promise;
  }
  request.on("data", take);
  request.once("end", () =>
    settle({ kind: "read", body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) }),
  );
  request.once("error", () => settle({ kind: "aborted" }));
  request.once("close", () => settle({ kind: "aborted" }));
  return promise;
}

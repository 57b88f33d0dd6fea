/** Acts in a demonstration that runs in another process. */

import { exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { UsageError } from "../usage-error.ts";
import { readDeed } from "./deeds.ts";
import { cast } from "./sample-world.ts";

export interface ActOptions {
  port: number;
  isJson: boolean;
}

/** @throws {UsageError} where there is no demonstration, nobody of that name, or the simulated GitHub refuses */
export async function act(
  [login = "", name = "", ...args]: readonly string[],
  { port, isJson }: ActOptions,
  io: Io,
): Promise<number> {
  const logins: string[] = cast.flatMap((part) => part.logins);
  if (!logins.includes(login))
    throw new UsageError(`There is no "${login}" in the demonstration. There is: ${logins.join(", ")}.`);
  const call = readDeed(name, args);
  const url = `http://127.0.0.1:${port}/__sandbox/act`;
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ as: login, ...call }),
  }).catch(() => {
    throw new UsageError(`No demonstration answers on port ${port}. Start one with "npm run demo".`);
  });
  const told = (await answer.json().catch(() => ({}))) as { message?: string; result?: { number?: number } | null };
  if (!answer.ok) throw new UsageError(`GitHub refuses: ${told.message ?? `status ${answer.status}`}`);
  const number = told.result?.number;
  if (isJson) io.write(`${JSON.stringify(told)}\n`);
  else io.write(number === undefined ? "Done.\n" : `Done: #${number}.\n`);
  return exitCodes.open;
}

/** What a command may touch of the process it runs in. */

import { readFile, stat } from "node:fs/promises";
import { UsageError } from "./usage-error.ts";

export interface Io {
  env: NodeJS.ProcessEnv;
  write(text: string): void;
  warn(text: string): void;
  readStdin(): Promise<string>;
  hasColour: boolean;
  /** Columns to wrap at. */
  width: number;
}

export function processIo(): Io {
  const { stdout, stderr, stdin, env } = process;
  stdout.on("error", ignoreClosedPipe);
  return {
    env,
    write: (text) => void stdout.write(text),
    warn: (text) => void stderr.write(text),
    readStdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString("utf8");
    },
    // https://no-color.org: any value but the empty one turns colours off.
    hasColour: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb",
    width: Math.min(Math.max(stdout.columns ?? 100, 40), 120),
  };
}

/** Whoever reads may stop early (`| head`); the answer is the exit code then. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/**
 * The text of a file that a user named, `-` for standard input.
 *
 * @throws {UsageError} when it cannot be read
 */
export async function readInput(path: string, io: Io, bytesMax: number): Promise<string> {
  if (path === "-") return io.readStdin();
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      error.code === "ENOENT" ? `There is no file ${path}.` : `${path} cannot be read: ${error.code}.`,
    );
  });
  if (!found.isFile()) throw new UsageError(`${path} is not a file.`);
  if (found.size > bytesMax) throw new UsageError(`${path} has ${found.size} bytes; at most ${bytesMax} are read.`);
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} cannot be read: ${error.code}.`);
  });
}

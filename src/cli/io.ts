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
  /** Somebody sits at a terminal and can be asked. */
  canAsk: boolean;
  /** Where progress is shown; `null` where nobody would see it move. */
  progressTo: NodeJS.WriteStream | null;
}

export function processIo(): Io {
  const { stdout, stderr, stdin, env } = process;
  stdout.on("error", ignoreClosedPipe);
  stderr.on("error", ignoreClosedPipe);
  return {
    env,
    write: (text) => void stdout.write(text),
    warn: (text) => void stderr.write(text),
    readStdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString("utf8");
    },
    hasColour: hasColour(env, stdout.isTTY === true),
    width: Math.min(Math.max(stdout.columns ?? 100, 40), 120),
    canAsk: stdin.isTTY === true && stdout.isTTY === true && !isUnattended(env),
    progressTo: stderr.isTTY === true && !isUnattended(env) ? stderr : null,
  };
}

/**
 * https://no-color.org: any value but the empty one turns colours off, whatever else is said. https://force-color.org: likewise on;
 * but Node and others take 0 and false for off.
 */
export function hasColour(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return isTerminal && env.TERM !== "dumb";
}

/** CI systems give some programs a terminal that nobody looks at. */
function isUnattended({ CI, TERM }: NodeJS.ProcessEnv): boolean {
  return (CI !== undefined && CI !== "" && CI !== "0" && CI !== "false") || TERM === "dumb";
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

/** What a git process writes, piece by piece, so that a long history never stands in memory whole. */

import { GitError } from "../git/git-error.ts";
import { startFailure, startGit } from "../git/run-git.ts";

export interface GitPlace {
  directory: string;
  env: NodeJS.ProcessEnv;
}

/** One record longer than this ends the reading: no change that people merge is that large. */
const recordBytesMax = 256 * 1024 * 1024;

/**
 * Yields what stands between the ends that `findEnd` tells; what is left at the end is the last record.
 *
 * @param findEnd where the next record ends and where the one after it starts, looking from `from`; `null` where that is not in sight yet
 * @throws {GitError} when git fails, unless the reader stopped before
 */
export async function* streamRecords(
  place: GitPlace,
  args: readonly string[],
  {
    input = "",
    findEnd,
  }: { input?: string; findEnd: (text: Buffer, from: number) => { end: number; next: number } | null },
): AsyncGenerator<Buffer> {
  const child = startGit(place.directory, place.env, args);
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(0, 2000);
  });
  const ended = new Promise<number | null | Error>((resolve) => {
    child.once("error", resolve).once("close", resolve);
  });
  // git may end before it has read everything; its exit code says more than the broken pipe.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  try {
    yield* cutRecords(child.stdout, findEnd, args);
    const code = await ended;
    if (code instanceof Error) throw new GitError(startFailure(code, place.directory), args);
    if (code !== 0) throw new GitError(complaint.trim().split("\n")[0] ?? `git ended with ${code}`, args);
  } finally {
    child.kill();
  }
}

async function* cutRecords(
  output: AsyncIterable<Buffer>,
  findEnd: (text: Buffer, from: number) => { end: number; next: number } | null,
  args: readonly string[],
): AsyncGenerator<Buffer> {
  // An end may lie across two pieces; a commit's name is the longest thing that marks one.
  const overlap = 80;
  let pieces: Buffer[] = [];
  let sizeBytes = 0;
  let tail = Buffer.alloc(0);
  for await (const piece of output) {
    pieces.push(piece);
    sizeBytes += piece.length;
    if (sizeBytes > recordBytesMax) throw new GitError("one change of the history is larger than 256 MiB", args);
    const seen = Buffer.concat([tail, piece]);
    tail = seen.subarray(Math.max(0, seen.length - overlap));
    if (findEnd(seen, 0) === null) continue;
    let text = Buffer.concat(pieces);
    for (let found = findEnd(text, 0); found !== null; found = findEnd(text, 0)) {
      yield text.subarray(0, found.end);
      text = text.subarray(found.next);
    }
    pieces = [text];
    sizeBytes = text.length;
    tail = text.subarray(Math.max(0, text.length - overlap));
  }
  if (sizeBytes > 0) yield Buffer.concat(pieces);
}

/** Records that end with a NUL. */
export function nulEnd(text: Buffer, from: number): { end: number; next: number } | null {
  const end = text.indexOf(0, from);
  return end < 0 ? null : { end, next: end + 1 };
}

/** Texts of files at any commit, from one git process that stays open. */

import { GitError } from "../git/git-error.ts";
import { blobBytesMax } from "../git/read-blobs.ts";
import { startGit } from "../git/run-git.ts";
import type { GitPlace } from "./stream-records.ts";

export interface BlobReader {
  /** @returns `null` for a path that is not there; binary and over-large files and what is none are left out. */
  read(commit: string, paths: readonly string[]): Promise<Map<string, string | null>>;
  close(): void;
}

interface Question {
  path: string;
  answer: (text: string | null | undefined) => void;
  fail: (error: Error) => void;
}

/** How the process answers: a line with the size and the content, or only a line. */
const header = /^[0-9a-f]{40,64} (blob|tree|commit|tag) (\d+)$/;

export function openBlobs(place: GitPlace): BlobReader {
  const child = startGit(place.directory, place.env, ["cat-file", "--batch"]);
  const questions: Question[] = [];
  const parser = new AnswerParser((text) => questions.shift()?.answer(text));
  let failure: Error | null = null;
  const fail = (error: Error): void => {
    failure ??= error;
    for (const question of questions.splice(0)) question.fail(failure);
  };
  child.stdout.on("data", (chunk: Buffer) => parser.push(chunk));
  child.stderr.resume();
  child.stdin.on("error", () => {}); // The end of the process says more than the broken pipe.
  child.once("error", fail).once("close", () => fail(new GitError("git stopped while files were being read")));
  const ask = (commit: string, path: string): Promise<string | null | undefined> =>
    new Promise((resolve, reject) => {
      if (failure !== null) return reject(failure);
      questions.push({ path, answer: resolve, fail: reject });
      child.stdin.write(`${commit}:${path}\n`);
    });
  return {
    async read(commit, paths) {
      // The question is one line, so that a name of several lines cannot be asked for.
      const asked = paths.filter((path) => !path.includes("\n") && path !== "");
      const texts = await Promise.all(asked.map((path) => ask(commit, path)));
      return new Map(
        asked.flatMap((path, index): [string, string | null][] => {
          const text = texts[index];
          return text === undefined ? [] : [[path, text]];
        }),
      );
    },
    close: () => void child.kill(),
  };
}

/** Cuts the stream of answers; what is too large is let pass without being kept. */
class AnswerParser {
  readonly #answer: (text: string | null | undefined) => void;
  #pieces: Buffer[] = [];
  /** Bytes of content still to come, its line feed included; `null` while a header is awaited. */
  #left: number | null = null;
  #isWanted = false;

  constructor(answer: (text: string | null | undefined) => void) {
    this.#answer = answer;
  }

  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.#left === null ? this.#takeHeader(rest) : this.#takeContent(rest, this.#left);
  }

  #takeHeader(chunk: Buffer): Buffer {
    const end = chunk.indexOf(10);
    this.#pieces.push(end < 0 ? chunk : chunk.subarray(0, end));
    if (end < 0) return Buffer.alloc(0);
    const match = header.exec(Buffer.concat(this.#pieces).toString("utf8"));
    this.#pieces = [];
    if (match === null) this.#answer(null);
    else {
      const size = Number(match[2]);
      this.#left = size + 1;
      this.#isWanted = match[1] === "blob" && size <= blobBytesMax;
    }
    return chunk.subarray(end + 1);
  }

  #takeContent(chunk: Buffer, left: number): Buffer {
    const taken = chunk.subarray(0, left);
    if (this.#isWanted) this.#pieces.push(taken);
    this.#left = left - taken.length;
    if (this.#left > 0) return Buffer.alloc(0);
    const content = this.#isWanted ? Buffer.concat(this.#pieces).subarray(0, -1) : null;
    this.#pieces = [];
    this.#left = null;
    // A NUL is what git itself takes for the mark of a binary file.
    this.#answer(content === null || content.includes(0) ? undefined : content.toString("utf8"));
    return chunk.subarray(left);
  }
}

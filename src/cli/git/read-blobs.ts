/** Texts of files at a commit. */

import type { Git } from "./run-git.ts";

/** Largest file that is looked into; larger ones are generated, or data. */
export const blobBytesMax = 2 * 1024 * 1024;

// How many paths go on one command line: far below the shortest limit of any system we run on.
const pathsPerCall = 200;

/** @returns `null` for a path that is no file there; binary, over-large and non-file entries are left out */
export async function readBlobs(
  git: Git,
  commit: string,
  paths: readonly string[],
): Promise<Map<string, string | null>> {
  const entries = await listEntries(git, commit, paths);
  const texts = await readTexts(git, [
    ...new Set([...entries.values()].filter((entry) => entry.isFile).map((entry) => entry.sha)),
  ]);
  const result = new Map<string, string | null>();
  for (const path of paths) {
    const entry = entries.get(path);
    if (!entry) result.set(path, null);
    const text = entry ? texts.get(entry.sha) : undefined;
    if (entry?.isFile && text !== undefined) result.set(path, text);
  }
  return result;
}

async function listEntries(
  git: Git,
  commit: string,
  paths: readonly string[],
): Promise<Map<string, { sha: string; isFile: boolean }>> {
  const entries = new Map<string, { sha: string; isFile: boolean }>();
  for (let start = 0; start < paths.length; start += pathsPerCall) {
    const output = await git.text([
      "ls-tree",
      "-z",
      "--full-tree",
      commit,
      "--",
      ...paths.slice(start, start + pathsPerCall),
    ]);
    for (const record of output.split("\0")) {
      const match = /^(\d{6}) (\w+) ([0-9a-f]+)\t([\s\S]+)$/.exec(record);
      if (match?.[1] && match[3] && match[4])
        entries.set(match[4], { sha: match[3], isFile: match[1].startsWith("100") });
    }
  }
  return entries;
}

/** First the sizes, so that a huge blob is never read; then the texts, both in one process each. */
async function readTexts(git: Git, shas: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  if (shas.length === 0) return texts;
  const sizes = (await git.run(["cat-file", "--batch-check=%(objectname) %(objectsize)"], lines(shas))).toString(
    "utf8",
  );
  const small = sizes
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([, size]) => size !== undefined && /^\d+$/.test(size) && Number(size) <= blobBytesMax)
    .map(([sha]) => sha ?? "");
  if (small.length === 0) return texts;
  const output = await git.run(["cat-file", "--batch=%(objectname) %(objectsize)"], lines(small));
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    const [sha = "", size = ""] = output.subarray(at, end).toString("utf8").split(" ");
    const content = output.subarray(end + 1, end + 1 + Number(size));
    // A NUL is what git itself takes for the mark of a binary file.
    if (!content.includes(0)) texts.set(sha, content.toString("utf8"));
    at = end + 1 + Number(size) + 1;
  }
  return texts;
}

function lines(shas: readonly string[]): string {
  return `${shas.join("\n")}\n`;
}

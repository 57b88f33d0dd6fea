/** One file's unified patch as GitHub shows it: hunks with section names, no file headers. */
import { structuredPatch } from "diff";

export interface FilePatch {
  additions: number;
  deletions: number;
  patch: string | null;
}

/**
 * Largest single-file diff that GitHub renders.
 * @see https://docs.github.com/repositories/creating-and-managing-repositories/repository-limits#diff-limits
 */
const DIFF_LINES_MAX = 20_000;
const DIFF_BYTES_MAX = 500_000;

/** Past this many differing lines the file counts as rewritten whole: the exact answer would take minutes. */
const EDITS_MAX = 10_000;

export function patchFile(before: Buffer, after: Buffer): FilePatch {
  if (isBinary(before) || isBinary(after)) return { additions: 0, deletions: 0, patch: null };
  if (before.equals(after)) return { additions: 0, deletions: 0, patch: null };
  const oldText = before.toString("utf8");
  const hunks = readHunks(oldText, after.toString("utf8"));
  const oldLines = oldText.split("\n");
  let additions = 0;
  let deletions = 0;
  const text: string[] = [];
  for (const hunk of hunks) {
    text.push(hunkHeader(hunk, oldLines), ...hunk.lines);
    for (const line of hunk.lines) {
      if (line.startsWith("+")) additions += 1;
      else if (line.startsWith("-")) deletions += 1;
    }
  }
  const patch = text.join("\n");
  const isTooLarge = additions + deletions > DIFF_LINES_MAX || Buffer.byteLength(patch) > DIFF_BYTES_MAX;
  return { additions, deletions, patch: isTooLarge ? null : patch };
}

/** Git's own test: a NUL byte near the start. */
export function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8_000).includes(0);
}

interface Hunk {
  oldStart: number;
  oldLines: number;
  newStart: number;
  newLines: number;
  lines: string[];
}

function readHunks(before: string, after: string): Hunk[] {
  if (before !== "" && after !== "") {
    const patch = structuredPatch("a", "b", before, after, "", "", { context: 3, maxEditLength: EDITS_MAX });
    if (patch !== undefined) return patch.hunks;
  }
  const removed = signedLines("-", before);
  const added = signedLines("+", after);
  return [
    { oldStart: 1, oldLines: count(removed), newStart: 1, newLines: count(added), lines: [...removed, ...added] },
  ];
}

function signedLines(sign: "+" | "-", text: string): string[] {
  if (text === "") return [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  else lines.push("\\");
  return lines.map((line, index) =>
    line === "\\" && index === lines.length - 1 && !text.endsWith("\n")
      ? "\\ No newline at end of file"
      : `${sign}${line}`,
  );
}

function count(lines: readonly string[]): number {
  return lines.filter((line) => !line.startsWith("\\")).length;
}

/** `@@ -3,7 +3,9 @@ the function the hunk lies in`, as git prints it. */
function hunkHeader(hunk: Hunk, oldLines: readonly string[]): string {
  const range = `@@ -${span(hunk.oldStart, hunk.oldLines)} +${span(hunk.newStart, hunk.newLines)} @@`;
  for (let index = hunk.oldStart - 2; index >= 0; index -= 1) {
    const line = oldLines[index] ?? "";
    if (/^[\p{L}_$]/u.test(line)) return `${range} ${line.slice(0, 80).trimEnd()}`;
  }
  return range;
}

function span(start: number, lines: number): string {
  if (lines === 0) return `${Math.max(0, start - 1)},0`;
  return lines === 1 ? String(start) : `${start},${lines}`;
}

/** The lines of one file's unified diff, numbered. */

export interface PatchLine {
  kind: "added" | "removed" | "context";
  text: string;
  /** From 1; for removed lines the number before the change, else after it. */
  line: number;
}

/**
 * Reads `@@ …` hunks without file headers, as GitHub's API and `git diff` give them. Anything odd is taken as context: nothing throws.
 *
 * @param patch `null` where there is none
 * @returns lines without their mark and line end, in the order of the patch
 */
export function parsePatch(patch: string | null): PatchLine[] {
  if (patch === null) return [];
  const lines: PatchLine[] = [];
  let before = 1;
  let after = 1;
  for (const raw of patch.split("\n")) {
    const hunk = hunkHeader.exec(raw);
    if (hunk) {
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      continue;
    }
    const text = raw.slice(1).replace(/\r$/, "");
    if (raw.startsWith("+")) lines.push({ kind: "added", text, line: after++ });
    else if (raw.startsWith("-")) lines.push({ kind: "removed", text, line: before++ });
    else if (raw.startsWith(" ")) {
      lines.push({ kind: "context", text, line: after++ });
      before++;
    }
    // A line that begins with a backslash says "No newline at end of file"; an empty one is the end of the patch.
  }
  return lines;
}

const hunkHeader = /^@@ -(\d{1,9})(?:,\d{1,9})? \+(\d{1,9})(?:,\d{1,9})? @@/;

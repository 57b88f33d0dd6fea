/** The lines of a unified diff with their numbers on both sides. */

export interface PatchRow {
  text: string;
  /** From 1; `null` where the line is not on that side. */
  base: number | null;
  head: number | null;
  /** Lines of one hunk have the same, and so have added and removed lines that stand together. */
  hunk: number;
  block: number;
}

/** @param patch hunks without file headers; `null` where there is none */
export function patchRows(patch: string | null): PatchRow[] {
  const rows: PatchRow[] = [];
  let [base, head, hunk, block] = [1, 1, 0, 0];
  for (const line of patch?.split("\n") ?? []) {
    const header = /^@@ -(\d{1,9})(?:,\d{1,9})? \+(\d{1,9})(?:,\d{1,9})? @@/.exec(line);
    if (header) {
      [base, head] = [Number(header[1]), Number(header[2])];
      hunk++;
      block++;
      continue;
    }
    const text = line.slice(1).replace(/\r$/, "");
    if (line.startsWith("+")) rows.push({ text, base: null, head: head++, hunk, block });
    else if (line.startsWith("-")) rows.push({ text, base: base++, head: null, hunk, block });
    else if (line.startsWith(" ")) {
      block++;
      rows.push({ text, base: base++, head: head++, hunk, block });
      block++;
    }
  }
  return rows;
}

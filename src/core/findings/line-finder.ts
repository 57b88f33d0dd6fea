/** Where in a text an offset stands. */

/** Longest line told; beyond it evidence is noise. */
const lineCharactersMax = 300;

/** Finds the line of an offset, from 1, and its text without the spaces around it. */
export function lineFinder(text: string): (offset: number) => { line: number; text: string } {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    const index = lastUpTo(starts, offset);
    const start = starts[index] ?? 0;
    const [line = ""] = text.slice(start, start + lineCharactersMax).split("\n", 1);
    return { line: index + 1, text: detached(line.trim()) };
  };
}

/**
 * @param starts sorted
 * @returns the index of the last that is at most `offset`; 0 where none is
 */
export function lastUpTo(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = Math.max(0, starts.length - 1);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A copy: a slice would keep the whole text in memory for as long as it is remembered. */
export function detached(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}

/** Which lines of one side of a file a change touches. */

import type { PatchLine } from "../../patch-lines.ts";

export interface TouchedLines {
  /** Holds when a line from `start` to `end` was changed, or lines between two of them were taken out or put in. */
  touches(start: number, end: number): boolean;
  /** The first changed line from `start` to `end`; `start` where only something between them changed. */
  firstIn(start: number, end: number): number;
}

export const everyLine: TouchedLines = { touches: () => true, firstIn: (start) => start };

/** @returns for the text before (`base`) and after (`head`) */
export function touchedLines(lines: readonly PatchLine[]): { base: TouchedLines; head: TouchedLines } {
  const removed: number[] = [];
  const added: number[] = [];
  /** Numbers of the lines after which the other side has more. */
  const baseGaps: number[] = [];
  const headGaps: number[] = [];
  let ahead = 0;
  for (const { kind, line } of lines) {
    if (kind === "added") {
      added.push(line);
      ahead++;
      baseGaps.push(line - ahead);
    } else if (kind === "removed") {
      removed.push(line);
      ahead--;
      headGaps.push(line + ahead);
    }
  }
  return { base: touching(removed, baseGaps), head: touching(added, headGaps) };
}

function touching(lines: readonly number[], gaps: readonly number[]): TouchedLines {
  return {
    touches: (start, end) =>
      (firstFrom(lines, start) ?? Number.POSITIVE_INFINITY) <= end ||
      (firstFrom(gaps, start) ?? Number.POSITIVE_INFINITY) < end,
    firstIn: (start, end) => {
      const line = firstFrom(lines, start);
      return line !== undefined && line <= end ? line : start;
    },
  };
}

/** The first number that is at least `start`; they are sorted. */
function firstFrom(numbers: readonly number[], start: number): number | undefined {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return numbers[low];
}

/** A problem shown in the text it stands in: the line, two of its neighbours, and a caret under the column. */

import type { Problem } from "../problem.ts";

const widthMax = 120;

/**
 * @param text of the file that the problem names
 * @returns lines joined by line feeds, without one at the end; empty when the problem names no line of the text
 */
export function renderCodeFrame(text: string, where: Problem["where"], neighbours = 1): string {
  const lines = text.split(/\r\n|\n|\r/);
  const { line, column = 1 } = where;
  if (line === undefined || line < 1 || line > lines.length) return "";
  const first = Math.max(1, line - neighbours);
  const last = Math.min(lines.length, line + neighbours);
  const digits = String(last).length;
  // A long line is cut so that the caret stays in sight.
  const skipped = column > widthMax - 20 ? column - 40 : 0;
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const shown = visible(lines[number - 1] ?? "").slice(skipped, skipped + widthMax);
    frame.push(`${number === line ? ">" : " "} ${String(number).padStart(digits)} | ${shown}`.trimEnd());
    if (number === line) frame.push(`  ${" ".repeat(digits)} | ${" ".repeat(Math.max(0, column - 1 - skipped))}^`);
  }
  return frame.join("\n");
}

/** Lines with their numbers, one of them marked. @param first number of the first */
export function renderLines(lines: readonly string[], first: number, marked: number): string {
  const digits = String(first + lines.length - 1).length;
  return lines
    .map((text, index) => {
      const number = first + index;
      const shown = visible(text).slice(0, widthMax);
      return `${number === marked ? ">" : " "} ${String(number).padStart(digits)} | ${shown}`.trimEnd();
    })
    .join("\n");
}

/** Tabs and what a terminal might obey, each as one character, so that columns stay columns. */
function visible(line: string): string {
  return line.replaceAll("\t", " ").replaceAll(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, "\ufffd");
}

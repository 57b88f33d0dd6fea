/** A table for a terminal: columns as wide as they need, the widest ones narrowed and wrapped until all fits. */

import { type Line, type Span, span, widthOf, wrapSpans } from "../styled-text.ts";

const gap = 2;
const columnMin = 8;

export function layOutTable(rows: readonly (readonly Line[])[], width: number): Line[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = fitWidths(
    Array.from({ length: count }, (_, column) => Math.max(0, ...rows.map((row) => widthOf(row[column] ?? [])))),
    width - gap * (count - 1),
  );
  return rows.flatMap((row) => layOutRow(row, widths));
}

function fitWidths(natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  let tooMuch = widths.reduce((sum, each) => sum + each, 0) - width;
  while (tooMuch > 0) {
    const widest = Math.max(...widths);
    if (widest <= columnMin) break;
    widths[widths.indexOf(widest)] = widest - 1;
    tooMuch -= 1;
  }
  return widths;
}

function layOutRow(row: readonly Line[], widths: readonly number[]): Line[] {
  const cells = widths.map((width, column) => wrapSpans(row[column] ?? [], Math.max(1, width)));
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, index) => {
    const line: Span[] = [];
    cells.forEach((lines, column) => {
      const content = lines[index] ?? [];
      line.push(...content);
      const isLast = cells.slice(column + 1).every((later) => later[index] === undefined);
      if (!isLast) line.push(span(" ".repeat((widths[column] ?? 0) - widthOf(content) + gap)));
    });
    return line;
  });
}

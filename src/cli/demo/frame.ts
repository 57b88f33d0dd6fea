/** A frame around what GitHub shows, as a terminal can draw it. */

import { type Line, paint, type Style, span, type TextOptions } from "../styled-text.ts";

/** @param head what stands on its upper edge, e.g. `#3  holdpoint: main  success` */
export function drawFrame(head: Line, body: readonly Line[], style: Style, { hasColour }: TextOptions): string {
  const lines: Line[] = [
    [span("  ╭ ", style), ...head],
    ...body.map((line) => (line.length === 0 ? [span("  │", style)] : [span("  │ ", style), ...line])),
    [span("  ╰", style)],
  ];
  return lines.map((line) => `${paint(line, hasColour)}\n`).join("");
}

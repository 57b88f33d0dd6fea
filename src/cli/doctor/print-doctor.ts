/** What was looked at as a list for people: ✓ well, ✗ to mend, ◌ could not be looked at. */

import type { Io } from "../io.ts";
import { paint, type Span, span, wrapSpans } from "../styled-text.ts";
import type { Health, LookedAt } from "./looked-at.ts";

const marks: Record<Health, Span> = {
  well: span("✓", "green"),
  mend: span("✗", "red"),
  unread: span("◌", "yellow"),
};

const indent = 4;

export function printDoctor(looked: readonly LookedAt[], io: Io): void {
  let area = "";
  for (const one of looked) {
    if (one.area !== area) {
      io.write(`${area === "" ? "" : "\n"}${paint([span(one.area, "bold")], io.hasColour)}\n`);
      area = one.area;
    }
    const lines = wrapSpans([span(`${one.name}: ${one.found}`)], io.width - indent);
    for (const [index, line] of lines.entries()) {
      const lead = index === 0 ? `  ${paint([marks[one.health]], io.hasColour)} ` : " ".repeat(indent);
      io.write(`${lead}${paint(line, io.hasColour)}\n`);
    }
    if (one.mend === "") continue;
    for (const line of wrapSpans([span(`Mend: ${one.mend}.`, "dim")], io.width - indent)) {
      io.write(`${" ".repeat(indent)}${paint(line, io.hasColour)}\n`);
    }
  }
  const [mend, unread] = (["mend", "unread"] as const).map((health) => looked.filter((one) => one.health === health));
  const rest = (unread?.length ?? 0) > 0 ? `, ${unread?.length} could not be looked at` : "";
  io.write(`\n${mend?.length === 0 ? "Nothing to mend" : `${mend?.length} to mend`}${rest}.\n`);
}

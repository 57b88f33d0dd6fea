/** What would be written, for somebody to look at before it is. */

import { styleText } from "node:util";
import { createTwoFilesPatch } from "diff";
import type { PlannedFile } from "./plan-files.ts";

/** The whole text of a new file, the difference to one that is there. */
export function shownFile({ path, text, before }: PlannedFile, hasColour: boolean): string {
  const paint = (style: "bold" | "green" | "red", line: string) =>
    hasColour ? styleText(style, line, { validateStream: false }) : line;
  if (before === null) return `${paint("bold", `${path} (new)`)}\n\n${text}`;
  if (before === text) return `${paint("bold", `${path} (as it is)`)}\n`;
  const lines = createTwoFilesPatch(path, path, before, text, "as it is", "as it would be").split("\n").slice(1);
  const painted = lines.map((line) =>
    line.startsWith("+") ? paint("green", line) : line.startsWith("-") ? paint("red", line) : line,
  );
  return `${painted.join("\n").trimEnd()}\n`;
}

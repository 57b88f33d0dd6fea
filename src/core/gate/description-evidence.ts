/** Reads a pull request's description as evidence: sections by their heading, and ticked boxes. */

import { sectionPrompt } from "../policy/section-prompts.ts";
import { hasContent, plain, withoutEnd } from "./content.ts";
import { type DescriptionLine, readDescription } from "./description-lines.ts";

/** Below every real heading. */
const boldLevel = 7;

/**
 * A section begins at a heading of any kind (`## Rollback`, underlined, `<h2>`, or a line that is bold as a whole) and ends at the next
 * one of its level.
 *
 * @param heading compared without case, marks, emoji, numbering, closing punctuation and a closing `(required)`
 * @returns the section's own text, `null` when there is none or it holds nothing but comments, placeholders and what a template asks
 */
export function findSection(body: string, heading: string): string | null {
  const prompts = [heading, sectionPrompt(heading)];
  const name = nameOf(heading);
  let level = 0;
  let content: DescriptionLine[] | null = null;
  for (const line of readDescription(body)) {
    const head = headOf(line);
    if (head && content && head.level <= level) {
      if (hasContent(content, prompts)) return textOf(content);
      content = null;
    }
    if (head && !content && isNamed(head.text, name)) {
      content = [];
      level = head.level;
    } else if (line.kind !== "heading") content?.push(line);
  }
  return content && hasContent(content, prompts) ? textOf(content) : null;
}

/** Holds when the description has a task-list box with this text, ticked, and none with it left open. */
export function findTickedBox(body: string, text: string): boolean {
  const name = nameOf(text);
  let isTicked = false;
  for (const line of readDescription(body)) {
    const match = line.kind === "text" ? /^\s*(?:[-*+]|\d{1,9}[.)])\s+\[([ xX])\]\s+(.*)$/.exec(line.text) : null;
    if (!match || !isNamed(match[2] ?? "", name)) continue;
    if (match[1] === " ") return false;
    isTicked = true;
  }
  return isTicked;
}

function headOf(line: DescriptionLine): { level: number; text: string } | null {
  if (line.kind === "heading") return line;
  if (line.kind === "code") return null;
  const text = line.text.trim().replace(/:$/, "");
  const mark = text.slice(0, 2);
  const isBold = (mark === "**" || mark === "__") && text.length > 4 && text.indexOf(mark, 2) === text.length - 2;
  return isBold ? { level: boldLevel, text } : null;
}

function textOf(lines: readonly DescriptionLine[]): string {
  return lines
    .map(({ text }) => text)
    .join("\n")
    .trim();
}

/** @param name as {@link nameOf} gives it */
function isNamed(written: string, name: string): boolean {
  return nameOf(written) === name || nameOf(plain(written).replace(/ ?[([][^()[\]]*[)\]]?$/, "")) === name;
}

/** The words of a heading: `2. **Rollback** plan: ##` is `rollback plan`. */
function nameOf(text: string): string {
  const name = plain(text.replace(/\[([^\][]{0,300})\]\([^()]{0,300}\)/g, "$1"))
    .replace(/^\d{1,3}(?:[.):]|\s?[-–])\s/, "")
    .replace(/^[^\p{L}\p{N}]+/u, "");
  const words = withoutEnd(name, /[^\p{L}\p{N}]/u);
  return words === "" ? text.trim().toLowerCase() : words;
}

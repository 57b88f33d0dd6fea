/** Lists as people write them in Markdown: conditions, one an item. */

import type { SpokenLine } from "./spoken-lines.ts";

export interface ListItem {
  /** At most 300 characters. */
  text: string;
  /** A box, `[ ]` or `[x]`; `null` where the item has none. */
  box: "open" | "ticked" | null;
}

/** More are not followed one by one. */
const itemsMax = 50;
const itemTextMax = 300;

/**
 * The list that begins with the first of these lines. Lines that go on with an item belong to it, indented or not, as in Markdown; the list ends
 * with the first paragraph of its own.
 */
export function listAt(lines: readonly SpokenLine[]): ListItem[] {
  const items: ListItem[] = [];
  for (const line of lines) {
    const item = parseItem(line.text);
    const last = items.at(-1);
    if (item !== null) items.push(item);
    else if (last !== undefined && !isHeading(line.text) && (line.isIndented || !line.startsBlock)) {
      last.text = cutItem(`${last.text} ${line.text}`);
    } else break;
  }
  return items.slice(0, itemsMax);
}

function parseItem(line: string): ListItem | null {
  const match = /^(?:[-*+]|\d{1,9}[.)])\s+(?:\[([ xX])\]\s+)?(\S.*)$/.exec(line);
  if (!match?.[2]) return null;
  return { text: cutItem(match[2]), box: match[1] === undefined ? null : match[1] === " " ? "open" : "ticked" };
}

function isHeading(line: string): boolean {
  return /^#{1,6}\s/.test(line);
}

function cutItem(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, itemTextMax);
}

/** What makes two items the same one. */
export function sameItem(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s*_`~]+/g, " ")
    .trim();
}

/** Texts of all ticked boxes, wherever they stand in a text, as {@link sameItem} has them. */
export function tickedItems(lines: readonly SpokenLine[]): ReadonlySet<string> {
  const items = lines.flatMap(({ text }) => parseItem(text) ?? []);
  return new Set(items.filter(({ box }) => box === "ticked").map(({ text }) => sameItem(text)));
}

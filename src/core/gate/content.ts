/** What counts as content: not a placeholder, a template's own words, an open box, the head of an empty table or a mark without a word. */

import { type DescriptionLine, listItem } from "./description-lines.ts";

/** Words that say that nothing is said; with a reason after them ("N/A - nothing is stored") they are an answer. */
const nothing =
  wordsOf(`n/a, na, n.a, none, nothing, no, nope, nil, null, not applicable, does not apply, none needed, none required,
  not needed, not required, not necessary, not relevant, ninguno, ninguna, nada, no aplica, no procede`);

/** Words that put it off: whatever follows them is still to be written. */
const later =
  wordsOf(`tbd, tbc, tba, todo, to do, to be done, to be defined, to be decided, to be determined, to be confirmed, fixme, wip,
  work in progress, coming soon, pending, placeholder, pendiente, por definir, por hacer, lorem ipsum`);

const separator = /^(?:\s+[-–—:(]+|[–—:;,.(/!]+)\s*/;

/** Holds for text that only keeps a place: `TBD`, `n/a`, `TODO: write this`, `[describe here]`, `…`, an emoji. */
export function isPlaceholder(text: string): boolean {
  return isPlaceholding(plain(text));
}

function isPlaceholding(words: string): boolean {
  let rest = words;
  for (;;) {
    if (!/[\p{L}\p{N}]/u.test(rest) || /^(?:x+|<[^<>:]*>|\[[^[\]]*\])$/.test(rest)) return true;
    const word = longest(rest, later) ?? longest(rest, nothing);
    if (word === null) return false;
    if (later.includes(word)) return true;
    rest = rest.slice(word.length).replace(separator, "");
  }
}

/**
 * Holds when one of the lines says something.
 *
 * @param prompts texts that ask and do not answer: the heading, a template's prompt
 */
export function hasContent(lines: readonly DescriptionLine[], prompts: readonly string[]): boolean {
  const asked = new Set(prompts.map(plain));
  const says = (text: string) => {
    const said = plain(text);
    return !isPlaceholding(said) && !asked.has(said);
  };
  let isInTable = false;
  for (const [index, line] of lines.entries()) {
    if (line.text.trim() === "") {
      isInTable = false;
      continue;
    }
    if (line.kind === "code") {
      if (says(line.text)) return true;
      continue;
    }
    const next = lines[index + 1];
    if (isTableRule(line.text) || (next && line.text.includes("|") && isTableRule(next.text))) {
      isInTable = true;
      continue;
    }
    isInTable &&= line.text.includes("|");
    if (isInTable ? filledCells(line.text).some(says) : lineSays(line.text, says)) return true;
  }
  return false;
}

function isTableRule(text: string): boolean {
  return text.includes("|") && text.includes("-") && /^[\s|:-]+$/.test(text);
}

/** The first column of a template's table is filled in already. */
function filledCells(row: string): string[] {
  const cells = row.trim().replace(/^\|/, "").replace(/\|$/, "").split("|");
  return cells.length > 1 ? cells.slice(1) : cells;
}

function lineSays(line: string, says: (text: string) => boolean): boolean {
  let text = line.trim();
  for (;;) {
    const mark = text.startsWith(">") ? ">" : listItem.exec(text)?.[0];
    if (mark === undefined) break;
    text = text.slice(mark.length).trimStart();
  }
  if (/^\[ ?\](?:\s|$)/.test(text)) return false;
  text = text.replace(/^\[x\](?=\s|$)/i, "");
  if (/^\[[^\]]{1,300}\]:/.test(text)) return false; // the definition of a link, also used to hide a comment
  // A label such as `**Steps:**` announces what follows.
  if (/^(?:\*\*|__).{1,100}:(?:\*\*|__)$/.test(text) || /^(?:\*\*|__).{1,100}(?:\*\*|__):$/.test(text)) return false;
  return showsImage(text) || says(text);
}

function showsImage(text: string): boolean {
  return (
    /!\[[^\]]{0,300}\]\(\s?(?:https?:\/\/|\.{0,2}\/)[^)\s]/i.test(text) ||
    /<img\s[^<>]{0,300}?src=["']?(?:https?:\/\/|\.{0,2}\/)[^"'\s>]/i.test(text)
  );
}

/** The words of a line: no elements, entities, emoji, marks, or links whose address was left out. */
export function plain(text: string): string {
  if (/^[A-Za-z0-9 ]*$/.test(text)) return text.replace(/ +/g, " ").trim().toLowerCase();
  const words = text
    .replace(/<\/?[a-z][a-z0-9-]{0,30}(?:\s[^<>]{0,1000})?\/?>/gi, " ")
    .replace(/&(?:nbsp|#160|zwn?j);/gi, " ")
    .replace(/!?\[([^\][]{0,300})\]\(\s?(?:url|link|#)?\s?\)/gi, "[$1]")
    .replace(/:[a-z0-9_+-]{1,40}:/gi, " ")
    .replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Cf}|\ufe0f/gu, "")
    .replace(/[*_`~#]/g, "")
    .replace(/\s+/g, " ")
    .replace(/^[^\p{L}\p{N}[<]+/u, "");
  return withoutEnd(words, /[\s.!?:;,…-]/).toLowerCase();
}

/** Cuts off what stands at the end, mark by mark: a pattern that ends in `+$` would begin anew at each of them. */
export function withoutEnd(text: string, mark: RegExp): string {
  let end = text.length;
  while (end > 0 && mark.test(text[end - 1] ?? "")) end -= 1;
  return text.slice(0, end);
}

/** The longest of the words that the text begins with, alone or before a mark that separates. */
function longest(text: string, among: readonly string[]): string | null {
  return (
    among.find((word) => text === word || (text.startsWith(word) && separator.test(text.slice(word.length)))) ?? null
  );
}

function wordsOf(list: string): string[] {
  return list
    .split(",")
    .map((word) => word.trim())
    .sort((one, other) => other.length - one.length);
}

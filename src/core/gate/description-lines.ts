/**
 * A pull request's description as a reader of the page sees it, line by line: what is a heading, what is code, and nothing of what
 * stands in comments. Every line is looked at once, so that a description made to be slow is not.
 */

/** A description has at most 65,536 characters on GitHub; what lies beyond is not read. */
export const descriptionCharactersMax = 100_000;

export type DescriptionLine =
  | { kind: "heading"; level: number; text: string }
  /** A paragraph's line, a list item, a quote or a row of a table; empty lines too. */
  | { kind: "text"; text: string }
  | { kind: "code"; text: string };

export const listItem = /^\s*(?:[-*+]|\d{1,9}[.)])(?=\s|$)/;
const hashes = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/;
const underline = /^ {0,3}(?:(=+)|-+)[ \t]*$/;
const htmlHeading = /^\s{0,3}<h([1-6])(?:\s[^<>]*)?>(.*)$/i;
const fenceMark = /^\s*(`{3,}|~{3,})(.*)$/;
const linkDefinition = /^ {0,3}\[[^\]]{1,300}\]:/;

let last: { body: string; lines: readonly DescriptionLine[] } = { body: "", lines: [] };

/** One judgement asks many times for the same description: the last one is remembered. */
export function readDescription(body: string): readonly DescriptionLine[] {
  if (last.body !== body) last = { body, lines: readLines(body) };
  return last.lines;
}

function readLines(body: string): DescriptionLine[] {
  const lines: DescriptionLine[] = [];
  let isInComment = false;
  let fence: string | null = null;
  let isInList = false;
  /** How many of the last lines make the paragraph that an underline would turn into a heading. */
  let paragraph = 0;
  for (const raw of body.slice(0, descriptionCharactersMax).split(/\r\n|\r|\n/)) {
    if (fence !== null) {
      if (closes(raw, fence)) fence = null;
      else lines.push({ kind: "code", text: raw });
      continue;
    }
    const seen = withoutComments(raw, isInComment);
    isInComment = seen.isOpen;
    const { text } = seen;
    const before = paragraph;
    paragraph = 0;
    fence = openedFence(text, isInList);
    if (fence !== null) continue;
    const heading = headingOf(text);
    const level = before > 0 ? underlineLevel(text) : null;
    if (heading !== null) {
      lines.push(heading);
      isInList = false;
    } else if (level !== null) {
      lines.push({ kind: "heading", level, text: lines.splice(-before).map(textOf).join(" ") });
    } else if (isIndentedCode(text) && !isInList && before === 0) {
      lines.push({ kind: "code", text });
    } else {
      lines.push({ kind: "text", text });
      const isItem = listItem.test(text);
      isInList = isItem || (isInList && (text.trim() === "" || /^\s{2}/.test(text)));
      if (!isItem && !isInList && isPlain(text)) paragraph = before + 1;
    }
  }
  return lines;
}

function textOf({ text }: DescriptionLine): string {
  return text.trim();
}

function headingOf(text: string): DescriptionLine | null {
  const marked = hashes.exec(text);
  if (marked?.[1]) return { kind: "heading", level: marked[1].length, text: marked[2] ?? "" };
  const html = htmlHeading.exec(text);
  return html ? { kind: "heading", level: Number(html[1]), text: html[2] ?? "" } : null;
}

function underlineLevel(text: string): 1 | 2 | null {
  const match = underline.exec(text);
  if (!match) return null;
  return match[1] ? 1 : 2;
}

function openedFence(text: string, isInList: boolean): string | null {
  const [, mark, info = ""] = fenceMark.exec(text) ?? [];
  if (!mark || (!isInList && isIndentedCode(text))) return null;
  // Back-ticks after back-ticks are code within a line.
  return mark.startsWith("`") && info.includes("`") ? null : mark;
}

function closes(raw: string, fence: string): boolean {
  const [, mark, info = ""] = fenceMark.exec(raw) ?? [];
  return mark?.startsWith(fence) === true && info.trim() === "";
}

function isIndentedCode(text: string): boolean {
  return /^(?: {4}| {0,3}\t)/.test(text) && text.trim() !== "";
}

/** Text that goes on as a paragraph: no quote, no row of a table, no element, no definition of a link. */
function isPlain(text: string): boolean {
  return text.trim() !== "" && !/^\s*[>|<]/.test(text) && !linkDefinition.test(text);
}

/** A comment that is never closed hides the rest, as it does on the page where it starts a line. */
function withoutComments(raw: string, isInComment: boolean): { text: string; isOpen: boolean } {
  let text = "";
  let at = 0;
  if (isInComment) {
    const end = raw.indexOf("-->");
    if (end === -1) return { text, isOpen: true };
    at = end + 3;
  }
  for (;;) {
    const start = commentStart(raw, at);
    if (start === -1) return { text: text + raw.slice(at), isOpen: false };
    text += raw.slice(at, start);
    const end = raw.indexOf("-->", start + 4);
    if (end === -1) return { text, isOpen: true };
    at = end + 3;
  }
}

/** Where the next comment starts that is not itself shown as code: `` `<!--` ``. */
function commentStart(raw: string, from: number): number {
  let start = raw.indexOf("<!--", from);
  let at = from;
  while (start !== -1) {
    const open = raw.indexOf("`", at);
    const close = open === -1 || open > start ? -1 : raw.indexOf("`", open + 1);
    if (close === -1) return start;
    at = close + 1;
    if (at > start) start = raw.indexOf("<!--", at);
  }
  return -1;
}

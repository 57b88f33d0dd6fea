/** The Markdown that core/report writes, read back into lines of styled text, for channels that have a form of their own. */

export interface Span {
  text: string;
  isBold?: true;
  isCode?: true;
  /** An `http` or `https` address. */
  href?: string;
}

export interface Line {
  kind: "text" | "heading" | "item" | "code";
  spans: Span[];
}

const fence = /^\s*(`{3,})/;

/** Tables become a line per row, HTML goes, what escaping added goes: the text is what a reader of the page would see. */
export function readBody(markdown: string): Line[] {
  const lines: Line[] = [];
  let open: string | null = null;
  for (const source of markdown.replace(/<!--.*?-->/gs, "").split("\n")) {
    const mark = fence.exec(source)?.[1];
    if (open === null && mark !== undefined) open = mark;
    else if (open !== null && mark !== undefined && mark.length >= open.length) open = null;
    else if (open !== null) lines.push({ kind: "code", spans: [{ text: source }] });
    else lines.push(...readLine(source));
  }
  return trimmed(lines);
}

function readLine(source: string): Line[] {
  if (/^\s*\|?[\s:|-]*-{3,}[\s:|-]*$/.test(source)) return []; // under a table's head, or a rule
  const heading = /^#{1,6}\s+(.*)$/.exec(source);
  if (heading !== null) return [{ kind: "heading", spans: readSpans(heading[1] ?? "") }];
  const item = /^\s*(?:[-*]|\d+[.)])\s+(.*)$/.exec(source);
  if (item !== null) return [{ kind: "item", spans: readSpans(item[1] ?? "") }];
  return [{ kind: "text", spans: readSpans(withoutCells(source.replace(/^\s*>\s?/, ""))) }];
}

/** `| a | b |` → `a · b` */
function withoutCells(source: string): string {
  if (!/^\s*\|.*\|\s*$/.test(source)) return source;
  const cells = source
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/);
  return cells
    .map((cell) => cell.trim())
    .filter((cell) => cell !== "")
    .join(" · ");
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

type Style = Omit<Span, "text">;

interface Rule {
  pattern: RegExp;
  read(match: RegExpExecArray, style: Style): Span[];
}

/** Each looks ahead only so far, so that marks which never close cost little. */
const inline: readonly Rule[] = [
  {
    pattern: /^(`{1,100})(.{1,2000}?)(?<!`)\1(?!`)/,
    read: ([, , text = ""], style) => [{ ...style, text: unpadded(text), isCode: true }],
  },
  {
    pattern: /^<code>(.{0,2000}?)<\/code>/,
    read: ([, text = ""], style) => readSpans(text, { ...style, isCode: true }),
  },
  { pattern: /^<\/?[a-z][^>]{0,500}>/i, read: () => [] },
  { pattern: /^\*\*(.{1,2000}?)\*\*/, read: ([, text = ""], style) => readSpans(text, { ...style, isBold: true }) },
  {
    pattern: /^!?\[((?:[^\]\\]|\\.){0,2000})\]\(([^)\s]{0,4000})\)/,
    read: ([, text = "", href = ""], style) => readSpans(text, /^https?:\/\//.test(href) ? { ...style, href } : style),
  },
  { pattern: /^&#(\d{1,7});/, read: ([, code], style) => [{ ...style, text: character(Number(code)) }] },
  { pattern: /^&(lt|gt|amp|quot);/, read: ([, name = ""], style) => [{ ...style, text: entities[name] ?? "" }] },
  { pattern: /^\\([!-/:-@[-`{-~])/, read: ([, mark = ""], style) => [{ ...style, text: mark }] },
  { pattern: /^[^`<*![&\\]+/, read: ([text], style) => [{ ...style, text }] },
];

function readSpans(source: string, style: Style = {}): Span[] {
  const spans: Span[] = [];
  let rest = source;
  while (rest !== "") {
    const [length, next] = readFirst(rest, style) ?? [1, [{ ...style, text: rest[0] ?? "" }]];
    rest = rest.slice(length);
    for (const span of next) {
      const last = spans.at(-1);
      if (last !== undefined && isAlike(last, span)) last.text += span.text;
      else if (span.text !== "") spans.push({ ...span });
    }
  }
  return spans;
}

function readFirst(rest: string, style: Style): [number, Span[]] | null {
  for (const { pattern, read } of inline) {
    const match = pattern.exec(rest);
    if (match !== null) return [match[0].length, read(match, style)];
  }
  return null;
}

function isAlike(one: Span, other: Span): boolean {
  return one.isBold === other.isBold && one.isCode === other.isCode && one.href === other.href;
}

/** The breaker that escaping puts in has done its work. */
function character(code: number): string {
  return code === 0x200b || code > 0x10ffff ? "" : String.fromCodePoint(code);
}

/** A space on both sides of a code span is not part of it. */
function unpadded(text: string): string {
  return text.startsWith(" ") && text.endsWith(" ") && text.trim() !== "" ? text.slice(1, -1) : text;
}

/** No empty lines at the ends, and no two in a row. */
function trimmed(lines: readonly Line[]): Line[] {
  const isBlank = (line: Line | undefined) =>
    line?.kind === "text" && line.spans.every(({ text }) => text.trim() === "");
  const kept = lines.filter((line, index) => !isBlank(line) || (index > 0 && !isBlank(lines[index - 1])));
  return isBlank(kept.at(-1)) ? kept.slice(0, -1) : kept;
}

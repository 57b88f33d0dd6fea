/** Markdown within a line, as spans for a terminal: bold, code, links; escapes and entities are undone. */

import type { Span, Style } from "../styled-text.ts";

const entities: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"' };

interface Rule {
  pattern: RegExp;
  read(match: RegExpExecArray, styles: readonly Style[]): Span[];
}

const rules: readonly Rule[] = [
  {
    pattern: /^(`+)(.+?)(?<!`)\1(?!`)/,
    read: ([, , text = ""], styles) => [{ text: trimCode(text), styles: [...styles, "cyan"] }],
  },
  { pattern: /^<code>(.*?)<\/code>/, read: ([, text = ""], styles) => markdownSpans(text, [...styles, "cyan"]) },
  { pattern: /^<sub>(.*?)<\/sub>/, read: ([, text = ""], styles) => markdownSpans(text, [...styles, "dim"]) },
  { pattern: /^\*\*(.+?)\*\*/, read: ([, text = ""], styles) => markdownSpans(text, [...styles, "bold"]) },
  {
    pattern: /^\[((?:[^\]\\]|\\.)*)\]\([^)]*\)/,
    read: ([, text = ""], styles) => markdownSpans(text, [...styles, "underline"]),
  },
  { pattern: /^&#(\d{1,7});/, read: ([, code], styles) => [{ text: String.fromCodePoint(Number(code)), styles }] },
  { pattern: /^&\w{2,5};/, read: ([all = ""], styles) => [{ text: entities[all] ?? all, styles }] },
  { pattern: /^\\([!-/:-@[-`{-~])/, read: ([, mark = ""], styles) => [{ text: mark, styles }] },
];

export function markdownSpans(source: string, styles: readonly Style[] = []): Span[] {
  const spans: Span[] = [];
  let rest = source;
  while (rest !== "") {
    const found = readFirst(rest, styles);
    const [length, next] = found ?? [1, [{ text: rest[0] ?? "", styles }]];
    rest = rest.slice(length);
    for (const { text, styles: worn } of next) {
      const shown = withoutControls(text);
      const last = spans.at(-1);
      if (shown === "") continue;
      if (last !== undefined && last.styles === worn) last.text += shown;
      else spans.push({ text: shown, styles: worn });
    }
  }
  return spans;
}

function readFirst(rest: string, styles: readonly Style[]): [number, Span[]] | null {
  for (const { pattern, read } of rules) {
    const match = pattern.exec(rest);
    if (match !== null) return [match[0].length, read(match, styles)];
  }
  return null;
}

/** Text of a change could else move the cursor; zero-width marks have done their work. */
export function withoutControls(text: string): string {
  return text.replaceAll(/[\p{Cc}\u200b]/gu, "");
}

/** A space on both sides of a code span is not part of it. */
function trimCode(text: string): string {
  return text.startsWith(" ") && text.endsWith(" ") && text.trim() !== "" ? text.slice(1, -1) : text;
}

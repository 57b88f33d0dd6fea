/** GitHub Markdown as a terminal can show it: headings, paragraphs, lists, tables, code blocks, folded sections. */

import { type Line, type Span, span, wrapSpans } from "../styled-text.ts";
import { markdownSpans, withoutControls } from "./markdown-spans.ts";
import { layOutTable } from "./terminal-table.ts";

/** Lines no wider than `width`; an empty one between blocks. */
export function layOutMarkdown(markdown: string, width: number): Line[] {
  const lines: Line[] = [];
  const source = markdown.split(/\r?\n/);
  let at = 0;
  while (at < source.length) {
    const block = readBlock(source, at);
    at += block.length;
    const shown = layOutBlock(block, width);
    if (shown.length === 0) continue;
    if (lines.length > 0) lines.push([]);
    lines.push(...shown);
  }
  return lines;
}

/** What can be unfolded in a text: the titles of its `<details>`. */
export function foldedTitles(markdown: string): string[] {
  return [...markdown.matchAll(/<summary>(.*?)<\/summary>/g)].map(([, title = ""]) =>
    markdownSpans(title)
      .map(({ text }) => text)
      .join(""),
  );
}

const fence = /^(`{3,})/;

/** The lines of the next block: a fence runs to its end, everything else to the next empty line. */
function readBlock(source: readonly string[], from: number): string[] {
  const [first = ""] = source.slice(from, from + 1);
  if (first.trim() === "") return [first];
  const mark = fence.exec(first)?.[1];
  const isEnd = (line: string) => (mark === undefined ? line.trim() === "" || fence.test(line) : line === mark);
  let end = from + 1;
  while (end < source.length && !isEnd(source[end] ?? "")) end += 1;
  return source.slice(from, mark === undefined ? end : end + 1);
}

function layOutBlock(block: readonly string[], width: number): Line[] {
  const [first = ""] = block;
  if (fence.test(first)) return block.slice(1, -1).map((line) => [span(withoutControls(line), "dim")]);
  if (first.startsWith("|")) return layOutTable(tableRows(block), width);
  if (/^\s*- /.test(first)) return block.flatMap((line) => listItem(line, width));
  if (first.startsWith("<") || first.trim() === "" || /^-{3,}$/.test(first)) return [];
  const [, heading] = /^#{1,6} (.*)$/.exec(first) ?? [];
  if (heading !== undefined) return wrapSpans(markdownSpans(heading, ["bold"]), width);
  const isFooter = /^head `/.test(first);
  return wrapSpans(markdownSpans(block.join(" "), isFooter ? ["dim"] : []), width);
}

function listItem(line: string, width: number): Line[] {
  const [, indent = "", text = ""] = /^(\s*)- (.*)$/.exec(line) ?? [null, "", line.trim()];
  const lead = `${indent}- `;
  return wrapSpans(markdownSpans(text), width - lead.length).map((wrapped, index) => [
    span(index === 0 ? lead : " ".repeat(lead.length)),
    ...wrapped,
  ]);
}

const markStyles = { "●": "yellow", "✓": "green", "✗": "red", "◌": "dim" } as const;

/** The line under the head is left out; a row whose first cell is a state mark wears its colour. */
function tableRows(block: readonly string[]): Line[][] {
  return block
    .filter((line) => !/^\|[\s:|-]+\|$/.test(line))
    .map((line, index) => cellsOf(line).map((cell) => cellSpans(cell, index === 0)));
}

function cellSpans(cell: string, isHead: boolean): Span[] {
  if (isHead) return markdownSpans(cell, ["dim"]);
  const style = Object.hasOwn(markStyles, cell) ? markStyles[cell as keyof typeof markStyles] : undefined;
  return style === undefined ? markdownSpans(cell) : [span(cell, style)];
}

function cellsOf(line: string): string[] {
  return line
    .replace(/^\|/, "")
    .replace(/\|\s*$/, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

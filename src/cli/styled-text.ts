/** Text for a terminal: words that know how wide they are, whatever colours they wear. */

import { styleText } from "node:util";

export type Style = "bold" | "dim" | "italic" | "underline" | "red" | "green" | "yellow" | "cyan";

export interface TextOptions {
  /** Colours; off where the output is no terminal. */
  hasColour: boolean;
  /** Columns to wrap at. */
  width: number;
}

export interface Span {
  text: string;
  styles: readonly Style[];
}

export type Line = readonly Span[];

export function span(text: string, ...styles: Style[]): Span {
  return { text, styles };
}

export function widthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + [...text].length, 0);
}

export function paint(line: Line, hasColour: boolean): string {
  return line
    .map(({ text, styles }) =>
      hasColour && styles.length > 0 ? styleText([...styles], text, { validateStream: false }) : text,
    )
    .join("");
}

/** Breaks at spaces, not at those that hold words together; a longer word is cut where the line ends. No text, no lines. */
export function wrapSpans(spans: Line, width: number): Line[] {
  const lines: Span[][] = [];
  let line: Span[] = [];
  let used = 0;
  const end = () => {
    if (line.length > 0) lines.push(line);
    line = [];
    used = 0;
  };
  for (const word of wordsOf(spans)) {
    const wordWidth = widthOf(word);
    if (used > 0 && used + 1 + wordWidth > width) end();
    if (used > 0) {
      line.push(gapBetween(line.at(-1), word[0]));
      used += 1;
    }
    for (const piece of wordWidth > width ? cutPieces(word, width) : [word]) {
      if (used + widthOf(piece) > width && used > 0) end();
      line.push(...piece);
      used += widthOf(piece);
    }
  }
  end();
  return lines;
}

/** A space inside underlined or coloured words keeps their look. */
function gapBetween(before: Span | undefined, after: Span | undefined): Span {
  const isSame = before !== undefined && before.styles === after?.styles;
  return { text: " ", styles: isSame ? before.styles : [] };
}

function wordsOf(spans: Line): Span[][] {
  const words: Span[][] = [];
  let word: Span[] = [];
  for (const { text, styles } of spans) {
    const [first = "", ...rest] = text.split(/[ \t\n]+/);
    if (first !== "") word.push({ text: first, styles });
    for (const next of rest) {
      if (word.length > 0) words.push(word);
      word = next === "" ? [] : [{ text: next, styles }];
    }
  }
  if (word.length > 0) words.push(word);
  return words;
}

function cutPieces(word: Line, width: number): Span[][] {
  const letters = word.flatMap(({ text, styles }) => [...text].map((letter) => ({ text: letter, styles })));
  const pieces: Span[][] = [];
  for (let from = 0; from < letters.length; from += width) pieces.push(letters.slice(from, from + width));
  return pieces;
}

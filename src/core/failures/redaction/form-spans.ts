/** Secrets of a known form, found by the scanner of changes, in texts of any length. */

import { piecesOf } from "../../findings/security/secrets/added-batches.ts";
import { scanForSecrets } from "../../findings/security/secrets/secret-scan.ts";
import { privateKeyType } from "../../findings/security/secrets/token-formats.ts";
import type { Span } from "./span.ts";

/** The scanner meets no longer text, so that its time grows with the length alone. */
const windowCharacters = 150_000;
/** Longer than any key: one that a window cuts through is whole in the next. */
const overlapCharacters = 16_000;

/** Longer lines are looked at in pieces. */
const lineCharactersMax = 8_000;

/** @param breathe called between windows, so that a server can answer others meanwhile */
export async function formSpans(text: string, breathe: () => Promise<void>): Promise<Span[]> {
  const spans: Span[] = [];
  for (const window of windowsOf(text)) {
    for (const { start, end, type } of await scanForSecrets(window.text)) {
      // A key that is cut off has no end of its own there: private-key-spans.ts leaves what stands behind it.
      if (type !== privateKeyType) spans.push(...window.spansAt(start, end));
    }
    await breathe();
  }
  return spans;
}

interface Window {
  text: string;
  spansAt(start: number, end: number): Span[];
}

/** A part of a line: where it stands in the window, and where in the whole text. */
interface Piece {
  at: number;
  from: number;
  length: number;
}

function* windowsOf(text: string): Generator<Window> {
  let parts: string[] = [];
  let pieces: Piece[] = [];
  let length = 0;
  for (const { from, part } of partsOf(text)) {
    parts.push(part);
    pieces.push({ at: length, from, length: part.length });
    length += part.length + 1;
    if (length < windowCharacters) continue;
    yield windowOf(parts, pieces);
    let kept = pieces.length;
    for (let behind = 0; kept > 1 && behind < overlapCharacters; kept--) behind += (pieces[kept - 1]?.length ?? 0) + 1;
    const cut = pieces[kept]?.at ?? length;
    parts = parts.slice(kept);
    pieces = pieces.slice(kept).map((piece) => ({ ...piece, at: piece.at - cut }));
    length -= cut;
  }
  if (parts.length > 0) yield windowOf(parts, pieces);
}

function windowOf(parts: readonly string[], pieces: readonly Piece[]): Window {
  return {
    text: parts.join("\n"),
    spansAt(start, end) {
      const spans: Span[] = [];
      for (let index = pieceAt(pieces, start); index < pieces.length; index++) {
        const { at, from, length } = pieces[index] as Piece;
        if (at >= end) break;
        spans.push({ start: from + Math.max(0, start - at), end: from + Math.min(length, end - at) });
      }
      return spans.filter((span) => span.end > span.start);
    },
  };
}

/** The last piece that begins at or before an offset. */
function pieceAt(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.at ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Blocks of whole lines, and pieces of lines that are too long for one. */
function* partsOf(text: string): Generator<{ from: number; part: string }> {
  let blockStart = 0;
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf("\n", from);
    const end = newline === -1 ? text.length : newline;
    const isLong = end - from > lineCharactersMax;
    if (blockStart < from && (isLong || end - blockStart > lineCharactersMax)) {
      yield { from: blockStart, part: text.slice(blockStart, from - 1) };
      blockStart = from;
    }
    if (isLong) {
      yield* piecesAt(from, text.slice(from, end));
      blockStart = end + 1;
    }
    from = end + 1;
  }
  if (blockStart < text.length) yield { from: blockStart, part: text.slice(blockStart) };
}

/** They overlap by half of their length. */
function* piecesAt(from: number, line: string): Generator<{ from: number; part: string }> {
  let searched = 0;
  for (const part of piecesOf(line)) {
    yield { from: from + searched, part };
    searched += lineCharactersMax / 2;
  }
}

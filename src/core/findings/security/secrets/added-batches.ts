/** Added lines of many files in few texts: a scanner starts up anew for every text. */

import type { ReadFile } from "../../detector.ts";
import { lastUpTo } from "../../line-finder.ts";

export interface Place {
  file: ReadFile;
  line: number;
}

export interface Batch {
  text: string;
  placeAt: (offset: number) => Place | null;
}

const batchCharacters = 200_000;

/** Longer lines are cut, with an overlap wider than any token, so that no pattern meets a huge one. */
const pieceCharacters = 8000;
const overlapCharacters = 4000;

export function batchesOf(files: readonly ReadFile[]): Batch[] {
  const batches: Batch[] = [];
  let text: string[] = [];
  let starts: number[] = [];
  let places: Place[] = [];
  let length = 0;
  const close = () => {
    if (text.length > 0) batches.push(batchOf(text.join("\n"), starts, places));
    text = [];
    starts = [];
    places = [];
    length = 0;
  };
  for (const file of files) {
    for (const { kind, text: line, line: number } of file.lines) {
      if (kind !== "added") continue;
      for (const piece of piecesOf(line)) {
        text.push(piece);
        starts.push(length);
        places.push({ file, line: number });
        length += piece.length + 1;
      }
    }
    if (length > batchCharacters) close();
  }
  close();
  return batches;
}

function batchOf(text: string, starts: readonly number[], places: readonly Place[]): Batch {
  return {
    text,
    placeAt: (offset) => places[lastUpTo(starts, offset)] ?? null,
  };
}

export function piecesOf(line: string): string[] {
  if (line.length <= pieceCharacters) return [line];
  const pieces: string[] = [];
  for (let at = 0; at < line.length - overlapCharacters; at += pieceCharacters - overlapCharacters) {
    pieces.push(line.slice(at, at + pieceCharacters));
  }
  return pieces;
}

/** Readings of source files, kept for a while: every round of contents asks for the same texts, and so does the detection. */

import { createHash } from "node:crypto";
import type { ApiSurface } from "./api-surface.ts";

type Reading = { surface: ApiSurface } | ApiSurface | null;

/** Symbols remembered of all languages together, some 30 MB: those of a few thousand files. */
const symbolsMax = 60_000;

let recent = new Map<string, Reading>();
let older = new Map<string, Reading>();
let count = 0;

/**
 * The same path and text always give the same, without being parsed again. Readings are shared: nobody changes one.
 *
 * @param language tells readers apart that look at the same text
 * @param read pure
 */
export function rememberReadings<T extends Reading>(
  language: string,
  read: (path: string, text: string) => T,
): (path: string, text: string) => T {
  return (path, text) => {
    const key = `${language} ${path}\n${createHash("sha1").update(text).digest("base64")}`;
    const known = recent.get(key) ?? older.get(key);
    if (known !== undefined) return known as T;
    const reading = read(path, text);
    count += 1 + symbolsIn(reading);
    if (count > symbolsMax / 2) {
      older = recent;
      recent = new Map();
      count = 0;
    }
    recent.set(key, reading);
    return reading;
  };
}

function symbolsIn(reading: Reading): number {
  if (reading === null) return 0;
  return ("surface" in reading ? reading.surface : reading).symbols.size;
}

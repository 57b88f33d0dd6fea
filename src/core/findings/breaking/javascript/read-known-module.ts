import { createHash } from "node:crypto";
import { type JsModule, readModule } from "./read-module.ts";

/** Symbols remembered, some 30 MB: those of a few thousand files. */
const symbolsMax = 60_000;

let recent = new Map<string, JsModule | null>();
let older = new Map<string, JsModule | null>();
let count = 0;

/**
 * Like {@link readModule}, without parsing again what was parsed a short while ago: every round of contents asks for the same texts, and so
 * does the detection. The same text always gives the same.
 */
export function readKnownModule(path: string, text: string): JsModule | null {
  const key = `${path}\n${createHash("sha1").update(text).digest("base64")}`;
  const known = recent.get(key) ?? older.get(key);
  if (known !== undefined) return known;
  const read = readModule(path, text);
  count += 1 + (read?.surface.symbols.size ?? 0);
  if (count > symbolsMax / 2) {
    older = recent;
    recent = new Map();
    count = 0;
  }
  recent.set(key, read);
  return read;
}

/** Private keys in PEM form, whole or cut off, on lines of their own or in one string. */

import type { Span } from "./span.ts";

const begin = /-----BEGIN ?(?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;

/** More than the longest key has. */
const bodyCharactersMax = 16_000;

export function privateKeySpans(text: string): Span[] {
  const spans: Span[] = [];
  const heads = [...text.matchAll(begin)];
  heads.forEach(({ index, 0: head }, position) => {
    const start = index + head.length;
    const next = heads[position + 1]?.index ?? text.length;
    const body = text.slice(start, Math.min(next, start + bodyCharactersMax));
    const end = body.indexOf("-----END");
    const length = end >= 0 ? end : lengthOfRest(body);
    // A program that names the first line of a key holds none.
    if (/[A-Za-z0-9+/]{16}/.test(body.slice(0, length))) spans.push({ start, end: start + length });
  });
  return spans;
}

/** Of a key that ends nowhere: as far as lines look like its own. */
function lengthOfRest(body: string): number {
  let length = 0;
  for (const line of body.split("\n")) {
    const isKey = line.trim() === "" || /^[\w\\+/=:,."'|> \t\r-]*$/.test(line);
    if (
      !isKey ||
      (line.trim() !== "" && !/[A-Za-z0-9+/=]{16}|^[\w\\+/="' \t\r|>-]{1,76}$|^(?:Proc-Type|DEK-Info):/.test(line))
    )
      break;
    length += line.length + 1;
  }
  return body.slice(0, length).trimEnd().length;
}

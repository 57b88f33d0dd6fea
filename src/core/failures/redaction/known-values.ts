/** Values that are known to be secret, and the ways in which programs print them. */

import { Buffer } from "node:buffer";

/** Shorter ones would be cut out of ordinary words. */
const charactersMin = 6;

/** `::add-mask::…`: the runner takes it out of its own log, but not out of a file that a step wrote. */
const masked = /^[^\S\n]{0,20}::add-mask::([^\r\n]{1,4000})/gm;

export function maskedValues(text: string): string[] {
  return [...text.matchAll(masked)].map(([, value = ""]) => value.trim());
}

/** @returns what to look for, the longest first */
export function waysToPrint(values: Iterable<string>): string[] {
  const ways = new Set<string>();
  for (const value of values) {
    // Of a key, each line by itself, as the runner does.
    for (const line of [value, ...value.split(/\r?\n/)].map((part) => part.trim())) {
      if (line.length < charactersMin || /^(?:true|false|\*+|\[redacted\])$/.test(line)) continue;
      const bytes = Buffer.from(line);
      for (const way of [
        line,
        bytes.toString("base64").replace(/=+$/, ""),
        bytes.toString("base64url"),
        encoded(line),
        JSON.stringify(line).slice(1, -1),
      ])
        ways.add(way);
    }
  }
  return [...ways].sort((a, b) => b.length - a.length);
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/**
 * Reports of API Extractor (`*.api.md`): the declarations of a package, as its authors review them, in a fence of TypeScript.
 *
 * @see https://api-extractor.com/pages/overview/demo_api_report/
 */

import { type ApiSurface, type ApiSymbol, emptySurface } from "../api/api-surface.ts";
import { rememberReadings } from "../api/remember-readings.ts";
import { readModule } from "./read-module.ts";

/** Lines from the top within which the heading stands. */
const headerLines = 20;

/** @returns the name that the report has in its heading: that of a package, perhaps with a path in it; `null` for other texts */
export function reportedName(text: string): string | null {
  for (const line of text.slice(0, 5000).split("\n", headerLines)) {
    const name = /^\uFEFF?## API Report File for "([^"]{1,300})"/.exec(line)?.[1];
    if (name !== undefined) return name;
  }
  return null;
}

export const releases = ["public", "beta", "alpha", "internal"] as const;
export type Release = (typeof releases)[number];

const mark = "release ";

/** How far the authors promise a thing: what says nothing is public, as the tool takes it. */
export function releaseOf(symbol: ApiSymbol): Release {
  return releases.find((release) => symbol.marks.includes(`${mark}${release}`)) ?? "public";
}

/** Of names that clash, the tool numbers one: `Cache_2`, and `Cache` when they no longer do. */
export const withoutNumbers = (text: string) => text.replace(/(?<=\w)_\d{1,3}(?!\w)/g, "");

/**
 * What a report says is offered. Texts that are no report offer nothing.
 *
 * @returns `null` for a report whose declarations cannot be parsed
 */
export const readReport = rememberReadings("api report", (path, text): ApiSurface | null => {
  if (reportedName(text) === null) return emptySurface;
  const lines = declarationLines(text);
  const module = lines === null ? null : readModule(`${path}.d.ts`, lines.join("\n"));
  if (lines === null || module === null) return null;
  const symbols = new Map<string, ApiSymbol>();
  for (const symbol of module.surface.symbols.values()) {
    const owner = symbol.owner === null ? undefined : symbols.get(symbol.owner);
    const release = releaseAbove(lines, symbol.line) ?? (owner ? releaseOf(owner) : "public");
    const marks = [...symbol.marks, `${mark}${release}`];
    symbols.set(symbol.id, { ...symbol, path, marks, bases: symbol.bases.map(withoutNumbers) });
  }
  return { ...module.surface, symbols };
});

/** The lines within the fence; those around it are empty, so that every line keeps its number. */
function declarationLines(text: string): string[] | null {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => line.startsWith("```ts"));
  const length = start === -1 ? -1 : lines.slice(start + 1).findIndex((line) => line.startsWith("```"));
  if (length === -1) return null;
  return lines.slice(0, start + 1 + length).map((line, at) => (at <= start ? "" : line));
}

/** Comment lines above a declaration that are looked at. */
const commentLinesMax = 30;

/** The tag in the comment right above a line, from 1. */
function releaseAbove(lines: readonly string[], line: number): Release | null {
  for (let at = line - 2; at >= Math.max(0, line - 2 - commentLinesMax); at--) {
    const comment = /^\s*\/\/(.{0,300})/.exec(lines[at] ?? "")?.[1];
    if (comment === undefined) return null;
    const tag = /@(public|beta|alpha|internal)\b/.exec(comment)?.[1];
    const release = releases.find((one) => one === tag);
    if (release) return release;
  }
  return null;
}

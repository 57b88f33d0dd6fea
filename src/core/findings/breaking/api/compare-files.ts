/** Compares what changed files offered with what they offer, unit by unit. */

import type { Contents } from "../../../snapshot.ts";
import { basePath, baseText, headText, type ReadFile } from "../../detector.ts";
import type { ApiLanguage, PlacedChange } from "./api-language.ts";
import { type ApiSurface, type ApiSymbol, emptySurface } from "./api-surface.ts";
import { compareSurfaces } from "./compare-surfaces.ts";

interface Unit {
  base: ApiSurface;
  head: ApiSurface;
  headTexts: string[];
}

export interface ComparedFiles {
  changes: PlacedChange[];
  /** Files whose text was not there or not understood, with the reason. */
  unread: { file: ReadFile; why: string }[];
}

/** New files are only read when something is gone, to see whether it moved there: they take nothing away. */
export function compareFiles(changed: readonly ReadFile[], language: ApiLanguage, contents: Contents): ComparedFiles {
  const units = new Map<string, Unit>();
  const unread: ComparedFiles["unread"] = [];
  const isNew = (file: ReadFile) => file.status === "added";
  for (const file of changed) {
    if (isNew(file)) continue;
    const why = readInto(units, file, language, contents);
    if (why !== null) unread.push({ file, why });
  }
  let changes = [...placedChanges(units, language)];
  if (changes.some(({ head }) => head === null) && changed.some(isNew)) {
    for (const file of changed) if (isNew(file)) readInto(units, file, language, contents);
    changes = [...placedChanges(units, language)];
  }
  return { changes, unread };
}

/** @returns why it could not be read; `null` when it was */
function readInto(units: Map<string, Unit>, file: ReadFile, language: ApiLanguage, contents: Contents): string | null {
  const texts = {
    base: file.status === "added" ? null : baseText(contents, file),
    head: file.status === "removed" ? null : headText(contents, file),
  };
  if (texts.base === undefined || texts.head === undefined) {
    return "its text was not read, so what it offers is unknown";
  }
  if (texts.base === texts.head && basePath(file) === file.path) return null;
  const base = texts.base === null ? emptySurface : language.read(basePath(file), texts.base);
  const head = texts.head === null ? emptySurface : language.read(file.path, texts.head);
  if (base === null || head === null) return "it could not be parsed, so what it offers is unknown";
  const unitAt = (path: string) => {
    const key = language.unitOf(path);
    const known = units.get(key) ?? { base: emptySurface, head: emptySurface, headTexts: [] };
    units.set(key, known);
    return known;
  };
  // A file that was only renamed keeps its place in the comparison of a folder; one that is a unit of its own is gone under the old name.
  const before = unitAt(basePath(file));
  before.base = merged(before.base, base);
  const after = unitAt(file.path);
  after.head = merged(after.head, head);
  if (texts.head !== null) after.headTexts.push(texts.head);
  return null;
}

function merged(a: ApiSurface, b: ApiSurface): ApiSurface {
  if (a === emptySurface) return b;
  if (b === emptySurface) return a;
  return {
    symbols: new Map([...a.symbols, ...b.symbols]),
    hidden: new Set([...a.hidden, ...b.hidden]),
    isWhole: a.isWhole && b.isWhole,
  };
}

function* placedChanges(units: ReadonlyMap<string, Unit>, language: ApiLanguage): Iterable<PlacedChange> {
  const arrivals = arrivalsIn(units);
  for (const { base, head, headTexts } of units.values()) {
    for (const change of compareSurfaces(base, head, language, headTexts)) {
      const path = change.base?.path ?? change.head?.path;
      if (path === undefined) continue;
      const places = change.head === null && change.base !== null ? arrivals.get(change.base.id) : undefined;
      yield { ...change, path, hasMoved: places !== undefined };
      const [place, another] = places ?? [];
      if (change.base === null || place === undefined || another !== undefined) continue;
      // Where it moved to is plain: it is compared with what it became there.
      for (const more of compareSurfaces(partOf(base, change.base), place.head, language, place.headTexts)) {
        yield { ...more, path, hasMoved: false, movedFrom: change.base };
      }
    }
  }
}

function arrivalsIn(units: ReadonlyMap<string, Unit>): Map<string, Set<Unit>> {
  const arrivals = new Map<string, Set<Unit>>();
  for (const unit of units.values()) {
    for (const id of unit.head.symbols.keys()) {
      if (!unit.base.symbols.has(id)) arrivals.set(id, (arrivals.get(id) ?? new Set()).add(unit));
    }
  }
  return arrivals;
}

/** A symbol with what belongs to it. */
function partOf(surface: ApiSurface, root: ApiSymbol): ApiSurface {
  const symbols = new Map<string, ApiSymbol>();
  for (const [id, symbol] of surface.symbols) {
    if (id === root.id || (symbol.owner !== null && symbols.has(symbol.owner))) symbols.set(id, symbol);
  }
  return { ...surface, symbols };
}

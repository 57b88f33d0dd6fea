/** Compares what changed files offer to others, before and after, and says who can reach it. */

import {
  baseText,
  type DetectorInput,
  defineDetector,
  headText,
  type Observation,
  type ReadFile,
} from "../../detector.ts";
import { isInternal } from "../../file-role.ts";
import { type Reach, type Strength, strengths } from "../../finding.ts";
import { isPublicByPolicy } from "../public-packages.ts";
import type { ApiLanguage, PlacedChange, ReachInput } from "./api-language.ts";
import { type ApiSurface, emptySurface } from "./api-surface.ts";
import { compareSurfaces } from "./compare-surfaces.ts";
import { languages } from "./languages.ts";
import { apiRules } from "./rules.ts";

/**
 * Reports breaks of public interfaces in source code (C1), each language by its own syntax and its own rule of who can reach what.
 *
 * Strength is that of the rule where the symbol is seen to be public, one less where that cannot be told; what nobody outside can reach is
 * not told at all.
 */
export const publicApi = defineDetector({
  id: "public_api",
  class: "breaking_change",
  title: "public interfaces in source code",
  why: "Code of others that relies on them no longer loads, compiles or works.",
  rules: Object.assign({}, apiRules, ...languages.map(({ rules }) => rules)),
  grammars: languages.flatMap(({ grammar }) => grammar ?? []),
  *contents(files, options, contents) {
    const input: ReachInput = { files, contents, options };
    for (const language of languages) {
      const changed = files.filter((file) => mayChange(file, language, input));
      for (const file of changed) {
        yield file.path;
        if (file.previousPath !== null) yield file.previousPath;
      }
      if (changed.length === 0 || !language.wanted) continue;
      const touched = new Set(compareAll(changed, language, input).changes.map(({ path }) => path));
      yield* language.wanted(changed, input, (file) => touched.has(basePath(file)) || touched.has(file.path));
    }
  },
  detect: (input) => {
    const observations: Observation[] = [];
    const notAnalysed: { path: string; why: string }[] = [];
    for (const language of languages) {
      const changed = input.files.filter((file) => mayChange(file, language, input));
      if (changed.length === 0) continue;
      const compared = compareAll(changed, language, input);
      notAnalysed.push(...compared.notAnalysed);
      observations.push(...reachable(compared.changes, changed, language, input));
    }
    return { observations, notAnalysed };
  },
});

function mayChange(file: ReadFile, language: ApiLanguage, { options }: ReachInput): boolean {
  if (file.leftOut !== null || file.isBinary || file.status === "copied") return false;
  const path = basePath(file);
  if (!language.isModule(path) && !language.isModule(file.path)) return false;
  if (isInternal(path) && !isPublicByPolicy(file, options)) return false;
  return (
    file.status !== "modified" ||
    file.patch === null ||
    file.lines.some((line) => line.kind !== "context" && language.mayTouch(line))
  );
}

interface Unit {
  base: ApiSurface;
  head: ApiSurface;
  headTexts: string[];
}

function compareAll(
  changed: readonly ReadFile[],
  language: ApiLanguage,
  { contents }: Pick<DetectorInput, "contents">,
) {
  const units = new Map<string, Unit>();
  const notAnalysed: { path: string; why: string }[] = [];
  const unitAt = (path: string) => {
    const key = language.unitOf(path);
    const known = units.get(key) ?? { base: emptySurface, head: emptySurface, headTexts: [] };
    units.set(key, known);
    return known;
  };
  for (const file of changed) {
    const texts = {
      base: file.status === "added" ? null : baseText(contents, file),
      head: file.status === "removed" ? null : headText(contents, file),
    };
    if (texts.base === undefined || texts.head === undefined) {
      notAnalysed.push({ path: file.path, why: "its text was not read, so what it offers is unknown" });
      continue;
    }
    const base = texts.base === null ? emptySurface : language.read(basePath(file), texts.base);
    const head = texts.head === null ? emptySurface : language.read(file.path, texts.head);
    if (base === null || head === null) {
      notAnalysed.push({ path: file.path, why: "it could not be parsed, so what it offers is unknown" });
      continue;
    }
    // A file that was only renamed keeps its place in the comparison of a folder; one that is a unit of its own is gone under the old name.
    const before = unitAt(basePath(file));
    before.base = merged(before.base, base);
    const after = unitAt(file.path);
    after.head = merged(after.head, head);
    if (texts.head !== null) after.headTexts.push(texts.head);
  }
  return { changes: [...placedChanges(units, language)], notAnalysed };
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
  const arrivals = new Map<string, Set<string>>();
  for (const [key, { base, head }] of units) {
    for (const id of head.symbols.keys()) {
      if (base.symbols.has(id)) continue;
      arrivals.set(id, (arrivals.get(id) ?? new Set()).add(key));
    }
  }
  for (const { base, head, headTexts } of units.values()) {
    for (const change of compareSurfaces(base, head, language, headTexts)) {
      const path = change.base?.path ?? change.head?.path;
      if (path !== undefined)
        yield { ...change, path, hasMoved: change.head === null && arrivals.has(change.base?.id ?? "") };
    }
  }
}

function reachable(
  changes: readonly PlacedChange[],
  changed: readonly ReadFile[],
  language: ApiLanguage,
  input: ReachInput,
): Observation[] {
  if (changes.length === 0) return [];
  const reachOf = language.reach(input);
  const isNamed = new Set(
    changed.filter((file) => isPublicByPolicy(file, input.options)).flatMap((file) => [basePath(file), file.path]),
  );
  return changes.flatMap((change) => {
    const reach = isNamed.has(change.path) ? "public" : reachOf(change);
    return reach === null ? [] : [observe(change, reach)];
  });
}

function observe(change: PlacedChange, reach: Reach): Observation {
  const { base, head } = change;
  const shown = base ?? head;
  return {
    rule: change.rule,
    strength: reach === "public" ? change.strength : weaker(change.strength),
    what: change.what,
    path: (head ?? base)?.path ?? change.path,
    line: (head ?? base)?.line ?? null,
    side: head === null ? "base" : "head",
    counterLine: base !== null && head !== null ? base.line : null,
    before: change.before ?? base?.text ?? null,
    after: change.after ?? head?.text ?? null,
    symbol: shown?.id ?? null,
    reach,
  };
}

function weaker(strength: Strength): Strength {
  return strengths[Math.max(0, strengths.indexOf(strength) - 1)] ?? "hint";
}

function basePath(file: ReadFile): string {
  return file.status === "renamed" ? (file.previousPath ?? file.path) : file.path;
}

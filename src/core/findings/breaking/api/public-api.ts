/** Compares what changed files offer to others, before and after, and says who can reach it. */

import { basePath, defineDetector, namesOf, type Observation, type ReadFile } from "../../detector.ts";
import { isInternal } from "../../file-role.ts";
import { type Reach, type Strength, strengths } from "../../finding.ts";
import type { ApiChange, ApiLanguage, PlacedChange, ReachInput } from "./api-language.ts";
import type { ApiSymbol } from "./api-surface.ts";
import { compareFiles } from "./compare-files.ts";
import { languages } from "./languages.ts";
import { isPublicByPolicy } from "./public-by-policy.ts";
import { apiRules } from "./rules.ts";
import { toldOnce } from "./told-once.ts";
import { isUnsettled } from "./unsettled-name.ts";

/**
 * Reports breaks of public interfaces in source code (C1), each language by its own syntax and its own rule of who can reach what.
 *
 * Strength is that of the rule where the symbol is seen to be public, less where that cannot be told or its name calls it unsettled;
 * what nobody outside can reach is not told at all.
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
      const standing = changed.filter((file) => file.status !== "added");
      yield* standing.flatMap(namesOf);
      if (standing.length === 0) continue;
      const { changes } = compareFiles(changed, language, contents);
      // What is gone may have moved into a new file; nothing else asks for those.
      if (changes.some(({ head }) => head === null)) yield* changed.flatMap(namesOf);
      if (!language.wanted) continue;
      const touched = new Set(changes.map(({ path }) => path));
      yield* language.wanted(changed, input, (file) => touched.has(basePath(file)) || touched.has(file.path));
    }
  },
  detect: (input) => {
    let observations: Observation[] = [];
    const notAnalysed: { path: string; why: string }[] = [];
    for (const language of languages) {
      const changed = input.files.filter((file) => mayChange(file, language, input));
      if (changed.length === 0) continue;
      const compared = compareFiles(changed, language, input.contents);
      for (const { file, why } of compared.unread) {
        notAnalysed.push({ path: file.path, why });
        observations.push(...(language.readPatch?.(file, isPublicByPolicy(file, input.options)) ?? []));
      }
      const found = reachable(compared.changes, changed, language, input);
      observations = language.retellsOthers ? toldOnce(observations, found) : [...observations, ...found];
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

function reachable(
  changes: readonly PlacedChange[],
  changed: readonly ReadFile[],
  language: ApiLanguage,
  input: ReachInput,
): Observation[] {
  if (changes.length === 0) return [];
  const reachOf = language.reach(input);
  const refined = language.refine?.(input) ?? ((change: PlacedChange) => change);
  const isNamed = new Set(
    changed.filter((file) => isPublicByPolicy(file, input.options)).flatMap((file) => [basePath(file), file.path]),
  );
  const gone = new Set<ApiSymbol | null>();
  return changes.flatMap((one) => {
    const change = refined(one);
    if (change === null || (change.movedFrom && gone.has(change.movedFrom))) return [];
    const reach = isNamed.has(change.path) ? "public" : reachOf(change);
    if (reach === null) return [];
    if (change.head === null) gone.add(change.base);
    return [observe(change, reach, language)];
  });
}

function observe(change: PlacedChange, reach: Reach, language: ApiLanguage): Observation {
  const { base, head } = change;
  const shown = base ?? head;
  return {
    rule: change.rule,
    strength: reach === "public" ? promised(change) : unreached(change, language),
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

/** What its own name calls unsettled is asked about at most. */
function promised({ strength, base, head, path }: PlacedChange): Strength {
  return strength === "proven" && isUnsettled((base ?? head)?.id ?? "", path) ? "likely" : strength;
}

function unreached({ strength }: ApiChange, { hasEntryPoints, hidesByFolder }: ApiLanguage): Strength {
  if (hasEntryPoints) return "hint";
  if (hidesByFolder && strength === "likely") return strength;
  return strengths[Math.max(0, strengths.indexOf(strength) - 1)] ?? "hint";
}

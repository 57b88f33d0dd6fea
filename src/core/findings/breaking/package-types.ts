/** Declarations that `typesVersions` of a package.json led to and no longer does. */

import type { Observation, ReadFile } from "../detector.ts";
import type { PackageManifest } from "../package-manifest.ts";
import {
  plainPath,
  type TypesPaths,
  type TypesVersions,
  tellingVersions,
  typesAt,
  typesTargets,
} from "../types-versions.ts";

type Told = Pick<Observation, "rule" | "strength">;

/** What one path lost. */
interface Loss extends Told {
  entry: string;
  /** Where it led, by ranges of versions. */
  before: string | null;
  after: string | null;
  /** Other versions of TypeScript have it as before. */
  isPartial: boolean;
}

/** Paths that lost the same are told together: a package may have a hundred of them. */
export function typesObservations({ path }: ReadFile, base: PackageManifest, head: PackageManifest): Observation[] {
  const groups = new Map<string, Loss[]>();
  for (const loss of losses(base, head)) {
    const key = `${loss.rule} ${loss.strength} ${loss.isPartial}`;
    groups.set(key, [...(groups.get(key) ?? []), loss]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const names = group.slice(0, namesMax).map(({ entry }) => `\`${entry}\``);
    const others = group.length > namesMax ? ` and ${group.length - namesMax} more` : "";
    const versions = first.isPartial ? " for some versions of TypeScript" : "";
    const happened = first.rule === "package_entry_removed" ? "were removed" : "are looked for elsewhere";
    return {
      rule: first.rule,
      strength: first.strength,
      what: `types of ${names.join(", ")}${others} ${happened}${versions}`,
      path,
      before: first.before,
      after: first.after,
    };
  });
}

/** Names told of paths that lost the same. */
const namesMax = 5;

function* losses(base: PackageManifest, head: PackageManifest): Iterable<Loss> {
  const keys = new Set(base.typesVersions.flatMap(({ paths }) => [...paths.keys()]));
  const versions = tellingVersions([...base.typesVersions, ...head.typesVersions]);
  for (const key of keys) {
    const met = { same: 0, moved: 0, lost: 0 };
    for (const version of versions) {
      const was = typesAt(base.typesVersions, version)?.paths.get(key);
      if (was === undefined) continue;
      const is = typesTargets(typesAt(head.typesVersions, version)?.paths ?? nowhere, key);
      if (is === null) met.lost++;
      else if (String(is) === String(was)) met.same++;
      else met.moved++;
    }
    if (met.moved + met.lost === 0) continue;
    const told = met.lost > 0 ? lossOf(key, base, head) : changed;
    if (told === null) continue;
    const isPartial = met.same > 0 || (met.lost > 0 && met.moved > 0);
    yield {
      ...told,
      entry: `./${key}`,
      before: written(base.typesVersions, key),
      after: written(head.typesVersions, key),
      isPartial,
    };
  }
}

const nowhere: TypesPaths = new Map();

/** As the manifest has it: `<4.0: ./old/a.d.ts; *: ./a.d.ts`. */
function written(all: TypesVersions, key: string): string | null {
  const found = all.flatMap(({ range, paths }) => {
    const targets = typesTargets(paths, key);
    return targets === null ? [] : [`${range}: ${targets.join(", ")}`];
  });
  return found.length === 0 ? null : found.join("; ").slice(0, 300);
}

const changed: Told = { rule: "package_entry_changed", strength: "hint" };

/**
 * What nobody can see here is whether the files lie where TypeScript looks without `typesVersions`: never more than likely. Patterns and
 * the main file are found by other fields then.
 *
 * @returns `null` where it is told already
 */
function lossOf(key: string, base: PackageManifest, head: PackageManifest): Told | null {
  const entry = `./${key}`;
  if (key.includes("*") || key === "." || key === "index" || /\.[cm]?[jt]s$/.test(key)) return changed;
  const offered = offerOf(head, key);
  if (offered === null && base.entries.has(entry)) return null;
  const entryRemoved = { rule: "package_entry_removed", strength: "hint" } as const;
  // Only types stood behind it: `exports` let nobody load it.
  if (base.hasExports && offerOf(base, key) === null) return entryRemoved;
  // Only what reads no `exports` loses it.
  const hasTypes = offered !== null && (offered.isTyped || offered.files.some((file) => /\.[cm]?tsx?$/.test(file)));
  return hasTypes ? entryRemoved : { ...entryRemoved, strength: "likely" };
}

/** What `exports` leads to for a path; of a pattern it is known that it may. */
function offerOf({ entries, conditions }: PackageManifest, key: string): { files: string[]; isTyped: boolean } | null {
  for (const [entry, files] of entries) {
    const [start = "", end] = plainPath(entry).split("*");
    const isIt = end === undefined ? start === key : key.startsWith(start) && key.endsWith(end);
    if (entry.startsWith("./") && isIt) return { files, isTyped: conditions.get(entry)?.has("types") ?? false };
  }
  return null;
}

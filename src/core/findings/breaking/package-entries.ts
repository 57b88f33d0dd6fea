/** Entry points and commands that a package.json offered and no longer does. */

import type { Observation, ReadFile } from "../detector.ts";
import type { PackageManifest } from "../package-manifest.ts";

export function entryObservations(file: ReadFile, base: PackageManifest, head: PackageManifest): Observation[] {
  const found: Observation[] = [];
  const at = { path: file.path };
  for (const [entry, files] of base.entries) {
    const now = head.entries.get(entry);
    if (now === undefined) {
      const what = `entry point \`${entry}\` was removed`;
      found.push({ rule: "package_entry_removed", strength: "proven", what, before: `${entry}: ${files[0]}`, ...at });
      continue;
    }
    const lost = [...(base.conditions.get(entry) ?? [])].find(
      (condition) => isPromise(condition) && !offers(head, entry, condition),
    );
    if (lost !== undefined) {
      const what = `entry point \`${entry}\` no longer has \`${lost}\``;
      found.push({ rule: "package_entry_removed", strength: "proven", what, before: `${entry}: ${lost}`, ...at });
    } else if (now[0] !== files[0]) {
      const what = `entry point \`${entry}\` leads to another file`;
      found.push({
        rule: "package_entry_changed",
        strength: "hint",
        what,
        before: files[0] ?? null,
        after: now[0] ?? null,
        ...at,
      });
    }
  }
  if (!base.hasExports && head.hasExports && !head.entries.has("./*")) {
    found.push({
      rule: "package_exports_closed",
      strength: "likely",
      what: "`exports` closes every path that it does not list",
      ...at,
    });
  }
  return found;
}

/** `types` and build conditions come and go; how a module can be loaded is a promise. */
function isPromise(condition: string): boolean {
  return condition === "require" || condition === "import" || condition === "browser" || condition === "node";
}

function offers(head: PackageManifest, entry: string, condition: string): boolean {
  const conditions = head.conditions.get(entry);
  if (!conditions || conditions.has(condition)) return true;
  // `default`, or a plain file, answers every condition, but a module loaded by `require` only on recent engines.
  if (condition === "require") return conditions.has("default") && conditions.has("import");
  return conditions.has("default") || conditions.size === 0;
}

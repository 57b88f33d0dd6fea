/** Manifests that moved on while the lock file beside them stayed as it was. */

import { type DetectorInput, headText, type Observation, type ReadFile } from "../../detector.ts";
import { folderOf } from "../../file-role.ts";
import { type Ecosystem, lockOf, manifestOf } from "../../manifests.ts";

const lockNames: Partial<Record<Ecosystem, readonly string[]>> = {
  npm: ["package-lock.json", "pnpm-lock.yaml", "yarn.lock"],
  python: ["poetry.lock", "uv.lock", "Pipfile.lock"],
  go: ["go.sum"],
  rust: ["Cargo.lock"],
};

/** Lock files that may lie beside changed manifests or at the root, where no lock file of their ecosystem changed. */
export function locksToLookFor(manifests: readonly ReadFile[], files: readonly ReadFile[]): string[] {
  return manifests.flatMap((file) => locksOf(file, files));
}

function locksOf(file: ReadFile, files: readonly ReadFile[]): string[] {
  const ecosystem = manifestOf(file.path);
  // Requirements are their own lock.
  if (ecosystem === null || file.status !== "modified" || /\.(txt|in)$/.test(file.path)) return [];
  if (files.some(({ path }) => lockOf(path) === ecosystem)) return [];
  const folder = folderOf(file.path);
  const names = lockNames[ecosystem] ?? [];
  return [...new Set(names.flatMap((name) => (folder === "" ? [name] : [`${folder}/${name}`, name])))];
}

const moved = new Set([
  "dependency_added",
  "dependency_major_changed",
  "dependency_downgraded",
  "dependency_source_changed",
]);

export function lonelyManifests({ files, contents }: DetectorInput, found: readonly Observation[]): Observation[] {
  return files.flatMap((file) => {
    if (!found.some(({ rule, path }) => moved.has(rule) && path === file.path)) return [];
    const lock = locksOf(file, files).find((path) => typeof contents.head.get(path) === "string");
    if (lock === undefined || headText(contents, file) === null) return [];
    const what = `\`${file.path}\` asks for other dependencies, and \`${lock}\` stayed as it was`;
    return [{ rule: "manifest_changed_alone", strength: "likely", what, path: file.path }];
  });
}

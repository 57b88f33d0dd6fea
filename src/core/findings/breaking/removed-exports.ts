import { type ClassificationOptions, defineDetector, type Observation, type ReadFile } from "../detector.ts";
import { isInternal } from "../file-role.ts";
import type { Strength } from "../finding.ts";
import type { PatchLine } from "../patch-lines.ts";
import { type Graphs, reachJudge } from "./export-reach.ts";
import { type ExportedName, isModule } from "./module-exports.ts";
import { moduleGraph } from "./module-graph.ts";
import { isPublicByPolicy } from "./public-packages.ts";
import { removedExportLines } from "./removed-export-lines.ts";
import { wantedModules } from "./wanted-modules.ts";

/**
 * Reports exported names of JavaScript and TypeScript that are gone (C1).
 *
 * `proven`: an entry point of a published package, or of the policy, no longer offers the name. `likely`: it cannot be told who reaches the
 * file. `hint`: a private package. Nothing: the entry points are all known and offer the name neither before nor after.
 */
export const removedExports = defineDetector({
  id: "removed_exports",
  class: "breaking_change",
  title: "removed exports of JavaScript and TypeScript",
  why: "Code that imports the name no longer loads or compiles.",
  // Its rule is declared with those of the other languages.
  rules: {},
  contents: (files, options, contents) => {
    const graphs: Graphs = { base: moduleGraph(contents.base), head: moduleGraph(contents.head) };
    const losing = files.filter((file) => mayLoseExports(file, options));
    return wantedModules(losing, files, contents, (file) => {
      const gone = goneFrom(file, graphs);
      return typeof gone !== "string" && gone.length > 0;
    });
  },
  detect: ({ files, options, contents }) => {
    const graphs: Graphs = { base: moduleGraph(contents.base), head: moduleGraph(contents.head) };
    const strengthOf = reachJudge(contents, graphs);
    let offered: Set<string> | null = null;
    const observations: Observation[] = [];
    const notAnalysed: { path: string; why: string }[] = [];
    for (const file of files) {
      if (!mayLoseExports(file, options)) continue;
      const isPublic = isPublicByPolicy(file, options);
      const gone = goneFrom(file, graphs);
      if (typeof gone === "string") {
        notAnalysed.push({ path: file.path, why: gone });
        observations.push(...removedExportLines(file, isPublic));
        continue;
      }
      for (const name of gone) {
        offered ??= offeredByChanged(files, graphs);
        const hasMoved = name.name !== "default" && offered.has(name.name);
        const strength = isPublic ? "proven" : strengthOf(basePath(file), name.name, hasMoved);
        if (strength !== null) observations.push(observe(name, file, strength));
      }
    }
    return { observations, notAnalysed };
  },
});

function mayLoseExports(file: ReadFile, options: ClassificationOptions): boolean {
  const old = basePath(file);
  if (file.status === "added" || file.status === "copied" || !isModule(old) || file.leftOut !== null) return false;
  if (isInternal(old) && !isPublicByPolicy(file, options)) return false;
  return file.status === "removed" || file.status === "renamed" || file.patch === null || file.lines.some(mayEndExport);
}

/**
 * Most changes touch no export, and parsing costs: an export ends where a line goes that says so or that may be a part of a list of names,
 * or where a comment or text begins around it.
 */
function mayEndExport({ kind, text }: PatchLine): boolean {
  const line = text.slice(0, 500);
  if (kind === "added") return line.includes("/*") || line.includes("`");
  return kind === "removed" && (/\bexports?\b/.test(line) || /^[\s\w$,:=.{}[\]"'*-]*$/.test(line));
}

function basePath(file: ReadFile): string {
  return file.status === "renamed" ? (file.previousPath ?? file.path) : file.path;
}

/** Names that the file offered before and no longer does, or why that cannot be told. */
function goneFrom(file: ReadFile, graphs: Graphs): ExportedName[] | string {
  const before = graphs.base.exportsOf(basePath(file));
  const after = file.status === "removed" ? "absent" : graphs.head.exportsOf(file.path);
  if (before === "absent") return [];
  if (before === "unknown" || after === "unknown") return "its text was not read, so its exports are unknown";
  if (before === "unparsable" || after === "unparsable") return "it could not be parsed, so its exports are unknown";
  const names = after === "absent" ? new Set<string>() : new Set(after.names.keys());
  const gone = [...before.names.values()].filter(({ name }) => !names.has(name));
  if (after === "absent" || after.stars.length === 0) return gone;
  // `export { a } from "./a"` became `export * from "./a"`: still offered.
  const surface = graphs.head.surfaceOf(file.path);
  return surface.isWhole ? gone.filter(({ name }) => !surface.names.has(name)) : gone;
}

/** Names that changed files offer now and did not before: where a name moved to. */
function offeredByChanged(files: readonly ReadFile[], graphs: Graphs): Set<string> {
  const offered = new Set<string>();
  for (const file of files) {
    if (!isModule(file.path) || file.status === "removed") continue;
    const after = graphs.head.exportsOf(file.path);
    const before = graphs.base.exportsOf(basePath(file));
    if (typeof after === "string") continue;
    for (const name of after.names.keys()) {
      if (typeof before === "string" || !before.names.has(name) || file.status === "renamed") offered.add(name);
    }
  }
  return offered;
}

function observe({ name, line, text }: ExportedName, file: ReadFile, strength: Strength): Observation {
  const what =
    name === "default"
      ? `the default export of \`${basePath(file)}\` was removed`
      : `exported ${kindOf(text)} \`${name}\` was removed`;
  return { rule: "export_removed", strength, what, path: basePath(file), line, side: "base", before: text };
}

function kindOf(text: string): string {
  return (
    /^export\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(function|class|interface|type|enum|const|namespace)\b/.exec(
      text,
    )?.[1] ?? "name"
  );
}

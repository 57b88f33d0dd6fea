import { matchesAny, matchesGlob } from "../../policy/patterns.ts";
import { candidatesOf, joinRelative } from "../breaking/javascript/module-graph.ts";
import { defineDetector, type Observation } from "../detector.ts";
import { folderOf } from "../file-role.ts";

/** Reports added imports that the policy's layers forbid (C4): JavaScript, TypeScript and Python. */
export const layers = defineDetector({
  id: "layers",
  class: "architecture",
  title: "layers",
  why: "A wall with one hole is no wall.",
  rules: {
    layer_crossed: {
      title: "an import crosses a layer of the policy",
      why: "The policy says that files of one part never import those of the other.",
      fix: "Turn the dependency round, or pass in what is needed.",
      looksAt: "Imports that the change adds, between the globs of `classification.architecture.layers`.",
    },
  },
  detect: ({ files, options }) => {
    const observations: Observation[] = [];
    for (const layer of options?.architecture?.layers ?? []) {
      for (const file of files) {
        if (file.status === "removed" || !matchesGlob(layer.from, file.path)) continue;
        for (const { kind, text, line } of file.lines) {
          if (kind !== "added") continue;
          const target = importTargets(file.path, text).find((path) => matchesAny(layer.never, path));
          if (target === undefined) continue;
          observations.push({
            rule: "layer_crossed",
            strength: "proven",
            what: `\`${file.path}\` imports \`${target}\`, which the policy keeps apart`,
            path: file.path,
            line,
            after: text.trim(),
          });
        }
      }
    }
    return { observations };
  },
});

/** Paths that the import on a line may lead to, nearest first; empty for lines that import nothing. */
export function importTargets(path: string, text: string): string[] {
  const line = text.slice(0, 1000);
  if (/\.pyi?$/.test(path)) return pythonTargets(path, line);
  if (!/\.([cm]?[jt]sx?|vue|svelte|astro)$/.test(path)) return [];
  const request = /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*["'`]([^"'`]{1,300})["'`]/.exec(line)?.[1];
  if (request === undefined) return [];
  const relative = joinRelative(folderOf(path), request);
  if (relative === null && request.startsWith(".")) return [];
  // `@/`, `~/` and `#` are the usual aliases of the source folder.
  const stems =
    relative !== null ? [relative] : [request, request.replace(/^[@~]\//, "src/"), request.replace(/^[~#]\/?/, "")];
  return [...new Set(stems.flatMap((stem) => [stem, ...candidatesOf(stem)]))];
}

function pythonTargets(path: string, line: string): string[] {
  const found = /^\s*(?:from\s+(\.{0,10}[\w.]{0,200})\s+import\s+([\w*]{1,100})|import\s+([\w.]{1,200}))/.exec(line);
  if (!found) return [];
  const written = found[1] ?? found[3] ?? "";
  const dots = /^\.*/.exec(written)?.[0].length ?? 0;
  let folder = folderOf(path);
  for (let up = 1; up < dots; up++) folder = folderOf(folder);
  const rest = written.slice(dots).replaceAll(".", "/");
  const stem = dots > 0 ? [folder, rest].filter((part) => part !== "").join("/") : rest;
  const stems = found[2] !== undefined && found[2] !== "*" ? [stem, `${stem}/${found[2]}`] : [stem];
  const roots = dots > 0 ? stems : stems.flatMap((path) => [path, `src/${path}`]);
  return roots.flatMap((root) => [`${root}.py`, `${root}/__init__.py`, root]);
}

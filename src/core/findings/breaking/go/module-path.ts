/** A Go module that goes by another path: none of its packages is found under the old one. */

import { baseText, defineDetector, headText, type Observation, type ReadFile } from "../../detector.ts";
import { isInternal, nameOf } from "../../file-role.ts";
import { modulePathOf } from "./program.ts";
import { isGoPackage } from "./reach.ts";

/** Reports renamed modules (C1), by the `module` line of `go.mod`. */
export const goModulePath = defineDetector({
  id: "go_module_path",
  class: "breaking_change",
  title: "paths of Go modules",
  why: "Every import of a module names its path.",
  rules: {
    module_path_changed: {
      title: "a Go module has another path",
      why: "Code that imports its packages no longer finds them under the old path when it updates.",
      fix: "Keep the path; for a new major version let the path end in it (`/v2`), and say in the notes what to import.",
      looksAt:
        "The `module` line of `go.mod` files that others can import. Modules of tests, tools and examples, and those without a domain in their path, are left alone.",
      example: { language: "go", diff: "-module example.org/queue\n+module example.org/queue/v2" },
    },
  },
  contents: (files) => files.filter(mayChange).flatMap((file) => [file.path]),
  detect: ({ files, contents }) => ({
    observations: files.filter(mayChange).flatMap((file): Observation[] => {
      const base = baseText(contents, file);
      const head = headText(contents, file);
      if (typeof base !== "string" || typeof head !== "string") return [];
      return compare(file.path, base, head);
    }),
  }),
});

/** A new or removed module says nothing here: its packages do. */
function mayChange(file: ReadFile): boolean {
  if (nameOf(file.path) !== "go.mod" || file.status !== "modified" || file.leftOut !== null) return false;
  if (isInternal(file.path) || !isGoPackage(`${file.path}.go`)) return false;
  return file.patch === null || file.lines.some(({ kind, text }) => kind === "removed" && text.startsWith("module"));
}

function compare(path: string, base: string, head: string): Observation[] {
  const was = modulePathOf(base);
  const is = modulePathOf(head);
  if (was === null || is === null || was === is || !was.split("/")[0]?.includes(".")) return [];
  return [
    {
      rule: "module_path_changed",
      strength: "proven",
      what: `Go module \`${was}\` is now \`${is}\``,
      path,
      line: lineOf(head),
      counterLine: lineOf(base),
      before: `module ${was}`,
      after: `module ${is}`,
      symbol: was,
      reach: "public",
    },
  ];
}

function lineOf(manifest: string): number {
  return manifest.split("\n").findIndex((line) => line.startsWith("module")) + 1;
}

import { defineDetector, type Observation, type ReadFile } from "../detector.ts";
import { isInternal } from "../file-role.ts";
import { hasImports, likelyTargets, type Side, unknownImports, wayBetween } from "./import-graph.ts";

/** Paths asked for to follow imports; beyond it a cycle may go unseen, which is said nowhere because none is claimed. */
const followedMax = 60;

/** Reports imports that close a cycle (C4), where every step of the cycle was read. */
export const importCycles = defineDetector({
  id: "import_cycles",
  class: "architecture",
  title: "import cycles",
  why: "Files that import each other can only be loaded, understood and moved together.",
  rules: {
    import_cycle_added: {
      title: "an import closes a cycle",
      why: "Files that import each other can only be loaded, understood and moved together, and what one gives the other may not be there yet when it is loaded.",
      fix: "Move what both need into a third file.",
      looksAt:
        "Imports that the change adds to JavaScript, TypeScript and Python files and that run when the file is loaded. Imports of types, inside of functions, and cycles that were there before are left alone.",
      example: { language: "ts", diff: '+import { send } from "./mail.ts"; // and mail.ts imports this file' },
    },
  },
  *contents(files, _options, contents) {
    let asked = 0;
    for (const file of files.filter(addsImports)) {
      yield file.path;
      for (const target of addedTargets(file)) {
        yield target.path;
        for (const further of unknownImports(target.path, contents.head)) if (asked++ < followedMax) yield further;
      }
    }
  },
  detect: ({ files, contents }) => {
    const observations: Observation[] = [];
    for (const file of files.filter(addsImports)) {
      const target = addedTargets(file).find(
        ({ path }) => typeof contents.head.get(path) === "string" && closesCycle(file.path, path, contents),
      );
      const way = target && wayBetween(target.path, file.path, contents.head);
      if (!target || !way) continue;
      observations.push({
        rule: "import_cycle_added",
        strength: "proven",
        what: `\`${file.path}\` imports \`${target.path}\`, which leads back to it: ${[file.path, ...way].map((path) => `\`${path}\``).join(" → ")}`,
        path: file.path,
        line: target.line,
        after: target.text.trim(),
        symbol: target.path,
      });
    }
    return { observations };
  },
});

/** The way back is there now, and there was no way there before. */
function closesCycle(from: string, to: string, { base, head }: { base: Side; head: Side }): boolean {
  return wayBetween(to, from, head) !== null && wayBetween(from, to, base) === null;
}

function addsImports(file: ReadFile): boolean {
  if (file.status === "removed" || file.leftOut !== null || !hasImports(file.path) || isInternal(file.path))
    return false;
  return addedTargets(file).length > 0;
}

function addedTargets(file: ReadFile): { path: string; line: number; text: string }[] {
  const removed = new Set(
    file.lines.filter(({ kind }) => kind === "removed").flatMap(({ text }) => likelyTargets(file.path, text)),
  );
  return file.lines.flatMap(({ kind, text, line }) =>
    kind === "added"
      ? likelyTargets(file.path, text).flatMap((path) => (removed.has(path) ? [] : [{ path, line, text }]))
      : [],
  );
}

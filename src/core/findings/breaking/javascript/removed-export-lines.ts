/** Removed exports as far as the patch alone shows them, for files whose text is not there. */

import type { Observation, ReadFile } from "../../detector.ts";
import { basePath } from "../../detector.ts";

const declaration =
  /^\s{0,4}export\s+(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(function\*?|class|interface|type|enum|const|let|var|namespace)\s+([A-Za-z_$][\w$]{0,200})/;

/** @param isPublic the policy names the file as an entry */
export function removedExportLines(file: ReadFile, isPublic: boolean): Observation[] {
  const kept = new Set<string>();
  for (const { kind, text } of file.lines) {
    if (kind === "removed" || !/\bexport\b/.test(text.slice(0, 20))) continue;
    for (const [name] of text.slice(0, 1000).matchAll(/[A-Za-z_$][\w$]*/g)) kept.add(name);
  }
  return file.lines.flatMap(({ kind, text, line }) => {
    const found = kind === "removed" ? declaration.exec(text) : null;
    const [, word, name] = found ?? [];
    if (word === undefined || name === undefined || kept.has(name)) return [];
    return [
      {
        rule: "export_removed",
        strength: isPublic ? ("proven" as const) : ("likely" as const),
        what: `exported ${word} \`${name}\` was removed`,
        path: basePath(file),
        line,
        side: "base" as const,
        before: text.trim(),
        symbol: name,
        reach: isPublic ? ("public" as const) : ("unknown" as const),
      },
    ];
  });
}

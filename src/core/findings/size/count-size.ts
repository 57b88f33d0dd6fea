/** Counts the lines that a person has to read (C3). */

import type { ReadFile } from "../detector.ts";
import type { SizeCount } from "../finding.ts";
import { languageOf } from "../language.ts";
import { countMovedLines } from "./moved-lines.ts";

export function countSize(files: readonly ReadFile[]): SizeCount {
  const size: SizeCount = { added: 0, removed: 0, changed: 0, files: 0, byLanguage: {}, leftOut: [] };
  const counted: ReadFile[] = [];
  const byLanguage = new Map<string, number>();
  for (const file of files) {
    const { added, removed } = linesOf(file);
    if (file.leftOut !== null) {
      size.leftOut.push({ path: file.path, why: file.leftOut, lines: added + removed });
      continue;
    }
    counted.push(file);
    size.files++;
    size.added += added;
    size.removed += removed;
    const language = languageOf(file.path)?.name ?? "Other";
    byLanguage.set(language, (byLanguage.get(language) ?? 0) + added + removed);
  }
  size.changed = size.added + size.removed - countMovedLines(counted.map((file) => file.lines));
  size.byLanguage = Object.fromEntries([...byLanguage].filter(([, lines]) => lines > 0).sort(([, a], [, b]) => b - a));
  return size;
}

/** The larger of what was stated and what the patch shows: GitHub leaves out long patches, and descriptions may leave out numbers. */
function linesOf(file: ReadFile): { added: number; removed: number } {
  let added = 0;
  let removed = 0;
  for (const { kind } of file.lines) {
    if (kind === "added") added++;
    if (kind === "removed") removed++;
  }
  return { added: Math.max(added, file.additions), removed: Math.max(removed, file.deletions) };
}

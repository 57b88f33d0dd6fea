import { basePath, defineDetector, type Observation, type ReadFile } from "../../detector.ts";
import type { PatchLine } from "../../patch-lines.ts";
import { isShippedCode } from "../shipped-files.ts";
import {
  beginsDeclaration,
  defaultOf,
  exitCodeOf,
  fails,
  isComment,
  isCondition,
  keepsCompatible,
  marksDeprecated,
  switchOf,
} from "./code-lines.ts";
import { addedTexts, type Edit, editsOf, replacer, trimmed } from "./edits.ts";

/** Reports what product code no longer does, or does otherwise, as far as single lines show it (C1). */
export const droppedCode = defineDetector({
  id: "dropped_code",
  class: "breaking_change",
  title: "what the code no longer does",
  why: "Many breaks change no declaration: a default, a failure, a path taken out.",
  rules: {
    source_file_removed: {
      title: "a source file was removed",
      why: "What it did is gone, unless it stands elsewhere now.",
      looksAt: "Files of product code that were not renamed and of which most lines stand nowhere else in the change.",
    },
    deprecated_code_removed: {
      title: "deprecated code was removed",
      why: "The deprecation announced a break; this is it.",
      looksAt:
        "Removed marks of deprecation (`@deprecated`, `#[deprecated]`, `DeprecationWarning`, `// Deprecated:`) that stand nowhere else in the change, together with code.",
    },
    compatibility_code_removed: {
      title: "code for older versions was removed",
      why: "Whoever still relied on the old way no longer can.",
      looksAt: "Removed lines that speak of legacy or backward compatibility.",
    },
    failure_added: {
      title: "an existing path can fail in a new way",
      why: "What was let through is refused now.",
      looksAt:
        "Short conditions with `throw`, `raise`, `return Err`, `panic` or an exit that were added to code that was there, where none stood.",
      example: {
        language: "python",
        diff: ' def load(path):\n+    if not path:\n+        raise ValueError("no path")',
      },
    },
    exit_code_changed: { title: "the program ends with another code", why: "Scripts decide by it." },
    default_literal_changed: {
      title: "a default value in the code changed",
      why: "Users who set nothing get something else.",
      looksAt: "Lines that state a default with a literal, where only the literal changed.",
      example: { language: "ts", diff: "-const limit = options.limit ?? 20;\n+const limit = options.limit ?? 10;" },
    },
    default_literal_removed: {
      title: "a default value in the code was removed",
      why: "What held where users set nothing holds no longer.",
      looksAt: "Lines that stated a default with a literal, without a similar line in their place.",
    },
    switch_flipped: {
      title: "a switch in the code was turned the other way",
      why: "A behaviour that was off is on now, or the reverse.",
      looksAt: "Names like `enabled`, `strict`, `experimental` or `legacy` set to the opposite.",
    },
  },
  detect: ({ files }) => {
    const kept = addedTexts(files);
    const isGone = (line: PatchLine) => !kept.has(trimmed(line));
    return { observations: files.flatMap((file) => observe(file, isGone)) };
  },
});

function observe(file: ReadFile, isGone: (line: PatchLine) => boolean): Observation[] {
  const path = basePath(file);
  if (file.status === "added" || file.status === "copied" || file.leftOut !== null || !isShippedCode(path)) return [];
  const found = new Map<string, Observation>();
  const add = (rule: string, what: string, before: PatchLine | null, after: PatchLine | null) => {
    if (!found.has(rule)) found.set(rule, observation(file, rule, what, before, after));
  };
  const edits = editsOf(file);
  const removed = edits.flatMap((edit) => edit.removed).filter((line) => trimmed(line) !== "");
  const gone = removed.filter(isGone);
  for (const edit of edits) {
    const mark = edit.removed.find((line) => marksDeprecated(line.text) && isGone(line));
    if (mark && edit.removed.some((line) => isCode(line) && isGone(line)))
      add("deprecated_code_removed", "deprecated code was removed", mark, null);
  }
  const old = gone.find(({ text }) => keepsCompatible(text));
  if (old) add("compatibility_code_removed", "code for older versions was removed", old, null);
  if (file.status === "removed") {
    const first = gone[0];
    if (first && gone.length * 2 >= removed.length) add("source_file_removed", `\`${path}\` was removed`, first, null);
    return [...found.values()];
  }
  for (const edit of edits) readEdit(edit, isGone, add);
  return [...found.values()];
}

function isCode(line: PatchLine): boolean {
  return /\w/.test(trimmed(line)) && !isComment(line.text) && !marksDeprecated(line.text);
}

/** Longest edit that is taken for a guard put into a path; longer ones are mostly new code that brings its own failures. */
const guardLinesMax = 6;

/** A condition that refuses: what fails in any case is another matter, and mostly new code. */
function isGuard(added: readonly PatchLine[]): boolean {
  const lines = added.filter((line) => trimmed(line) !== "");
  return (
    lines.length <= guardLinesMax &&
    lines.some(({ text }) => isCondition(text)) &&
    !lines.some(({ text }) => beginsDeclaration(text))
  );
}

type Add = (rule: string, what: string, before: PatchLine | null, after: PatchLine | null) => void;

function readEdit(edit: Edit, isGone: (line: PatchLine) => boolean, add: Add): void {
  const { removed, added } = edit;
  const replacedBy = replacer(edit);
  const failing = added.find(({ text }) => fails(text));
  if (failing && isGuard(added) && !removed.some(({ text }) => fails(text)))
    add("failure_added", "an existing path can fail in a new way", null, failing);
  for (const before of removed) {
    if (!isGone(before)) continue;
    const after = replacedBy(before);
    if (after) readPair(before, after, add);
    else if (defaultOf(before.text)) add("default_literal_removed", "a default value was removed", before, null);
  }
}

function readPair(before: PatchLine, after: PatchLine, add: Add): void {
  const [was, is] = [defaultOf(before.text), defaultOf(after.text)];
  if (was && is && was.around === is.around && was.value !== is.value)
    add(
      "default_literal_changed",
      `a default changed from \`${cut(was.value)}\` to \`${cut(is.value)}\``,
      before,
      after,
    );
  const [exit, exits] = [exitCodeOf(before.text), exitCodeOf(after.text)];
  if (exit !== null && exits !== null && exit !== exits)
    add("exit_code_changed", `the program ends with ${exits} instead of ${exit}`, before, after);
  const [turned, turns] = [switchOf(before.text), switchOf(after.text)];
  if (turned && turns && turned.name === turns.name && turned.isOn !== turns.isOn)
    add("switch_flipped", `\`${turned.name}\` was turned ${turns.isOn ? "on" : "off"}`, before, after);
}

function cut(value: string): string {
  return value.replaceAll("`", "'").slice(0, 60);
}

function observation(
  file: ReadFile,
  rule: string,
  what: string,
  before: PatchLine | null,
  after: PatchLine | null,
): Observation {
  const text = (line: PatchLine | null) => (line === null ? null : trimmed(line).slice(0, 200));
  const strength = rule === "deprecated_code_removed" ? ("likely" as const) : ("hint" as const);
  const seen = { rule, strength, what, before: text(before), after: text(after) };
  if (after !== null) return { ...seen, path: file.path, line: after.line, counterLine: before?.line ?? null };
  return { ...seen, path: basePath(file), line: before?.line ?? null, side: "base" };
}

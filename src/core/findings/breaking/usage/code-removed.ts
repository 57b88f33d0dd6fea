import { basePath, defineDetector, type Observation, type ReadFile } from "../../detector.ts";
import { isInternal, isSource } from "../../file-role.ts";

/** Removed source lines from which it is worth a word, and from which it is worth a second one. */
const someLines = 20;
const manyLines = 200;
/** A rewrite adds about as much as it removes. */
const shrinks = 1.3;

/** Reports changes that take product code away (C1). Where code goes, behaviour often goes with it. */
export const codeRemoved = defineDetector({
  id: "code_removed",
  class: "breaking_change",
  title: "product code that is taken away",
  why: "Where code goes, behaviour that somebody relies on often goes with it.",
  rules: {
    code_removed: {
      title: "more product code is removed than added",
      why: "Where code goes, behaviour that somebody relies on often goes with it.",
      fix: "Say in the description what no longer works, or that nothing does.",
      looksAt: "Lines of source files outside of tests, tools and generated code.",
    },
    much_code_removed: {
      title: "much product code is removed",
      why: "A part of this size is seldom unused.",
      fix: "Say in the description what no longer works, or that nothing does.",
      looksAt: "Lines of source files outside of tests, tools and generated code, 200 or more.",
    },
    source_file_emptied: {
      title: "a source file loses most of its code",
      why: "What it offered is gone, or has to be found elsewhere.",
      looksAt: "Source files that lose at least 20 lines and three times as many as they gain.",
      fix: "Say in the description where it went, or that nobody used it.",
    },
  },
  detect: ({ files }) => {
    const observations: Observation[] = [];
    let added = 0;
    let removed = 0;
    for (const file of files.filter(isProduct)) {
      const plus = file.lines.filter(({ kind, text }) => kind === "added" && text.trim() !== "").length;
      const minus = file.lines.filter(({ kind, text }) => kind === "removed" && text.trim() !== "").length;
      added += plus;
      removed += minus;
      if (file.status !== "removed" && minus >= someLines && minus >= plus * 3) {
        observations.push({
          rule: "source_file_emptied",
          strength: "hint",
          what: `${minus} lines are taken out of it, and ${plus} added`,
          path: file.path,
        });
      }
    }
    const add = (rule: string) =>
      observations.push({
        rule,
        strength: "hint",
        what: `${removed} lines of product code are removed, and ${added} added`,
      });
    if (removed >= someLines && removed > added * shrinks) add("code_removed");
    if (removed >= manyLines) add("much_code_removed");
    return { observations };
  },
});

function isProduct(file: ReadFile): boolean {
  const path = basePath(file);
  return file.leftOut === null && isSource(path) && !isInternal(path);
}

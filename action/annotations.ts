/** Notes on lines of the workflow's page. The escaping of what others wrote is the toolkit's. */

import { type AnnotationProperties, error, notice, warning } from "@actions/core";
import type { Problem } from "../src/core/problem.ts";
import { count } from "../src/core/report/telling.ts";
import { oneLine } from "../src/core/report/words.ts";

export interface Annotation {
  level: "error" | "warning" | "notice";
  title: string;
  message: string;
  /** From the root of the repository. */
  path: string;
  /** From 1; left out where the note is on the whole file. */
  line?: number;
}

/**
 * GitHub shows this many of each level for a step, and drops what comes after without a word.
 *
 * @see https://docs.github.com/rest/checks/runs#create-a-check-run
 */
const ofLevelMax = 10;
const messageCharactersMax = 2000;

const write = { error, warning, notice };

/** What is left out is counted in the log. */
export function annotate(annotations: readonly Annotation[]): void {
  const shown = { error: 0, warning: 0, notice: 0 };
  let leftOut = 0;
  for (const { level, title, message, path, line } of annotations) {
    shown[level] += 1;
    if (shown[level] > ofLevelMax) {
      leftOut += 1;
      continue;
    }
    const place: AnnotationProperties = { title: oneLine(title), file: path, ...(line && { startLine: line }) };
    write[level](message.slice(0, messageCharactersMax), place);
  }
  if (leftOut > 0)
    process.stdout.write(`${count(leftOut, "more annotation")} not shown: GitHub takes ${ofLevelMax} of a kind.\n`);
}

export function annotationOf({ where, severity, code, found, expected, fix }: Problem): Annotation {
  const mend = [expected === "" ? "" : `expected ${oneLine(expected)}`, oneLine(fix)].filter((text) => text !== "");
  return {
    level: severity === "note" ? "notice" : severity,
    title: `Holdpoint ${code}`,
    message: [oneLine(found), mend.join("; ")].filter((text) => text !== "").join("\n"),
    path: where.file,
    ...(where.line !== undefined && { line: where.line }),
  };
}

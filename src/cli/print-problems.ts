/** Prints the mistakes in what was given, each with its place and a code frame. */

import { styleText } from "node:util";
import { hasErrors, type Problem } from "../core/problem.ts";
import { renderCodeFrame } from "../core/report/code-frame.ts";
import { problemJson } from "../core/report/problem-json.ts";
import { count } from "../core/report/telling.ts";
import { oneLine } from "../core/report/words.ts";
import type { Io } from "./io.ts";

export interface PrintProblemsOptions {
  /** Texts for code frames, by the name under which problems speak of them. */
  texts: Record<string, string>;
  isJson: boolean;
  io: Io;
  /** What is said when nothing is wrong. */
  valid?: string;
  /** What goes into the JSON besides. */
  more?: Record<string, unknown>;
}

const styles = { error: "red", warning: "yellow", note: "dim" } as const;

export function printProblems(
  problems: readonly Problem[],
  { texts, isJson, io, valid = "", more = {} }: PrintProblemsOptions,
): void {
  const isValid = !hasErrors(problems);
  if (isJson) {
    io.write(`${JSON.stringify({ valid: isValid, problems: problems.map(problemJson), ...more }, null, 2)}\n`);
    return;
  }
  for (const problem of problems) io.write(`${problemText(problem, texts, io)}\n\n`);
  if (isValid) io.write(`${valid}\n`);
  else io.write(`${count(problems.filter((problem) => problem.severity === "error").length, "mistake")}.\n`);
}

function problemText(problem: Problem, texts: Record<string, string>, io: Io): string {
  const { where, severity, code, expected, fix } = problem;
  const paint = (style: (typeof styles)[keyof typeof styles] | "bold", text: string) =>
    io.hasColour ? styleText(style, text, { validateStream: false }) : text;
  const place = [where.file, where.line, where.line === undefined ? undefined : where.column]
    .filter((part) => part !== undefined)
    .join(":");
  const key = where.key === undefined ? "" : ` ${where.key}`;
  const head = `${paint("bold", oneLine(`${place}${key}`))} ${paint(styles[severity], severity)} ${code}: ${oneLine(problem.found)}`;
  const mend = [expected === "" ? "" : `expected ${oneLine(expected)}`, oneLine(fix)]
    .filter((text) => text !== "")
    .join("; ");
  const frame = Object.hasOwn(texts, where.file) ? renderCodeFrame(texts[where.file] ?? "", where) : "";
  return [head, mend === "" ? "" : `  ${mend}`, frame].filter((text) => text !== "").join("\n");
}

/** A quick look at the lines of a change, before any text is parsed: what a rule over source code could see something in. */

import type { ReadFile } from "../../detector.ts";
import type { PatchLine } from "../../patch-lines.ts";
import { codeRules } from "./rules/index.ts";

export interface Near {
  /** Something stands there that may be new, or that may be gone. */
  mayCome: boolean;
  mayGo: boolean;
}

const anyOf = (isAboutGone: boolean) => {
  const rules = codeRules.filter(({ when }) => (when === "disappears" || when === "falls") === isAboutGone);
  return new RegExp(rules.map(({ near }) => near.source).join("|"), "i");
};
const nearWhatComes = anyOf(false);
const nearWhatGoes = anyOf(true);

/** The look is asked for several times in a classification, and the patterns are long. */
const known = new WeakMap<ReadFile, Near>();

/** Lines beside the changed ones count: a call may stand over several. Where nobody sees the lines, anything may stand there. */
export function nearLines(file: ReadFile): Near {
  const before = known.get(file);
  if (before !== undefined) return before;
  const near = look(file);
  known.set(file, near);
  return near;
}

function look({ patch, lines, additions, deletions }: ReadFile): Near {
  if (patch === null) return { mayCome: additions + deletions > 0, mayGo: additions + deletions > 0 };
  if (lines.every(({ kind }) => kind === "context")) return { mayCome: false, mayGo: false };
  return { mayCome: lines.some(speaksOfNew), mayGo: lines.some(speaksOfGone) };
}

function speaksOfNew({ kind, text }: PatchLine): boolean {
  if (kind === "removed") return false;
  const line = shortened(text);
  return nearWhatComes.test(line) && !(kind === "context" && isWhole(line));
}

function speaksOfGone({ kind, text }: PatchLine): boolean {
  return kind === "removed" && nearWhatGoes.test(shortened(text));
}

/** Longer lines were not written by hand; what stands further on in one is not looked for. */
const lineCharactersMax = 2000;

export function shortened(line: string): string {
  return line.slice(0, lineCharactersMax);
}

/** A statement that begins and ends on its line: unchanged, it is no part of one that changed. */
function isWhole(line: string): boolean {
  if (!/;\s{0,9}$/.test(line.slice(-10))) return false;
  const outside = line.replaceAll(/"[^"\\]{0,200}"|'[^'\\]{0,200}'|`[^`\\]{0,200}`/g, "");
  const count = (sign: string) => outside.split(sign).length;
  return (
    !/["'`]/.test(outside) &&
    count("(") === count(")") &&
    count("[") === count("]") &&
    count("{") === count("}") &&
    !/^\s{0,80}[)\]}]/.test(outside)
  );
}

/** One finding in words: where it stands, what happened, how sure that is and who is touched by it. */

import type { Finding, Reach } from "../findings/finding.ts";
import { placeOf } from "./trigger-words.ts";
import { code, join, phrase, say, type Words } from "./words.ts";

/** `src/parse.ts:3` before the change (line 5 after it). */
export function whereWords(finding: Pick<Finding, "path" | "line" | "side" | "counterLine">): Words {
  const place = placeOf(finding);
  if (place === null) return [];
  const { side, counterLine } = finding;
  const isBefore = side === "base";
  const other =
    counterLine === null ? [] : isBefore ? say` (line ${counterLine} after it)` : say` (line ${counterLine} before)`;
  return say`${code(place)}${isBefore ? say` before the change` : []}${other}`;
}

/** What happened, with the symbol where the phrase does not name it. */
export function whatWords({ what, symbol }: Pick<Finding, "what" | "symbol">): Words {
  return symbol === null || what.includes(symbol) ? phrase(what) : say`${phrase(what)}: ${code(symbol)}`;
}

const reachWords: Record<Reach, string> = {
  public: "others can use it",
  unknown: "it could not be told who uses it",
};

/** `proven, others can use it`. */
export function sureWords({ strength, reach, isDeclared }: Pick<Finding, "strength" | "reach" | "isDeclared">): Words {
  const parts: Words[] = [isDeclared ? say`${strength}, the author says so` : say`${strength}`];
  if (reach !== null) parts.push([{ kind: "ours", text: reachWords[reach] }]);
  return join(parts, ", ");
}

/** `a` → `b`; empty where neither is known. */
export function changeWords({ before, after }: Pick<Finding, "before" | "after">): Words {
  if (before === null && after === null) return [];
  return say`${before === null ? say`nothing` : [code(before)]} → ${after === null ? say`nothing` : [code(after)]}`;
}

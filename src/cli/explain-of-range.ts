/** Explains one finding of a range of commits of a local clone. */

import { allFindings, findFinding } from "../core/findings/find-finding.ts";
import { explainedText, explainFinding } from "../core/report/explain-finding.ts";
import { findingFrames } from "../core/report/finding-frames.ts";
import { wrap } from "../core/report/render-terminal.ts";
import { findingJson } from "../core/report/verdict-json.ts";
import { toPlain } from "../core/report/words.ts";
import { exitCodes } from "./exit-codes.ts";
import { readLocalChange } from "./git/read-local-change.ts";
import { readRange } from "./git/read-range.ts";
import type { Io } from "./io.ts";
import { judge } from "./judge.ts";
import { loadCheckPolicy } from "./load-policy-file.ts";
import { printProblems } from "./print-problems.ts";
import { UsageError } from "./usage-error.ts";

/** @returns the exit code. @throws {UsageError} where the range has no such finding */
export async function explainOfRange(
  id: string,
  options: { repo: string; base: string; head: string; policy?: string; json?: boolean },
  io: Io,
): Promise<number> {
  const isJson = options.json === true;
  const range = await readRange(options.repo, io.env, options.base, options.head);
  const change = await readLocalChange(range);
  const load = await loadCheckPolicy(range, options.policy, io);
  if (load.kind === "broken") {
    printProblems(load.problems, { texts: load.texts, isJson, io });
    return exitCodes.invalid;
  }
  const { verdict, telling } = await judge({ document: load.document, now: new Date(), ...change });
  const finding = findFinding(verdict.classification, id);
  if (finding === null) {
    const known = allFindings(verdict.classification).map((one) => one.id);
    const shown = known.length === 0 ? "Nothing is found there." : `Found are ${known.slice(0, 12).join(", ")}.`;
    throw new UsageError(`There is no finding ${id} in this range. ${shown}`);
  }
  const { files } = telling.snapshot;
  const file = files.find(({ path, previousPath }) => path === finding.path || previousPath === finding.path);
  const paths = file === undefined ? [] : [...new Set([file.path, file.previousPath ?? file.path])];
  const frames = await findingFrames(finding, file, await change.readContents(paths));
  const explained = explainFinding(finding, frames, verdict, telling);
  if (isJson) {
    const parts = explained.parts.map(({ title, items, code }) => ({
      title,
      says: items.map(toPlain),
      code: code ?? null,
    }));
    io.write(`${JSON.stringify({ finding: findingJson(finding), explained: parts }, null, 2)}\n`);
  } else io.write(explainedText(explained, (text) => wrap(text, io.width - 6)));
  return exitCodes.open;
}

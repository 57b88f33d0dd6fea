/** Explains one finding of a change. */

import { allFindings, findFinding } from "../../core/findings/find-finding.ts";
import { explainedText, explainFinding } from "../../core/report/explain-finding.ts";
import { findingFrames } from "../../core/report/finding-frames.ts";
import { wrap } from "../../core/report/render-terminal.ts";
import { findingJson } from "../../core/report/verdict-json.ts";
import { toPlain } from "../../core/report/words.ts";
import type { Io } from "../io.ts";
import { UsageError } from "../usage-error.ts";
import type { JudgedChange } from "./judged-change.ts";

/** @throws {UsageError} where the change has no such finding */
export async function explainFindingOf(id: string, change: JudgedChange, io: Io, isJson: boolean): Promise<void> {
  const { verdict, telling } = change;
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
}

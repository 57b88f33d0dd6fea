/** Findings as annotations on the lines of the change. */

import { type Finding, findingClasses, type Strength, strengths } from "../findings/finding.ts";
import type { Verdict } from "../gate/verdict.ts";
import type { ChangedFile } from "../snapshot.ts";
import type { CheckUrls } from "./check-identity.ts";
import type { Annotation } from "./check-run.ts";
import { ruleWords } from "./rule-words.ts";
import { classNames } from "./trigger-words.ts";
import { cut, manyLines, oneLine, phrase, toPlain } from "./words.ts";

/** Four requests' worth: beyond that nobody reads them one by one, and each request carries 50. */
export const annotationsMax = 200;

/** Evidence is no accusation: a proven finding is worth a look, and only a mistake in the policy is a failure. */
const levels: Record<Strength, Annotation["level"]> = { hint: "notice", likely: "notice", proven: "warning" };

/**
 * GitHub adds annotations to a check run and takes none away: one whose finding is gone (the policy was changed, the head was not) stays on
 * that head, and the summary and the details are what counts. The next push begins without it.
 *
 * @returns the strongest first, without doubles, and how many were left out
 * @see https://docs.github.com/rest/checks/runs#update-a-check-run
 */
export function annotate(
  verdict: Pick<Verdict, "classification">,
  files: readonly ChangedFile[],
  links: Pick<CheckUrls, "ruleUrl">,
): { annotations: Annotation[]; leftOut: number } {
  const byPath = new Map(
    files.flatMap((file) => [[file.path, file] as const, [file.previousPath ?? file.path, file] as const]),
  );
  const findings = findingClasses
    .flatMap((name) => verdict.classification.classes[name].findings)
    .sort((a, b) => strengths.indexOf(b.strength) - strengths.indexOf(a.strength));
  const annotations = new Map<string, Annotation>();
  for (const finding of findings) {
    const annotation = annotateFinding(finding, finding.path === null ? undefined : byPath.get(finding.path), links);
    if (annotation)
      annotations.set(
        `${annotation.path}:${annotation.startLine}:${annotation.title}:${annotation.message}`,
        annotation,
      );
  }
  const all = [...annotations.values()];
  return { annotations: all.slice(0, annotationsMax), leftOut: Math.max(0, all.length - annotationsMax) };
}

function annotateFinding(
  finding: Finding,
  file: ChangedFile | undefined,
  { ruleUrl }: Pick<CheckUrls, "ruleUrl">,
): Annotation | null {
  // What stood only in a removed file has no line to stand on; the details name it.
  if (!file || file.status === "removed") return null;
  const line = finding.side === "head" ? (finding.line ?? 1) : headLineOf(file.patch, finding.line);
  const change = [
    finding.before === null ? "" : `before: ${finding.before}`,
    finding.after === null ? "" : `after: ${finding.after}`,
  ];
  const { title, why } = ruleWords(finding.rule);
  const source = [finding.id, finding.rule, ruleUrl(finding.rule) ?? ""].filter((text) => text !== "").join(" · ");
  const message = [toPlain(phrase(finding.what)), ...change, toPlain(phrase(why)), source]
    .filter((text) => text !== "")
    .join("\n");
  return {
    path: file.path,
    startLine: line,
    endLine: line,
    level: levels[finding.strength],
    title: cut(oneLine(`${classNames[finding.class]}: ${title}`), 255),
    message: cut(manyLines(message), 4000),
  };
}

/**
 * Where a line of the base side would stand on the head side: the line itself where it is kept, else the one that follows it.
 *
 * @param patch unified hunks; without them the file's first line is all that can be said
 */
export function headLineOf(patch: string | null, baseLine: number | null): number {
  if (patch === null || baseLine === null) return 1;
  let shift = 0;
  for (const hunk of patch.split(/(?:^|\n)(?=@@ )/)) {
    const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(hunk);
    if (!header) continue;
    const [baseStart, baseCount = 1, headStart, headCount = 1] = header
      .slice(1)
      .map((text) => (text === undefined ? undefined : Number(text)));
    if (baseStart === undefined || headStart === undefined || baseLine < baseStart) break;
    if (baseLine < baseStart + baseCount) return Math.max(1, insideHunk(hunk, baseStart, headStart, baseLine));
    shift = headStart + headCount - (baseStart + baseCount);
  }
  return Math.max(1, baseLine + shift);
}

function insideHunk(hunk: string, baseStart: number, headStart: number, wanted: number): number {
  let base = baseStart;
  let head = headStart;
  for (const line of hunk.split("\n").slice(1)) {
    if (base >= wanted && !line.startsWith("+")) break;
    if (line.startsWith("-")) base++;
    else if (line.startsWith("+")) head++;
    else if (line.startsWith(" ") || line === "") {
      base++;
      head++;
    }
  }
  return head;
}

/** A verdict for a terminal: the same rows in the same words as the check. */

import { styleText } from "node:util";
import { findingClasses } from "../findings/finding.ts";
import type { Verdict } from "../gate/verdict.ts";
import { whyApproval } from "./approval-words.ts";
import { firstLine, footer, remarks } from "./check-summary.ts";
import { checkTitle } from "./check-title.ts";
import { fastestWayWords } from "./fastest-way-words.ts";
import { marks, type Row, rowsOf } from "./rows.ts";
import { personPiece, type Telling } from "./telling.ts";
import { when } from "./times.ts";
import { findingWords } from "./trigger-words.ts";
import { code, say, toPlain, type Words } from "./words.ts";

export interface TerminalOptions {
  /** Colours; off where the output is no terminal. */
  hasColour: boolean;
  /** Columns to wrap at. */
  width: number;
}

type Style = "green" | "yellow" | "red" | "dim" | "bold";

const rowStyles: Record<Row["state"], Style> = {
  waiting: "yellow",
  satisfied: "green",
  bypassed: "yellow",
  must_change: "red",
  error: "red",
  not_needed: "dim",
};

const titleStyles: Record<Verdict["state"], Style> = {
  approved: "green",
  bypassed: "yellow",
  waiting: "yellow",
  must_change: "red",
  error: "red",
};
const titleStates: Record<Verdict["state"], Row["state"]> = {
  approved: "satisfied",
  bypassed: "bypassed",
  waiting: "waiting",
  must_change: "must_change",
  error: "error",
};

/** Findings shown in full; the rest is counted, `--json` has them all. */
const findingsMax = 20;

export function renderTerminal(verdict: Verdict, linked: Telling, options: TerminalOptions): string {
  const paint = (style: Style, text: string) =>
    options.hasColour ? styleText(style, text, { validateStream: false }) : text;
  // Nothing can be clicked here, so the words of links are left out too.
  const telling: Telling = { ...linked, policyUrl: () => null };
  const rows = rowsOf(verdict, telling);
  const mark = marks[titleStates[verdict.state]];
  const lines = [
    paint(titleStyles[verdict.state], `${mark} ${paint("bold", checkTitle(verdict, rows))}`),
    "",
    ...wrap(toPlain(firstLine(verdict, rows)), options.width),
    "",
    ...rows.flatMap((row) => rowLines(row, options, paint)),
    ...findingsLines(verdict, options),
    ...approvalLines(verdict, telling, options),
  ];
  for (const words of [fastestWayWords(verdict, telling), ...remarks({ ...verdict, approvals: [] }, telling)])
    lines.push(...paragraph(words, options));
  lines.push("", paint("dim", toPlain(footer(verdict, telling, "terminal"))));
  return `${lines.join("\n")}\n`;
}

function rowLines(row: Row, { width }: TerminalOptions, paint: (style: Style, text: string) => string): string[] {
  const head = paint(rowStyles[row.state], `${marks[row.state]} ${toPlain(row.what)}`);
  const body = [row.why, row.who].map(toPlain).filter((text) => text !== "");
  return [`  ${head}`, ...body.flatMap((text) => wrap(text, width - 6).map((line) => `      ${line}`))];
}

function findingsLines({ classification }: Verdict, { width }: TerminalOptions): string[] {
  const findings = findingClasses.flatMap((name) => classification.classes[name].findings);
  if (findings.length === 0) return [];
  const lines = findings.slice(0, findingsMax).flatMap((finding) => {
    const [first = "", ...rest] = wrap(
      toPlain(say`${findingWords(finding)} (${finding.strength}, ${code(finding.rule)}, ${code(finding.id)})`),
      width - 6,
    );
    return [`    - ${first}`, ...rest.map((line) => `      ${line}`)];
  });
  if (findings.length > findingsMax) lines.push(`    and ${findings.length - findingsMax} more; --json lists them all`);
  return ["", "  Findings", ...lines];
}

/** Every approval that was met, kept or dropped. */
function approvalLines({ approvals }: Verdict, { now }: Telling, { width }: TerminalOptions): string[] {
  if (approvals.length === 0) return [];
  const lines = approvals.flatMap((approval) => {
    const mark = approval.outcome.kind === "counts" ? marks.satisfied : marks.must_change;
    const words = say`${personPiece(approval.person)} by ${approval.method}, ${when(approval.at, now)}: ${whyApproval(approval)}`;
    const [first = "", ...rest] = wrap(toPlain(words), width - 6);
    return [`    ${mark} ${first}`, ...rest.map((line) => `      ${line}`)];
  });
  return ["", "  Approvals", ...lines];
}

function paragraph(words: Words, { width }: TerminalOptions): string[] {
  return words.length === 0 ? [] : ["", ...wrap(toPlain(words), width)];
}

/** Breaks at spaces; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > Math.max(20, width)) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return line === "" ? lines : [...lines, line];
}

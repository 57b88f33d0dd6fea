/** The text of a log as a reader would see it: without colours, cursor moves, what was written over, and the runner's time stamps. */

import { reportLimits } from "./report-limits.ts";
import type { LogTail } from "./run-report.ts";

const escapeCharacter = "\u001b";

/** Sequences of terminals, each of bounded length. @see https://www.ecma-international.org/publications-and-standards/standards/ecma-48/ */
const sequences = [
  `${escapeCharacter}\\][^\u0007\n${escapeCharacter}]{0,2000}(?:\u0007|${escapeCharacter}\\\\)`,
  `(?:${escapeCharacter}\\[|\u009b)[0-?]{0,60}[ -/]{0,8}[@-~]`,
  `${escapeCharacter}[ -/]{0,8}[0-~]`,
  // What is left of colours where something took the escape character out; `[5m]` is a duration.
  "\\[\\d{1,3}(?:;\\d{1,3}){0,4}m(?!\\])",
].map((sequence) => new RegExp(sequence, "g"));

/** At the start of a line, as GitHub's logs have it. */
const timestamp = /^(?:\uFEFF)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z ?/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g;

/** @returns its lines; none of them empty at the end */
export function readLogLines(text: string): string[] {
  const lines = withoutSequences(text)
    .split("\n")
    .map((line) => lastWritten(line).replace(timestamp, "").replace(controls, "").trimEnd());
  let end = lines.length;
  while (end > 0 && lines[end - 1] === "") end--;
  return lines.slice(0, end);
}

/** A text of several lines, cleared in the same way; empty lines at its start go, too. */
export function cleanText(text: string): string {
  return readLogLines(text).join("\n").trimStart();
}

function withoutSequences(text: string): string {
  return sequences.reduce((rest, sequence) => rest.replace(sequence, ""), text);
}

/** A progress bar writes its line again and again: what stands at last is what counts. */
function lastWritten(line: string): string {
  if (!line.includes("\r")) return line;
  const writings = line.split("\r");
  return writings.findLast((writing) => writing.trim() !== "") ?? "";
}

/** The end of a log within the limits. @param charactersMax for all of its lines */
export function tailOf(source: string, lines: readonly string[], charactersMax: number): LogTail {
  const tail: string[] = [];
  let characters = 0;
  for (let at = lines.length - 1; at >= 0 && tail.length < reportLimits.logLines; at--) {
    const line = shorten(lines[at] ?? "", reportLimits.lineCharacters);
    characters += line.length + 1;
    if (characters > charactersMax) break;
    tail.push(line);
  }
  return { source, lines: tail.reverse(), lines_left_out: lines.length - tail.length };
}

/** Cuts in the middle: the start says what it is, the end how it ended. */
export function shorten(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) return text;
  const mark = ` … `;
  const end = Math.floor((charactersMax - mark.length) / 3);
  const start = charactersMax - mark.length - end;
  return (text.slice(0, start) + mark + text.slice(text.length - end)).toWellFormed();
}

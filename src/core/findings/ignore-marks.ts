/**
 * Comments that ask for a finding to be left out: `holdpoint-ignore <rule> until 2027-01-31: <reason>`, on its line or the one above, after
 * whatever begins a comment there. One counts only where it stood before the change, beside the line it was written for: else authors
 * would release themselves.
 */

import type { Contents } from "../snapshot.ts";
import { isDay, suppressionReasonMin } from "../suppression-terms.ts";
import { baseText, headText, namesOf, type ReadFile } from "./detector.ts";
import type { Finding, IgnoreMark, MarkFault } from "./finding.ts";
import { type PatchRow, patchRows } from "./patch-rows.ts";
import { rulesNamed } from "./rule-ids.ts";

const word = "holdpoint-ignore";

/** The same findings, each with the comment that speaks of it. */
export function withMarks(findings: readonly Finding[], files: readonly ReadFile[], contents: Contents): Finding[] {
  const byPath = new Map<string, ReadFile>();
  for (const file of files) for (const path of namesOf(file)) byPath.set(path, file);
  const places = new Map<ReadFile, Places>();
  return findings.map((finding) => {
    const file = finding.path === null ? undefined : byPath.get(finding.path);
    if (file === undefined || finding.line === null || finding.line < 1) return finding;
    let known = places.get(file);
    if (known === undefined) {
      known = placesOf(file, contents);
      places.set(file, known);
    }
    return known.hasMarks ? { ...finding, mark: markOf(finding, finding.line, known) } : finding;
  });
}

interface Places {
  hasMarks: boolean;
  rows: PatchRow[];
  base: string[] | null;
  head: string[] | null;
}

function placesOf(file: ReadFile, contents: Contents): Places {
  const texts = [file.patch, baseText(contents, file), headText(contents, file)];
  if (!texts.some((text) => text?.includes(word))) return { hasMarks: false, rows: [], base: null, head: null };
  const [, base, head] = texts.map((text) => text?.split(/\r?\n/) ?? null);
  return { hasMarks: true, rows: patchRows(file.patch), base: base ?? null, head: head ?? null };
}

/** A comment as it is written, and whether it stood there before. */
interface Met {
  text: string;
  line: number;
  fault: "new" | "elsewhere" | null;
}

function markOf({ rule, side }: Finding, line: number, places: Places): IgnoreMark | null {
  const met = side === "base" ? metBefore(line, places) : metAfter(line, places);
  let unfit: IgnoreMark | null = null;
  for (const { text, line: at, fault } of met) {
    const read = readMark(text);
    if (read === null || !rulesNamed(read.rule).includes(rule)) continue;
    const mark = { line: at, until: read.until, reason: read.reason, fault: faultOf(read, rule, fault) };
    if (mark.fault === null) return mark;
    unfit ??= mark;
  }
  return unfit;
}

function faultOf({ until, reason }: ReadMark, rule: string, fault: Met["fault"]): MarkFault | null {
  if (rulesNamed("secret_detected").includes(rule)) return "secret";
  if (until === null || reason.length < suppressionReasonMin) return "incomplete";
  return fault;
}

/** What stands in the base stood before. */
function metBefore(line: number, { rows, base }: Places): Met[] {
  const textAt = (at: number) => rows.find((row) => row.base === at)?.text ?? base?.[at - 1] ?? "";
  return [line, line - 1].map((at) => ({ text: textAt(at), line: at, fault: null }));
}

function metAfter(line: number, places: Places): Met[] {
  const { rows } = places;
  const at = rows.findIndex((row) => row.head === line);
  const row = rows[at];
  if (row === undefined) return metOutside(line, places);
  const above = rows.findLast((one, index) => index < at && one.head === line - 1 && one.hunk === row.hunk);
  const met: Met[] = [{ text: row.text, line, fault: row.base !== null || stood(row, rows, "itself") ? null : "new" }];
  if (above === undefined) return met;
  return [...met, { text: above.text, line: line - 1, fault: faultAbove(above, row, rows) }];
}

/** A line put between a comment and the line it was written for is not what the comment speaks of. */
function faultAbove(above: PatchRow, row: PatchRow, rows: readonly PatchRow[]): Met["fault"] {
  if (above.base === null) return stood(above, rows, "with_next") ? null : "new";
  const next = nextInBase(above, rows);
  const isKept = next !== undefined && next === row;
  const isEdited = next !== undefined && next.head === null && row.base === null;
  return isKept || isEdited ? null : "elsewhere";
}

/** Whether an added line bears a comment that a removed one of the same place bore, and that line, or the next, was changed with it. */
function stood(added: PatchRow, rows: readonly PatchRow[], what: "itself" | "with_next"): boolean {
  const wanted = JSON.stringify(readMark(added.text));
  return rows.some(
    (row) =>
      row.head === null &&
      row.block === added.block &&
      JSON.stringify(readMark(row.text)) === wanted &&
      (what === "itself" || nextInBase(row, rows)?.head === null),
  );
}

function nextInBase({ base, hunk }: PatchRow, rows: readonly PatchRow[]): PatchRow | undefined {
  return rows.find((row) => row.hunk === hunk && base !== null && row.base === base + 1);
}

/** Beyond the patch nothing was changed, so far as it is whole: the same lines must stand in the base together. */
function metOutside(line: number, { base, head }: Places): Met[] {
  const [above, own] = [head?.[line - 2], head?.[line - 1]];
  if (own === undefined || base === null) return [];
  const met: Met[] = [{ text: own, line, fault: base.includes(own) ? null : "new" }];
  if (above === undefined || !above.includes(word)) return met;
  const isBoth = base.some((text, index) => text === above && base[index + 1] === own);
  return [...met, { text: above, line: line - 1, fault: isBoth ? null : base.includes(above) ? "elsewhere" : "new" }];
}

interface ReadMark {
  rule: string;
  until: string | null;
  reason: string;
}

const opener = /(?:\/\/+!?|\/\*{1,3}|\*|#+|--+|<!--|;+|%+|'|\{-|\(\*|\b(?:rem|dnl))$/i;
const closer = /\s{0,20}(?:\*\/\}?|--+>|[%#?]>|#\}|-\}|\*\))\s{0,20}$/;
const wording = /^\s{1,20}([a-z][a-z0-9_]{0,63})(?:\s{1,20}until\s{1,20}(\d{4}-\d{2}-\d{2}))?\s{0,20}(?::(.{0,300}))?/;

/** @returns `null` where the line has no such comment */
export function readMark(line: string): ReadMark | null {
  const at = line.indexOf(word);
  if (at < 0 || !opener.test(line.slice(Math.max(0, at - 20), at).trimEnd())) return null;
  const [, rule, until = null, reason = ""] = wording.exec(line.slice(at + word.length, at + 500)) ?? [];
  if (rule === undefined) return null;
  return { rule, until: until !== null && isDay(until) ? until : null, reason: reason.replace(closer, "").trim() };
}

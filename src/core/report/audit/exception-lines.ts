/** Bypasses and merges around the gate, each with what became of it. */

import type { LedgerEntry } from "../ledger-hash.ts";
import { toMarkdown } from "../markdown.ts";
import { spoken } from "../telling.ts";
import { code, link, say, type Words } from "../words.ts";
import { fieldAt, momentAt, textAt } from "./entry-fields.ts";
import { fullTime } from "./period-words.ts";

/** One item of a list for each exception, in the order of the ledger. */
export function exceptionLines(entries: readonly LedgerEntry[]): string[] {
  const closures = entries.filter(({ kind }) => kind === "post_review_done");
  const ends = entries.filter(({ kind }) => kind === "bypass_ended");
  return entries.flatMap((entry) => {
    if (entry.kind === "bypass_granted") return bypassItem(entry, ends, closures);
    return entry.kind === "merged_while_red" ? aroundItem(entry, closures) : [];
  });
}

function bypassItem(entry: LedgerEntry, ends: readonly LedgerEntry[], closures: readonly LedgerEntry[]): string[] {
  const { data } = entry;
  const id = textAt(data, "id");
  const end = ends.find((one) => textAt(one.data, "id") === id && isSamePullRequest(one, entry));
  const scope = fieldAt(data, "scope");
  const what = Array.isArray(scope) ? scope.map(String).join(", ") : "everything that was open";
  const second = textAt(data, "secondPerson", "login");
  const parts = [
    say`**${{ kind: "ours", text: `#${textAt(data, "number") ?? "?"}` }}** at ${code((textAt(data, "headSha") ?? "").slice(0, 7))}: ${what}, bypassed on ${{ kind: "ours", text: fullTime(entry.at) }} by ${code(textAt(data, "requester", "login") ?? "unknown")}${second === null ? [] : say` with ${code(second)}`}`,
    say`cause: ${spoken(textAt(data, "cause") ?? "unspecified")}`,
    say`reason: ${textAt(data, "reason") ?? "none"}`,
    say`${{ kind: "ours", text: endWords(end) }}`,
    reviewWords(textAt(data, "issue", "number"), textAt(data, "issue", "url"), closures),
    say`entry ${entry.seq}`,
  ];
  return [item(parts)];
}

function aroundItem(entry: LedgerEntry, closures: readonly LedgerEntry[]): string[] {
  const { data } = entry;
  const number = textAt(data, "number");
  const closure = closures.find((one) => isSamePullRequest(one, entry)) ?? null;
  const codes = fieldAt(data, "codes");
  const open = Array.isArray(codes) && codes.length > 0 ? codes.map(String).join(", ") : "not known";
  return [
    item([
      say`**${{ kind: "ours", text: `#${number ?? "?"}` }}** at ${code((textAt(data, "headSha") ?? "").slice(0, 7))}: merged around the gate by ${code(textAt(data, "mergedBy") ?? "unknown")} on ${{ kind: "ours", text: fullTime(momentAt(data, "mergedAt") ?? entry.at) }}`,
      say`open were: ${open}`,
      closure === null ? say`its review is not done` : closureWords(closure),
      say`entry ${entry.seq}`,
    ]),
  ];
}

function isSamePullRequest(one: LedgerEntry, other: LedgerEntry): boolean {
  return one.repositoryId === other.repositoryId && textAt(one.data, "number") === textAt(other.data, "number");
}

function endWords(end: LedgerEntry | undefined): string {
  if (end === undefined) return "no end is recorded in this period";
  const why = textAt(end.data, "why") ?? "unknown";
  const at = fullTime(end.at);
  return why === "merged" ? `merged on ${at}` : `not used: ended on ${at} (${spoken(why)})`;
}

function reviewWords(issue: string | null, url: string | null, closures: readonly LedgerEntry[]): Words {
  const closure = closures.find((one) => issue !== null && textAt(one.data, "issue") === issue);
  const which = link(say`${{ kind: "ours", text: `#${issue ?? "?"}` }}`, url);
  return closure === undefined
    ? say`its review, ${which}, is not done`
    : say`its review, ${which}: ${closureWords(closure)}`;
}

function closureWords({ data, at, seq }: LedgerEntry): Words {
  const person = textAt(data, "person", "login") ?? textAt(data, "person") ?? "unknown";
  const lessons = textAt(data, "lessons");
  const verdict = spoken(textAt(data, "verdict") ?? "done");
  return say`reviewed by ${code(person)} on ${{ kind: "ours", text: fullTime(at) }}, who found it ${verdict}${lessons === null ? [] : say`: ${lessons}`} (entry ${seq})`;
}

function item(parts: readonly Words[]): string {
  return `- ${parts.map((words) => toMarkdown(words)).join("; ")}`;
}

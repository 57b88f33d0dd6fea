/** The check's title: the verdict and whom it waits for, in at most 100 characters. */

import type { Verdict, WorkflowRequirement } from "../gate/verdict.ts";
import type { Person } from "../snapshot.ts";
import { openingTitle } from "./opening-words.ts";
import { isOpenRow, type Row } from "./rows.ts";
import { peopleWords, spoken } from "./telling.ts";
import { cut, joinList, oneLine, phrase, say, toPlain, type Words } from "./words.ts";

export const titleMax = 100;

export function checkTitle(verdict: Verdict, rows: readonly Row[]): string {
  const open = rows.filter(isOpenRow);
  const prefix = titlePrefix(verdict);
  if (verdict.state === "error") {
    const unread = open.find((row) => row.state === "error");
    return cut(
      oneLine(`${prefix}${unread ? toPlain(say`${unread.short}: ${unread.why}`) : "a fact could not be read"}`),
      titleMax,
    );
  }
  if (verdict.state === "approved") return cut(`${prefix}${toPlain(approvedWords(verdict))}`, titleMax);
  if (verdict.state === "bypassed") return cut(toPlain(openingTitle(verdict)), titleMax);
  return fitList(prefix, open);
}

function titlePrefix({ state, isObserved }: Verdict): string {
  if (state === "approved") return isObserved ? "Would be approved: " : "Approved: ";
  if (state === "error") return isObserved ? "Would stay shut: " : "Cannot be judged: ";
  return isObserved ? "Would wait: " : "Waiting for ";
}

function approvedWords(verdict: Verdict): Words {
  const workflow = verdict.requirements.find((requirement) => requirement.kind === "workflow");
  const counted = new Map<number, Person>();
  for (const { person, outcome } of verdict.approvals) if (outcome.kind === "counts") counted.set(person.id, person);
  const needsPeople = asksPeople(verdict, workflow);
  if (!needsPeople) return say`nobody needed (${spoken(verdict.workflow)})`;
  if (counted.size === 0) return say`${spoken(verdict.workflow)}`;
  return say`${spoken(verdict.workflow)} by ${peopleWords([...counted.values()])}`;
}

function asksPeople(verdict: Verdict, workflow: WorkflowRequirement | undefined): boolean {
  const parts = [
    ...(workflow?.parts ?? []),
    ...verdict.requirements.flatMap((one) => (one.kind === "checkpoint" ? one.parts : [])),
  ];
  return parts.some((part) => part.kind === "approvals" && part.needed > 0 && part.state !== "not_needed");
}

/** Names as many open points as fit and counts the rest. */
function fitList(prefix: string, open: readonly Row[]): string {
  const seen = new Set<string>();
  const all = open.map((row) => (row.state === "error" ? phrase(toPlain(row.short)) : row.short));
  // Two rules that wait for the same people are one thing to wait for.
  const shorts = all.filter((short) => !seen.has(toPlain(short)) && seen.add(toPlain(short)));
  for (let shown = shorts.length; shown > 0; shown--) {
    const title = `${prefix}${toPlain(joinList(shorts, "and", shown))}`;
    if (title.length <= titleMax) return title;
  }
  return cut(`${prefix}${open.length === 1 ? toPlain(shorts[0] ?? []) : `${open.length} things`}`, titleMax);
}

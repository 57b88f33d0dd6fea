/** The record of a decision: what a merged change was held for, who released it, when, with which reasons and evidence. Markdown. */

import type { Verdict } from "../gate/verdict.ts";
import { whyApproval } from "./approval-words.ts";
import { saidLines } from "./decision-said.ts";
import { findingsList, suppressedList } from "./findings-list.ts";
import { type Block, fitBytes } from "./fit-bytes.ts";
import { toMarkdown } from "./markdown.ts";
import { marks, type Row, rowsOf } from "./rows.ts";
import type { Telling } from "./telling.ts";
import { longAgo, when } from "./times.ts";
import { code, link, type Piece, say, type Words } from "./words.ts";

/** By which the comment with the record is found again. */
export const recordMarker = "<!-- holdpoint decision record -->";

/**
 * Names people without mentioning them: nobody is called by a look back.
 *
 * @param verdict as it was at the merge
 * @param telling `now` is the moment of the merge or later
 */
export function renderDecisionRecord(verdict: Verdict, telling: Telling): string {
  const { snapshot } = telling;
  const { owner, name } = snapshot.repository;
  const blocks: Block[] = [
    keep(`# Decision record: ${line(say`${owner}/${name} ${`#${snapshot.number ?? ""}`}, ${snapshot.title}`)}\n\n`),
    ...factLines(verdict, telling).map((words) => keep(`- ${line(words)}\n`)),
    keep("\n## What was asked\n\n| | What | Why | Who or how |\n|---|---|---|---|\n"),
    ...rowsOf(verdict, telling).map((row) => spare(rowLine(row), row.state === "not_needed" ? 4 : 2, "rows")),
    ...section("Approvals", approvalLines(verdict, telling), "approvals"),
    ...section(
      "What was said",
      saidLines(snapshot, telling.now).map((words) => `- ${line(words)}`),
      "lines that people wrote",
    ),
    ...section("What kind of change it was", findingsList(verdict, telling).lines, "findings"),
    ...section("What was found and left out", suppressedList(verdict, telling).lines, "findings left out"),
  ];
  return fitBytes(blocks);
}

/** Said in the comment that stands in for a file which GitHub did not take. */
export function recordNotFiled({ branch, path }: { branch: string; path: string }): string {
  const words = say`This record could not be written to ${code(path)} on the branch ${code(branch)}: the branch is protected, or Holdpoint's GitHub App lacks the permission ${{ kind: "ours", text: "*Contents: read and write*" }}.`;
  return toMarkdown(words);
}

function factLines(verdict: Verdict, telling: Telling): Words[] {
  const { snapshot, document, now } = telling;
  const { merged, head, base, author } = snapshot;
  const { classification, workflow, isOpen, isObserved } = verdict;
  const { source } = document;
  const policyId = source.blobSha ?? source.commit;
  const commit = merged?.commitSha ? say` as ${code(merged.commitSha.slice(0, 7))}` : [];
  const by = merged?.by ? say` by ${code(merged.by.login)}` : [];
  const gate = isObserved ? say`only observed` : isOpen ? say`open` : say`not open: merged past it`;
  return [
    say`Merged ${merged ? when(merged.at, longAgo) : "at an unknown time"}${by}${commit}`,
    say`By ${code(author.login)}, head ${code(head.sha.slice(0, 7))} onto ${code(base.ref)}`,
    say`The gate was ${gate} (workflow ${code(workflow)}, ${classification.risk.level} risk, ${classification.size.changed} lines in ${classification.size.files} files)`,
    say`Policy ${code(source.path)}${policyId ? say` at ${link([code(policyId.slice(0, 7))], telling.policyUrl(null))}` : []}`,
    say`Written ${when(now, longAgo)}`,
  ];
}

function rowLine(row: Row): string {
  return `| ${marks[row.state]} | ${line(row.what)} | ${line(row.why)} | ${line(row.who)} |\n`;
}

function approvalLines({ approvals }: Verdict, { now }: Telling): string[] {
  return approvals.map(
    (approval) =>
      `- ${line(say`${code(approval.person.login)} by ${approval.method}, ${when(approval.at, now)}: ${whyApproval(approval)}`)}`,
  );
}

function section(title: string, lines: readonly string[], name: string): Block[] {
  if (lines.length === 0) return [];
  return [keep(`\n## ${title}\n\n`), ...lines.map((text) => spare(`${text}\n`, 3, name))];
}

function keep(text: string): Block {
  return { text, expendable: 0, name: "" };
}

function spare(text: string, expendable: number, name: string): Block {
  return { text, expendable, name };
}

/** Markdown in which nobody is mentioned. */
function line(words: Words): string {
  return toMarkdown(words.map(unmentioned));
}

function unmentioned(piece: Piece): Piece {
  if (piece.kind === "person") return code(piece.login);
  return piece.kind === "strong" || piece.kind === "link" ? { ...piece, words: piece.words.map(unmentioned) } : piece;
}

/** The check's summary: what kind of change it is, what happens next, the table of points, the fastest way, the footer. */

import { type FindingClass, findingClasses } from "../findings/finding.ts";
import type { Verdict } from "../gate/verdict.ts";
import { notCountedWords } from "./approval-words.ts";
import { bypassParagraphs } from "./bypass-words.ts";
import { fastestWayWords } from "./fastest-way-words.ts";
import { type Block, fitBytes } from "./fit-bytes.ts";
import { toMarkdown } from "./markdown.ts";
import { openedWords } from "./opening-words.ts";
import { isOpenRow, marks, type Row } from "./rows.ts";
import { count, type Telling } from "./telling.ts";
import { judgedWords } from "./times.ts";
import { classNames } from "./trigger-words.ts";
import { code, link, say, strong, type Words } from "./words.ts";

/** @param aside Markdown of ours that goes between the table and the footer */
export function checkSummary(verdict: Verdict, rows: readonly Row[], telling: Telling, aside = ""): string {
  const blocks: Block[] = [
    keep(`${toMarkdown(firstLine(verdict, rows))}\n\n`),
    ...rowBlocks(rows),
    ...[fastestWayWords(verdict, telling), ...remarks(verdict, telling)]
      .filter((words) => words.length > 0)
      .map((words) => keep(`\n${toMarkdown(words)}\n`)),
    keep(aside),
    keep(`\n${toMarkdown(footer(verdict, telling))}\n`),
  ];
  return fitBytes(blocks);
}

/** The table of points. */
export function rowBlocks(rows: readonly Row[]): Block[] {
  return [
    keep("| | What | Why | Who or how |\n|---|---|---|---|\n"),
    ...rows.map((row) => ({ text: tableRow(row), ...expendability(row) })),
  ];
}

function keep(text: string): Block {
  return { text, expendable: 0, name: "" };
}

function expendability(row: Row): Pick<Block, "expendable" | "name"> {
  if (row.state === "not_needed") return { expendable: 4, name: "rows of what is not needed" };
  if (row.state === "satisfied") return { expendable: 3, name: "rows of what is met" };
  if (row.state === "bypassed") return { expendable: 2, name: "rows of what is let through" };
  return isOpenRow(row)
    ? { expendable: 1, name: "rows of open points" }
    : { expendable: 2, name: "rows of what is only advised" };
}

function tableRow(row: Row): string {
  return `| ${marks[row.state]} | ${toMarkdown(row.what)} | ${toMarkdown(row.why)} | ${toMarkdown(row.who)} |\n`;
}

/** `**This change is breaking …** It opens when …`. */
export function firstLine(verdict: Verdict, rows: readonly Row[]): Words {
  return say`${strong(say`${kindOfChange(verdict)}.`)} ${whatNext(verdict, rows)}`;
}

const kindWords = {
  documentation_only: "touches only documentation",
  tests_only: "touches only tests",
  dependency_bump: "only raises dependencies",
  revert: "takes back an earlier change",
} as const;

function kindOfChange({ classification, state }: Verdict): Words {
  const { classes, kinds, size, risk } = classification;
  const present = findingClasses.filter((name) => name !== "size" && classes[name].present);
  const claims = [...kinds.map((kind) => kindWords[kind]), ...(present.length > 0 ? [`is ${joined(present)}`] : [])];
  const measured = `${count(size.changed, "line")} in ${count(size.files, "file")}, ${risk.level} risk`;
  const plain = state === "error" ? "could not be read whole" : "is an ordinary one";
  const what = claims.length > 0 ? claims.join(" and ") : plain;
  return [{ kind: "ours", text: `This change ${what} (${measured})` }];
}

function joined(present: readonly FindingClass[]): string {
  const names = present.map((name) => classNames[name]);
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

const numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

function spelt(amount: number): string {
  return numbers[amount] ?? String(amount);
}

function whatNext(verdict: Verdict, rows: readonly Row[]): Words {
  const { state, isObserved } = verdict;
  const open = rows.filter(isOpenRow);
  const would = isObserved ? "The policy only observes, so nothing is held. Enforced, it would" : "It";
  if (state === "approved")
    return isObserved
      ? say`The policy only observes; enforced, it would be open too.`
      : say`The gate is open: everything the policy asks for is met.`;
  if (state === "bypassed") return openedWords(verdict, rows);
  if (state === "error") {
    return isObserved
      ? say`The policy only observes, so nothing is held. Enforced, the gate would stay shut: not everything could be read.`
      : say`The gate stays shut, because not everything it must know could be read.`;
  }
  if (open.some((row) => row.code === "HP-W04")) {
    const stays = isObserved ? "stay" : "stays";
    return say`${{ kind: "ours", text: `${would} ${stays} shut as things are` }}: nobody can give an approval that it needs.`;
  }
  const points = open.length === 1 ? "the open point below is" : `the ${spelt(open.length)} open points below are`;
  const opens = isObserved ? "open" : "opens";
  const own = open.filter((row) => row.code === "HP-E02").length;
  const byAuthor = own > 0 && own < open.length ? `, ${spelt(own)} of them by the author` : "";
  return [{ kind: "ours", text: `${would} ${opens} when ${points} met${byAuthor}; nothing else is needed.` }];
}

/** What else the author should know: a draft, an edited policy, files nobody could look into. */
export function remarks(verdict: Verdict, telling: Telling): Words[] {
  const { classification, approvals, state } = verdict;
  const { snapshot, document } = telling;
  const words = bypassParagraphs(verdict, telling);
  if (snapshot.isDraft) words.push(say`This is a draft: nobody is asked for a review until it is ready.`);
  const editsPolicy = snapshot.files.some(
    (file) => file.path === document.source.path || file.previousPath === document.source.path,
  );
  if (editsPolicy && document.source.repository !== "preset") {
    words.push(
      say`This change edits the policy ${code(document.source.path)}; it is judged by the policy on ${code(snapshot.base.ref)}, and the new one counts once it is merged.`,
    );
  }
  if (state !== "approved") words.push(notCountedWords(approvals));
  const leftOut = classification.suppressed.length;
  if (leftOut > 0)
    words.push(
      say`${count(leftOut, "finding")} left out with a reason; the details name ${leftOut === 1 ? say`it` : say`them`}.`,
    );
  const unread = classification.notAnalysed.length;
  if (unread > 0)
    words.push(
      say`${count(unread, "file")} could not be looked into; the details name ${unread === 1 ? say`it` : say`them`}.`,
    );
  return words;
}

/** `head 1a2b3c4 · judged against main 9f8e7d6 on 20 Nov 16:13 UTC · policy 5c6d7e8 · HP-W12 HP-E03 · …`. */
export function footer(
  { codes }: Pick<Verdict, "codes">,
  telling: Telling,
  place: "check" | "terminal" = "check",
): Words {
  const { snapshot, document, now } = telling;
  const { source } = document;
  const policyId = source.blobSha ?? source.commit;
  const policy = policyId
    ? link([code(policyId.slice(0, 7))], telling.policyUrl(null))
    : source.repository === ""
      ? [code(source.path)]
      : say`${source.repository} ${code(source.path)}`;
  const listed = codes.slice(0, 8).map((one) => link(say`${one}`, telling.codeUrl(one)));
  const pieces = [
    say`head ${code(snapshot.head.sha.slice(0, 7))}`,
    judgedWords(snapshot.base, now),
    say`policy ${policy}`,
    listed.flatMap((words, index) => (index === 0 ? [...words] : [{ kind: "ours", text: " " } as const, ...words])),
    place === "check" ? say`re-check with the button or ${code("/holdpoint recheck")}` : [],
  ].filter((words) => words.length > 0);
  return pieces.flatMap((words, index) =>
    index === 0 ? [...words] : [{ kind: "ours", text: " · " } as const, ...words],
  );
}

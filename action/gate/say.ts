/** The gate's answer in words: a sentence for the step, a table for the run's page. */

import { codeSpan, escapeMarkdown, toMarkdown } from "../../src/core/report/markdown.ts";
import { count } from "../../src/core/report/telling.ts";
import { formatSpan } from "../../src/core/report/times.ts";
import { cut, link, oneLine, say } from "../../src/core/report/words.ts";
import type { Connection } from "../connect.ts";
import { type Ending, mayPass } from "./await-release.ts";
import { type CommitAnswer, checkNameOf, shortSha } from "./read-answers.ts";
import type { StandingKind } from "./standing.ts";
import type { GateSubject } from "./subject.ts";

/** What was asked for. */
export interface Wish {
  subject: GateSubject;
  app: string;
  timeoutMs: number;
  allowsBypassed: boolean;
}

type Refused = Ending & { kind: "refused" };

export function releasedSentence(answers: readonly CommitAnswer[], { subject }: Wish): string {
  const bypassed = answers.filter(({ standing }) => standing.kind === "bypassed").length;
  const what =
    subject.since === null
      ? shortSha(subject.sha)
      : `${count(commitsIn(answers), "commit")} up to ${shortSha(subject.sha)}`;
  const how =
    bypassed === 0
      ? ""
      : `, ${bypassed === answers.length ? "" : `${bypassed} of them `}by a bypass or a policy that only observes`;
  return `${checkNameOf(subject.base)} released ${what}${how}.`;
}

/** One sentence, which names what was awaited and what stands there instead. */
export function refusedSentence(
  { answers, isFinal }: Refused,
  { subject, app, timeoutMs, allowsBypassed }: Wish,
): string {
  const open = answers.filter((answer) => !mayPass(answer, allowsBypassed));
  const first = open.find(({ standing }) => standing.kind !== "missing") ?? open[0];
  const within = isFinal || timeoutMs === 0 ? "" : ` within ${formatSpan(timeoutMs)}`;
  const name = checkNameOf(subject.base);
  if (first === undefined) return `Nothing says whether ${shortSha(subject.sha)} is released.`;
  const more = open.length > 1 ? ` ${count(open.length, "answer")} of ${answers.length} are not released.` : "";
  return `${reasonOf(first, name, app, within)}${more}`;
}

export function waitingLine(answers: readonly CommitAnswer[], { subject, app, allowsBypassed }: Wish): string {
  const open = answers.filter((answer) => !mayPass(answer, allowsBypassed));
  const [first] = open;
  if (first === undefined) return "GitHub did not answer.";
  return reasonOf(first, checkNameOf(subject.base), app, " yet");
}

function reasonOf({ sha, pull, standing }: CommitAnswer, name: string, app: string, within: string): string {
  const whose = pull === null ? shortSha(sha) : `${shortSha(sha)} (merged with #${pull.number})`;
  const title = standing.title === null || standing.title === "" ? "" : `: ${plain(standing.title)}`;
  switch (standing.kind) {
    case "missing": {
      const others = standing.foreign.map(plain).join(", ");
      const foreign = others === "" ? "" : ` One of that name by ${others} does not count.`;
      return `There is no check \`${plain(name)}\` by the App \`${app}\` on ${whose}${within}.${foreign}`;
    }
    case "held":
      return `Holdpoint holds ${whose}${title}.`;
    case "pending":
      return `Holdpoint has not released ${whose}${within}${title}.`;
    case "bypassed":
      return `${whose} passed by a bypass or a policy that only observes, which \`allow-bypassed: false\` refuses.`;
    case "released":
      return `${whose} is released.`;
  }
}

const marks: Record<StandingKind, string> = {
  released: "✓ released",
  bypassed: "◌ bypassed or observed",
  pending: "● not released yet",
  held: "✗ held",
  missing: "✗ no check",
};

const rowsMax = 200;

export function summaryOf(ending: Ending & { answers: CommitAnswer[] }, wish: Wish, connection: Connection): string {
  const { subject, app } = wish;
  const isReleased = ending.kind === "released";
  const said = isReleased ? releasedSentence(ending.answers, wish) : refusedSentence(ending as Refused, wish);
  const open = ending.answers.filter((answer) => !mayPass(answer, wish.allowsBypassed));
  const shown = [...open, ...ending.answers.filter((answer) => !open.includes(answer))].slice(0, rowsMax);
  const left = ending.answers.length - shown.length;
  const lines = [
    `### Holdpoint gate: ${isReleased ? "✓ released" : "✗ not released"}`,
    "",
    `${escapeMarkdown(said)}`,
    "",
    "| commit | answered by | verdict | it says |",
    "| --- | --- | --- | --- |",
    ...shown.map((answer) => rowOf(answer, connection)),
    "",
    ...(left > 0 ? [`${count(left, "more row")} not shown.`, ""] : []),
    ...(ending.answers.some(({ standing }) => standing.kind === "bypassed")
      ? [
          "GitHub lets changes merge by a bypass or under a policy that only observes; `allow-bypassed: false` refuses them here.",
          "",
        ]
      : []),
    `Asked for: the check ${codeSpan(checkNameOf(subject.base))} by the App ${codeSpan(app)}.`,
    "",
  ];
  return lines.join("\n");
}

function rowOf({ sha, pull, standing }: CommitAnswer, { serverUrl, repository }: Connection): string {
  const home = `${serverUrl}/${repository.owner}/${repository.name}`;
  const commit = toMarkdown(link(say`${{ kind: "code", text: shortSha(sha) }}`, `${home}/commit/${sha}`));
  const by = pull === null ? "its own check" : toMarkdown(link(say`#${pull.number}`, `${home}/pull/${pull.number}`));
  const foreign =
    standing.foreign.length === 0 ? "" : `not counted: ${standing.foreign.map(escapeMarkdown).join(", ")}`;
  const says = [standing.title === null ? "" : escapeMarkdown(cut(standing.title, 200)), foreign];
  return `| ${commit} | ${by} | ${marks[standing.kind]} | ${says.filter((text) => text !== "").join("; ")} |`;
}

function commitsIn(answers: readonly CommitAnswer[]): number {
  return new Set(answers.map(({ sha }) => sha)).size;
}

function plain(text: string): string {
  return cut(oneLine(text), 200);
}

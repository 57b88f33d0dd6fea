/** What a run that waits to deploy is told on its own page: GitHub shows 1,024 characters. */

import type { DeploymentVerdict } from "../deployment/judge-deployment.ts";
import { reportCharactersMax } from "../deployment/report-schedule.ts";
import {
  holdWords,
  issueRef,
  passWords,
  rangeWords,
  type UnjudgedDeployment,
  unjudgedWords,
} from "./deployment-words.ts";
import { toMarkdown } from "./markdown.ts";
import { quietWords } from "./quiet-words.ts";
import { peopleWords, personPiece } from "./telling.ts";
import { cut, say, type Words } from "./words.ts";

/** @param issue where people answer; `null` where there is none */
export function waitingReport(
  verdict: DeploymentVerdict | UnjudgedDeployment,
  environment: string,
  issue: number | null,
): string {
  const holds =
    "kind" in verdict ? [unjudgedWords(verdict)] : verdict.holds.map((hold) => holdWords(hold, environment));
  const where = issue === null ? [] : [say`More in ${issueRef(issue)}.`];
  return inReport(say`Waiting.`, holds, where);
}

/**
 * Hidden in an answer: by it is found out whether GitHub has it.
 *
 * @param attempt of the run, each of which is answered by itself
 */
export function answerMark(attempt: number): string {
  return `<!-- holdpoint:answer:${attempt} -->`;
}

export function releasedReport(verdict: DeploymentVerdict, attempt: number, now: Date): string {
  const people = verdict.seats.flatMap(({ given }) => given);
  const approved = people.length === 0 ? [] : [say`Approved by ${peopleWords(people)}.`];
  return inReport(
    say`Released. ${rangeWords(verdict)}`,
    [...verdict.passes.map((pass) => passWords(pass, now)), ...approved],
    [],
    answerMark(attempt),
  );
}

export function rejectedReport({ rejection }: DeploymentVerdict, attempt: number): string {
  if (rejection?.kind === "person") {
    const { person, text } = rejection.voice;
    return inReport(say`Rejected by ${personPiece(person)}: ${text}`, [], [], answerMark(attempt));
  }
  const issue = rejection === null ? [] : say`: ${issueRef(rejection.issue)}`;
  return inReport(say`Rejected, because it was decided to keep what runs${issue}.`, [], [], answerMark(attempt));
}

/** Lines that do not fit are counted. */
function inReport(first: Words, lines: readonly Words[], last: readonly Words[], mark = ""): string {
  const charactersMax = mark === "" ? reportCharactersMax : reportCharactersMax - mark.length - 1;
  const head = line(first);
  const tail = last.map((words) => `\n${line(words)}`).join("");
  let text = head;
  for (const [index, words] of lines.entries()) {
    const next = `\n- ${line(words)}`;
    const rest = lines.length - index;
    const more = `\n- and ${rest} more`;
    const reserve = rest > 1 ? more.length : 0;
    if (text.length + next.length + reserve + tail.length > charactersMax) {
      text += more;
      break;
    }
    text += next;
  }
  const said = cut(`${text}${tail}`, charactersMax);
  return mark === "" ? said : `${said}\n${mark}`;
}

function line(words: Words): string {
  return toMarkdown(quietWords(words));
}

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

export function releasedReport(verdict: DeploymentVerdict, now: Date): string {
  const people = verdict.seats.flatMap(({ given }) => given);
  const approved = people.length === 0 ? [] : [say`Approved by ${peopleWords(people)}.`];
  return inReport(
    say`Released. ${rangeWords(verdict)}`,
    [...verdict.passes.map((pass) => passWords(pass, now)), ...approved],
    [],
  );
}

export function rejectedReport({ rejection }: DeploymentVerdict): string {
  if (rejection?.kind === "person") {
    const { person, text } = rejection.voice;
    return inReport(say`Rejected by ${personPiece(person)}: ${text}`, [], []);
  }
  const issue = rejection === null ? [] : say`: ${issueRef(rejection.issue)}`;
  return inReport(say`Rejected, because it was decided to keep what runs${issue}.`, [], []);
}

/** Lines that do not fit are counted. */
function inReport(first: Words, lines: readonly Words[], last: readonly Words[]): string {
  const head = line(first);
  const tail = last.map((words) => `\n${line(words)}`).join("");
  let text = head;
  for (const [index, words] of lines.entries()) {
    const next = `\n- ${line(words)}`;
    const rest = lines.length - index;
    const more = `\n- and ${rest} more`;
    const reserve = rest > 1 ? more.length : 0;
    if (text.length + next.length + reserve + tail.length > reportCharactersMax) {
      text += more;
      break;
    }
    text += next;
  }
  return cut(`${text}${tail}`, reportCharactersMax);
}

function line(words: Words): string {
  return toMarkdown(quietWords(words));
}

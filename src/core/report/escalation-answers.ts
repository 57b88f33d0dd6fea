/** What is answered to those who answer an escalation. */

import type { WrittenAnswer } from "../escalation/parse-answer.ts";
import type { CommandSpec } from "../gate/commands/command-table.ts";
import { answer, malformed } from "./command-answers.ts";
import { toMarkdown } from "./markdown.ts";
import { personPiece } from "./telling.ts";
import { when } from "./times.ts";
import { code, joinList, say, type Words } from "./words.ts";

/** What an answer came to, of each thing that is being escalated. */
export interface AnsweredThing {
  what: string;
  level: string;
  /** When the next level is reached, or the next reminder is due; `null`: at once. */
  nextAt: Date | null;
}

export const nothingEscalated = answer(say`Nothing is being escalated here.`);

export function malformedAnswer(spec: CommandSpec, why: Extract<WrittenAnswer, { kind: "malformed" }>["why"]): string {
  return malformed(spec, reasons[why]);
}

const reasons: Readonly<Record<Extract<WrittenAnswer, { kind: "malformed" }>["why"], Words>> = {
  no_duration: say`For how long is missing.`,
  too_long: say`Nothing is put off for longer than 7 days at a time.`,
  no_reason: say`The reason is missing.`,
  nobody: say`Whom it is handed to is missing.`,
};

export function acknowledgedAnswer(things: readonly AnsweredThing[], now: Date): string {
  return answer(say`Seen: ${list(things, now, "the next level would follow on")}.`);
}

/** Of a person and a level, the first counts. */
export function acknowledgedBefore(): string {
  return answer(
    say`You have acknowledged this level before, and its time runs on. ${code("/holdpoint snooze")} puts it off.`,
  );
}

export function snoozedAnswer(things: readonly AnsweredThing[], until: Date, now: Date): string {
  return answer(say`Put off until ${when(until, now)}: ${names(things)}.`);
}

/** The one answer that calls somebody: it is theirs from now on. */
export function handedOverAnswer(things: readonly AnsweredThing[], login: string, isAssigned: boolean): string {
  const who = personPiece({ login, kind: "user" });
  const assigned = isAssigned ? [] : say` GitHub does not let them be assigned.`;
  return toMarkdown(say`${who}: ${names(things)} is handed over to you.${assigned}`);
}

export function nobodyOf(role: string): string {
  return answer(
    say`Nobody who holds the role ${role} is known to take it over; name a person with ${code("/holdpoint hand-over @login")}.`,
  );
}

export function raisedAnswer(things: readonly AnsweredThing[]): string {
  return answer(say`The next level is told now: ${names(things)}.`);
}

export function notRaised(): string {
  return answer(say`Every level was told already.`);
}

function names(things: readonly AnsweredThing[]): Words {
  return joinList(things.map(({ what, level }) => say`${what} (${level})`));
}

function list(things: readonly AnsweredThing[], now: Date, follows: string): Words {
  return joinList(
    things.map(({ what, level, nextAt }) =>
      nextAt === null
        ? say`${what} (${level})`
        : say`${what} (${level}; ${{ kind: "ours", text: follows }} ${when(nextAt, now)})`,
    ),
  );
}

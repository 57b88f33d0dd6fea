/** `/holdpoint ack [note]`, `/holdpoint snooze <duration> <reason>`, `/holdpoint hand-over <@login | role> [note]`. */

import type { AnswerVerb } from "../../core/escalation/parse-answer.ts";
import { answerCommand } from "../escalation/answer-command.ts";
import type { ItemBase } from "../escalation/item.ts";
import type { GivenCommand, Judged, JudgedCommandHandler } from "./command.ts";

export const ack = answering("ack");
export const snooze = answering("snooze");
export const handOver = answering("hand-over");

function answering(verb: AnswerVerb): JudgedCommandHandler {
  return async (given, ports) => {
    const { command, comment } = given;
    const permission = await given.permission();
    return answerCommand({ verb, rest: command.rest, comment, item: itemOf(given), permission }, ports);
  };
}

export function itemOf({ subject, judged }: GivenCommand & { judged: Judged }): ItemBase {
  const { document, snapshot } = judged.input;
  return { subject, policy: document.policy, known: snapshot, comments: [], author: snapshot.author };
}

/** Keeps what somebody answered, with its entry in the ledger. */

import { dueAt } from "../../core/escalation/advance-escalation.ts";
import { type Answer, answerEscalation } from "../../core/escalation/answer-escalation.ts";
import type { Escalation } from "../../core/escalation/escalation-state.ts";
import { levelOf } from "../../core/escalation/levels.ts";
import type { AnswerVerb } from "../../core/escalation/parse-answer.ts";
import type { AnsweredThing } from "../../core/report/escalation-answers.ts";
import type { Comment, Permission } from "../../core/snapshot.ts";
import type { Ports } from "../ports.ts";
import type { ItemBase } from "./item.ts";

export interface GivenAnswer {
  verb: AnswerVerb;
  /** What follows it. */
  rest: string;
  comment: Comment;
  item: ItemBase;
  permission: Permission | "unknown";
}

/** @returns those that the answer changed */
export async function obey(
  { item, comment }: Pick<GivenAnswer, "item" | "comment">,
  open: readonly Escalation[],
  answer: Answer,
  ports: Pick<Ports, "escalations" | "clock">,
): Promise<AnsweredThing[]> {
  const levels = (name: string) => levelOf(item.policy, name);
  const things: AnsweredThing[] = [];
  const source = `${comment.id}:${answer.kind}`;
  for (const { stuck } of open) {
    const which = { repositoryId: item.subject.repositoryId, key: stuck.key };
    let thing: AnsweredThing | null = null;
    await ports.escalations.changeEscalations(which, ([current]) => {
      thing = null;
      if (current === undefined) return [];
      const now = ports.clock.now();
      const answered = answerEscalation(current, answer, { person: comment.user, source, now, levelOf: levels });
      if (answered.outcome === "known" && !current.state.heard.includes(source)) return [];
      const { escalation, entries } = answered;
      const level = escalation.state.levels.at(-1)?.name ?? stuck.startsAt;
      const nextAt = answer.kind === "raise" ? null : dueAt(escalation.state, levels);
      thing = { what: stuck.what, level, nextAt };
      return answered.outcome === "known" ? [] : [{ escalation, entries, isWoken: answer.kind === "raise" }];
    });
    if (thing !== null) things.push(thing);
  }
  return things;
}

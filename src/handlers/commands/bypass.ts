import { bypassEvent } from "../../core/gate/bypass-events.ts";
import { answerBypass } from "../../core/report/answer-bypass.ts";
import type { JudgedCommandHandler } from "./command.ts";

/** `/holdpoint bypass …`: the gate weighs the comment itself; here is said what came of it. */
export const bypass: JudgedCommandHandler = async ({ comment, command, judged: { verdict, input, telling } }) => {
  const event = bypassEvent({ id: comment.id, personId: comment.user.id }, command.rest, verdict, input);
  return answerBypass(event, verdict, telling);
};

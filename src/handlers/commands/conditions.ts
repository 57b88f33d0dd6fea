import { traceConditions } from "../../core/gate/approval-conditions.ts";
import { answerConditions } from "../../core/report/answer-conditions.ts";
import type { JudgedCommandHandler } from "./command.ts";
import { holdersOf } from "./holders-of.ts";

/** `/holdpoint conditions …`: the gate weighs the comment itself; here is said what came of it. */
export const conditions: JudgedCommandHandler = async ({ comment, command, judged }) => {
  const { events } = traceConditions(judged.verdict.requirements, judged.input);
  const event = events.findLast(
    ({ said }) => said.id === comment.id && said.person.id === comment.user.id && said.rest === command.rest,
  );
  const outcome = event?.outcome ?? { kind: "malformed" };
  return answerConditions(outcome, outcome.kind === "not_an_approver" ? holdersOf(outcome.roles, judged.input) : []);
};

import { traceDecisions } from "../../core/gate/decision.ts";
import { prepareFacts } from "../../core/gate/facts.ts";
import { withParts } from "../../core/gate/requirements.ts";
import { answerDecision } from "../../core/report/answer-decision.ts";
import type { JudgedCommandHandler } from "./command.ts";
import { holdersOf } from "./holders-of.ts";

/** `/holdpoint decide proceed|partial|abort <rationale>`: the gate weighs the comment itself; here is said what came of it. */
export const decide: JudgedCommandHandler = async ({ comment, command, judged: { verdict, input } }) => {
  const facts = prepareFacts(input);
  const asked = [...withParts(verdict.requirements)].flatMap((one) => (one.kind === "decision" ? [one.name] : []));
  const outcomes = asked.flatMap((name) => {
    const checkpoint = input.document.policy.checkpoints[name];
    if (checkpoint === undefined) return [];
    const event = traceDecisions(name, checkpoint, facts).findLast(
      ({ said }) => said.id === comment.id && said.person.id === comment.user.id && said.rest === command.rest,
    );
    return event === undefined ? [] : [event.outcome];
  });
  // Where several checkpoints wait for one, it is enough that it counts for any.
  const outcome = outcomes.find(({ kind }) => kind === "decided") ?? outcomes[0];
  return answerDecision(outcome ?? null, outcome?.kind === "not_entitled" ? holdersOf(outcome.roles, input) : []);
};

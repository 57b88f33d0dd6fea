import { overruleRoles } from "../../core/policy/policy-people.ts";
import { answerOverruling } from "../../core/report/answer-overruling.ts";
import type { JudgedCommandHandler } from "./command.ts";
import { holdersOf } from "./holders-of.ts";

/** `/holdpoint overrule @login <reason>`: the gate weighs the comment itself; here is said what came of it. */
export const overrule: JudgedCommandHandler = async ({ comment: { user }, command, judged: { verdict, input } }) => {
  const [login = "", ...reason] = command.rest.split(" ");
  if (login === "" || reason.length === 0) return answerOverruling({ kind: "malformed" });
  const key = login.replace(/^@/, "").toLowerCase();
  const objection = verdict.requirements.find(
    (one) => one.kind === "objection" && one.person.login.toLowerCase() === key,
  );
  if (objection?.kind !== "objection") return answerOverruling({ kind: "none" });
  if (objection.overruled?.person.id === user.id) return answerOverruling({ kind: "overruled" });
  const roles = overruleRoles(input.document.policy);
  return answerOverruling({ kind: "refused", roles, people: holdersOf(roles, input) });
};

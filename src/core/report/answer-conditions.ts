/** What is answered to `/holdpoint conditions …`. */

import type { ConditionsOutcome } from "../gate/approval-conditions.ts";
import { specOf } from "../gate/commands/command-table.ts";
import type { Person } from "../snapshot.ts";
import { answer, malformed, type Reply, refusal } from "./command-answers.ts";
import { code, joinList, say } from "./words.ts";

/** @param people who could, where this one may not */
export function answerConditions(outcome: ConditionsOutcome, people: readonly Person[]): Reply {
  const spec = specOf("conditions");
  switch (outcome.kind) {
    case "listed":
    case "met":
    case "tracked":
      return { reaction: "+1" };
    case "not_an_approver":
      return { reaction: "-1", comment: refusal(spec, people, outcome.roles) };
    case "off":
      return {
        reaction: "confused",
        comment: answer(
          say`The policy in force knows no approvals with conditions: neither ${code("approval_with_conditions")} is a step of this change's workflow, nor is ${code("approvals.conditions")} on.`,
        ),
      };
    case "malformed":
      return {
        reaction: "confused",
        comment: malformed(spec, say`A list has to follow on the next lines, or which conditions are met.`),
      };
    case "no_list":
      return {
        reaction: "confused",
        comment: malformed(spec, say`There is no list of conditions that this could mean.`),
      };
    case "whose":
      return {
        reaction: "confused",
        comment: malformed(
          spec,
          say`Several people gave conditions; name the one who is meant: ${joinList(
            outcome.people.map(({ login }) => [code(`/holdpoint conditions met @${login} all`)]),
            "or",
          )}.`,
        ),
      };
    case "no_such_number":
      return { reaction: "confused", comment: malformed(spec, say`The list has ${outcome.items} conditions.`) };
  }
}

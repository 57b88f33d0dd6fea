/** What is answered to `/holdpoint decide …`. */

import { type CommandSpec, specOf } from "../gate/commands/command-table.ts";
import { type DecisionEvent, rationaleMin } from "../gate/decision.ts";
import type { Person } from "../snapshot.ts";
import { answer, malformed, type Reply, refusal } from "./command-answers.ts";
import { say } from "./words.ts";

/**
 * @param outcome `null`: nothing waits for a decision
 * @param people who could, where this one may not
 */
export function answerDecision(outcome: DecisionEvent["outcome"] | null, people: readonly Person[]): Reply {
  if (outcome === null) {
    return { reaction: "confused", comment: answer(say`Nothing on this pull request waits for a decision.`) };
  }
  const spec = specOf("decide");
  switch (outcome.kind) {
    case "decided":
      return { reaction: "+1" };
    case "malformed":
      return {
        reaction: "confused",
        comment: malformedDecision(spec, outcome.why),
      };
    case "not_entitled":
      return { reaction: "-1", comment: refusal(spec, people, outcome.roles) };
    case "excluded":
      return {
        reaction: "-1",
        comment: answer(say`Whoever has a hand in this change does not decide about it, as with approvals.`),
      };
    case "unreadable":
      return {
        reaction: "confused",
        comment: answer(
          say`It could not be read whether you may decide, so that the gate stays shut; try again later.`,
        ),
      };
    case "stale":
      return {
        reaction: "confused",
        comment: answer(
          say`The change was pushed to about when this was written; decide again for the head that stands now.`,
        ),
      };
    case "edited":
      return { reaction: "confused" };
  }
}

/** What is wrong with a decision, of whatever kind it is. */
export function malformedDecision(spec: CommandSpec, why: "choice" | "rationale"): string {
  const words =
    why === "choice"
      ? say`The decision has to be proceed, partial or abort.`
      : say`The rationale has to have at least ${rationaleMin} characters.`;
  return malformed(spec, words);
}

/** What is answered to `/holdpoint attest <criterion>` and `/holdpoint evidence <criterion> <link or text>`. */

import { type CommandSpec, specOf } from "../gate/commands/command-table.ts";
import type { NamedCriterion } from "../gate/criteria-names.ts";
import { evidenceCharactersMin } from "../gate/evidence-command.ts";
import type { Person } from "../snapshot.ts";
import { answer, malformed, type Reply, refusal, unknownName } from "./command-answers.ts";
import { code, say } from "./words.ts";

export type ClaimOutcome =
  | { kind: "heard" }
  | { kind: "malformed" }
  /** What was given says nothing. */
  | { kind: "empty" }
  | { kind: "unknown"; word: string; named: Extract<NamedCriterion, { kind: "unknown" }> }
  /** The criterion is one of a checkpoint that does not apply. */
  | { kind: "not_asked"; criterion: string }
  | { kind: "takes_none"; criterion: string }
  | { kind: "not_entitled"; roles: string[]; people: readonly Person[] }
  | { kind: "excluded" };

export function answerClaim(verb: "attest" | "evidence", outcome: ClaimOutcome): Reply {
  if (outcome.kind === "heard") return { reaction: "+1" };
  const spec = specOf(verb);
  const isRefused = outcome.kind === "not_entitled" || outcome.kind === "excluded";
  return { reaction: isRefused ? "-1" : "confused", comment: why(outcome, spec) };
}

function why(outcome: Exclude<ClaimOutcome, { kind: "heard" }>, spec: CommandSpec): string {
  switch (outcome.kind) {
    case "malformed":
      return malformed(spec, say`A criterion has to be named.`);
    case "empty":
      return malformed(
        spec,
        say`What follows the criterion has to be a link, or a sentence of at least ${evidenceCharactersMin} characters.`,
      );
    case "unknown":
      return unknownName(outcome.word, outcome.named, "criterion");
    case "not_asked":
      return answer(say`This change is not asked for ${code(outcome.criterion)}.`);
    case "takes_none":
      return answer(
        say`${code(outcome.criterion)} is not met in this way; ${code(`/holdpoint explain ${outcome.criterion}`)} says how it is.`,
      );
    case "not_entitled":
      return refusal(spec, outcome.people, outcome.roles);
    case "excluded":
      return answer(say`Whoever has a hand in this change does not attest for it, as with approvals.`);
  }
}

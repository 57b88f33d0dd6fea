/** What is answered to `/holdpoint disagree`: that it is counted, that the finding still counts, and who may release it. */

import type { Finding } from "../findings/finding.ts";
import { specOf } from "../gate/commands/command-table.ts";
import { isOpenState } from "../gate/requirements.ts";
import type { CheckpointRequirement } from "../gate/verdict.ts";
import { whoCanApprove } from "./approval-words.ts";
import { answer, malformed, type Reply } from "./command-answers.ts";
import type { FindingEffects } from "./finding-effects.ts";
import { ruleLinkOf } from "./findings-list.ts";
import type { Telling } from "./telling.ts";
import { code, cut, joinList, say, type Words } from "./words.ts";

/** In characters, of the reason. */
export const disagreementReasonMin = 10;

export type DisagreementOutcome =
  | { kind: "malformed" }
  | { kind: "unknown"; written: string; known: readonly Finding[] }
  | { kind: "kept"; finding: Finding; effects: FindingEffects };

export function answerDisagreement(outcome: DisagreementOutcome, telling: Telling): Reply {
  switch (outcome.kind) {
    case "malformed": {
      const why = say`A finding's id and a reason of at least ${disagreementReasonMin} characters are needed.`;
      return { reaction: "confused", comment: malformed(specOf("disagree"), why) };
    }
    case "unknown":
      return { reaction: "confused", comment: noSuchFinding(outcome.written, outcome.known) };
    case "kept":
      return { reaction: "+1", comment: answer(keptWords(outcome, telling)) };
  }
}

/** Findings may go with a push, or with a change of the policy. */
export function noSuchFinding(written: string, known: readonly Finding[]): string {
  const list =
    known.length === 0
      ? say` Nothing is found in this change now.`
      : say` Found here are ${joinList(
          known.map(({ id }) => [code(id)]),
          "and",
          12,
        )}.`;
  return answer(say`There is no finding ${code(cut(written, 60))} here.${list}`);
}

/** A checkpoint that waits because of the finding. */
export function heldBy({ checkpoints }: FindingEffects): CheckpointRequirement[] {
  return checkpoints.flatMap(({ requirement, how }) =>
    how === "holds" && isOpenState(requirement.state) ? [requirement] : [],
  );
}

function keptWords({ finding, effects }: Extract<DisagreementOutcome, { kind: "kept" }>, telling: Telling): Words {
  const noted = say`Kept for the scorecard of the rule ${ruleLinkOf(finding.rule, telling)}: ${code(finding.id)} was called wrong.`;
  const held = heldBy(effects);
  if (held.length === 0) return say`${noted} It holds nothing here.`;
  const releases = held.map((one) => say`${code(one.name)} can be released by ${releasers(one, telling)}`);
  return say`${noted} It still counts: ${joinList(releases)}. Whoever keeps the policy can leave it out with ${code("classification.suppress")}.`;
}

/** Who can give the approvals that a checkpoint still waits for. */
export function releasers({ parts }: CheckpointRequirement, telling: Telling): Words {
  const seats = parts.filter((part) => part.kind === "approvals").filter(({ state }) => isOpenState(state));
  return seats.length === 0
    ? say`what its criteria ask for`
    : joinList(seats.map((seat) => whoCanApprove(seat, telling)));
}

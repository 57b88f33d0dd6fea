/** Commands that claim that a criterion is met: the gate weighs the comments themselves; here is said whether it can. */

import { exclusion } from "../../core/gate/approvals.ts";
import { findCriterion } from "../../core/gate/criteria-names.ts";
import { isEvidence } from "../../core/gate/evidence-command.ts";
import { prepareFacts } from "../../core/gate/facts.ts";
import { withParts } from "../../core/gate/requirements.ts";
import type { Evidence, EvidenceTree } from "../../core/policy/blocks/checkpoints.ts";
import { holdsRole } from "../../core/policy/resolve-role.ts";
import { answerClaim, type ClaimOutcome } from "../../core/report/answer-claim.ts";
import type { Person } from "../../core/snapshot.ts";
import type { Judged, JudgedCommandHandler } from "./command.ts";
import { holdersOf } from "./holders-of.ts";

/** `/holdpoint attest <criterion>`. */
export const attest: JudgedCommandHandler = async ({ comment: { user }, command: { rest }, judged }) => {
  const asked = find(rest, judged);
  return answerClaim("attest", "leaves" in asked ? judgeAttestation(user, asked, judged) : asked);
};

/** `/holdpoint evidence <criterion> <link or text>`; who may give it was looked at before. */
export const evidence: JudgedCommandHandler = async ({ command: { rest }, judged }) => {
  const [word = "", ...words] = rest.split(" ");
  const asked = find(word, judged);
  if (!("leaves" in asked)) return answerClaim("evidence", asked);
  if (!asked.leaves.some((leaf) => "comment" in leaf)) {
    return answerClaim("evidence", { kind: "takes_none", criterion: asked.criterion });
  }
  return answerClaim("evidence", { kind: isEvidence(words.join(" ")) ? "heard" : "empty" });
};

interface Asked {
  criterion: string;
  /** All that could satisfy it. */
  leaves: Evidence[];
}

/** The criterion as the policy in force calls it, where this change is asked for it. */
function find(word: string, { verdict, input }: Judged): Asked | ClaimOutcome {
  if (word === "" || word.includes(" ")) return { kind: "malformed" };
  const named = findCriterion(input.document.policy, word);
  if (named.kind === "unknown") return { kind: "unknown", word, named };
  const asked = [...withParts(verdict.requirements)].flatMap((one) =>
    one.kind === "criterion" && one.name === named.id ? [one] : [],
  );
  if (asked.length === 0) return { kind: "not_asked", criterion: named.id };
  return { criterion: named.id, leaves: asked.flatMap(({ wanted }) => leavesOf(wanted)) };
}

function judgeAttestation(person: Person, { criterion, leaves }: Asked, { input }: Judged): ClaimOutcome {
  const { policy } = input.document;
  const { snapshot } = input;
  const roles = [...new Set(leaves.flatMap((leaf) => ("attested_by" in leaf ? leaf.attested_by : [])))];
  if (roles.length === 0) return { kind: "takes_none", criterion };
  const isEntitled = roles.some((role) => holdsRole(person, role, { roles: policy.roles, snapshot }) !== false);
  if (!isEntitled) return { kind: "not_entitled", roles, people: holdersOf(roles, input) };
  const facts = prepareFacts(input);
  const contributors = facts.contributorsFor({});
  const isExcluded = exclusion(person.id, facts.rulesFor({}), { snapshot, contributors }) !== null;
  return { kind: isExcluded ? "excluded" : "heard" };
}

function leavesOf(wanted: EvidenceTree): Evidence[] {
  if ("any" in wanted) return wanted.any.flatMap(leavesOf);
  return "all" in wanted ? wanted.all.flatMap(leavesOf) : [wanted];
}

/** What a checkpoint asks evidence for: one requirement for each criterion. */

import { builtInEvidence } from "../policy/criteria.ts";
import { judgeAttestation } from "./attestation.ts";
import { seatsOfCheckpoint } from "./checkpoint-requirements.ts";
import { comesFromOthers, judgeEvidence } from "./evidence.ts";
import { judgeEvidenceCommand } from "./evidence-command.ts";
import type { GateFacts } from "./facts.ts";
import type { CheckpointRequirement, CriterionRequirement } from "./verdict.ts";

export function requireCriteria(
  whole: CheckpointRequirement,
  isApproved: boolean,
  facts: GateFacts,
): CriterionRequirement[] {
  const { policy } = facts.document;
  const checkpoint = policy.checkpoints[whole.name];
  if (!checkpoint) return [];
  const approvers = seatsOfCheckpoint(checkpoint, whole.name).flatMap((seat) => seat.roles);
  return checkpoint.criteria.map((criterion, index) => {
    const wanted = criterion.evidence ?? builtInEvidence(criterion.id, approvers) ?? { attested_by: approvers };
    const evidence = judgeEvidence(wanted, {
      snapshot: facts.snapshot,
      isApproved,
      attested: (roles) => judgeAttestation(criterion.id, roles, checkpoint, facts),
      given: () => judgeEvidenceCommand(criterion.id, facts.snapshot),
    });
    const base = {
      kind: "criterion" as const,
      id: `${whole.id}/${criterion.id}`,
      name: criterion.id,
      holds: whole.holds,
      line: facts.document.lineOf(["checkpoints", whole.name, "criteria", index]),
      opening: null,
      evidence,
      wanted,
    };
    if (evidence.holds === true) return { ...base, state: "satisfied", code: "HP-E01" };
    if (evidence.holds === "unknown") return { ...base, state: "error", code: "HP-E04" };
    return comesFromOthers(evidence, facts.snapshot)
      ? { ...base, state: "waiting", code: "HP-E03" }
      : { ...base, state: "must_change", code: "HP-E02" };
  });
}

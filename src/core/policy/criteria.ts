/** Criteria that checkpoints may name without saying what evidence satisfies them. */

import type { EvidenceTree } from "./blocks/checkpoints.ts";

/** What the evidence of a built-in criterion is made of, beside an attestation by one of the checkpoint's approvers. */
interface BuiltInCriterion {
  description: string;
  /**
   * - `judgement`: only a person can say so; the checkpoint's own approval covers it
   * - `document`: something must be written down or ticked
   */
  kind: "judgement" | "document";
  evidence: readonly EvidenceTree[];
}

export const builtInCriteria: Readonly<Record<string, BuiltInCriterion>> = {
  code_quality_standards: judgement("The code is up to the project's standards."),
  maintainability: judgement("The code can be read and changed by others."),
  best_practices: judgement("The change follows established practice."),
  performance_impact: judgement("The effect on performance was considered."),
  security_implications: judgement("The effect on security was considered."),
  security_assessment: judgement("The change was assessed for security."),
  vulnerability_analysis: judgement("The change was looked through for vulnerabilities."),
  compliance_requirements: judgement("The change meets the rules the organisation is held to."),
  architecture_alignment: judgement("The change fits the architecture."),
  test_coverage: judgement("The change is tested well enough."),
  accessibility: judgement("People with disabilities can use what changed."),
  privacy_review: judgement("The effect on personal data was considered."),
  data_integrity: judgement("Stored data stays correct."),
  impact_documentation: document("Who and what is affected is written down.", {
    sections: ["Impact", "Impact documentation"],
    files: ["CHANGELOG.md", "docs/impact/**"],
  }),
  migration_strategy: document("How users and data get from the old to the new is written down.", {
    sections: ["Migration", "Migration strategy", "Migration plan"],
    files: ["MIGRATION.md", "MIGRATING.md", "UPGRADING.md", "docs/migration/**", "docs/migrations/**"],
  }),
  rollback_plan: document("How to take the change back is written down.", {
    sections: ["Rollback", "Rollback plan"],
    boxes: ["Rollback tested"],
    files: ["ROLLBACK.md", "docs/rollback/**"],
  }),
  stakeholder_communication: document("Those affected have been told, or when they will be is written down.", {
    sections: ["Communication", "Stakeholder communication"],
    boxes: ["Stakeholders informed"],
  }),
  performance_baseline: document("Measurements before and after are written down.", {
    sections: ["Performance", "Benchmarks"],
    files: ["bench/**", "benchmarks/**", "docs/performance/**"],
  }),
  rollback_rationale: document("Why the change is taken back is written down.", {
    sections: ["Rationale", "Reason", "Why"],
  }),
  monitoring_plan: document("What is watched after the change, and by whom, is written down.", {
    sections: ["Monitoring", "Monitoring plan"],
  }),
  test_plan: document("How the change was tested is written down.", { sections: ["Test plan", "Testing"] }),
  documentation_updated: document("The documentation says what the change does.", {
    sections: ["Documentation"],
    files: ["docs/**", "**/*.md"],
  }),
  linked_issue: {
    description: "The description links an issue.",
    kind: "document",
    evidence: [{ linked_issue: true }],
  },
};

/**
 * The evidence that satisfies a built-in criterion.
 *
 * @param approvers the roles of the checkpoint that asks: any of them may attest
 * @returns `null` when there is no built-in criterion of that id
 */
export function builtInEvidence(id: string, approvers: readonly string[]): EvidenceTree | null {
  const criterion = Object.hasOwn(builtInCriteria, id) ? builtInCriteria[id] : undefined;
  if (!criterion) return null;
  const any: EvidenceTree[] = [...criterion.evidence];
  if (approvers.length > 0) any.push({ attested_by: [...approvers] });
  return { any };
}

// A section alone never settles a judgement: it is the author's word, and only the approver's counts.
function judgement(description: string): BuiltInCriterion {
  return { description, kind: "judgement", evidence: [{ approval: true }] };
}

function document(
  description: string,
  where: { sections: readonly string[]; boxes?: readonly string[]; files?: string[] },
): BuiltInCriterion {
  const evidence: EvidenceTree[] = where.sections.map((section) => ({ section }));
  for (const checkbox of [...(where.boxes ?? []), ...where.sections.slice(0, 1)]) evidence.push({ checkbox });
  if (where.files) evidence.push({ changed_files: where.files });
  return { description, kind: "document", evidence };
}

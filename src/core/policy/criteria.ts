/** Criteria that checkpoints may name without saying what evidence satisfies them. */

import type { CheckMatcher, EvidenceTree } from "./blocks/checkpoints.ts";
import type { Policy } from "./schema.ts";

/** What the evidence of a built-in criterion is made of, beside an attestation by one of the checkpoint's approvers. */
interface BuiltInCriterion {
  description: string;
  /**
   * - `judgement`: only a person can say so; the checkpoint's own approval covers it
   * - `measured`: a check says so; where none does, one of the approvers attests it expressly
   * - `document`: something must be written down, ticked or linked
   */
  kind: "judgement" | "measured" | "document";
  evidence: readonly EvidenceTree[];
  /** What a template asks under the criterion's heading; `null` where nothing is written. */
  prompt: string | null;
}

export const builtInCriteria: Readonly<Record<string, BuiltInCriterion>> = {
  code_quality_standards: judgement("The code is up to the project's standards."),
  maintainability: judgement("The code can be read and changed by others."),
  best_practices: judgement("The change follows established practice."),
  performance_impact: judgement("The effect on performance was considered."),
  security_implications: judgement("The effect on security was considered."),
  security_assessment: judgement("The change was assessed for security."),
  compliance_requirements: judgement("The change meets the rules the organisation is held to."),
  architecture_alignment: judgement("The change fits the architecture."),
  accessibility: judgement("People with disabilities can use what changed."),
  privacy_review: judgement("The effect on personal data was considered."),
  data_integrity: judgement("Stored data stays correct."),
  // Code scanning and dependency review together: where both report, both have to be green.
  vulnerability_analysis: measured("The change was looked through for vulnerabilities.", [
    check("CodeQL"),
    check("Analyze (*)"),
    check("*dependency*review*"),
    check("*", "github-advanced-security"),
  ]),
  test_coverage: measured("The change is tested well enough.", [check("codecov/*"), check("*coverage*")]),
  impact_documentation: document("Who and what is affected is written down.", {
    prompt: "Who and what is affected, and what do they have to know?",
    sections: ["Impact", "Impact documentation", "Breaking changes"],
    files: [
      "CHANGELOG.md",
      "**/CHANGELOG.md",
      "docs/impact/**",
      ".changeset/*.md",
      "changelog.d/**",
      "newsfragments/**",
    ],
  }),
  migration_strategy: document("How users and data get from the old to the new is written down.", {
    prompt: "How do users and data get from the old to the new?",
    sections: ["Migration", "Migration strategy", "Migration plan", "Upgrade guide"],
    files: ["MIGRATION.md", "**/{MIGRATION,MIGRATING,UPGRADING}.md", "docs/migration/**", "docs/migrations/**"],
  }),
  rollback_plan: document("How to take the change back is written down.", {
    prompt: "How is the change taken back, who does it, and what is lost by it?",
    sections: ["Rollback", "Rollback plan", "Rollback strategy"],
    boxes: ["Rollback tested"],
    files: ["ROLLBACK.md", "docs/rollback/**"],
  }),
  stakeholder_communication: document("Those affected have been told, or when they will be is written down.", {
    prompt: "Who is told, when and how?",
    sections: ["Communication", "Stakeholder communication", "Announcement"],
    boxes: ["Stakeholders informed"],
  }),
  performance_baseline: document("Measurements before and after are written down, or a benchmark checked them.", {
    prompt: "What was measured, before and after the change, and how can it be measured again?",
    sections: ["Benchmarks", "Performance", "Performance baseline"],
    files: ["bench/**", "benches/**", "benchmarks/**", "**/*.bench.*", "docs/performance/**"],
    checks: [check("*bench*")],
  }),
  rollback_rationale: document("Why the change is taken back is written down.", {
    prompt: "Why is it taken back, and what was seen?",
    sections: ["Rationale", "Reason", "Why"],
  }),
  monitoring_plan: document("What is watched after the change, and by whom, is written down.", {
    prompt: "What is watched after the change, by whom, and what would show that it went wrong?",
    sections: ["Monitoring", "Monitoring plan"],
    files: ["monitoring/**", "dashboards/**", "alerts/**"],
  }),
  test_plan: document("How the change was tested is written down.", {
    prompt: "What was run, and what can a reviewer run?",
    sections: ["Test plan", "Testing", "How was this tested"],
  }),
  documentation_updated: document("The documentation says what the change does.", {
    prompt: "Where is it documented, or why need it not be?",
    sections: ["Documentation"],
    boxes: ["Documentation updated"],
    files: ["docs/**", "**/*.md", "**/*.mdx", "**/*.rst"],
  }),
  linked_issue: {
    description: "The description links an issue.",
    kind: "document",
    evidence: [{ linked_issue: true }],
    prompt: null,
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

/** What each criterion that the policy names is satisfied by, attestations to built-in ones aside. */
export function evidenceIn({ checkpoints }: Pick<Policy, "checkpoints">): { id: string; evidence: EvidenceTree }[] {
  return Object.values(checkpoints).flatMap(({ criteria }) =>
    criteria.flatMap(({ id, evidence = builtInEvidence(id, []) }) => (evidence ? [{ id, evidence }] : [])),
  );
}

/** Holds when evidence for a criterion of the policy may be given by comment. */
export function takesComments(policy: Pick<Policy, "checkpoints">): boolean {
  const takes = (tree: EvidenceTree): boolean =>
    "any" in tree ? tree.any.some(takes) : "all" in tree ? tree.all.some(takes) : "comment" in tree;
  return evidenceIn(policy).some(({ evidence }) => takes(evidence));
}

// A section alone never settles a judgement: it is the author's word, and only the approver's counts.
function judgement(description: string): BuiltInCriterion {
  return { description, kind: "judgement", evidence: [{ approval: true }], prompt: null };
}

function measured(description: string, checks: CheckMatcher[]): BuiltInCriterion {
  return { description, kind: "measured", evidence: [{ check: checks }], prompt: null };
}

function check(name: string, app: string | null = null): CheckMatcher {
  return { name, app, states: ["success"] };
}

interface Places {
  prompt: string;
  sections: readonly string[];
  boxes?: readonly string[];
  files?: string[];
  checks?: CheckMatcher[];
}

function document(description: string, { prompt, sections, boxes = [], files, checks }: Places): BuiltInCriterion {
  const evidence: EvidenceTree[] = sections.map((section) => ({ section }));
  for (const checkbox of boxes) evidence.push({ checkbox });
  if (files) evidence.push({ changed_files: files });
  if (checks) evidence.push({ check: checks });
  evidence.push({ comment: true });
  return { description, kind: "document", evidence, prompt };
}

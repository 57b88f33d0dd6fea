/** Tests what workflows ask of a change: guards, which must all hold, and risks, of which one must be present. */

import { assertNever } from "../assert-never.ts";
import { type Classification, type FindingClass, findingClasses } from "../findings/finding.ts";
import type { Policy } from "../policy/schema.ts";
import { parseWorkflowCriterion, type WorkflowCriterionId } from "../policy/workflow-criteria.ts";
import type { Snapshot } from "../snapshot.ts";
import { reaches, thresholdsOf } from "./trigger.ts";
import type { GuardOutcome } from "./verdict.ts";

export interface GuardFacts {
  policy: Policy;
  snapshot: Snapshot;
  classification: Classification;
}

/** @throws {Error} for a criterion that loading the policy would have refused */
export function judgeGuard(criterion: string, facts: GuardFacts): GuardOutcome {
  const parsed = parseWorkflowCriterion(criterion);
  if (!parsed) throw new Error(`No workflow criterion ${criterion}: the policy was not checked`);
  const { holds, saw } = judgeCriterion(parsed.id, parsed.limit ?? 0, facts);
  // What was not read whole can neither clear a guard nor rule out a risk.
  const isUnread = facts.snapshot.incomplete.some((part) => part.what === "files" || part.what === "contents");
  const isSettled = parsed.kind === "risk" ? holds : !holds;
  return { criterion, kind: parsed.kind, holds: isUnread && !isSettled ? "unknown" : holds, saw };
}

function judgeCriterion(id: WorkflowCriterionId, limit: number, facts: GuardFacts): { holds: boolean; saw: string } {
  const { kinds, risk, size, tests } = facts.classification;
  switch (id) {
    case "no_breaking_changes":
      return absent("breaking_change", facts);
    case "no_security_implications":
      return absent("security", facts);
    case "no_performance_impact":
      return absent("performance", facts);
    case "no_architecture_changes":
      return absent("architecture", facts);
    case "breaking_changes":
      return present("breaking_change", facts);
    case "security_implications":
      return present("security", facts);
    case "performance_impact":
      return present("performance", facts);
    case "complex_architecture":
      return present("architecture", facts);
    case "code_changes_under_N_lines":
      return { holds: size.changed < limit, saw: `${size.changed} lines to read` };
    case "code_changes_over_N_lines":
      return { holds: size.changed > limit, saw: `${size.changed} lines to read` };
    case "code_changes_under_N_files":
      return { holds: size.files < limit, saw: `${size.files} files to read` };
    case "code_changes_over_N_files":
      return { holds: size.files > limit, saw: `${size.files} files to read` };
    case "well_tested":
      return { holds: tests !== "missing", saw: testWords[tests] };
    case "untested_changes":
      return { holds: tests === "missing", saw: testWords[tests] };
    case "standard_functionality":
      return standard(facts);
    case "documentation_only":
    case "tests_only":
    case "dependency_bump":
    case "revert":
      return { holds: kinds.includes(id), saw: kinds.length > 0 ? kinds.join(", ") : "no special kind of change" };
    case "low_risk":
      return { holds: risk.level === "low", saw: `${risk.level} risk` };
    case "medium_risk_at_most":
      return { holds: risk.level !== "high", saw: `${risk.level} risk` };
    case "high_risk":
      return { holds: risk.level === "high", saw: `${risk.level} risk` };
    default:
      return assertNever(id);
  }
}

const testWords = {
  changed: "tests changed with the source",
  missing: "source changed without tests",
  no_source: "no source file changed",
} as const;

function present(findingClass: FindingClass, facts: GuardFacts): { holds: boolean; saw: string } {
  const { strength, findings } = facts.classification.classes[findingClass];
  const holds = reaches(strength, thresholdsOf(facts.policy, findingClass).askAt);
  return { holds, saw: strength === null ? "nothing found" : `${findings.length} found, strongest ${strength}` };
}

function absent(findingClass: FindingClass, facts: GuardFacts): { holds: boolean; saw: string } {
  const { holds, saw } = present(findingClass, facts);
  return { holds: !holds, saw };
}

/** Nothing out of the ordinary: no class of finding is present, size aside. */
function standard(facts: GuardFacts): { holds: boolean; saw: string } {
  for (const findingClass of findingClasses) {
    if (findingClass === "size") continue;
    const found = present(findingClass, facts);
    if (found.holds) return { holds: false, saw: `${findingClass}: ${found.saw}` };
  }
  return { holds: true, saw: "nothing out of the ordinary" };
}

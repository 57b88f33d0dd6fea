/** The criteria by which a workflow is chosen; the gate tests each against this table. `N` stands for a number the user writes. */

export const workflowCriteria = [
  guard("no_breaking_changes", "No evidence of a breaking change of strength `ask_at` or more."),
  guard("no_security_implications", "No security finding of strength `ask_at` or more."),
  guard("no_performance_impact", "No performance finding of strength `ask_at` or more."),
  guard("no_architecture_changes", "No architecture finding of strength `ask_at` or more."),
  guard("code_changes_under_N_lines", "Fewer than N lines that a person has to read were added or removed."),
  guard("code_changes_under_N_files", "Fewer than N files that a person has to read were changed."),
  guard("well_tested", "Tests changed together with the source, or no source changed at all."),
  guard(
    "standard_functionality",
    "Nothing out of the ordinary: no finding of any class of strength `ask_at` or more, size aside.",
  ),
  guard("documentation_only", "Nothing but documentation changed."),
  guard("tests_only", "Nothing but tests changed."),
  guard("dependency_bump", "Nothing but versions of dependencies changed."),
  guard("revert", "The change takes back an earlier one."),
  guard("low_risk", "The risk is low."),
  guard("medium_risk_at_most", "The risk is low or medium."),
  risk("breaking_changes", "Evidence of a breaking change of strength `ask_at` or more."),
  risk("security_implications", "A security finding of strength `ask_at` or more."),
  risk("performance_impact", "A performance finding of strength `ask_at` or more."),
  risk("complex_architecture", "An architecture finding of strength `ask_at` or more."),
  risk("code_changes_over_N_lines", "More than N lines that a person has to read were added or removed."),
  risk("code_changes_over_N_files", "More than N files that a person has to read were changed."),
  risk("untested_changes", "Source changed and tests did not."),
  risk("high_risk", "The risk is high."),
] as const;

export type WorkflowCriterionId = (typeof workflowCriteria)[number]["id"];

/** A criterion as a policy names it. Guards must all hold; of risks, where any are named, at least one must be present. */
export interface WorkflowCriterion {
  id: WorkflowCriterionId;
  kind: "guard" | "risk";
  /** The number in the name; `null` where it takes none. */
  limit: number | null;
}

/** @returns `null` for a name that stands for nothing in the table */
export function parseWorkflowCriterion(name: string): WorkflowCriterion | null {
  const number = /_(\d{1,7})_/.exec(name)?.[1];
  const id = number === undefined ? name : name.replace(`_${number}_`, "_N_");
  const row = workflowCriteria.find((criterion) => criterion.id === id);
  if (!row || row.id.includes("_N_") !== (number !== undefined)) return null;
  return { id: row.id, kind: row.kind, limit: number === undefined ? null : Number(number) };
}

function guard<const Id extends string>(id: Id, description: string) {
  return { id, kind: "guard" as const, description };
}

function risk<const Id extends string>(id: Id, description: string) {
  return { id, kind: "risk" as const, description };
}

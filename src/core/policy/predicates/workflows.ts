import { isIncomplete } from "./changed-paths.ts";
import { wantedStates } from "./check-states.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when the newest run of every workflow file that is named, for each event that started it, ended in one of its states. */
export const workflows = definePredicate({
  key: "workflows",
  schema: wantedStates.describe(
    "GitHub Actions workflow files of the head by path, each with the states that will do: the newest run for every event that started it; a missing one does not hold.",
  ),
  example: { ".github/workflows/ci.yml": ["success"] },
  reads: ["workflowRuns", "incomplete"],
  test: (wanted, facts) => {
    const saw: string[] = [];
    let isWrong = false;
    let isMissing = false;
    for (const [path, states] of Object.entries(wanted)) {
      const runs = facts.snapshot.workflowRuns.filter((run) => run.path === path);
      if (runs.length === 0) isMissing = true;
      if (runs.some((run) => !states.includes(run.state))) isWrong = true;
      saw.push(`${path}: ${runs.map((run) => `${run.state} (${run.event})`).join(", ") || "missing"}`);
    }
    const holds = isWrong ? false : isIncomplete("workflow_runs", facts) ? "unknown" : !isMissing;
    return { holds, saw: saw.join("; ") };
  },
});

import { isIncomplete } from "./changed-paths.ts";
import { wantedStates } from "./check-states.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when every check or status that is named ended in one of its states. A missing one does not hold. */
export const statuses = definePredicate({
  key: "statuses",
  schema: wantedStates.describe(
    "Checks and commit statuses of the head by name, each with the states that will do; a missing one does not hold.",
  ),
  example: { "ci/build": ["success"] },
  reads: ["checks", "incomplete"],
  test: (wanted, facts) => {
    const saw: string[] = [];
    let isWrong = false;
    let isMissing = false;
    for (const [name, states] of Object.entries(wanted)) {
      const named = facts.snapshot.checks.filter((check) => check.name === name);
      // A check run speaks for its name; a status can be written by anybody with push access.
      const checks = named.some((check) => check.kind === "check")
        ? named.filter((check) => check.kind === "check")
        : named;
      if (checks.length === 0) isMissing = true;
      if (checks.some((check) => !states.includes(check.state))) isWrong = true;
      saw.push(`${name}: ${checks.map((check) => check.state).join(", ") || "missing"}`);
    }
    const holds = isWrong ? false : isIncomplete("checks", facts) ? "unknown" : !isMissing;
    return { holds, saw: saw.join("; ") };
  },
});

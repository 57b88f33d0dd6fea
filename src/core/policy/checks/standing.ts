import { planned } from "../planned.ts";
import { type Check, problemAt } from "./check.ts";

/** What the policy's reader should know at a glance: that it only observes, and which keys take effect later. */
export const checkStanding: Check = (checked) => {
  const { policy } = checked;
  const problems = [];
  if (policy.mode === "observe") {
    const found = "Holdpoint says what it would do, and holds nothing";
    problems.push(
      problemAt(checked, ["mode"], {
        code: "HP-P23",
        severity: "note",
        found,
        fix: "write `mode: enforce` to hold changes",
      }),
    );
  }
  const used = planned.filter((row) => row.isUsed(policy)).map((row) => `\`${row.key}\` (${row.arrives})`);
  if (used.length > 0) {
    const found = `accepted and checked, but without effect yet: ${used.join("; ")}`;
    problems.push(problemAt(checked, [], { code: "HP-P24", severity: "note", found }));
  }
  return problems;
};

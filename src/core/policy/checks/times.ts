import { checkTextPattern } from "../patterns.ts";
import { type Check, problemAt } from "./check.ts";
import { checkWindows } from "./windows.ts";
import { checkZone } from "./zone.ts";

/** Maintenance windows, quiet hours and masks: times that exist, expressions that can be used. */
export const checkTimes: Check = (checked) => {
  const { policy } = checked;
  const problems = checkWindows(checked);
  problems.push(
    ...checkZone(checked, policy.notifications?.quiet_hours?.zone, ["notifications", "quiet_hours", "zone"]),
    ...checkZone(checked, policy.notifications?.digest?.zone, ["notifications", "digest", "zone"]),
  );
  for (const [index, mask] of (policy.failures?.masks ?? []).entries()) {
    const fault = checkTextPattern(`/${mask}/`);
    if (fault === null) continue;
    const found = `"${mask}" cannot be matched: ${fault.found}`;
    problems.push(problemAt(checked, ["failures", "masks", index], { code: "HP-P10", found, fix: fault.fix }));
  }
  return problems;
};

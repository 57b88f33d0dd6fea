import { findingClasses } from "../../findings/finding.ts";
import { ruleGroups, ruleIds } from "../../findings/rule-ids.ts";
import { suggest } from "../suggest.ts";
import { type Check, problemAt } from "./check.ts";

/** What is left out of the findings: rules that exist, never a whole class. */
export const checkSuppressions: Check = (checked) => {
  const known = [...Object.keys(ruleGroups), ...ruleIds];
  return (checked.policy.classification.suppress ?? []).flatMap(({ rule }, index) => {
    if (known.includes(rule)) return [];
    const isClass = findingClasses.some((name) => name === rule);
    const near = suggest(rule, known);
    const found = isClass
      ? `\`${rule}\` is a whole class, and only single rules are left out`
      : `there is no rule of findings \`${rule}\``;
    const advice = near === null ? "name a rule as findings bear it, such as `export_removed`" : `write \`${near}\``;
    const fix =
      isClass && rule !== "size" ? `name its rules one by one, or set \`classification.${rule}.hold_at\`` : advice;
    return [problemAt(checked, ["classification", "suppress", index, "rule"], { code: "HP-P19", found, fix })];
  });
};

import type { Problem } from "../../problem.ts";
import { environmentKey, lookOf } from "../environment-names.ts";
import { checkGlob } from "../patterns.ts";
import { suggest } from "../suggest.ts";
import { type Check, type CheckedPolicy, problemAt } from "./check.ts";
import { builtInLevels } from "./escalation.ts";

/** Deployments: levels that exist, and environments of which it is clear which is meant. */
export const checkDeployments: Check = (checked) => {
  const names = Object.keys(checked.policy.deployments ?? {});
  return [
    ...names.flatMap((name) => [...checkPattern(checked, name), ...checkLevel(checked, name)]),
    ...checkAlike(checked, names),
    ...checkTests(checked, names),
  ];
};

function checkPattern(checked: CheckedPolicy, name: string): Problem[] {
  const fault = checkGlob(name);
  if (fault === null) return [];
  const found = `"${name}" cannot be matched: ${fault.found}`;
  return [problemAt(checked, ["deployments", name], { code: "HP-P10", found, fix: fault.fix, at: "key" })];
}

function checkLevel(checked: CheckedPolicy, name: string): Problem[] {
  const level = checked.policy.deployments?.[name]?.escalation;
  const known = [
    ...new Set([...Object.keys(checked.policy.escalation_levels ?? {}), ...builtInLevels, "continuous_monitoring"]),
  ];
  if (level === undefined || known.includes(level)) return [];
  const near = suggest(level, known);
  const fix = near === null ? "declare it under `escalation_levels:`" : `write \`${near}\``;
  const found = `there is no escalation level \`${level}\``;
  return [problemAt(checked, ["deployments", name, "escalation"], { code: "HP-P13", found, fix })];
}

/** Two names for what GitHub, or a reader, takes for one environment. */
function checkAlike(checked: CheckedPolicy, names: readonly string[]): Problem[] {
  return names.flatMap((name, index) => {
    const first = names.slice(0, index).find((other) => lookOf(other) === lookOf(name));
    if (first === undefined) return [];
    const isSame = environmentKey(first) === environmentKey(name);
    const found = isSame ? `GitHub does not tell \`${name}\` from \`${first}\`` : `\`${name}\` looks like \`${first}\``;
    const fix = isSame ? "keep one of them" : "give one of the environments another name";
    return [problemAt(checked, ["deployments", name], { code: "HP-P30", severity: "warning", found, fix, at: "key" })];
  });
}

function checkTests(checked: CheckedPolicy, names: readonly string[]): Problem[] {
  const tests = checked.policy.bypass?.test_environments?.environments ?? [];
  return tests.flatMap((pattern, index) => {
    const name = names.find((one) => environmentKey(one) === environmentKey(pattern));
    if (name === undefined) return [];
    const found = `\`${pattern}\` stands under \`deployments:\` as well, and is held to what that asks`;
    const path = ["bypass", "test_environments", "environments", index];
    return [problemAt(checked, path, { code: "HP-P30", severity: "warning", found, fix: "keep one of them" })];
  });
}

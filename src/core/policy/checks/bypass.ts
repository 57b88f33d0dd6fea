import { ruleGroups, ruleIds } from "../../findings/rule-ids.ts";

import type { Problem } from "../../problem.ts";
import { isAtLeast } from "../../snapshot.ts";
import { builtInCheckpoints } from "../built-in-checkpoints.ts";
import { emergencyDefaults } from "../emergency-defaults.ts";
import type { KeyPath } from "../policy-text.ts";
import { resolveRole } from "../resolve-role.ts";
import { suggest } from "../suggest.ts";
import { type Check, type CheckedPolicy, problemAt } from "./check.ts";

const at: KeyPath = ["bypass", "emergency"];

/** The emergency bypass: names that exist, labels that can be told apart, a budget that is one, and somebody who may ask. */
export const checkBypass: Check = (checked) => {
  const emergency = checked.policy.bypass?.emergency;
  if (emergency === undefined) return [];
  return [
    ...checkNever(checked, emergency.never ?? []),
    ...checkLabels(checked, Object.keys(emergency.labels ?? {})),
    ...checkLimit(checked, emergency.budget?.limit),
    ...checkAuthority(checked),
  ];
};

/** A name that means nothing keeps nothing closed, so that it is a mistake and no note. */
function checkNever(checked: CheckedPolicy, never: readonly string[]): Problem[] {
  const known = [
    ...Object.keys(checked.policy.checkpoints),
    ...Object.keys(builtInCheckpoints),
    ...Object.keys(ruleGroups),
    ...ruleIds,
  ];
  return never.flatMap((name, index) => {
    if (known.includes(name)) return [];
    const near = suggest(name, known);
    const fix =
      near === null ? "name a checkpoint, or a rule of findings such as `secret_detected`" : `write \`${near}\``;
    const found = `there is no checkpoint and no rule of findings \`${name}\``;
    return [problemAt(checked, [...at, "never", index], { code: "HP-P19", found, fix })];
  });
}

/** GitHub does not tell labels apart by case. */
function checkLabels(checked: CheckedPolicy, labels: readonly string[]): Problem[] {
  return labels.flatMap((label, index) => {
    const before = labels.slice(0, index).find((one) => one.toLowerCase() === label.toLowerCase());
    if (before === undefined) return [];
    const found = `the label \`${label}\` is the same as \`${before}\``;
    return [
      problemAt(checked, [...at, "labels", label], { code: "HP-P30", found, fix: "keep one of them", at: "key" }),
    ];
  });
}

function checkLimit(checked: CheckedPolicy, limit: string | undefined): Problem[] {
  if (limit === undefined || Number.parseFloat(limit) <= 100) return [];
  const path = [...at, "budget", "limit"];
  return [
    problemAt(checked, path, {
      code: "HP-P08",
      found: `${limit} of all merges is more than all`,
      expected: "at most 100%",
    }),
  ];
}

/** Being able to write is not enough for a bypass: a role that nobody mapped is held by its team alone. */
function checkAuthority(checked: CheckedPolicy): Problem[] {
  const { policy } = checked;
  const { authorised, second_person: second } = policy.bypass?.emergency ?? {};
  const problems: Problem[] = [];
  const isMerelyPermission = (role: string) => {
    const meaning = resolveRole(policy, role, checked.owner ?? "organisation");
    return meaning.how === "fallback" && !isAtLeast(meaning.permission, "maintain");
  };
  const warn = (role: string, path: KeyPath) => {
    const found = `the role \`${role}\` is not mapped: nobody may ask for a bypass, or agree to one, by being able to write alone`;
    const fix = "map it under `roles:`, or keep a team of that name";
    problems.push(problemAt(checked, path, { code: "HP-P12", severity: "note", found, fix }));
  };
  if (authorised?.length === 0) {
    const found = "nobody may ask for a bypass";
    const fix = `name a role, or leave the key out: \`[${emergencyDefaults.authorised.join(", ")}]\``;
    problems.push(problemAt(checked, [...at, "authorised"], { code: "HP-P29", severity: "warning", found, fix }));
  }
  for (const [index, role] of (authorised ?? []).entries()) {
    if (isMerelyPermission(role)) warn(role, [...at, "authorised", index]);
  }
  if (second && isMerelyPermission(second)) warn(second, [...at, "second_person"]);
  return problems;
}

import type { Problem } from "../../problem.ts";
import { rolesIn } from "../policy-people.ts";
import { builtInRoles, type RoleMeaning, resolveRole, wellKnownRoles } from "../resolve-role.ts";
import { suggest } from "../suggest.ts";
import { type Check, type CheckedPolicy, problemAt } from "./check.ts";

/** A role that is not mapped says what it falls back to; one that looks like a misspelt role would hand its power to others. */
export const checkRoles: Check = (checked) => {
  const { policy } = checked;
  const known = [...new Set([...Object.keys(policy.roles), ...Object.keys(builtInRoles), ...wellKnownRoles])];
  const problems: Problem[] = [];
  const noted = new Set<string>();
  for (const { role, path } of rolesIn(policy)) {
    const meaning = resolveRole(policy, role, checked.owner ?? "organisation");
    if (meaning.how !== "fallback") continue;
    const isWellKnown = (wellKnownRoles as readonly string[]).includes(role);
    const near = isWellKnown ? suggest(role, Object.keys(policy.roles)) : suggest(role, known);
    if (near !== null) {
      const found = `the role \`${role}\` is not mapped, and looks like \`${near}\``;
      const fix = `write \`${near}\`, or map \`${role}\` under \`roles:\``;
      problems.push(problemAt(checked, path, { code: "HP-P11", found, fix }));
    } else if (!noted.has(role)) {
      noted.add(role);
      problems.push(note(checked, path, meaning));
    }
  }
  return problems;
};

function note(
  checked: CheckedPolicy,
  path: readonly (string | number)[],
  meaning: Extract<RoleMeaning, { how: "fallback" }>,
): Problem {
  const teams = meaning.teams
    .map((team) => `\`${checked.owner === null ? team.split("/")[1] : team}\``)
    .join(", else ");
  const found = `the role \`${meaning.role}\` is not mapped: it means the team ${teams}, else everybody with ${meaning.permission} permission`;
  return problemAt(checked, path, {
    code: "HP-P12",
    severity: "note",
    found,
    fix: `map it under \`roles:\` to say whom you mean`,
  });
}

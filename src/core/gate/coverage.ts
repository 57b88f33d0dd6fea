/** `codeowners: all`: every changed file that has owners needs the approval of one of them. */

import { holdsRole } from "../policy/resolve-role.ts";
import type { Policy } from "../policy/schema.ts";
import type { Snapshot } from "../snapshot.ts";
import type { ApprovalsRequirement, CountedApproval, FileCoverage, RoleOutcome } from "./verdict.ts";

/**
 * @param given approvals judged for these roles
 * @returns `null` where no role asks for it, or enough people of another role of the list have approved
 */
export function coverageOf(
  roles: readonly RoleOutcome[],
  needed: number,
  given: readonly CountedApproval[],
  { policy, snapshot }: { policy: Policy; snapshot: Snapshot },
): FileCoverage[] | null {
  const asksForAll = (role: RoleOutcome) => role.how !== "unknown" && role.codeowners === "all";
  if (!roles.some(asksForAll)) return null;
  const counting = given.filter(({ outcome }) => outcome.kind === "counts").map(({ person }) => person);
  const others = roles.filter((role) => !asksForAll(role)).map(({ role }) => role);
  const facts = { roles: policy.roles, snapshot };
  const byOthers = counting.filter((person) => others.some((role) => holdsRole(person, role, facts) === true));
  if (others.length > 0 && new Set(byOthers.map(({ id }) => id)).size >= needed) return null;
  const { codeowners } = snapshot.directory;
  if (codeowners.kind !== "read") return [];
  const paths = snapshot.files.flatMap(({ path, previousPath }) =>
    previousPath === null ? [path] : [path, previousPath],
  );
  return [...new Set(paths)].flatMap((path) => {
    const owners = Object.hasOwn(codeowners.value, path) ? (codeowners.value[path] ?? []) : [];
    const by = owners.filter((owner) => counting.some(({ id }) => id === owner.id));
    return owners.length === 0 ? [] : [{ path, owners, by }];
  });
}

export function uncovered({ coverage }: Pick<ApprovalsRequirement, "coverage">): FileCoverage[] {
  return (coverage ?? []).filter(({ by }) => by.length === 0);
}

/** Files that nobody who is left could approve. */
export function ownerless(requirement: Pick<ApprovalsRequirement, "coverage" | "candidates">): FileCoverage[] {
  const left = new Set(requirement.candidates.map(({ id }) => id));
  return uncovered(requirement).filter(({ owners }) => !owners.some(({ id }) => left.has(id)));
}

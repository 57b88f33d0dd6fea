/** Who releases a change of the policy: the roles it names, else those who own its files, else the repository's admins (P10). */

import type { Snapshot } from "../snapshot.ts";
import type { PolicyChange } from "./comparison/policy-difference.ts";
import { resolveRole } from "./resolve-role.ts";
import type { Policy } from "./schema.ts";

const owner = "policy_owner";

/** @returns roles, any of which; empty where a change of the policy asks for nobody, or there is none */
export function policyChangeRoles({ policy_change: asked }: Policy, change: PolicyChange | undefined): string[] {
  const asksFor = asked?.asks_for ?? "loosening";
  if (change === undefined || asksFor === "nothing" || (asksFor === "loosening" && !change.isLooser)) return [];
  return asked?.approver ?? [owner];
}

/** The policy, with a role of owners by which CODEOWNERS is read. */
export function askingOwners(policy: Policy, change: PolicyChange | undefined): Policy {
  return isImplied(policy, change) ? withOwner(policy, { permission: "admin", codeowners: true }) : policy;
}

/** The policy, with whom its owners are here. */
export function withPolicyOwners(policy: Policy, snapshot: Pick<Snapshot, "policyChange" | "directory">): Policy {
  const { policyChange: change, directory } = snapshot;
  if (change === undefined || !isImplied(policy, change)) return policy;
  const { codeowners } = directory;
  // Whom it names nobody knows, and so nobody may take their place.
  if (codeowners.kind === "unreadable") return withOwner(policy, { codeowners: true });
  if (codeowners.kind === "missing") return policy;
  const owners = change.paths.flatMap((path) => (Object.hasOwn(codeowners.value, path) ? codeowners.value[path] : []));
  const users = [...new Set(owners.flatMap((one) => (one?.kind === "user" ? [one.login] : [])))];
  return users.length === 0 ? policy : withOwner(policy, { users });
}

function isImplied(policy: Policy, change: PolicyChange | undefined): boolean {
  return policyChangeRoles(policy, change).includes(owner) && resolveRole(policy, owner, "").how === "built_in";
}

function withOwner(policy: Policy, role: Policy["roles"][string]): Policy {
  return { ...policy, roles: { ...policy.roles, [owner]: role } };
}

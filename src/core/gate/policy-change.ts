/** A change that loosens the policy waits for the policy's owners, as the policy before it says (P10). */

import { policyChangeRoles } from "../policy/policy-owners.ts";
import { requireApprovals } from "./approvals-requirement.ts";
import type { GateFacts } from "./facts.ts";
import type { ApprovalsRequirement } from "./verdict.ts";

/** Id of that requirement: neither a bypass nor a window opens it, since what they let in would stay. */
export const policyChangeId = "policy_change";

export function requirePolicyOwners(facts: GateFacts): ApprovalsRequirement[] {
  const { document, snapshot } = facts;
  const { policy } = document;
  const roles = policyChangeRoles(policy, snapshot.policyChange);
  if (roles.length === 0) return [];
  const { freshness } = facts.rulesFor({});
  const asked = {
    id: policyChangeId,
    roles,
    needed: policy.policy_change?.approvals ?? 1,
    // Whoever wrote it never releases it, and an approval of a harmless version releases no other.
    own: {
      allow_author: false,
      allow_contributor: false,
      allow_non_author_contributor: false,
      ignore_edited_comments: true,
      freshness: freshness === "exact" ? freshness : ("same_change" as const),
    },
    holds: true,
    line: document.lineOf(["policy_change"]),
    dueAt: null,
    about: null,
  };
  return [requireApprovals(asked, facts)];
}

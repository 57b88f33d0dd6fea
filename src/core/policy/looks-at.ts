/** Which costly facts a policy asks for. Each errs towards yes: a `no` spares requests. */

import { evidenceIn } from "./criteria.ts";
import type { Policy } from "./schema.ts";

/** Whether it asks for anything that checks, statuses or workflow runs of others can tell. */
export function looksAtChecks(policy: Policy): boolean {
  if (mergesByItself(policy)) return true; // GitHub may refuse to merge until another check is through
  const isEvidence = evidenceIn(policy).some(({ evidence }) => hasKey(evidence, ["check"])); // also where it is built in
  return isEvidence || usesAny(policy, ["statuses", "workflows"]);
}

/** Whether any workflow has approved changes merged. */
export function mergesByItself({ approval_workflows = {} }: Policy): boolean {
  return Object.values(approval_workflows).some((workflow) => workflow.process.includes("automated_merge"));
}

/** Whether it asks for custom properties of the repository. */
export function looksAtProperties(policy: Policy): boolean {
  return usesAny(policy, ["property"]);
}

/** @param keys of predicates */
function usesAny({ checkpoints, approval_workflows }: Policy, keys: readonly string[]): boolean {
  return [...Object.values(checkpoints), ...Object.values(approval_workflows ?? {})].some((block) =>
    hasKey(block, keys),
  );
}

function hasKey(value: unknown, keys: readonly string[]): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some((inner) => hasKey(inner, keys));
  return Object.entries(value).some(
    ([key, inner]) => (keys.includes(key) && inner !== undefined) || hasKey(inner, keys),
  );
}

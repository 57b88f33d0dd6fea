/** What a bypass was used for, told from the verdict that it was granted on. */

import { type BypassBucket, bucketOf, type SkippedPoint } from "../bypass/causes.ts";
import { emergencyRules } from "../bypass/emergency-rules.ts";
import type { Policy } from "../policy/schema.ts";
import type { Snapshot } from "../snapshot.ts";
import { isOpenState, withParts } from "./requirements.ts";
import type { Requirement, Verdict } from "./verdict.ts";

/** @param verdict with the bypass in force, or just before it was granted */
export function bypassBucket(
  cause: string,
  { requirements, classification }: Pick<Verdict, "requirements" | "classification">,
  policy: Pick<Policy, "bypass">,
  { directory }: Pick<Snapshot, "directory">,
): BypassBucket {
  const leaves = [...withParts(requirements)].filter((one) => !("parts" in one && one.parts.length > 0));
  const skipped = leaves.filter(({ state, holds }) => state === "bypassed" || (holds && isOpenState(state)));
  return bucketOf({
    cause,
    known: Object.values(emergencyRules(policy)?.labels ?? {}),
    skipped: skipped.map((one) => ({ kind: kindOf(one, directory.busy) })),
    isDocumentationOnly: classification.kinds.includes("documentation_only"),
    linesChanged: classification.size.changed,
  });
}

function kindOf(requirement: Requirement, busy: readonly number[]): SkippedPoint["kind"] {
  switch (requirement.kind) {
    case "approvals": {
      const { candidates, anyoneWith, isOverdue } = requirement;
      const isAway = anyoneWith === null && candidates.length > 0 && candidates.every(({ id }) => busy.includes(id));
      return isOverdue || isAway ? "absent" : "approval";
    }
    case "conditions":
      return isAboutChecks(requirement.trace) ? "check" : "other";
    case "criterion":
      return "check" in requirement.wanted ? "check" : "other";
    default:
      return "other";
  }
}

/** All that does not hold in it is a check or a workflow run. */
function isAboutChecks(trace: Extract<Requirement, { kind: "conditions" }>["trace"]): boolean {
  const failing = failingLeaves(trace);
  return failing.length > 0 && failing.every((key) => key === "statuses" || key === "workflows");
}

function failingLeaves(trace: Extract<Requirement, { kind: "conditions" }>["trace"]): string[] {
  if (trace.holds === true) return [];
  return trace.parts.length > 0 ? trace.parts.flatMap(failingLeaves) : [trace.what];
}

/** Whether a push can change what the gate asks for. */

import { listAt, type Payload, valueAt } from "./payload.ts";

/**
 * The verdicts of a base branch's pull requests hang on its files only by the policy and the owners; the change itself
 * is measured from where it forked. A push whose files are not told in full counts as touching them.
 */
export function touchesPolicy(payload: Payload): boolean {
  const commits = listAt(payload, "commits");
  if (valueAt(payload, "forced") === true || valueAt(payload, "deleted") === true) return true;
  if (commits.length === 0) return valueAt(payload, "created") !== true;
  if (commits.length >= pushedCommitsMax) return true;
  return commits.some((commit) =>
    ["added", "removed", "modified"].some((list) => {
      const paths = valueAt(commit, list);
      return !Array.isArray(paths) || paths.some((path) => typeof path === "string" && policyPath.test(path));
    }),
  );
}

/** @see https://docs.github.com/webhooks/webhook-events-and-payloads#push (at most 2,048 commits) */
const pushedCommitsMax = 2_048;
const policyPath = /^(?:.*\/)?(?:[^/]*checkpoints[^/]*\.ya?ml|CODEOWNERS)$/;

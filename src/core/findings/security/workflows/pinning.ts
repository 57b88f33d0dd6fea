/** Which code of others a workflow runs, and whether it can change behind its back. */

import type { Observation } from "../../detector.ts";
import { type Comparison, isOwnAction, stepsOf } from "./comparison.ts";
import type { Job, Step, WorkflowFile } from "./workflow-file.ts";

/** Holds for versions that cannot be moved to other code: a full commit id or an image digest. */
export function isPinned(version: string | null): boolean {
  return version !== null && (/^[0-9a-f]{40}$/.test(version) || version.startsWith("sha256:"));
}

/** GitHub's own actions: whoever can move their tags has the runner, too. */
export function isOfGithub(action: string): boolean {
  return /^(actions|github)\//i.test(action);
}

export function unpinnedUses(comparison: Comparison): Observation[] {
  const { base, head, file } = comparison;
  const before = usesOf(base);
  const pinned = new Map(before.filter(({ version }) => isPinned(version)).map((use) => [use.action, use.version]));
  const known = new Set(before.map(({ action }) => action));
  const seen = new Set<string>();
  return usesOf(head).flatMap(({ action, version, line, text }): Observation[] => {
    if (version === null || isPinned(version) || isOwnAction(action) || seen.has(action)) return [];
    seen.add(action);
    const was = pinned.get(action);
    const at = { path: file.path, line, after: text, symbol: action };
    if (was !== undefined) {
      const strength = isOfGithub(action) ? "likely" : "proven";
      const what = `action \`${action}\` is no longer pinned to a commit`;
      return [{ rule: "workflow_action_unpinned", strength, what, before: `${action}@${was}`, ...at }];
    }
    if (known.has(action) || isOfGithub(action)) return [];
    const what = `action \`${action}\` is new here and not pinned to a commit`;
    return [{ rule: "workflow_action_floating", strength: "hint", what, ...at }];
  });
}

function usesOf(workflow: WorkflowFile | null): NonNullable<Step["uses"]>[] {
  const called = (workflow?.jobs ?? []).map((job: Job) => job.uses);
  const used = stepsOf(workflow).map(({ step }) => step.uses);
  return [...called, ...used].filter((uses) => uses !== null);
}

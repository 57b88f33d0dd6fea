/** Where a change gives a workflow's token more than it had. */

import type { Observation } from "../../detector.ts";
import type { Comparison } from "./comparison.ts";
import { levelOf, type Permissions } from "./permissions.ts";

export function raisedPermissions(comparison: Comparison): Observation[] {
  const { base, head, file } = comparison;
  const observations: Observation[] = [];
  const before = new Map(base?.jobs.map((job) => [job.name, job.permissions ?? base.permissions]));
  const jobs = head.jobs.length > 0 ? head.jobs : [{ name: "the workflow", permissions: null }];
  for (const job of jobs) {
    const had = before.get(job.name) ?? base?.permissions ?? null;
    for (const change of raises(had, job.permissions ?? head.permissions, base === null)) {
      const scope = change.scope === "*" ? "everything" : `\`${change.scope}\``;
      // A job that goes by a new name brings along what it had.
      const isMoved =
        !before.has(job.name) && [...before.values()].some((level) => levelOf(level, change.scope) === change.to);
      observations.push({
        rule: "workflow_permission_raised",
        strength: change.isSure && !isMoved ? "proven" : "likely",
        what: `job \`${job.name}\` may now ${change.to === "write" ? "write" : change.to} ${scope}`,
        path: file.path,
        line: comparison.addedLine(change.scope === "*" ? "write-all" : change.scope),
        before: change.from,
        after: change.to,
        symbol: job.name,
      });
    }
  }
  return [...observations, ...unstated(comparison)];
}

interface Raise {
  scope: string;
  from: string;
  to: string;
  /** Not sure where the level before was the repository's default, which is not ours to read. */
  isSure: boolean;
}

const rank = { none: 0, read: 1, write: 2, default: 2 } as const;

function raises(had: Permissions, has: Permissions, isNew: boolean): Raise[] {
  if (has === null) {
    return had === null
      ? []
      : [{ scope: "*", from: "stated permissions", to: "the repository's default", isSure: false }];
  }
  const scopes = has.all !== null ? ["*"] : Object.keys(has.scopes);
  return scopes.flatMap((scope): Raise[] => {
    const to = levelOf(has, scope);
    const from = isNew ? "none" : levelOf(had, scope);
    if (from === "default") return to === "write" ? [{ scope, from, to, isSure: scope === "*" }] : [];
    const isRaise = rank[to] > rank[from] && (to === "write" || !isNew);
    return isRaise ? [{ scope, from, to, isSure: true }] : [];
  });
}

/** A new workflow in which some job runs with the repository's default, which may be to write everything. */
function unstated({ base, head, file }: Comparison): Observation[] {
  const isSilent = head.permissions === null && head.jobs.some((job) => job.name !== "" && job.permissions === null);
  if (base !== null || !isSilent || head.triggers.length === 0) return [];
  const what = "the new workflow does not say what its token may do";
  return [{ rule: "workflow_permission_unstated", strength: "hint", what, path: file.path, line: 1 }];
}

/** Maintenance windows: which are open for a pull request or an environment, and what one is recognised by. */

import { createHash } from "node:crypto";
import type { MaintenanceWindow } from "../policy/blocks/maintenance-windows.ts";
import { matchesAny } from "../policy/patterns.ts";
import type { Policy } from "../policy/schema.ts";
import type { Memory, SeenWindow, Snapshot } from "../snapshot.ts";
import type { OpeningInForce } from "./bypass.ts";
import { nextOccurrence, type Occurrence, occurrencesOf } from "./window-times.ts";

export interface WindowFacts {
  /** Of the tip of the base branch. */
  policy: Pick<Policy, "bypass">;
  snapshot: Pick<Snapshot, "base" | "files" | "incomplete" | "repository">;
  memory: Pick<Memory, "windows">;
  now: Date;
}

/** The windows that are open for a pull request now. */
export function openWindows({ policy, snapshot, memory, now }: WindowFacts): OpeningInForce[] {
  return windowsOf(policy)
    .filter((window) => isForChange(window, snapshot))
    .flatMap((window): OpeningInForce[] => {
      const until = openUntil(window, snapshot.base.ref, memory.windows, now);
      if (until === null) return [];
      return [{ opening: { kind: "window", name: window.name, until }, scope: window.checkpoints ?? "all" }];
    });
}

/**
 * When a pull request is to be looked at again: at the end of the first window that closes, or a while after the next start. At the start itself
 * the schedule of the base branch has its pull requests looked at, so many at a time; this is for those that it missed.
 */
export function nextWindowEdge(facts: WindowFacts): Date | null {
  const edges = openWindows(facts).flatMap(({ opening }) =>
    opening.kind === "window" ? [opening.until.getTime()] : [],
  );
  for (const window of windowsOf(facts.policy)) {
    const next = isForChange(window, facts.snapshot) ? nextOccurrence(window, afterStart(facts.now)) : null;
    if (next !== null) edges.push(next.start.getTime() + startedMs);
  }
  return edges.length === 0 ? null : new Date(Math.min(...edges));
}

const startedMs = 10 * 60_000;

/** A start that was a moment ago is still to be told: nobody may have looked yet. */
function afterStart(now: Date): Date {
  return new Date(now.getTime() - startedMs);
}

/** The windows in which a deployment environment is open now: those that name it. */
export function openWindowsFor(
  environment: string,
  {
    policy,
    baseRef,
    windows,
    now,
  }: {
    policy: Pick<Policy, "bypass">;
    /** The branch whose policy it is. */
    baseRef: string;
    /** As remembered of the repository. */
    windows: readonly SeenWindow[];
    now: Date;
  },
): { name: string; until: Date }[] {
  return windowsOf(policy).flatMap((window) => {
    if (window.environments === undefined || !matchesAny(window.environments, environment)) return [];
    const until = openUntil(window, baseRef, windows, now);
    return until === null ? [] : [{ name: window.name, until }];
  });
}

/** When a window next opens or closes for a deployment environment. */
export function nextEnvironmentEdge(environment: string, known: Parameters<typeof openWindowsFor>[1]): Date | null {
  const edges = openWindowsFor(environment, known).map(({ until }) => until.getTime());
  for (const window of windowsOf(known.policy)) {
    const isFor = window.environments !== undefined && matchesAny(window.environments, environment);
    const next = isFor ? nextOccurrence(window, known.now) : null;
    if (next !== null) edges.push(next.start.getTime());
  }
  return edges.length === 0 ? null : new Date(Math.min(...edges));
}

export function windowsOf({ bypass }: Pick<Policy, "bypass">): readonly MaintenanceWindow[] {
  return bypass?.maintenance_windows ?? [];
}

/** What a window is recognised by as it is written: another text is another window. */
export function windowDigest(window: MaintenanceWindow): string {
  const entries = Object.entries(window).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(entries)).digest("hex").slice(0, 32);
}

/** The occurrences that may open anything: those that began when the window had stood in the policy of this branch already. */
export function standingOccurrences(
  window: MaintenanceWindow,
  baseRef: string,
  seen: readonly SeenWindow[],
  from: Date,
  to: Date,
): Occurrence[] {
  const digest = windowDigest(window);
  const since = seen.find((one) => one.baseRef === baseRef && one.digest === digest)?.since;
  return since === undefined ? [] : occurrencesOf(window, from, to).filter(({ start }) => start >= since);
}

function openUntil(window: MaintenanceWindow, baseRef: string, seen: readonly SeenWindow[], now: Date): Date | null {
  const next = new Date(now.getTime() + 1);
  const ends = standingOccurrences(window, baseRef, seen, now, next).map(({ end }) => end.getTime());
  return ends.length === 0 ? null : new Date(Math.max(...ends));
}

/** Pull requests to this branch may go through it. */
export function isForBranch(
  { branches, paths, checkpoints, environments }: MaintenanceWindow,
  baseRef: string,
): boolean {
  const isForDeploymentsAlone = environments !== undefined && (branches ?? paths ?? checkpoints) === undefined;
  return !isForDeploymentsAlone && (branches === undefined || matchesAny(branches, baseRef));
}

/** A window for some files is none for a change that touches others, or whose files are not all known. */
function isForChange(window: MaintenanceWindow, { base, files, incomplete }: WindowFacts["snapshot"]): boolean {
  if (!isForBranch(window, base.ref)) return false;
  const { paths } = window;
  if (paths === undefined) return true;
  if (files.length === 0 || incomplete.some(({ what }) => what === "files")) return false;
  return files
    .flatMap(({ path, previousPath }) => (previousPath === null ? [path] : [path, previousPath]))
    .every((path) => matchesAny(paths, path));
}

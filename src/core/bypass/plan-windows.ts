/** What the maintenance windows of a branch ask for now: what is announced, what was merged through them, and when to look again. */

import type { MaintenanceWindow } from "../policy/blocks/maintenance-windows.ts";
import type { SeenWindow } from "../snapshot.ts";
import type { WindowMerge, WindowRecord } from "./window-record.ts";
import { nextOccurrence, type Occurrence, occurrencesOf, zoneOf } from "./window-times.ts";
import { isForBranch, standingOccurrences } from "./windows.ts";

export interface ScheduleFacts {
  windows: readonly MaintenanceWindow[];
  baseRef: string;
  /** Windows for deployments alone are announced on the default branch, whose policy deployments go by. */
  isDefaultBranch: boolean;
  seen: readonly SeenWindow[];
  now: Date;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** What was merged at the last moment is known a little later. */
export const settleMs = 15 * minuteMs;
/** What was merged while nobody listened is found out within so much time. */
export const lookBackMs = 7 * dayMs;
const validationWithinMsDefault = dayMs;

/** Of which an issue is to be kept: it is to be announced, or something was merged through it. */
export function occurrencesToKeep(facts: ScheduleFacts, merges: readonly { mergedAt: Date }[]): WindowRecord[] {
  const { now, baseRef, seen } = facts;
  return ownWindows(facts).flatMap((window) => {
    const until = new Date(now.getTime() + (window.announce ?? 0) + 1);
    const from = new Date(now.getTime() - lookBackMs);
    return standingOccurrences(window, baseRef, seen, from, until)
      .filter((one) => {
        const isAnnounced = window.announce !== undefined && now < one.end;
        return isAnnounced || merges.some(({ mergedAt }) => isThrough(one, mergedAt));
      })
      .map((one) => recordOf(window, baseRef, one));
  });
}

/** A merge a moment after the end was let through by a check that said so until then. */
export function isThrough({ start, end }: Occurrence, at: Date): boolean {
  return start <= at && at.getTime() < end.getTime() + settleMs;
}

function recordOf(window: MaintenanceWindow, baseRef: string, { start, end }: Occurrence): WindowRecord {
  return {
    window: window.name,
    baseRef,
    start: start.toISOString(),
    end: end.toISOString(),
    zone: zoneOf(window),
    paths: window.paths ?? null,
    checkpoints: window.checkpoints ?? null,
    environments: window.environments ?? null,
    isForPullRequests: isForBranch(window, baseRef),
    role: window.validation ?? "technical_lead",
    withinMs: window.validation_within ?? validationWithinMsDefault,
    phase: "planned",
    merges: [],
    review: null,
    heard: [],
  };
}

export interface Progress {
  /** As kept; `null` where nothing is yet. */
  kept: WindowRecord | null;
  /** As the policy has it now; `null` where nothing of it has to be kept. */
  planned: WindowRecord | null;
  /** All that are known to have gone through it. */
  merges: readonly WindowMerge[];
  /** `false`: the policy has it no longer. `null`: the policy could not be read. */
  isStillPlanned: boolean | null;
  now: Date;
}

/** How it stands now. @returns `null` where there is nothing to keep */
export function advanceWindow({ kept, planned, merges, isStillPlanned, now }: Progress): WindowRecord | null {
  const base = kept ?? planned;
  if (base === null) return null;
  // What was planned may still be changed; what was merged through it is validated as it was.
  const hasBegun = now.getTime() >= Date.parse(base.start);
  const record = kept !== null && planned !== null && !hasBegun ? { ...planned, heard: kept.heard } : base;
  const known = new Set(record.merges.map(({ number }) => number));
  const late = merges.filter(({ number }) => !known.has(number));
  const next = { ...record, merges: [...record.merges, ...late] };
  if (now.getTime() >= Date.parse(next.end) + settleMs) {
    if (next.merges.length === 0) return { ...next, phase: "unused" };
    // A review covers what it was shown.
    if (next.phase === "validated" && late.length === 0) return next;
    return { ...next, phase: "validating", review: late.length > 0 ? null : next.review };
  }
  if (isStillPlanned === false && !hasBegun) return { ...next, phase: "withdrawn" };
  return planned === null && isStillPlanned !== true ? next : { ...next, phase: "planned" };
}

/** Whether the policy still has this very occurrence. */
export function isPlanned({ windows }: Pick<ScheduleFacts, "windows">, { window: name, start }: WindowRecord): boolean {
  const at = new Date(start);
  const window = windows.find((one) => one.name === name);
  if (window === undefined) return false;
  return occurrencesOf(window, at, new Date(at.getTime() + 1)).some((one) => one.start.getTime() === at.getTime());
}

/** A window has opened or closed a moment ago, so that the branch's pull requests stand otherwise. */
export function isAtEdge(facts: ScheduleFacts): boolean {
  const { now, baseRef, seen } = facts;
  const from = new Date(now.getTime() - edgeMs);
  const isRecent = (at: Date) => from < at && at <= now;
  return ownWindows(facts).some((window) =>
    standingOccurrences(window, baseRef, seen, from, new Date(now.getTime() + 1)).some(
      ({ start, end }) => isRecent(start) || isRecent(end),
    ),
  );
}

/** A look that is later than this leaves it to the sweeps. */
const edgeMs = 5 * minuteMs;

/** The next moment at which anything of this changes by time alone. */
export function nextScheduleLook(facts: ScheduleFacts, kept: readonly WindowRecord[]): Date | null {
  const { now } = facts;
  const moments = ownWindows(facts).flatMap((window) => {
    const running = occurrencesOf(window, now, new Date(now.getTime() + 1));
    const next = nextOccurrence(window, now);
    const toAnnounce =
      window.announce === undefined ? null : nextOccurrence(window, new Date(now.getTime() + window.announce));
    return [
      ...running.map(({ end }) => end.getTime()),
      ...(next === null ? [] : [next.start.getTime()]),
      ...(toAnnounce === null ? [] : [toAnnounce.start.getTime() - (window.announce ?? 0)]),
    ];
  });
  for (const { start, end } of kept) moments.push(Date.parse(start), Date.parse(end), Date.parse(end) + settleMs);
  const ahead = moments.filter((at) => at > now.getTime());
  return ahead.length === 0 ? null : new Date(Math.min(...ahead));
}

function ownWindows({ windows, baseRef, isDefaultBranch }: ScheduleFacts): MaintenanceWindow[] {
  return windows.filter((window) => {
    return isForBranch(window, baseRef) || (isDefaultBranch && window.environments !== undefined);
  });
}

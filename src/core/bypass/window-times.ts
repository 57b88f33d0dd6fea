/**
 * When maintenance windows are open, in UTC. What a clock leaves open is closed: a start that the clock shows twice counts from the later
 * moment, an end until the earlier, and what starts at a time that the clock skips does not start.
 */

import { Cron } from "croner";
import { localMinute, meaningOf, parseLocalMinute } from "../local-clock.ts";
import type { MaintenanceWindow } from "../policy/blocks/maintenance-windows.ts";
import { isZone } from "../policy/predicates/time.ts";
import { parseRecurrenceRule, recurrences } from "./rrule.ts";

export interface Occurrence {
  start: Date;
  /** Not included. */
  end: Date;
}

/** Longest window of a schedule: what lasts longer is no maintenance. */
export const durationMaxMs = 7 * 86_400_000;

/** No clock is ever put forward or back by more. */
const shiftMaxMinutes = 24 * 60;

/** So many firings of a schedule are looked at; one that has more within the time asked about is not used at all. */
const firingsMax = 5_000;

/** A rule is counted from its start, day by day: the local minute before which none may lie. */
export const rruleStartMin = Date.UTC(2000, 0) / 60_000;

/**
 * @param from @param to the occurrences that have any part of this time, `to` not included
 * @returns oldest first; none for what is no window
 */
export function occurrencesOf(window: MaintenanceWindow, from: Date, to: Date): Occurrence[] {
  if (!isZone(zoneOf(window))) return [];
  return (isOnce(window) ? once(window) : recurring(window, from, to))
    .filter(({ start, end }) => start < end && start < to && end > from)
    .sort((a, b) => a.start.getTime() - b.start.getTime());
}

/** The next that start at `from` or later, as far ahead as `withinMs`. */
export function nextOccurrences(window: MaintenanceWindow, from: Date, withinMs: number, most: number): Occurrence[] {
  const to = new Date(from.getTime() + withinMs);
  return occurrencesOf(window, from, to)
    .filter(({ start }) => start >= from)
    .slice(0, most);
}

const dayMs = 86_400_000;
/** Schedules that come often are not asked for a year; farther ahead nothing is planned. */
const horizonsMs = [8 * dayMs, 40 * dayMs, 400 * dayMs];

/** What was found last: it is asked at every look, and is the same until then. */
const found = new WeakMap<MaintenanceWindow, { after: Date; next: Occurrence }>();

/** The first that starts after a moment; `null` where none does within a year. */
export function nextOccurrence(window: MaintenanceWindow, after: Date): Occurrence | null {
  const known = found.get(window);
  if (known !== undefined && known.after <= after && after < known.next.start) return known.next;
  const from = new Date(after.getTime() + 1);
  for (const horizonMs of horizonsMs) {
    const [next] = nextOccurrences(window, from, horizonMs, 1);
    if (next === undefined) continue;
    found.set(window, { after, next });
    return next;
  }
  return null;
}

export function zoneOf({ zone }: Pick<MaintenanceWindow, "zone">): string {
  return zone ?? "UTC";
}

/** It has a start and an end, and no schedule. */
export function isOnce({ start, end, cron, rrule }: MaintenanceWindow): boolean {
  return start !== undefined && end !== undefined && cron === undefined && rrule === undefined;
}

function once(window: MaintenanceWindow): Occurrence[] {
  const [start, end] = [window.start, window.end].map((text) => (text === undefined ? null : parseLocalMinute(text)));
  if (start === null || start === undefined || end === null || end === undefined || end <= start) return [];
  const begins = startOf(start, zoneOf(window));
  const ends = meaningOf(end, zoneOf(window));
  return begins === null ? [] : [{ start: begins, end: ends.kind === "once" ? ends.at : ends.earlier }];
}

function recurring(window: MaintenanceWindow, from: Date, to: Date): Occurrence[] {
  const { duration } = window;
  if (duration === undefined || duration > durationMaxMs) return [];
  const zone = zoneOf(window);
  const first = localMinute(new Date(from.getTime() - duration), zone) - shiftMaxMinutes;
  const last = localMinute(to, zone) + shiftMaxMinutes;
  const occurrences = (firings(window, first, last) ?? []).flatMap((local): Occurrence[] => {
    const start = startOf(local, zone);
    return start === null ? [] : [{ start, end: new Date(start.getTime() + duration) }];
  });
  return occurrences.filter(({ start }) => isBeforeUntil(window, start));
}

/** @returns `null` where the clock skips it */
function startOf(local: number, zone: string): Date | null {
  const meaning = meaningOf(local, zone);
  if (meaning.kind === "gap") return null;
  return meaning.kind === "once" ? meaning.at : meaning.later;
}

/** Local minutes at which a schedule fires; `null` for what is no schedule, or fires beyond measure. */
export function firings(window: MaintenanceWindow, from: number, to: number): number[] | null {
  const { cron, rrule, start: text } = window;
  if ((cron === undefined) === (rrule === undefined)) return null;
  if (cron !== undefined) return text === undefined ? cronFirings(cron, from, to) : null;
  const start = parseLocalMinute(text ?? "");
  const rule = parseRecurrenceRule(rrule ?? "");
  if (start === null || start < rruleStartMin || typeof rule === "string") return null;
  return recurrences(rule, start, from, to);
}

function isBeforeUntil({ rrule }: MaintenanceWindow, start: Date): boolean {
  const rule = rrule === undefined ? null : parseRecurrenceRule(rrule);
  if (rule === null || typeof rule === "string" || rule.until === null || !rule.until.isUtc) return true;
  return start.getTime() <= rule.until.minute * 60_000;
}

/** The schedule is asked by the window's own clock, as if it were never put forward or back: what that means is for us to say. */
function cronFirings(text: string, from: number, to: number): number[] | null {
  const cron = parseCron(text);
  if (cron === null) return null;
  const found: number[] = [];
  let at = cron.nextRun(new Date((from - 1) * 60_000));
  while (at !== null && at.getTime() / 60_000 <= to) {
    if (found.length >= firingsMax) return null;
    found.push(at.getTime() / 60_000);
    at = cron.nextRun(at);
  }
  return found;
}

/** A schedule of five fields; `null` for anything else. */
export function parseCron(text: string): Cron | null {
  if (text.trim().split(/\s+/).length !== 5) return null;
  try {
    return new Cron(text, { paused: true, utcOffset: 0 });
  } catch (error) {
    if (error instanceof Error) return null; // croner throws TypeError, SyntaxError and RangeError alike
    throw error;
  }
}

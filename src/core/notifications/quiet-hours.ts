/** When messages wait, and when the day's summary goes out. */

import { localMinute, meaningOf } from "../local-clock.ts";
import type { Notifications } from "../policy/blocks/notifications.ts";
import type { Severity } from "../severity.ts";

const digestAtDefault = "09:00";
const minutesOfDay = 1440;
const minuteMs = 60_000;

/**
 * The end of the quiet hours in which `now` lies; `null` where nothing has to wait. Each night is one stretch from the
 * first time that the clock shows `from` to the first time that it shows `to`, also where the clock is changed in it.
 */
export function quietUntil(notifications: Notifications, severity: Severity, now: Date): Date | null {
  const quiet = notifications.quiet_hours;
  if (quiet === undefined || quiet.from === quiet.to || quiet.except?.includes(severity)) return null;
  const zone = quiet.zone ?? "UTC";
  const [from, to] = [minuteOfDay(quiet.from), minuteOfDay(quiet.to)];
  const today = localMidnight(now, zone);
  for (const first of [today, today - minutesOfDay]) {
    const begin = momentOf(first + from, zone);
    const end = momentOf(first + to + (from < to ? 0 : minutesOfDay), zone);
    if (begin <= now && now < end) return end;
  }
  return null;
}

/** The next moment after `now` at which the summary is due. */
export function nextDigest({ digest, quiet_hours }: Notifications, now: Date): Date {
  const zone = digest?.zone ?? quiet_hours?.zone ?? "UTC";
  const local = localMidnight(now, zone) + minuteOfDay(digest?.at ?? digestAtDefault);
  const due = momentOf(local, zone);
  return due > now ? due : momentOf(local + minutesOfDay, zone);
}

/** In minutes as the zone's clock counts them. */
function localMidnight(now: Date, zone: string): number {
  return Math.floor(localMinute(now, zone) / minutesOfDay) * minutesOfDay;
}

/** Of a time that the clock shows twice, the first; of one that it skips, the moment of the change. */
function momentOf(local: number, zone: string): Date {
  const meaning = meaningOf(local, zone);
  if (meaning.kind === "once") return meaning.at;
  let at = meaning.earlier;
  while (localMinute(at, zone) < local) at = new Date(at.getTime() + minuteMs);
  return at;
}

/** @param text `20:30` */
function minuteOfDay(text: string): number {
  const [hour = 0, minute = 0] = text.split(":").map(Number);
  return hour * 60 + minute;
}

/** When messages wait, and when the day's summary goes out. */

import type { Notifications } from "../policy/blocks/notifications.ts";
import type { Severity } from "../severity.ts";
import { type CalendarDay, minuteOfDay, zonedDay, zonedMoment } from "../zoned-time.ts";

const digestAtDefault = "09:00";

/**
 * The end of the quiet hours in which `now` lies; `null` where nothing has to wait. Each night is one stretch from the
 * first time that the clock shows `from` to the first time that it shows `to`, also where the clock is changed in it.
 */
export function quietUntil(notifications: Notifications, severity: Severity, now: Date): Date | null {
  const quiet = notifications.quiet_hours;
  if (quiet === undefined || quiet.from === quiet.to || quiet.except?.includes(severity)) return null;
  const zone = quiet.zone ?? "UTC";
  const [from, to] = [minuteOfDay(quiet.from), minuteOfDay(quiet.to)];
  const today = zonedDay(now, zone);
  for (const first of [today, shifted(today, -1)]) {
    const begin = zonedMoment(first, from, zone);
    const end = zonedMoment(from < to ? first : shifted(first, 1), to, zone);
    if (begin <= now && now < end) return end;
  }
  return null;
}

/** The next moment after `now` at which the summary is due. */
export function nextDigest({ digest, quiet_hours }: Notifications, now: Date): Date {
  const zone = digest?.zone ?? quiet_hours?.zone ?? "UTC";
  const minute = minuteOfDay(digest?.at ?? digestAtDefault);
  const today = zonedDay(now, zone);
  const due = zonedMoment(today, minute, zone);
  return due > now ? due : zonedMoment(shifted(today, 1), minute, zone);
}

function shifted({ year, month, day }: CalendarDay, days: number): CalendarDay {
  return { year, month, day: day + days };
}

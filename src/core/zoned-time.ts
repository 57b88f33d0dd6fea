/** Moments from what a clock on the wall of some time zone shows, also on the days on which that clock is changed. */

/** A day of the calendar; `day` may run over the month's ends. */
export interface CalendarDay {
  year: number;
  /** From 1. */
  month: number;
  day: number;
}

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

/**
 * The moment at which the zone's clock first shows a time of a day. A time that the clock skips is the moment of the
 * change; of a time that it shows twice, the first counts.
 *
 * @param minute of the day, from 0
 * @param zone an IANA time zone
 */
export function zonedMoment(date: CalendarDay, minute: number, zone: string): Date {
  const shown = Date.UTC(date.year, date.month - 1, date.day, 0, minute);
  const before = shown - offsetAt(shown - dayMs, zone);
  const after = shown - offsetAt(shown + dayMs, zone);
  const fitting = [before, after].filter((moment) => moment + offsetAt(moment, zone) === shown);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : changeBetween(after, before, zone));
}

/** The day that the zone's clock shows. */
export function zonedDay(moment: Date, zone: string): CalendarDay {
  const shown = new Date(moment.getTime() + offsetAt(moment.getTime(), zone));
  return { year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate() };
}

/** @param text `20:30` */
export function minuteOfDay(text: string): number {
  const [hour = 0, minute = 0] = text.split(":").map(Number);
  return hour * 60 + minute;
}

/** The first moment of the new offset. */
function changeBetween(from: number, to: number, zone: string): number {
  let [low, high] = [from, to];
  const old = offsetAt(low, zone);
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000;
    if (offsetAt(middle, zone) === old) low = middle;
    else high = middle;
  }
  return high;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** By how many milliseconds the zone's clock is ahead of UTC. */
function offsetAt(moment: number, zone: string): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
      hourCycle: "h23",
    });
  formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment / 1_000) * 1_000;
}

/** What clocks show in a time zone, and which moments a time on such a clock can mean. Local times are minutes since 1970 as the clock counts them. */

/** The moments that a local time can mean. */
export type Meaning =
  | { kind: "once"; at: Date }
  /** `gap`: the clock skips it; the moments by the clock before and after. `twice`: the clock shows it again. */
  | { kind: "gap" | "twice"; earlier: Date; later: Date };

const minuteMs = 60_000;

/** What the clock of a zone shows. @param zone a name that `Intl` knows */
export function localMinute(at: Date, zone: string): number {
  if (zone === "UTC") return Math.floor(at.getTime() / minuteMs);
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute) / minuteMs;
}

/** No clock is farther from UTC, and none is set twice within these minutes on both sides. */
const aroundMinutes = 15 * 60;

export function meaningOf(local: number, zone: string): Meaning {
  const shifts = new Set<number>();
  for (const around of [-aroundMinutes, 0, aroundMinutes]) {
    const minute = local + around;
    shifts.add(localMinute(new Date(minute * minuteMs), zone) - minute);
  }
  const readings = [...shifts].map((shift) => local - shift).sort((a, b) => a - b);
  const real = readings.filter((minute) => localMinute(new Date(minute * minuteMs), zone) === local);
  const [first = local, last = first] = ends(real.length > 0 ? real : readings);
  const earlier = new Date(first * minuteMs);
  if (real.length === 1) return { kind: "once", at: earlier };
  return { kind: real.length === 0 ? "gap" : "twice", earlier, later: new Date(last * minuteMs) };
}

function ends(sorted: readonly number[]): (number | undefined)[] {
  return [sorted[0], sorted.at(-1)];
}

/** @param text `YYYY-MM-DD HH:MM` @returns `null` for what is no date or time of day */
export function parseLocalMinute(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})$/.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && at.getUTCHours() === hour && minute < 60;
  return isReal ? at.getTime() / minuteMs : null;
}

/** @returns `2026-12-01 22:00` */
export function formatLocalMinute(local: number): string {
  return new Date(local * minuteMs).toISOString().slice(0, 16).replace("T", " ");
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const two = "2-digit";
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: two,
    day: two,
    hour: two,
    minute: two,
    hourCycle: "h23",
  });
  formats.set(zone, format);
  return format;
}

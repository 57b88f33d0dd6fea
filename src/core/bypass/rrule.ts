/** Recurrence rules: the part of RFC 5545 that maintenance needs. Days and times are those of the window's own clock. */

/** @see https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10 */
export interface RecurrenceRule {
  frequency: "DAILY" | "WEEKLY" | "MONTHLY";
  interval: number;
  /** `ordinal`: the n-th of the month, from its end where negative; `null`: every one. Days from Monday, 0. */
  byDay: { day: number; ordinal: number | null }[];
  /** From the month's end where negative. */
  byMonthDay: number[];
  count: number | null;
  /** The last moment, itself included; in UTC where it says so. */
  until: { minute: number; isUtc: boolean } | null;
}

const dayMinutes = 1_440;
const days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** @returns the rule, or what is wrong with it as a phrase */
export function parseRecurrenceRule(text: string): RecurrenceRule | string {
  const rule: RecurrenceRule = { frequency: "DAILY", interval: 1, byDay: [], byMonthDay: [], count: null, until: null };
  const met = new Set<string>();
  for (const part of text.replace(/^RRULE:/i, "").split(";")) {
    const [key = "", value = "", more] = part.toUpperCase().split("=");
    const read = Object.hasOwn(parts, key) ? parts[key] : undefined;
    if (read === undefined) return `\`${key}\` is not a part that is understood`;
    if (met.has(key)) return `\`${key}\` stands there twice`;
    met.add(key);
    if (more !== undefined || !read(rule, value)) return `\`${part}\` cannot be used`;
  }
  if (!met.has("FREQ")) return "it has no `FREQ`";
  if (rule.count !== null && rule.until !== null) return "`COUNT` and `UNTIL` exclude each other";
  const hasOrdinals = rule.byDay.some(({ ordinal }) => ordinal !== null);
  if (hasOrdinals && rule.frequency !== "MONTHLY") return "numbered days need `FREQ=MONTHLY`";
  if (rule.byMonthDay.length > 0 && rule.frequency === "WEEKLY") return "`BYMONTHDAY` does not go with `FREQ=WEEKLY`";
  return rule;
}

const parts: Record<string, (rule: RecurrenceRule, value: string) => boolean> = {
  FREQ(rule, value) {
    const frequency = (["DAILY", "WEEKLY", "MONTHLY"] as const).find((one) => one === value);
    rule.frequency = frequency ?? rule.frequency;
    return frequency !== undefined;
  },
  INTERVAL(rule, value) {
    rule.interval = Number(value);
    return /^[1-9]\d{0,2}$/.test(value);
  },
  BYDAY(rule, value) {
    for (const item of value.split(",")) {
      const match = /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/.exec(item);
      if (!match) return false;
      rule.byDay.push({ day: days.indexOf(match[2] ?? ""), ordinal: match[1] === undefined ? null : Number(match[1]) });
    }
    return true;
  },
  BYMONTHDAY(rule, value) {
    rule.byMonthDay = value.split(",").map(Number);
    return value.split(",").every((item) => /^[+-]?([1-9]|[12]\d|3[01])$/.test(item));
  },
  COUNT(rule, value) {
    rule.count = Number(value);
    return /^[1-9]\d{0,3}$/.test(value);
  },
  UNTIL(rule, value) {
    const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?$/.exec(value);
    if (!match) return false;
    const [, year, month, day, hour = "23", minute = "59", , utc] = match;
    const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)));
    rule.until = { minute: at.getTime() / 60_000, isUtc: utc !== undefined };
    return at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day);
  },
};

/**
 * Local times at which a rule fires, oldest first. The first that fits the rule is the first, also where `start` itself does not.
 *
 * @param start local minute from which on it holds, and whose time of day it fires at
 * @param from @param to local minutes, both included
 */
export function recurrences(rule: RecurrenceRule, start: number, from: number, to: number): number[] {
  const firstDay = Math.floor(start / dayMinutes);
  const time = start - firstDay * dayMinutes;
  const until = rule.until === null || rule.until.isUtc ? Number.POSITIVE_INFINITY : rule.until.minute;
  const last = Math.min(to, until);
  const found: number[] = [];
  // Only a count needs to know what came before.
  let day = rule.count === null ? Math.max(firstDay, Math.floor(from / dayMinutes)) : firstDay;
  for (let fired = 0; day * dayMinutes + time <= last && fired < (rule.count ?? Number.POSITIVE_INFINITY); day++) {
    if (!fits(rule, firstDay, day)) continue;
    fired++;
    const minute = day * dayMinutes + time;
    if (minute >= from) found.push(minute);
  }
  return found;
}

function fits(rule: RecurrenceRule, firstDay: number, day: number): boolean {
  const first = dateOf(firstDay);
  const date = dateOf(day);
  const { byDay, byMonthDay, interval } = rule;
  switch (rule.frequency) {
    case "DAILY":
      return (day - firstDay) % interval === 0 && isOnDay(byDay, date) && isOnMonthDay(byMonthDay, date);
    case "WEEKLY": {
      const weeks = mondayOf(day) - mondayOf(firstDay);
      const wanted = byDay.length > 0 ? byDay : [{ day: first.weekday, ordinal: null }];
      return (weeks / 7) % interval === 0 && isOnDay(wanted, date);
    }
    case "MONTHLY": {
      const months = (date.year - first.year) * 12 + date.month - first.month;
      const isUnsaid = byDay.length === 0 && byMonthDay.length === 0;
      const wanted = isUnsaid ? [first.monthDay] : byMonthDay;
      return months % interval === 0 && isOnDay(byDay, date) && isOnMonthDay(wanted, date);
    }
  }
}

interface LocalDate {
  year: number;
  month: number;
  monthDay: number;
  /** From Monday, 0. */
  weekday: number;
  monthLength: number;
}

function dateOf(day: number): LocalDate {
  const at = new Date(day * dayMinutes * 60_000);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  const monthLength = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return { year, month, monthDay: at.getUTCDate(), weekday: (at.getUTCDay() + 6) % 7, monthLength };
}

function mondayOf(day: number): number {
  return day - dateOf(day).weekday;
}

function isOnDay(wanted: RecurrenceRule["byDay"], { weekday, monthDay, monthLength }: LocalDate): boolean {
  if (wanted.length === 0) return true;
  return wanted.some(({ day, ordinal }) => {
    if (day !== weekday) return false;
    if (ordinal === null) return true;
    return ordinal > 0 ? Math.ceil(monthDay / 7) === ordinal : Math.ceil((monthLength - monthDay + 1) / 7) === -ordinal;
  });
}

function isOnMonthDay(wanted: readonly number[], { monthDay, monthLength }: LocalDate): boolean {
  if (wanted.length === 0) return true;
  return wanted.some((day) => (day > 0 ? day === monthDay : monthLength + day + 1 === monthDay));
}

import { z } from "zod";
import { oneOrMany } from "../blocks/values.ts";
import { definePredicate } from "./predicate.ts";

const dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
type Day = (typeof dayNames)[number];

const hours = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "hours such as 09:00-17:00");

const zone = z
  .string()
  .max(60)
  .refine(isZone, { message: "this is no time zone", params: { expected: "an IANA time zone such as Europe/Berlin" } });

export const timeSchema = z
  .strictObject({
    days: oneOrMany(z.enum(dayNames)).optional().describe("Days of the week in `zone`."),
    hours: oneOrMany(hours)
      .optional()
      .describe("Times of day in `zone`, the end not included; `22:00-06:00` runs over midnight."),
    zone: zone.optional().describe("IANA time zone. Default UTC."),
  })
  .refine((wanted) => wanted.days ?? wanted.hours, {
    message: "this names no time",
    params: { expected: "days, hours, or both" },
  })
  .describe("When it is: the day and the hour must both fit where both are named.");
export type Time = z.output<typeof timeSchema>;

/** Whether a moment lies in these times. */
export function isInTimes(wanted: Time, moment: Date): boolean {
  return isWithin(wanted, localTime(moment, wanted.zone ?? "UTC"));
}

/** Holds while the clock shows one of these times. */
export const time = definePredicate({
  key: "time",
  schema: timeSchema,
  example: { days: ["mon", "tue", "wed", "thu"], hours: ["09:00-16:00"], zone: "Europe/Berlin" },
  reads: ["now"],
  test: (wanted, { now }) => {
    const local = localTime(now, wanted.zone ?? "UTC");
    return { holds: isWithin(wanted, local), saw: `${local.day} ${clock(local.minute)} ${wanted.zone ?? "UTC"}` };
  },
  nextChange: nextTimeChange,
});

/** The first moment after `now` at which the answer may change; `null` when it never does. May be early around a clock change, never late. */
export function nextTimeChange(wanted: Time, now: Date): Date | null {
  const zoneName = wanted.zone ?? "UTC";
  const local = localTime(now, zoneName);
  const marks = [0, ...(wanted.hours ?? []).flatMap((range) => range.split("-").map(minuteOf))];
  const startOfMinute = now.getTime() - (now.getTime() % 60_000);
  const moments = new Set<number>();
  for (const mark of marks) {
    for (let day = 0; day <= 8; day++) {
      // Clocks change by at most an hour or so: look on both sides.
      for (const shift of [-60, -30, 0, 30, 60]) {
        const moment = startOfMinute + (mark - local.minute + day * 1440 + shift) * 60_000;
        if (moment > now.getTime()) moments.add(moment);
      }
    }
  }
  const current = isWithin(wanted, local);
  for (const moment of [...moments].sort((a, b) => a - b)) {
    if (isWithin(wanted, localTime(new Date(moment), zoneName)) !== current) return new Date(moment);
  }
  return null;
}

function isWithin(wanted: Time, local: { day: Day; minute: number }): boolean {
  if (wanted.days && !wanted.days.includes(local.day)) return false;
  return !wanted.hours || wanted.hours.some((range) => isInHours(range, local.minute));
}

function isInHours(range: string, minute: number): boolean {
  const [from = 0, to = 0] = range.split("-").map(minuteOf);
  return from < to ? from <= minute && minute < to : from <= minute || minute < to;
}

function minuteOf(text: string): number {
  const [hour = "0", minute = "0"] = text.split(":");
  return Number(hour) * 60 + Number(minute);
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localTime(moment: Date, zoneName: string): { day: Day; minute: number } {
  const format =
    formats.get(zoneName) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zoneName,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  formats.set(zoneName, format);
  const parts = Object.fromEntries(format.formatToParts(moment).map((part) => [part.type, part.value]));
  const weekday = (parts.weekday ?? "").toLowerCase();
  return {
    day: dayNames.find((name) => name === weekday) ?? "mon",
    minute: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

/** Whether `Intl` knows a time zone of that name. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

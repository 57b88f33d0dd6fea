import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { occurrencesOf } from "../../../src/core/bypass/window-times.ts";
import { formatLocalMinute } from "../../../src/core/local-clock.ts";
import type { MaintenanceWindow } from "../../../src/core/policy/blocks/maintenance-windows.ts";

const hour = 3_600_000;

function aWindow(window: Partial<MaintenanceWindow>): MaintenanceWindow {
  return { name: "w", ...window };
}

/** Occurrences as `start/end` to the minute, in UTC. */
function told(window: MaintenanceWindow, from = "2026-01-01", to = "2027-01-01"): string[] {
  const iso = (at: Date) => at.toISOString().slice(0, 16);
  return occurrencesOf(window, new Date(from), new Date(to)).map(({ start, end }) => `${iso(start)}/${iso(end)}`);
}

describe("a window with a start and an end", () => {
  const berlin = "Europe/Berlin";
  const newYork = "America/New_York";
  const lordHowe = "Australia/Lord_Howe";
  it.each([
    {
      why: "in UTC, unless it says otherwise",
      zone: undefined,
      at: "2026-03-29 02:30/2026-03-29 04:00",
      open: "2026-03-29T02:30/2026-03-29T04:00",
    },
    {
      why: "in winter",
      zone: berlin,
      at: "2026-12-01 22:00/2026-12-02 02:00",
      open: "2026-12-01T21:00/2026-12-02T01:00",
    },
    {
      why: "over the night that is an hour short",
      zone: berlin,
      at: "2026-03-28 22:00/2026-03-29 06:00",
      open: "2026-03-28T21:00/2026-03-29T04:00",
    },
    {
      why: "over the night that is an hour long",
      zone: berlin,
      at: "2026-10-24 22:00/2026-10-25 06:00",
      open: "2026-10-24T20:00/2026-10-25T05:00",
    },
    { why: "from a time that is skipped: closed", zone: berlin, at: "2026-03-29 02:30/2026-03-29 04:00", open: null },
    {
      why: "from the last minute before the skip",
      zone: berlin,
      at: "2026-03-29 01:59/2026-03-29 03:00",
      open: "2026-03-29T00:59/2026-03-29T01:00",
    },
    {
      why: "from the first minute after the skip",
      zone: berlin,
      at: "2026-03-29 03:00/2026-03-29 04:00",
      open: "2026-03-29T01:00/2026-03-29T02:00",
    },
    {
      why: "until a time that is skipped: the earlier reading",
      zone: berlin,
      at: "2026-03-29 01:00/2026-03-29 02:30",
      open: "2026-03-29T00:00/2026-03-29T00:30",
    },
    {
      why: "from a time shown twice: the later",
      zone: berlin,
      at: "2026-10-25 02:30/2026-10-25 04:00",
      open: "2026-10-25T01:30/2026-10-25T03:00",
    },
    {
      why: "until a time shown twice: the earlier",
      zone: berlin,
      at: "2026-10-25 01:00/2026-10-25 02:30",
      open: "2026-10-24T23:00/2026-10-25T00:30",
    },
    {
      why: "between times shown twice: nothing is sure",
      zone: berlin,
      at: "2026-10-25 02:15/2026-10-25 02:45",
      open: null,
    },
    {
      why: "in New York, from a time that is skipped",
      zone: newYork,
      at: "2026-03-08 02:15/2026-03-08 05:00",
      open: null,
    },
    {
      why: "in New York, until a time that is skipped",
      zone: newYork,
      at: "2026-03-08 01:00/2026-03-08 02:30",
      open: "2026-03-08T06:00/2026-03-08T06:30",
    },
    {
      why: "in New York, from a time shown twice",
      zone: newYork,
      at: "2026-11-01 01:30/2026-11-01 03:00",
      open: "2026-11-01T06:30/2026-11-01T08:00",
    },
    {
      why: "in New York, until a time shown twice",
      zone: newYork,
      at: "2026-11-01 00:30/2026-11-01 01:30",
      open: "2026-11-01T04:30/2026-11-01T05:30",
    },
    {
      why: "on Lord Howe Island, where half an hour is skipped",
      zone: lordHowe,
      at: "2026-10-04 02:15/2026-10-04 04:00",
      open: null,
    },
    {
      why: "on Lord Howe Island, until a time that is skipped",
      zone: lordHowe,
      at: "2026-10-04 01:00/2026-10-04 02:15",
      open: "2026-10-03T14:30/2026-10-03T15:15",
    },
    {
      why: "on Lord Howe Island, from a time shown twice",
      zone: lordHowe,
      at: "2026-04-05 01:45/2026-04-05 03:00",
      open: "2026-04-04T15:15/2026-04-04T16:30",
    },
    {
      why: "on Lord Howe Island, until a time shown twice",
      zone: lordHowe,
      at: "2026-04-05 01:00/2026-04-05 01:45",
      open: "2026-04-04T14:00/2026-04-04T14:45",
    },
    { why: "that ends before it starts", zone: berlin, at: "2026-12-02 02:00/2026-12-01 22:00", open: null },
    { why: "in no zone", zone: "Berlin", at: "2026-12-01 22:00/2026-12-02 02:00", open: null },
    { why: "on a day that does not exist", zone: berlin, at: "2026-02-30 22:00/2026-12-02 02:00", open: null },
  ])("$why", ({ zone, at, open }) => {
    const [start, end] = at.split("/") as [string, string];
    expect(told(aWindow({ start, end, zone }))).toEqual(open === null ? [] : [open]);
  });
});

describe("a schedule", () => {
  it.each([
    {
      why: "every Sunday at 22:00",
      window: { cron: "0 22 * * SUN", duration: 2 * hour },
      from: "2026-03-01T12:00Z",
      to: "2026-03-10",
      open: ["2026-03-01T22:00/2026-03-02T00:00", "2026-03-08T22:00/2026-03-09T00:00"],
    },
    {
      why: "one that began before the time asked about and is still open",
      window: { cron: "0 22 * * SUN", duration: 2 * hour },
      from: "2026-03-01T23:59Z",
      to: "2026-03-02",
      open: ["2026-03-01T22:00/2026-03-02T00:00"],
    },
    {
      why: "one that has just ended",
      window: { cron: "0 22 * * SUN", duration: 2 * hour },
      from: "2026-03-02T00:00Z",
      to: "2026-03-03",
      open: [],
    },
    {
      why: "in Berlin, firing in the hour that is skipped: not that night",
      window: { cron: "30 2 * * *", duration: hour, zone: "Europe/Berlin" },
      from: "2026-03-28",
      to: "2026-03-31",
      open: ["2026-03-28T01:30/2026-03-28T02:30", "2026-03-30T00:30/2026-03-30T01:30"],
    },
    {
      why: "in Berlin, firing in the hour that comes twice: the second time alone",
      window: { cron: "30 2 * * *", duration: hour, zone: "Europe/Berlin" },
      from: "2026-10-24",
      to: "2026-10-27",
      open: [
        "2026-10-24T00:30/2026-10-24T01:30",
        "2026-10-25T01:30/2026-10-25T02:30",
        "2026-10-26T01:30/2026-10-26T02:30",
      ],
    },
    {
      why: "in Berlin, over the skip: as long as it says, by the stopwatch",
      window: { cron: "0 1 * * *", duration: 3 * hour, zone: "Europe/Berlin" },
      from: "2026-03-29",
      to: "2026-03-29T12:00Z",
      open: ["2026-03-29T00:00/2026-03-29T03:00"],
    },
    {
      why: "in New York, firing in the hour that is skipped",
      window: { cron: "0 2 * * *", duration: hour / 2, zone: "America/New_York" },
      from: "2026-03-07",
      to: "2026-03-10",
      open: ["2026-03-07T07:00/2026-03-07T07:30", "2026-03-09T06:00/2026-03-09T06:30"],
    },
    {
      why: "in New York, firing in the hour that comes twice",
      window: { cron: "30 1 * * *", duration: hour, zone: "America/New_York" },
      from: "2026-11-01",
      to: "2026-11-02",
      open: ["2026-11-01T06:30/2026-11-01T07:30"],
    },
    {
      why: "on Lord Howe Island, firing in the half hour that comes twice",
      window: { cron: "45 1 * * *", duration: hour / 2, zone: "Australia/Lord_Howe" },
      from: "2026-04-04T00:00Z",
      to: "2026-04-05",
      open: ["2026-04-04T15:15/2026-04-04T15:45"],
    },
    {
      why: "on Lord Howe Island, firing in the half hour that is skipped",
      window: { cron: "15 2 * * *", duration: hour / 2, zone: "Australia/Lord_Howe" },
      from: "2026-10-03T00:00Z",
      to: "2026-10-04",
      open: [],
    },
    {
      why: "by rule, on the first Sunday of each month",
      window: { rrule: "FREQ=MONTHLY;BYDAY=1SU", start: "2026-01-01 22:00", duration: hour, zone: "Europe/Berlin" },
      from: "2026-03-01",
      to: "2026-05-01",
      open: ["2026-03-01T21:00/2026-03-01T22:00", "2026-04-05T20:00/2026-04-05T21:00"],
    },
    {
      why: "by rule, until a moment in UTC, itself included",
      window: {
        rrule: "FREQ=DAILY;UNTIL=20260302T210000Z",
        start: "2026-03-01 22:00",
        duration: hour,
        zone: "Europe/Berlin",
      },
      from: "2026-03-01",
      to: "2026-04-01",
      open: ["2026-03-01T21:00/2026-03-01T22:00", "2026-03-02T21:00/2026-03-02T22:00"],
    },
    { why: "without a duration", window: { cron: "0 22 * * SUN" }, from: "2026-03-01", to: "2026-04-01", open: [] },
    {
      why: "that lasts more than a week",
      window: { cron: "0 22 * * SUN", duration: 8 * 24 * hour },
      from: "2026-03-01",
      to: "2026-04-01",
      open: [],
    },
    {
      why: "that is none",
      window: { cron: "every day", duration: hour },
      from: "2026-03-01",
      to: "2026-04-01",
      open: [],
    },
    {
      why: "with a start beside it",
      window: { cron: "0 22 * * SUN", duration: hour, start: "2026-03-01 00:00" },
      from: "2026-03-01",
      to: "2026-04-01",
      open: [],
    },
    {
      why: "that fires beyond measure",
      window: { cron: "* * * * *", duration: 48 * hour },
      from: "2026-03-01",
      to: "2026-04-01",
      open: [],
    },
  ])("$why", ({ window, from, to, open }) => {
    expect(told(aWindow(window), from, to)).toEqual(open);
  });
});

/** What a clock on the wall shows, minute by minute, over the days around a night on which it is set. */
function clockAround(zone: string, day: string) {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  const first = Date.parse(`${day}T00:00Z`) / 60_000 - 2 * 1440;
  const shown = Array.from({ length: 5 * 1440 }, (_, index) => format.format(new Date((first + index) * 60_000)));
  return { zone, first, shown };
}
type Clock = ReturnType<typeof clockAround>;

const nights = [
  clockAround("Europe/Berlin", "2026-03-29"),
  clockAround("Europe/Berlin", "2026-10-25"),
  clockAround("America/New_York", "2026-03-08"),
  clockAround("America/New_York", "2026-11-01"),
  clockAround("Australia/Lord_Howe", "2026-04-04"),
  clockAround("Australia/Lord_Howe", "2026-10-03"),
  clockAround("Africa/Casablanca", "2026-02-15"),
];

/** Every minute that a time on the clock can mean: where it shows it; else by the clock as it was before the skip and as it was after. */
function readings({ shown }: Clock, text: string): number[] {
  const seen = shown.flatMap((one, index) => (one === text ? [index] : []));
  if (seen.length > 0) return seen;
  const after = shown.findIndex((one) => one > text);
  const minutes = (from: string, to: string) => (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 60_000;
  return [after - 1 + minutes(shown[after - 1] ?? "", text), after - minutes(text, shown[after] ?? "")];
}

/** `1` for each minute that is open. */
function openMinutes({ first, shown }: Clock, window: MaintenanceWindow): string {
  const to = new Date((first + shown.length) * 60_000);
  const occurrences = occurrencesOf(window, new Date(first * 60_000), to);
  const ranges = occurrences.map(({ start, end }) => [start.getTime(), end.getTime()].map((ms) => ms / 60_000 - first));
  return bits(shown, (at) => ranges.some(([start = 0, end = 0]) => start <= at && at < end));
}

function bits(minutes: readonly unknown[], isSet: (at: number) => boolean): string {
  return minutes.map((_, at) => (isSet(at) ? "1" : "0")).join("");
}

/** A local time within five hours of the night's middle, where the clocks are set. */
const aTime = fc.tuple(fc.integer({ min: 0, max: nights.length - 1 }), fc.integer({ min: -300, max: 1_740 }));

describe("at every minute around the nights on which clocks are set", () => {
  it("a window from one time to another is open where every reading of both agrees, and closed elsewhere", () => {
    fc.assert(
      fc.property(aTime, fc.integer({ min: 1, max: 600 }), ([night, offset], minutes) => {
        const clock = nights[night] as Clock;
        const local = clock.first + 2 * 1440 + offset;
        const [start, end] = [formatLocalMinute(local), formatLocalMinute(local + minutes)];
        const starts = clock.shown.includes(start) ? readings(clock, start) : null;
        const ends = readings(clock, end);
        const expected = bits(
          clock.shown,
          (at) => starts?.every((one) => one <= at) === true && ends.every((one) => at < one),
        );
        expect(openMinutes(clock, aWindow({ start, end, zone: clock.zone }))).toBe(expected);
      }),
      { numRuns: 150 },
    );
  });

  it("a schedule opens at the last minute that shows its time, for as long as it says, and not where none does", () => {
    fc.assert(
      fc.property(aTime, fc.integer({ min: 1, max: 600 }), ([night, offset], minutes) => {
        const clock = nights[night] as Clock;
        const time = ((offset % 1440) + 1440) % 1440;
        const [hours, minute] = [Math.floor(time / 60), time % 60];
        const wanted = `${String(hours).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
        const fired = new Map<string, number>();
        for (const [at, shown] of clock.shown.entries()) if (shown.endsWith(wanted)) fired.set(shown, at);
        const expected = bits(clock.shown, (at) => [...fired.values()].some((one) => one <= at && at < one + minutes));
        const window = aWindow({ cron: `${minute} ${hours} * * *`, duration: minutes * 60_000, zone: clock.zone });
        const open = openMinutes(clock, window);
        // What fired before the clock was looked at is not known to the model, and what it shows again afterwards neither.
        expect(open.slice(600, -1440)).toBe(expected.slice(600, -1440));
      }),
      { numRuns: 60 },
    );
  });
});

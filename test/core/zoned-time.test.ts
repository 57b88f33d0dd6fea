import fc from "fast-check";
import { expect, it } from "vitest";
import { minuteOfDay, zonedDay, zonedMoment } from "../../src/core/zoned-time.ts";

const berlin = "Europe/Berlin";

it.each([
  ["an ordinary day in winter", "2026-11-20", "20:00", berlin, "2026-11-20T19:00:00Z"],
  ["an ordinary day in summer", "2026-07-20", "20:00", berlin, "2026-07-20T18:00:00Z"],
  ["the day the clock goes forward, before", "2026-03-29", "01:59", berlin, "2026-03-29T00:59:00Z"],
  ["the hour that is skipped", "2026-03-29", "02:00", berlin, "2026-03-29T01:00:00Z"],
  ["in the middle of the hour that is skipped", "2026-03-29", "02:45", berlin, "2026-03-29T01:00:00Z"],
  ["the day the clock goes forward, after", "2026-03-29", "03:00", berlin, "2026-03-29T01:00:00Z"],
  ["the hour that is shown twice: the first", "2026-10-25", "02:30", berlin, "2026-10-25T00:30:00Z"],
  ["after the hour that is shown twice", "2026-10-25", "03:00", berlin, "2026-10-25T02:00:00Z"],
  ["a clock that is changed by half an hour", "2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03T15:30:00Z"],
  ["a zone with three quarters of an hour", "2026-11-20", "08:00", "Asia/Kathmandu", "2026-11-20T02:15:00Z"],
  ["a change at midnight", "2026-04-24", "00:30", "Africa/Cairo", "2026-04-23T22:00:00Z"],
  ["UTC", "2026-11-20", "00:00", "UTC", "2026-11-20T00:00:00Z"],
])("%s: %s %s in %s is %s", (_name, date, time, zone, expected) => {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  expect(zonedMoment({ year, month, day }, minuteOfDay(time), zone)).toEqual(new Date(expected));
});

it("a day may run over the end of the month", () => {
  expect(zonedMoment({ year: 2026, month: 12, day: 32 }, 0, "UTC")).toEqual(new Date("2027-01-01T00:00:00Z"));
});

it("days follow each other without gap or overlap, whatever the zone", () => {
  const zones = fc.constantFrom(
    berlin,
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Kolkata",
    "UTC",
  );
  const days = fc.integer({ min: 1, max: 366 });
  fc.assert(
    fc.property(zones, days, (zone, day) => {
      const date = { year: 2026, month: 1, day };
      const begin = zonedMoment(date, 0, zone);
      const next = zonedMoment({ ...date, day: day + 1 }, 0, zone);
      const hours = (next.getTime() - begin.getTime()) / 3_600_000;
      expect(hours).toBeGreaterThanOrEqual(23);
      expect(hours).toBeLessThanOrEqual(25);
      const last = zonedDay(new Date(next.getTime() - 1), zone);
      expect(zonedDay(begin, zone)).toEqual(last);
    }),
  );
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { afterWorking, workedMs } from "../../../src/core/escalation/working-time.ts";

const office = { days: ["mon", "tue", "wed", "thu", "fri"], hours: ["09:00-17:00"], zone: "Europe/Berlin" } as const;
const hours = { ...office, days: [...office.days], hours: [...office.hours] };
const hour = 3_600_000;

it.each([
  { name: "within one day", from: "2026-11-20T10:00:00Z", h: 2, after: "2026-11-20T12:00:00Z" },
  { name: "from before the opening", from: "2026-11-20T03:00:00Z", h: 1, after: "2026-11-20T09:00:00Z" },
  // Friday 20 Nov, 16:30 in Berlin: half an hour that day, the rest on Monday.
  { name: "over a weekend", from: "2026-11-20T15:30:00Z", h: 2, after: "2026-11-23T09:30:00Z" },
  { name: "exactly until the closing", from: "2026-11-20T15:00:00Z", h: 1, after: "2026-11-20T16:00:00Z" },
  // The clock goes back on Sunday 25 Oct: Monday opens an hour later in UTC.
  { name: "over the end of summer time", from: "2026-10-23T14:00:00Z", h: 2, after: "2026-10-26T09:00:00Z" },
  { name: "over the start of summer time", from: "2026-03-27T15:00:00Z", h: 2, after: "2026-03-30T08:00:00Z" },
])("$name: $h h from $from are over at $after", ({ from, h, after }) => {
  expect(afterWorking(new Date(from), h * hour, hours)).toEqual(new Date(after));
  expect(workedMs(new Date(from), new Date(after), hours)).toBe(h * hour);
});

it("without hours all time counts", () => {
  const from = new Date("2026-11-20T10:00:00Z");
  expect(afterWorking(from, 90 * hour, null)).toEqual(new Date(from.getTime() + 90 * hour));
  expect(workedMs(from, new Date(from.getTime() + 5), null)).toBe(5);
});

it("whatever the moment: so much has counted until it is over, and not a minute earlier", () => {
  const minute = 60_000;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 525_600 }), fc.integer({ min: 1, max: 5_000 }), (offset, length) => {
      const from = new Date(Date.UTC(2026, 0, 1) + offset * minute);
      const after = afterWorking(from, length * minute, hours);
      expect(workedMs(from, after, hours)).toBe(length * minute);
      expect(workedMs(from, new Date(after.getTime() - minute), hours)).toBe((length - 1) * minute);
    }),
    { numRuns: 60 },
  );
});

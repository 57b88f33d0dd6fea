import { describe, expect, it } from "vitest";
import { parseRecurrenceRule, recurrences } from "../../../src/core/bypass/rrule.ts";
import { formatLocalMinute, parseLocalMinute } from "../../../src/core/local-clock.ts";

function first(text: string, start: string, most: number): string[] {
  const rule = parseRecurrenceRule(text);
  if (typeof rule === "string") throw new Error(rule);
  const from = parseLocalMinute(start) ?? 0;
  return recurrences(rule, from, from, from + 400 * 1440)
    .slice(0, most)
    .map(formatLocalMinute);
}

describe("recurrences", () => {
  it.each([
    {
      rule: "FREQ=DAILY",
      start: "2026-02-27 22:00",
      times: ["2026-02-27 22:00", "2026-02-28 22:00", "2026-03-01 22:00"],
    },
    { rule: "freq=daily;interval=10", start: "2026-02-27 22:00", times: ["2026-02-27 22:00", "2026-03-09 22:00"] },
    {
      rule: "RRULE:FREQ=DAILY;BYDAY=SA,SU",
      start: "2026-03-02 08:00",
      times: ["2026-03-07 08:00", "2026-03-08 08:00"],
    },
    { rule: "FREQ=WEEKLY", start: "2026-03-04 22:00", times: ["2026-03-04 22:00", "2026-03-11 22:00"] },
    // RFC 5545: weeks begin on Monday.
    {
      rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU",
      start: "1997-08-05 09:00",
      times: ["1997-08-05 09:00", "1997-08-10 09:00", "1997-08-19 09:00", "1997-08-24 09:00"],
    },
    { rule: "FREQ=MONTHLY", start: "2026-01-31 22:00", times: ["2026-01-31 22:00", "2026-03-31 22:00"] },
    { rule: "FREQ=MONTHLY;BYMONTHDAY=-1", start: "2026-01-31 22:00", times: ["2026-01-31 22:00", "2026-02-28 22:00"] },
    { rule: "FREQ=MONTHLY;BYDAY=1FR", start: "1997-09-05 09:00", times: ["1997-09-05 09:00", "1997-10-03 09:00"] },
    { rule: "FREQ=MONTHLY;BYDAY=-2MO", start: "1997-09-22 09:00", times: ["1997-09-22 09:00", "1997-10-20 09:00"] },
    {
      rule: "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
      start: "1997-09-02 09:00",
      times: ["1998-02-13 09:00", "1998-03-13 09:00"],
    },
    {
      rule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=5SU",
      start: "2026-01-01 09:00",
      times: ["2026-03-29 09:00", "2026-05-31 09:00"],
    },
    {
      rule: "FREQ=DAILY;COUNT=2",
      start: "2026-03-01 09:00",
      times: ["2026-03-01 09:00", "2026-03-02 09:00"],
      all: true,
    },
    {
      rule: "FREQ=DAILY;UNTIL=20260302",
      start: "2026-03-01 09:00",
      times: ["2026-03-01 09:00", "2026-03-02 09:00"],
      all: true,
    },
    { rule: "FREQ=DAILY;UNTIL=20260302T085900", start: "2026-03-01 09:00", times: ["2026-03-01 09:00"], all: true },
  ])("$rule from $start", ({ rule, start, times, all = false }) => {
    expect(first(rule, start, all ? 100 : times.length)).toEqual(times);
  });

  it("counts from the start, wherever one looks", () => {
    const rule = parseRecurrenceRule("FREQ=WEEKLY;COUNT=3");
    if (typeof rule === "string") throw new Error(rule);
    const start = parseLocalMinute("2026-03-01 22:00") ?? 0;
    const week = 7 * 1440;
    expect(recurrences(rule, start, start + week, start + 10 * week)).toEqual([start + week, start + 2 * week]);
  });
});

describe("what is no rule", () => {
  it.each([
    { rule: "", says: "`` is not a part that is understood" },
    { rule: "INTERVAL=2", says: "it has no `FREQ`" },
    { rule: "FREQ=YEARLY", says: "`FREQ=YEARLY` cannot be used" },
    { rule: "FREQ=DAILY;BYHOUR=3", says: "`BYHOUR` is not a part that is understood" },
    { rule: "FREQ=DAILY;FREQ=WEEKLY", says: "`FREQ` stands there twice" },
    { rule: "FREQ=DAILY;INTERVAL=0", says: "`INTERVAL=0` cannot be used" },
    { rule: "FREQ=DAILY;COUNT=3;UNTIL=20260101", says: "`COUNT` and `UNTIL` exclude each other" },
    { rule: "FREQ=DAILY;UNTIL=20260231", says: "`UNTIL=20260231` cannot be used" },
    { rule: "FREQ=WEEKLY;BYDAY=1MO", says: "numbered days need `FREQ=MONTHLY`" },
    { rule: "FREQ=WEEKLY;BYMONTHDAY=1", says: "`BYMONTHDAY` does not go with `FREQ=WEEKLY`" },
    { rule: "FREQ=MONTHLY;BYMONTHDAY=32", says: "`BYMONTHDAY=32` cannot be used" },
    { rule: "FREQ=MONTHLY;BYDAY=6MO", says: "`BYDAY=6MO` cannot be used" },
    { rule: "__proto__=x", says: "`__PROTO__` is not a part that is understood" },
  ])("$rule", ({ rule, says }) => {
    expect(parseRecurrenceRule(rule)).toBe(says);
  });
});

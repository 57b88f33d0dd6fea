import { describe, expect, it } from "vitest";
import type { Problem } from "../../../src/core/problem.ts";
import { load } from "./load.ts";

const brief = ({ severity, where, found, expected, fix }: Problem) =>
  `${severity} ${where.line}:${where.column} ${where.key?.split("].")[1]}: ${found}${expected && `; expected ${expected}`}${fix && `; ${fix}`}`;

function told(...windows: string[]): string[] {
  const text = `bypass:\n  maintenance_windows:\n${windows.map((window) => `    - { ${window} }`).join("\n")}\n`;
  const loaded = load(text);
  const problems =
    loaded.kind === "loaded" ? loaded.document.problems : loaded.kind === "broken" ? loaded.problems : [];
  return problems.filter(({ code }) => ["HP-P20", "HP-P08"].includes(code)).map(brief);
}

describe("what is wrong with a maintenance window", () => {
  it.each([
    {
      why: "it starts at a time that is skipped",
      window: "name: w, start: 2026-03-29 02:30, end: 2026-03-29 04:00, zone: Europe/Berlin",
      says: "error 3:25 start: clocks in Europe/Berlin skip 2026-03-29 02:30, so the window would never open; name a time before or after the clocks are put forward",
    },
    {
      why: "it ends at a time that is skipped",
      window: "name: w, start: 2026-03-29 01:00, end: 2026-03-29 02:30, zone: Europe/Berlin",
      says: "warning 3:48 end: clocks in Europe/Berlin skip 2026-03-29 02:30; the window closes at 00:30 UTC; name a time they show once",
    },
    {
      why: "it starts at a time that is shown twice",
      window: "name: w, start: 2026-10-25 02:30, end: 2026-10-25 04:00, zone: Europe/Berlin",
      says: "warning 3:25 start: clocks in Europe/Berlin show 2026-10-25 02:30 twice; the window opens at 01:30 UTC; name a time they show once",
    },
    {
      why: "nothing of it is sure",
      window: "name: w, start: 2026-10-25 02:15, end: 2026-10-25 02:45, zone: Europe/Berlin",
      says: "error 3:48 end: clocks in Europe/Berlin are put back meanwhile, so nothing of the window (2026-10-25 02:15 to 2026-10-25 02:45) is sure; name times that the clocks show once, or write them in UTC",
    },
    {
      why: "it ends as it starts",
      window: "name: w, start: 2026-10-25 02:15, end: 2026-10-25 02:15",
      says: "error 3:48 end: the window ends (2026-10-25 02:15) before it starts (2026-10-25 02:15); swap them, or mend the date",
    },
    {
      why: "a date that does not exist",
      window: "name: w, start: 2026-02-30 02:15, end: 2026-10-25 02:15",
      says: '3:25 start: "2026-02-30 02:15" is no date and time; expected `YYYY-MM-DD HH:MM`, e.g. `2026-12-01 22:00`',
    },
    {
      why: "no rule",
      window: "name: w, rrule: FREQ=YEARLY, start: 2026-10-25 02:15, duration: 1h",
      says: '3:25 rrule: "FREQ=YEARLY" is no recurrence rule: `FREQ=YEARLY` cannot be used; expected a rule such as `FREQ=MONTHLY;BYDAY=1SU`',
    },
    {
      why: "a rule without a start",
      window: "name: w, rrule: FREQ=DAILY, duration: 1h",
      says: "error 3:15 name: nothing clear says when `w` is; expected `start` and `end`, or `cron` and `duration`, or `start`, `rrule` and `duration`",
    },
    {
      why: "a schedule and dates",
      window: "name: w, cron: 0 22 * * SUN, start: 2026-10-25 02:15, duration: 1h",
      says: "error 3:15 name: nothing clear says when `w` is; expected `start` and `end`, or `cron` and `duration`, or `start`, `rrule` and `duration`",
    },
    {
      why: "a schedule that never comes",
      window: "name: w, cron: 0 22 30 2 *, duration: 1h",
      says: 'error 3:24 cron: "0 22 30 2 *" never comes; name a day that exists',
    },
    {
      why: "a schedule that starts again before it has ended",
      window: "name: w, cron: 0 * * * *, duration: 2h",
      says: "error 3:24 cron: the window starts again before it has ended; let it come less often, or last shorter",
    },
    {
      why: "a schedule that is always on",
      window: 'name: w, cron: "* * * * *", duration: 1m',
      says: "error 3:24 cron: the window starts again before it has ended; let it come less often, or last shorter",
    },
    {
      why: "a window of a fortnight",
      window: "name: w, cron: 0 22 1 * *, duration: 14d",
      says: "error 3:46 duration: the window lasts more than 7 days; write several shorter windows",
    },
    {
      why: "a rule from long ago",
      window: "name: w, rrule: FREQ=DAILY, start: 1970-10-25 02:15, duration: 1h",
      says: "error 3:44 start: 1970-10-25 02:15 is too long ago; name a start in this century",
    },
  ])("$why", ({ window, says }) => {
    expect(told(window)).toEqual([expect.stringContaining(says)]);
  });

  it.each([
    { window: 'name: w, start: "2026-12-01 22:00", end: "2026-12-02 02:00", zone: Europe/Berlin' },
    { window: "name: w, cron: 0 * * * *, duration: 1h" },
    { window: "name: w, rrule: FREQ=MONTHLY;BYDAY=1SU, start: 2026-01-01 22:00, duration: 1h, zone: Europe/Berlin" },
    { window: "name: w, cron: 30 2 * * *, duration: 1h, zone: Europe/Berlin" },
  ])("nothing: $window", ({ window }) => {
    expect(told(window)).toEqual([]);
  });
});

describe("windows beside each other", () => {
  const once = (name: string, start: string, end: string, more = "") =>
    `name: ${name}, start: "2026-12-0${start}", end: "2026-12-0${end}"${more}`;
  const overlaps = (line: number) =>
    `warning ${line}:15 name: \`b\` overlaps \`a\`, which opens the same; make one of them, or let them follow each other`;

  it.each([
    {
      why: "two that overlap",
      windows: [once("a", "1 20:00", "1 22:00"), once("b", "1 21:59", "1 23:00")],
      says: [overlaps(4)],
    },
    {
      why: "one after the other",
      windows: [once("a", "1 20:00", "1 22:00"), once("b", "1 22:00", "1 23:00")],
      says: [],
    },
    {
      why: "two for different branches",
      windows: [
        once("a", "1 20:00", "1 22:00", ", branches: [main]"),
        once("b", "1 20:00", "1 22:00", ", branches: [next]"),
      ],
      says: [],
    },
    {
      why: "one that falls into a schedule",
      windows: ["name: a, cron: 0 20 * * TUE, duration: 2h", once("b", "1 21:00", "1 23:00")],
      says: [overlaps(4)],
    },
    {
      why: "a schedule that falls upon one",
      windows: [once("a", "1 21:00", "1 23:00"), "name: b, cron: 0 20 * * TUE, duration: 2h"],
      says: [overlaps(4)],
    },
    {
      why: "one on another day than the schedule",
      windows: ["name: a, cron: 0 20 * * WED, duration: 2h", once("b", "1 21:00", "1 23:00")],
      says: [],
    },
    {
      why: "two schedules",
      windows: ["name: a, cron: 0 20 * * TUE, duration: 2h", "name: b, cron: 0 21 1-7 * *, duration: 1h"],
      says: [overlaps(4)],
    },
    {
      why: "two of one name",
      windows: [once("a", "1 20:00", "1 22:00"), once("a", "2 20:00", "2 22:00")],
      says: ["error 4:15 name: two windows are called `a`; give each a name of its own"],
    },
  ])("$why", ({ windows, says }) => {
    expect(told(...windows)).toEqual(says);
  });
});

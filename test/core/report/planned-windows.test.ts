import { expect, it } from "vitest";
import { plannedWindows, plannedWindowsTable } from "../../../src/core/report/planned-windows.ts";

const now = new Date("2026-11-21T08:00Z");
const duration = 2 * 3_600_000;

it("shows the next times of each window, in the order in which they come, by UTC and by its own clock", () => {
  const planned = plannedWindows(
    [
      { name: "weekly", cron: "0 22 * * SUN", duration },
      { name: "db-upgrade", start: "2026-12-01 22:00", end: "2026-12-02 02:00", zone: "Europe/Berlin" },
      { name: "over", start: "2026-11-01 22:00", end: "2026-11-02 02:00" },
    ],
    now,
  );
  expect(plannedWindowsTable(planned).split("\n")).toEqual([
    "Window      Open (UTC)",
    "weekly      2026-11-22 22:00 to 2026-11-23 00:00",
    "weekly      2026-11-29 22:00 to 2026-11-30 00:00",
    "db-upgrade  2026-12-01 21:00 to 2026-12-02 01:00  2026-12-01 22:00 to 2026-12-02 02:00 in Europe/Berlin",
    "weekly      2026-12-06 22:00 to 2026-12-07 00:00",
    "",
  ]);
});

it("says so where none is planned", () => {
  expect(plannedWindowsTable(plannedWindows([], now))).toBe("No maintenance window is planned within a year.\n");
});

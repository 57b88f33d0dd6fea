/** The next times at which the maintenance windows of a policy open, for people who check what they wrote. */

import { nextOccurrence, type Occurrence, zoneOf } from "../bypass/window-times.ts";
import { formatLocalMinute, localMinute } from "../local-clock.ts";
import type { MaintenanceWindow } from "../policy/blocks/maintenance-windows.ts";

export interface PlannedWindow {
  name: string;
  /** ISO 8601. */
  start: string;
  end: string;
  zone: string;
  /** What clocks in the zone show then: `2026-12-01 22:00`. */
  localStart: string;
  localEnd: string;
}

const eachMax = 3;

/** At most three of each, in the order in which they start; what is open now was opened before and is not among them. */
export function plannedWindows(windows: readonly MaintenanceWindow[], now: Date): PlannedWindow[] {
  return windows
    .flatMap((window) => nextOf(window, now).map((one) => describe(window, one)))
    .sort((a, b) => (a.start < b.start ? -1 : 1));
}

function nextOf(window: MaintenanceWindow, now: Date): Occurrence[] {
  const found: Occurrence[] = [];
  let next = nextOccurrence(window, now);
  while (next !== null && found.length < eachMax) {
    found.push(next);
    next = nextOccurrence(window, next.start);
  }
  return found;
}

function describe(window: MaintenanceWindow, { start, end }: Occurrence): PlannedWindow {
  const zone = zoneOf(window);
  const local = (at: Date) => formatLocalMinute(localMinute(at, zone));
  return {
    name: window.name,
    start: start.toISOString(),
    end: end.toISOString(),
    zone,
    localStart: local(start),
    localEnd: local(end),
  };
}

/** A table for a terminal. */
export function plannedWindowsTable(planned: readonly PlannedWindow[]): string {
  if (planned.length === 0) return "No maintenance window is planned within a year.\n";
  const rows = planned.map(({ name, start, end, zone, localStart, localEnd }) => [
    name,
    `${start.slice(0, 16).replace("T", " ")} to ${end.slice(0, 16).replace("T", " ")}`,
    zone === "UTC" ? "" : `${localStart} to ${localEnd} in ${zone}`,
  ]);
  const all = [["Window", "Open (UTC)", ""], ...rows];
  const widths = [0, 1].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
  return `${all.map((row) => line(row).trimEnd()).join("\n")}\n`;
}

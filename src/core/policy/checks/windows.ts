import { parseRecurrenceRule } from "../../bypass/rrule.ts";
import {
  durationMaxMs,
  firings,
  isOnce,
  type Occurrence,
  occurrencesOf,
  parseCron,
  rruleStartMin,
  zoneOf,
} from "../../bypass/window-times.ts";
import { meaningOf, parseLocalMinute } from "../../local-clock.ts";
import type { Problem } from "../../problem.ts";
import type { MaintenanceWindow } from "../blocks/maintenance-windows.ts";
import { isDeepEqual } from "../deep-equal.ts";
import { isZone } from "../predicates/time.ts";
import { type Check, type CheckedPolicy, problemAt } from "./check.ts";
import { checkZone } from "./zone.ts";

/** Maintenance windows: times that exist and can be understood one way, and none that says the same twice. */
export const checkWindows: Check = (checked) => {
  const windows = checked.policy.bypass?.maintenance_windows ?? [];
  const problems = windows.flatMap((window, index) => {
    const told: Told = (key, what) =>
      problemAt(checked, ["bypass", "maintenance_windows", index, key], { code: "HP-P20", ...what });
    const zone = checkZone(checked, window.zone, ["bypass", "maintenance_windows", index, "zone"]);
    const own = [...zone, ...checkShape(window, told)];
    return own.length > 0 ? own : [...checkOnce(window, told), ...checkSchedule(window, told)];
  });
  return [...problems, ...checkNames(checked, windows), ...checkOverlaps(checked, windows)];
};

type Told = (
  key: keyof MaintenanceWindow,
  what: { found: string; expected?: string; fix?: string; severity?: Problem["severity"] },
) => Problem;

const dateWords = "`YYYY-MM-DD HH:MM`, e.g. `2026-12-01 22:00`";

function checkShape(window: MaintenanceWindow, told: Told): Problem[] {
  const { name, start, end, cron, rrule, duration } = window;
  const problems: Problem[] = [];
  for (const key of ["start", "end"] as const) {
    const text = window[key];
    if (text === undefined || parseLocalMinute(text) !== null) continue;
    problems.push(told(key, { found: `"${text}" is no date and time`, expected: dateWords }));
  }
  if (cron !== undefined && parseCron(cron) === null) {
    problems.push(told("cron", { found: `"${cron}" is no schedule`, expected: "five fields such as `0 22 * * SUN`" }));
  }
  const rule = rrule === undefined ? null : parseRecurrenceRule(rrule);
  if (typeof rule === "string") {
    const expected = "a rule such as `FREQ=MONTHLY;BYDAY=1SU`";
    problems.push(told("rrule", { found: `"${rrule}" is no recurrence rule: ${rule}`, expected }));
  }
  if (duration !== undefined && duration > durationMaxMs) {
    problems.push(
      told("duration", { found: "the window lasts more than 7 days", fix: "write several shorter windows" }),
    );
  }
  const isByCron = cron !== undefined && duration !== undefined && (start ?? end ?? rrule) === undefined;
  const isByRule = rrule !== undefined && start !== undefined && duration !== undefined && (end ?? cron) === undefined;
  const isOneOff = isOnce(window) && duration === undefined;
  if (!isOneOff && !isByCron && !isByRule) {
    const expected = "`start` and `end`, or `cron` and `duration`, or `start`, `rrule` and `duration`";
    problems.push(told("name", { found: `nothing clear says when \`${name}\` is`, expected }));
  }
  return problems;
}

function checkOnce(window: MaintenanceWindow, told: Told): Problem[] {
  const { start = "", end = "" } = window;
  const [first, last] = [parseLocalMinute(start), parseLocalMinute(end)];
  if (!isOnce(window) || first === null || last === null) return [];
  if (last <= first) {
    return [
      told("end", {
        found: `the window ends (${end}) before it starts (${start})`,
        fix: "swap them, or mend the date",
      }),
    ];
  }
  const zone = zoneOf(window);
  if (meaningOf(first, zone).kind === "gap") {
    return [
      told("start", {
        found: `clocks in ${zone} skip ${start}, so the window would never open`,
        fix: "name a time before or after the clocks are put forward",
      }),
    ];
  }
  if (occurrencesOf(window, new Date(0), new Date(8.64e15)).length === 0) {
    const found = `clocks in ${zone} are put back meanwhile, so nothing of the window (${start} to ${end}) is sure`;
    return [told("end", { found, fix: "name times that the clocks show once, or write them in UTC" })];
  }
  return [...doubt("start", start, first, zone, told), ...doubt("end", end, last, zone, told)];
}

function doubt(key: "start" | "end", text: string, local: number, zone: string, told: Told): Problem[] {
  const meaning = meaningOf(local, zone);
  if (meaning.kind === "once") return [];
  const what = meaning.kind === "gap" ? "skip" : "show";
  const found = `clocks in ${zone} ${what} ${text}${meaning.kind === "twice" ? " twice" : ""}`;
  const taken = key === "start" ? meaning.later : meaning.earlier;
  const how = `${key === "start" ? "opens" : "closes"} at ${taken.toISOString().slice(11, 16)} UTC`;
  return [told(key, { severity: "warning", found: `${found}; the window ${how}`, fix: "name a time they show once" })];
}

/** Five weeks of some year: schedules of days, weeks and months show in them what they are. */
const sample = { from: new Date(Date.UTC(2026, 0, 5)), to: new Date(Date.UTC(2026, 1, 9)) };

function checkSchedule(window: MaintenanceWindow, told: Told): Problem[] {
  if (isOnce(window) || !isZone(zoneOf(window))) return [];
  const { cron, rrule, start = "", duration = 0 } = window;
  const key = cron === undefined ? "rrule" : "cron";
  const first = rrule === undefined ? sample.from.getTime() / 60_000 : (parseLocalMinute(start) ?? 0);
  if (rrule !== undefined && first < rruleStartMin) {
    return [told("start", { found: `${start} is too long ago`, fix: "name a start in this century" })];
  }
  const isNever = cron === undefined ? false : parseCron(cron)?.nextRun(sample.from) === null;
  if (isNever) return [told(key, { found: `"${cron}" never comes`, fix: "name a day that exists" })];
  const times = firings(window, first, first + (sample.to.getTime() - sample.from.getTime()) / 60_000);
  const isAgainTooSoon = times?.some((time, index) => {
    const next = times[index + 1];
    return next !== undefined && (next - time) * 60_000 < duration;
  });
  if (times !== null && !isAgainTooSoon) return [];
  const found = "the window starts again before it has ended";
  return [told(key, { found, fix: "let it come less often, or last shorter" })];
}

function checkNames(checked: CheckedPolicy, windows: readonly MaintenanceWindow[]): Problem[] {
  return windows.flatMap(({ name }, index) => {
    if (windows.findIndex((other) => other.name === name) === index) return [];
    const found = `two windows are called \`${name}\``;
    const path = ["bypass", "maintenance_windows", index, "name"];
    return [problemAt(checked, path, { code: "HP-P08", found, fix: "give each a name of its own" })];
  });
}

/** Together they open what either does; that it was meant so is not sure. */
function checkOverlaps(checked: CheckedPolicy, windows: readonly MaintenanceWindow[]): Problem[] {
  const sampled = windows.map((window) => (isOnce(window) ? allOf(window) : sampleOf(window)));
  return windows.flatMap((window, index) => {
    const other = windows.slice(0, index).find((before, at) => {
      if (!isDeepEqual(scopeOf(before), scopeOf(window))) return false;
      const [mine = [], theirs = []] = [sampled[index], sampled[at]];
      if (isOnce(before)) return overlap(theirs, isOnce(window) ? mine : around(window, theirs));
      return overlap(mine, isOnce(window) ? around(before, mine) : theirs);
    });
    if (other === undefined) return [];
    const found = `\`${window.name}\` overlaps \`${other.name}\`, which opens the same`;
    const path = ["bypass", "maintenance_windows", index, "name"];
    const fix = "make one of them, or let them follow each other";
    return [problemAt(checked, path, { code: "HP-P20", severity: "warning", found, fix })];
  });
}

function scopeOf({ branches, paths, checkpoints, environments }: MaintenanceWindow) {
  return { branches, paths, checkpoints, environments };
}

function allOf(window: MaintenanceWindow): Occurrence[] {
  return occurrencesOf(window, new Date(0), new Date(8.64e15));
}

function sampleOf(window: MaintenanceWindow): Occurrence[] {
  return occurrencesOf(window, sample.from, sample.to);
}

function around(window: MaintenanceWindow, [other]: readonly Occurrence[]): Occurrence[] {
  return other === undefined ? [] : occurrencesOf(window, other.start, other.end);
}

function overlap(some: readonly Occurrence[], others: readonly Occurrence[]): boolean {
  return some.some(({ start, end }) => others.some((other) => other.start < end && start < other.end));
}

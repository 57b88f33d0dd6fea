import { Cron } from "croner";
import type { Problem } from "../../problem.ts";
import { checkTextPattern } from "../patterns.ts";
import type { KeyPath } from "../policy-text.ts";
import { isZone } from "../predicates/time.ts";
import type { Policy } from "../schema.ts";
import { type Check, type CheckedPolicy, problemAt } from "./check.ts";

type Window = NonNullable<NonNullable<Policy["bypass"]>["maintenance_windows"]>[number];

/** Maintenance windows, quiet hours and masks: times that exist, expressions that can be used. */
export const checkTimes: Check = (checked) => {
  const { policy } = checked;
  const problems = (policy.bypass?.maintenance_windows ?? []).flatMap((window, index) =>
    checkWindow(checked, window, ["bypass", "maintenance_windows", index]),
  );
  problems.push(
    ...checkZone(checked, policy.notifications?.quiet_hours?.zone, ["notifications", "quiet_hours", "zone"]),
    ...checkZone(checked, policy.notifications?.digest?.zone, ["notifications", "digest", "zone"]),
  );
  for (const [index, mask] of (policy.failures?.masks ?? []).entries()) {
    const fault = checkTextPattern(`/${mask}/`);
    if (fault === null) continue;
    const found = `"${mask}" cannot be matched: ${fault.found}`;
    problems.push(problemAt(checked, ["failures", "masks", index], { code: "HP-P10", found, fix: fault.fix }));
  }
  return problems;
};

function checkWindow(checked: CheckedPolicy, window: Window, path: KeyPath): Problem[] {
  const problem = (key: string, found: string, expected: string, fix = "") =>
    problemAt(checked, [...path, key], { code: "HP-P20", found, expected, fix });
  const problems = checkZone(checked, window.zone, [...path, "zone"]);
  for (const key of ["start", "end"] as const) {
    const text = window[key];
    if (text !== undefined && minuteOf(text) === null) {
      problems.push(problem(key, `"${text}" is no date and time`, "`YYYY-MM-DD HH:MM`, e.g. `2026-12-01 22:00`"));
    }
  }
  const start = window.start === undefined ? null : minuteOf(window.start);
  const end = window.end === undefined ? null : minuteOf(window.end);
  if (start !== null && end !== null && end <= start) {
    problems.push(
      problem(
        "end",
        `the window ends (${window.end}) before it starts (${window.start})`,
        "",
        "swap them, or mend the date",
      ),
    );
  }
  if (window.cron !== undefined && !isCron(window.cron)) {
    problems.push(problem("cron", `"${window.cron}" is no schedule`, "five fields such as `0 22 * * SUN`"));
  }
  const isOnce = window.start !== undefined && window.end !== undefined;
  const isRecurring = window.cron !== undefined && window.duration !== undefined;
  if (isOnce === isRecurring || (isRecurring && (window.start ?? window.end) !== undefined)) {
    problems.push(
      problem("name", `nothing clear says when \`${window.name}\` is`, "`start` and `end`, or `cron` and `duration`"),
    );
  }
  return problems;
}

function checkZone(checked: CheckedPolicy, zone: string | undefined, path: KeyPath): Problem[] {
  if (zone === undefined || isZone(zone)) return [];
  const expected = "an IANA time zone such as `Europe/Berlin`";
  return [problemAt(checked, path, { code: "HP-P20", found: `"${zone}" is no time zone`, expected })];
}

/** Minutes since 1970 by the window's own clock; `null` for what is no date. */
function minuteOf(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})$/.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && at.getUTCHours() === hour && minute < 60;
  return isReal ? at.getTime() / 60_000 : null;
}

function isCron(text: string): boolean {
  if (text.trim().split(/\s+/).length !== 5) return false;
  try {
    new Cron(text, { paused: true });
    return true;
  } catch (error) {
    if (error instanceof Error) return false; // croner throws TypeError, SyntaxError and RangeError alike
    throw error;
  }
}

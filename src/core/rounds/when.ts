/** Moments as people write them in `/holdpoint schedule <when>`; always UTC. */

import { parseDuration } from "../duration.ts";

export type When = { kind: "at"; at: Date } | { kind: "past" } | { kind: "too_far" } | { kind: "unreadable" };

const dayMs = 86_400_000;
const furthestMs = 366 * dayMs;
/** A day without an hour means its morning. */
const morningHour = 9;

// `2026-12-01`, `2026-12-01 10:00`, `2026-12-01T10:00:00Z`, with or without `UTC` behind.
const written = /^(\d{4})-(\d{2})-(\d{2})(?:[t ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?)?\s*(?:z|utc)?$/i;

/** @param now durations and `tomorrow` are counted from here */
export function parseWhen(text: string, now: Date): When {
  const at = momentIn(text.trim().replace(/^(?:in|on|until|for)\s+/i, ""), now);
  if (at === null) return { kind: "unreadable" };
  if (at.getTime() <= now.getTime()) return { kind: "past" };
  return at.getTime() - now.getTime() > furthestMs ? { kind: "too_far" } : { kind: "at", at };
}

function momentIn(text: string, now: Date): Date | null {
  if (/^tomorrow$/i.test(text)) return morningOf(new Date(now.getTime() + dayMs));
  const durationMs = parseDuration(text);
  if (durationMs !== null) return new Date(now.getTime() + durationMs);
  const match = written.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const hasHour = match[4] !== undefined;
  const [h, m, s] = hasHour
    ? [hour ?? 0, minute ?? 0, match[6] === undefined ? 0 : (second ?? 0)]
    : [morningHour, 0, 0];
  const at = new Date(Date.UTC(year, month - 1, day, h, m, s));
  // 30 February would be in March.
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && h < 24 && m < 60 && s < 60;
  return isReal ? at : null;
}

function morningOf(day: Date): Date {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), morningHour));
}

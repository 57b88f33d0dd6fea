/** Moments as people read them: always UTC, always with the date. */

import { code, type Piece, say, type Words } from "./words.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** In place of `now`, for what is read years later: every time gets its year. */
export const longAgo = new Date(0);

/** @returns `21 Nov 14:00 UTC`; with the year where it is not that of `now` */
export function formatTime(at: Date, now: Date): string {
  if (Number.isNaN(at.getTime())) return "an unknown time";
  const year = at.getUTCFullYear() === now.getUTCFullYear() ? "" : ` ${at.getUTCFullYear()}`;
  return `${at.getUTCDate()} ${months[at.getUTCMonth()]}${year} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())} UTC`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** A moment inside a sentence. */
export function when(at: Date, now: Date): Piece {
  return { kind: "ours", text: formatTime(at, now) };
}

const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** How long something is, in the largest unit that tells it whole: `15 minutes`, `36 hours`, `30 days`. */
export function formatSpan(ms: number): string {
  for (const [unit, length] of units) {
    if (ms >= length && ms % length === 0) return `${ms / length} ${unit}${ms === length ? "" : "s"}`;
  }
  return `${Math.round(ms / 1000)} seconds`;
}

/** `judged against main 9f8e7d6 on 20 Nov 16:13 UTC`: what the base branch was when the words were written. */
export function judgedWords(base: { ref: string; sha: string }, now: Date): Words {
  const name = base.ref === base.sha ? [] : say` ${code(base.ref)}`;
  const sha = base.sha === "" ? [] : say` ${code(base.sha.slice(0, 7))}`;
  return say`judged against${name}${sha} on ${when(now, now)}`;
}

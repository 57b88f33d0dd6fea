/** Moments as people read them: always UTC, always with the date. */

import type { Piece } from "./words.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

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

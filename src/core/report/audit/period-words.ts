/** A period in words. */

import { formatTime, longAgo } from "../times.ts";

export function fullTime(at: Date): string {
  return formatTime(at, longAgo);
}

export function periodWords({ from, to }: { from: Date | null; to: Date | null }): string {
  if (from === null && to === null) return "Everything that was recorded.";
  if (from === null) return `Until ${fullTime(to ?? longAgo)}.`;
  return to === null ? `From ${fullTime(from)} on.` : `From ${fullTime(from)} until ${fullTime(to)}.`;
}

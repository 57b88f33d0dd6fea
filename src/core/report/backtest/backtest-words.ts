/** Words about a replay, for the terminal, the page and JSON alike. Plain text on one line: what others wrote is spelt out where it could steer. */

import type { ComparedChange, Comparison, Difference } from "../../backtest/compare.ts";
import { approvalsOf, differences } from "../../backtest/compare.ts";
import type { FixTie } from "../../backtest/fates.ts";
import type { Share } from "../../backtest/figures.ts";
import type { Answer, Outcome, Seat } from "../../backtest/outcome.ts";
import { count, spoken } from "../telling.ts";
import { oneLine } from "../words.ts";

/** Columns and legends. */
export const answerNames: Record<Answer, string> = {
  opens: "opens by itself",
  released: "released by its reviews",
  waits: "waits for people",
  asks: "asks its author",
  unknown: "cannot be told",
};

export const answerMarks: Record<Answer, "✓" | "●" | "✗" | "◌"> = {
  opens: "✓",
  released: "✓",
  waits: "●",
  asks: "✗",
  unknown: "◌",
};

export const tieWords: Record<FixTie, string> = {
  named: "names it",
  same_lines: "rewrites its lines",
  same_files: "touches the same file",
};

/** `would wait for 1 peer and 1 security_team; would ask for a rollback plan`. */
export function outcomeWords({ answer, seats, asks, unknown }: Outcome): string {
  if (answer === "opens") return "would open by itself";
  if (answer === "released") return "its reviews of then are enough";
  const parts = [
    seats.length > 0 ? `would wait for ${seatsWords(seats)}` : "",
    asks.length > 0 ? `would ask its author for ${list(asks.map(spoken))}` : "",
    unknown.length > 0 ? `depends on ${list(unknown)}, which the history does not tell` : "",
  ];
  return oneLine(parts.filter((part) => part !== "").join("; "));
}

/** `1 peer and 2 senior_developer`. */
export function seatsWords(seats: readonly Seat[]): string {
  return list(
    seats.map(({ roles, count: amount }) => `${amount} ${roles.length === 0 ? "person" : roles.join(" or ")}`),
  );
}

const differenceNames: Record<Difference, [one: string, many: string]> = {
  opens_now: ["change would open that was held", "changes would open that were held"],
  fewer_people: ["needs fewer people", "need fewer people"],
  less_asked: ["asks its author for less", "ask their author for less"],
  other_people: ["needs other people", "need other people"],
  asked_otherwise: ["asks its author for something else", "ask their author for something else"],
  more_asked: ["asks its author for more", "ask their author for more"],
  more_people: ["needs more people", "need more people"],
  held_now: ["change would be held that opened", "changes would be held that opened"],
  same: ["stays as it is", "stay as they are"],
};

/** `12 need fewer people`, one for each kind that there is. */
export function comparisonWords({ counts }: Comparison): string[] {
  return differences
    .filter((name) => counts[name] > 0)
    .map((name) => `${counts[name]} ${differenceNames[name][counts[name] === 1 ? 0 : 1]}`);
}

/** One change under both policies: `waited for 2 senior_developer, now for 1 peer`. */
export function differenceWords({
  before,
  after,
  difference,
}: Pick<ComparedChange, "before" | "after" | "difference">): string {
  const [old, later] = [outcomeWords(before), outcomeWords(after)];
  if (difference === "same") return later;
  if (difference === "fewer_people" || difference === "more_people") {
    const by = Math.abs(approvalsOf(before.seats) - approvalsOf(after.seats));
    const word = difference === "fewer_people" ? "fewer" : "more";
    return `${by === 0 ? `${word} people` : count(by, `${word} approval`, `${word} approvals`)}: ${old}; now ${later}`;
  }
  return `${old}; now ${later}`;
}

/** `12 of 40 (30 %)`; where there are few, with where the true share may lie: `3 of 8 (38 %, likely 14 to 69 %)`. */
export function shareWords({ count: amount, of, share, interval }: Share): string {
  if (share === null || interval === null) return "none";
  const isFew = of < 100;
  const likely = isFew ? `, likely ${percent(interval[0])} to ${percent(interval[1])} %` : "";
  return `${amount} of ${of} (${percent(share)} %${likely})`;
}

export function percent(share: number): string {
  const value = share * 100;
  if (value === 0 || value === 100) return String(value);
  if (value < 1) return value < 0.1 ? "<0.1" : value.toFixed(1);
  return value > 99 ? ">99" : value.toFixed(0);
}

const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
] as const;

/** About how long: `3.2 d`, `40 min`. */
export function roughSpan(ms: number): string {
  for (const [unit, length] of units) {
    if (ms < length) continue;
    const amount = ms / length;
    return `${amount < 10 && unit !== "min" ? amount.toFixed(1).replace(/\.0$/, "") : Math.round(amount)} ${unit}`;
  }
  return "less than a minute";
}

/** `2026-11-20`. */
export function day(at: Date): string {
  return Number.isNaN(at.getTime()) ? "an unknown day" : at.toISOString().slice(0, 10);
}

function list(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

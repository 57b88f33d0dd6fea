/** A backtest for a terminal: what a maintainer wants to know first, on one screen; the rest is in the page and the JSON. */

import { styleText } from "node:util";
import type { Backtest } from "../../backtest/backtest.ts";
import { isWeaker } from "../../backtest/compare.ts";
import type { Followed, FollowedChange } from "../../backtest/fate-figures.ts";
import type { Share } from "../../backtest/figures.ts";
import { answers } from "../../backtest/outcome.ts";
import type { Summary } from "../../backtest/summarise.ts";
import { type TerminalOptions, wrap } from "../render-terminal.ts";
import { count, spoken } from "../telling.ts";
import { cut, oneLine } from "../words.ts";
import {
  answerMarks,
  answerNames,
  comparisonWords,
  day,
  differenceWords,
  outcomeWords,
  percent,
  roughSpan,
  shareWords,
  tieWords,
} from "./backtest-words.ts";
import { worthLines } from "./worth-words.ts";

/** Rows shown of each list; `--json` and `--html` have them all. */
const rowsMax = 10;

type Style = "bold" | "dim" | "green" | "yellow" | "red";

export function backtestTerminal(backtest: Backtest, options: TerminalOptions): string {
  const paint = (style: Style, text: string) =>
    options.hasColour ? styleText(style, text, { validateStream: false }) : text;
  const { summary, against } = backtest;
  const sections = [
    headLines(backtest, paint),
    answerLines(summary, paint),
    titled("Held by", ruleLines(summary), paint),
    titled("Approvals that would have been needed", roleLines(summary), paint),
    titled(
      "Asked of authors",
      summary.asks.slice(0, rowsMax).map(({ says, count: n }) => `${pad(n)}  ${spoken(says)}`),
      paint,
    ),
    titled(
      "Not told by this history",
      summary.unknown.slice(0, rowsMax).map(({ says, count: n }) => `${pad(n)}  ${oneLine(says)}`),
      paint,
    ),
    titled("How long people took", waitLines(summary), paint),
    titled("Later reverted", followedLines(summary.fates.reverted, "revert", options), paint),
    titled("Later fixed", followedLines(summary.fates.fixed, "fix", options), paint),
    titled("Whether a rule points at what goes wrong", worthLines(summary.fates), paint),
    against === null ? [] : titled(`Against ${oneLine(against.policy)}`, againstLines(against, options), paint),
    titled("Newest changes", newestLines(backtest, options), paint),
    titled("To bear in mind", noteLines(backtest, options), paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

type Paint = (style: Style, text: string) => string;

function titled(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : [paint("bold", title), ...lines.map((line) => `  ${line}`)];
}

function headLines({ repository, branch, policy, summary }: Backtest, paint: Paint): string[] {
  const { from, to, changes, byBots } = summary;
  const time = from && to ? `, ${day(from)} to ${day(to)}` : "";
  const bots = byBots > 0 ? `, ${byBots} of them by automated accounts` : "";
  return [
    paint("bold", oneLine(`${policy}, replayed over ${repository} ${branch}`)),
    `${count(changes, "merged change")}${time}${bots}`,
  ];
}

function answerLines({ answers: counts, changes }: Summary, paint: Paint): string[] {
  const style = { opens: "green", released: "green", waits: "yellow", asks: "red", unknown: "dim" } as const;
  return answers
    .filter((answer) => counts[answer] > 0)
    .map((answer) => {
      const share = counts[answer] / Math.max(1, changes);
      const line = `${answerMarks[answer]} ${answerNames[answer].padEnd(24)}${pad(counts[answer])}  ${bar(share)} ${percent(share)} %`;
      return `  ${paint(style[answer], line)}`;
    });
}

function bar(share: number): string {
  const width = 30;
  const full = Math.min(width, Math.max(share > 0 ? 1 : 0, Math.round(share * width)));
  return "█".repeat(full) + "░".repeat(width - full);
}

function ruleLines({ rules, changes }: Summary): string[] {
  const width = Math.max(0, ...rules.map(({ name }) => name.length));
  return rules.slice(0, rowsMax).map(({ name, kind, line, held, alone }) => {
    const where = line === null ? "" : `, line ${line}`;
    const only = alone > 0 && alone < held.count ? `, ${alone} of them by it alone` : "";
    return `${pad(held.count)}  ${oneLine(name).padEnd(width)}  ${kind}${where}: ${shareOfAll(held, changes)}${only}`;
  });
}

function shareOfAll({ share }: Share, changes: number): string {
  return share === null ? `of ${changes}` : `${percent(share)} % of all`;
}

function roleLines({ roles, people }: Summary): string[] {
  const seats = roles.slice(0, rowsMax).map(({ roles: names, approvals, changes, by }) => {
    const who = names.length === 0 ? "anybody" : oneLine(names.join(" or "));
    return `${pad(approvals)}  ${who}, in ${count(changes, "change")} (${oneLine(by.join(", "))})`;
  });
  if (seats.length === 0) return [];
  const most = people.flatMap((amount, index) =>
    amount > 0 && index > 0 ? [`${amount} with ${index}${index === people.length - 1 ? " or more" : ""}`] : [],
  );
  return [...seats, `People at least, where one may hold several roles: ${most.join(", ")}`];
}

function waitLines({ waits }: Summary): string[] {
  const { held, opened } = waits;
  if (held.known + opened.known === 0) return ["Unknown: this history holds no reviews."];
  const line = (name: string, { known, of, medianMs, p90Ms }: typeof held) =>
    medianMs === null || p90Ms === null
      ? []
      : [
          `${name}: first approval after ${roughSpan(medianMs)} (median), ${roughSpan(p90Ms)} (nine in ten); known of ${known} of ${of}`,
        ];
  return [...line("What it would hold", held), ...line("What it would let through", opened)];
}

function followedLines(
  { all, held, flagged, missed, caught }: Followed,
  what: string,
  { width }: TerminalOptions,
): string[] {
  if (all === 0) return [`No ${what} of these changes was found.`];
  const line = (mark: string, change: FollowedChange) => {
    const tie = change.tie === null ? "" : `, ${tieWords[change.tie]}`;
    const end = ` → ${change.by.id} after ${roughSpan(change.by.afterMs)}${tie}`;
    return oneLine(
      `${mark} ${change.id} ${cut(change.title, Math.max(20, width - end.length - change.id.length - 8))}${end}`,
    );
  };
  const rows = [...missed.map((one) => line("✗", one)), ...caught.map((one) => line("●", one))];
  const rest = rows.length > rowsMax ? [`and ${rows.length - rowsMax} more`] : [];
  return [
    `${count(all, "change")}; somebody would have been asked first: ${shareWords(held)}; a checkpoint would have stopped it: ${shareWords(flagged)}`,
    ...rows.slice(0, rowsMax),
    ...rest,
  ];
}

function againstLines({ comparison }: NonNullable<Backtest["against"]>, { width }: TerminalOptions): string[] {
  const { before, after } = comparison.approvals;
  const weaker = comparison.changes.filter(({ difference }) => isWeaker(difference));
  const stricter = comparison.changes.filter(({ difference }) => !isWeaker(difference) && difference !== "same");
  const shown = [...weaker, ...stricter].slice(0, rowsMax);
  return [
    ...comparisonWords(comparison),
    `approvals asked for in all: ${before} before, ${after} after`,
    ...shown.flatMap((change) => {
      const [first = "", ...rest] = wrap(
        oneLine(`${change.id} ${cut(change.title, 60)}: ${differenceWords(change)}`),
        width - 4,
      );
      return [first, ...rest.map((line) => `  ${line}`)];
    }),
  ];
}

function newestLines({ outcomes }: Backtest, { width }: TerminalOptions): string[] {
  return outcomes
    .slice(-rowsMax)
    .reverse()
    .flatMap((outcome) => {
      const head = `${answerMarks[outcome.answer]} ${outcome.id} ${cut(outcome.title, Math.max(30, width - 16))}`;
      const needed = outcome.answer !== "opens" ? wrap(outcomeWords(outcome), width - 8) : [];
      return [oneLine(head), ...needed.map((line) => `    ${line}`)];
    });
}

function noteLines({ notes, summary }: Backtest, { width }: TerminalOptions): string[] {
  const said = [...notes, ...summary.assumed.map(({ says }) => says)];
  if (summary.fates.recent > 0)
    said.push(`${count(summary.fates.recent, "change")} came so late that a fix may still follow.`);
  return said.flatMap((note) => {
    const [first = "", ...rest] = wrap(oneLine(note), width - 4);
    return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
  });
}

function pad(amount: number): string {
  return String(amount).padStart(5);
}

/** How much a rule is worth, by what went wrong later: said with counts, and carefully where they are few. */

import type { FateFigures, RuleWorth, Went } from "../../backtest/fate-figures.ts";
import { oneLine } from "../words.ts";
import { shareWords } from "./backtest-words.ts";

/** Of fewer than this a share says nothing. */
const fewest = 5;

export function worthLines({ rules, opened, all }: FateFigures): string[] {
  if (all.wrong.count === 0) return [];
  return [
    `of all: ${shareWords(all.wrong)} were reverted or fixed soon`,
    ...(opened.changes >= fewest ? [`of those that would open: ${shareWords(opened.wrong)}`] : []),
    ...rules
      .filter(({ changes }) => changes >= fewest)
      .map((rule) => oneLine(`of those held by ${rule.name}: ${shareWords(rule.wrong)}${judgement(rule, all)}`)),
  ];
}

/** Only where the difference is larger than chance makes it. */
export function judgement({ wrong }: RuleWorth, { wrong: usual }: Went): string {
  if (wrong.interval === null || usual.share === null) return "";
  if (wrong.interval[0] > usual.share) return ", more than usual";
  return wrong.interval[1] < usual.share ? ", less than usual" : "";
}

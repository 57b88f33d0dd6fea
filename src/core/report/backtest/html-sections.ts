/** The parts of the page, one function each; a part that has nothing to say is left out. */

import type { Backtest } from "../../backtest/backtest.ts";
import { differences, isWeaker } from "../../backtest/compare.ts";
import type { Followed, FollowedChange } from "../../backtest/fate-figures.ts";
import type { Summary, WaitFigures } from "../../backtest/summarise.ts";
import { count, spoken } from "../telling.ts";
import { oneLine } from "../words.ts";
import { comparisonWords, day, differenceWords, percent, roughSpan, shareWords, tieWords } from "./backtest-words.ts";
import { type Html, html } from "./html.ts";
import { bars, intervals, legend, shareBar, timeline } from "./html-charts.ts";
import { judgement } from "./worth-words.ts";

/** Rows of a table before the rest is folded away. */
const rowsMax = 12;

export function headSection({ repository, branch, policy, summary, source, against }: Backtest): Html {
  const { from, to, changes, byBots } = summary;
  const time = from && to ? `, ${day(from)} to ${day(to)}` : "";
  const bots = byBots > 0 ? `, ${byBots} of them by automated accounts` : "";
  const where =
    source === "clone" ? "read from a clone, which knows no reviews" : "read from GitHub, with the reviews of then";
  return html`<header><h1>What <code>${oneLine(policy)}</code> would have asked</h1>
<p>${oneLine(repository)}, branch <code>${oneLine(branch)}</code>: ${count(changes, "merged change")}${time}${bots}; ${where}.</p>
${against === null ? "" : html`<p>Compared with <code>${oneLine(against.policy)}</code>.</p>`}</header>`;
}

export function figureSection({ summary, against }: Backtest): Html {
  const { automatic, held, flagged, fates } = summary;
  const was = (share: number | null | undefined) =>
    against === null || share === null || share === undefined ? "" : ` (before: ${percent(share)} %)`;
  const old = against?.summary;
  const cards = [
    card(automatic.share, `would open by themselves${was(old?.automatic.share)}`),
    card(held.share, `would wait for somebody${was(old?.held.share)}`),
    card(flagged.share, `would be stopped by a checkpoint${was(old?.flagged.share)}`),
    html`<div class="card"><b>${fates.reverted.all} + ${fates.fixed.all}</b><span>later reverted, and fixed soon after</span></div>`,
  ];
  return html`<div class="cards">${cards}</div>`;
}

function card(share: number | null, says: string): Html {
  return html`<div class="card"><b>${share === null ? "–" : `${percent(share)} %`}</b><span>${says}</span></div>`;
}

export function answerSection({ summary, source }: Backtest): Html {
  const note =
    source === "clone"
      ? "A change that waits would have needed people to release it. Whether they would have, or did, a clone does not tell."
      : "Reviews are counted as they were given: what they release is told apart from what would still have waited.";
  return html`<h2>What would have happened</h2><p>${note}</p>${shareBar(summary.answers)}${legend(summary.answers)}${timeline(summary.periods)}`;
}

export function ruleSection({ summary }: Backtest): Html {
  const { rules, changes } = summary;
  if (rules.length === 0)
    return html`<h2>What holds</h2><p>No rule of this policy would have held any of these changes.</p>`;
  const rows = rules.map(({ name, kind, line, held, alone }) => ({
    name: `${spoken(name)} (${kind}${line === null ? "" : `, line ${line}`})`,
    value: held.count,
    says: `${held.count}, ${percent(held.count / Math.max(1, changes))} %${alone > 0 && alone < held.count ? `; ${alone} by it alone` : ""}`,
  }));
  return html`<h2>What holds</h2><p>How many changes each rule would have kept waiting; several may hold the same change.</p>${bars(rows, "Changes held, by rule")}`;
}

export function peopleSection({ summary }: Backtest): Html | "" {
  const { roles, people, asks, unknown } = summary;
  if (roles.length === 0 && asks.length === 0 && unknown.length === 0) return "";
  const seats = roles.map(({ roles: names, approvals, changes, by }) => ({
    name: names.length === 0 ? "anybody" : names.join(" or "),
    value: approvals,
    says: `${count(approvals, "approval")} in ${count(changes, "change")}`,
    more: `for ${by.map(spoken).join(", ")}`,
  }));
  const needed = people.map((amount, index) => ({
    name:
      index === 0 ? "nobody" : `${count(index, "person", "people")}${index === people.length - 1 ? " or more" : ""}`,
    value: amount,
    says: count(amount, "change"),
  }));
  const named = (rows: Summary["asks"]) =>
    rows.slice(0, rowsMax).map(({ says, count: n }) => ({ name: spoken(says), value: n, says: count(n, "change") }));
  return html`<h2>Whom it would have asked</h2><p>Approvals that would still have been needed, by the role that could give them.</p>
${bars(seats, "Approvals needed, by role")}
<h3>The fewest people who could release a change</h3>${bars(needed, "Changes, by the number of people needed")}
${asks.length === 0 ? "" : html`<h3>Asked of authors</h3>${bars(named(asks), "Evidence asked for")}`}
${unknown.length === 0 ? "" : html`<h3>What this history does not tell</h3>${bars(named(unknown), "Facts that are not known")}`}`;
}

export function waitSection({ summary }: Backtest): Html {
  const { held, opened } = summary.waits;
  if (held.known + opened.known === 0)
    return html`<h2>How long people took</h2><p>Unknown: this history holds no reviews. With a token, <code>--github owner/name</code> reads them.</p>`;
  const row = (name: string, waits: WaitFigures) =>
    html`<tr><td>${name}</td><td class="n">${waits.known} of ${waits.of}</td><td class="n">${span(waits.firstReviewMedianMs)}</td><td class="n">${span(waits.medianMs)}</td><td class="n">${span(waits.p90Ms)}</td></tr>`;
  return html`<h2>How long people took</h2><p>From ready for review to the first approval, as it was then: what a change that opens by itself would have saved.</p>
<div class="scroll"><table><tr><th>Changes that this policy</th><th>known of</th><th>first review, median</th><th>first approval, median</th><th>nine in ten</th></tr>
${row("holds, or lets its reviewers release", held)}${row("lets through by themselves", opened)}</table></div>`;
}

function span(ms: number | null): string {
  return ms === null ? "–" : roughSpan(ms);
}

export function fateSection({ summary, fixWithinMs }: Backtest): Html {
  const { reverted, fixed, fixedBy, rules, all, opened, recent } = summary.fates;
  const worth = [
    ...(opened.changes > 0 ? [{ name: "would open", share: opened.wrong, says: shareWords(opened.wrong) }] : []),
    ...rules.map((rule) => ({
      name: spoken(rule.name),
      share: rule.wrong,
      says: `${rule.wrong.count} of ${rule.wrong.of}${judgement(rule, all)}`,
    })),
  ];
  const late = recent > 0 ? ` ${count(recent, "change")} came so late that a fix may still follow.` : "";
  const alone =
    fixedBy.same_files > 0
      ? ` ${count(fixedBy.same_files, "change")} only shared a file with a fix and ${fixedBy.same_files === 1 ? "is" : "are"} not counted.`
      : "";
  return html`<h2>What went wrong later</h2>
<p>A revert names what it takes back. A fix counts when it came within ${roughSpan(fixWithinMs)} and names the change, or rewrites lines that the change brought.${alone}${late} Being held is no proof of being caught: a reviewer may have looked, then as now.</p>
${followedPart("Reverted", reverted)}${followedPart("Fixed soon after", fixed)}
${all.wrong.count === 0 ? "" : html`<h3>Whether a rule points at what goes wrong</h3><p class="lead">Of the changes that each rule would have held, how many were reverted or fixed soon; the line shows where the true share lies in 19 of 20 cases.</p>${intervals(worth, all.wrong.share, "Share of changes that went wrong, by rule")}`}`;
}

function followedPart(title: string, followed: Followed): Html {
  if (followed.all === 0) return html`<h3>${title}</h3><p class="lead">None was found.</p>`;
  const rows = [
    ...followed.missed.map((one) => followedRow(one, false)),
    ...followed.caught.map((one) => followedRow(one, true)),
  ];
  return html`<h3>${title}: ${followed.all}</h3><p class="lead">Somebody would have been asked first: ${shareWords(followed.held)}. A checkpoint would have stopped it: ${shareWords(followed.flagged)}.</p>
${folded(rows, html`<tr><th>Change</th><th>Then</th><th>This policy</th></tr>`)}`;
}

function followedRow(change: FollowedChange, isHeld: boolean): Html {
  const { id, title, by, tie, heldBy, isRestored } = change;
  const how = [
    `after ${roughSpan(by.afterMs)}`,
    tie === null ? "" : tieWords[tie],
    isRestored ? "taken back in turn" : "",
  ].filter((text) => text !== "");
  return html`<tr><td>${oneLine(title)}<small>${id}</small></td><td>${oneLine(by.title)}<small>${by.id}, ${how.join(", ")}</small></td><td><span class="mark ${isHeld ? "waits" : "opens"}"></span>${isHeld ? `held by ${heldBy.map(spoken).join(", ")}` : "would have let it through"}</td></tr>`;
}

/** A table whose rows beyond the first dozen are folded away. */
export function folded(rows: readonly Html[], head: Html): Html {
  const table = (some: readonly Html[]) => html`<div class="scroll"><table>${head}${some}</table></div>`;
  if (rows.length <= rowsMax) return table(rows);
  return html`${table(rows.slice(0, rowsMax))}<details><summary>${count(rows.length - rowsMax, "more row")}</summary>${table(rows.slice(rowsMax))}</details>`;
}

export function againstSection({ against }: Backtest): Html | "" {
  if (against === null) return "";
  const { comparison } = against;
  const { before, after } = comparison.approvals;
  const order = (change: (typeof comparison.changes)[number]) => differences.indexOf(change.difference);
  const rows = comparison.changes
    .filter(({ difference }) => difference !== "same")
    .toSorted((a, b) => order(a) - order(b))
    .map(
      (change) =>
        html`<tr><td class="n">${change.id}</td><td>${oneLine(change.title)}</td><td><span class="mark ${isWeaker(change.difference) ? "opens" : "waits"}"></span>${differenceWords(change)}</td></tr>`,
    );
  return html`<h2>Against ${oneLine(against.policy)}</h2><p>${comparisonWords(comparison).join("; ")}. Approvals asked for in all: ${before} before, ${after} after.</p>
${rows.length === 0 ? "" : folded(rows, html`<tr><th>Change</th><th>Title</th><th>Difference</th></tr>`)}`;
}

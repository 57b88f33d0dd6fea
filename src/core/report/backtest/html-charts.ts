/** Charts as SVG, without any script: what a bar stands for is written beside it, and in its tooltip. */

import type { Share } from "../../backtest/figures.ts";
import { type Answer, answers } from "../../backtest/outcome.ts";
import type { Period } from "../../backtest/periods.ts";
import { cut, oneLine } from "../words.ts";
import { answerNames, percent } from "./backtest-words.ts";
import { type Html, html } from "./html.ts";

const width = 960;

/** One bar, split by answer. */
export function shareBar(counts: Record<Answer, number>): Html {
  const all = answers.reduce((sum, answer) => sum + counts[answer], 0);
  let x = 0;
  const parts = answers.map((answer) => {
    const size = all === 0 ? 0 : (counts[answer] / all) * width;
    const part = html`<rect class="${answer}" x="${round(x)}" y="0" width="${round(size)}" height="28"><title>${answerNames[answer]}: ${counts[answer]}</title></rect>`;
    x += size;
    return part;
  });
  return html`<svg viewBox="0 0 ${width} 28" role="img" aria-label="${legendText(counts)}">${parts}</svg>`;
}

export function legend(counts: Record<Answer, number>): Html {
  const all = answers.reduce((sum, answer) => sum + counts[answer], 0);
  const items = answers
    .filter((answer) => counts[answer] > 0)
    .map(
      (answer) =>
        html`<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="${answer}" width="10" height="10" rx="2"/></svg>${answerNames[answer]} <b>${counts[answer]}</b> (${percent(counts[answer] / Math.max(1, all))} %)</li>`,
    );
  return html`<ul class="legend">${items}</ul>`;
}

function legendText(counts: Record<Answer, number>): string {
  return answers.map((answer) => `${counts[answer]} ${answerNames[answer]}`).join(", ");
}

/** How it went over time: a column for each week or month, split by answer. */
export function timeline(periods: readonly Period[]): Html {
  const height = 200;
  const left = 34;
  const most = Math.max(1, ...periods.map(totalOf));
  const step = (width - left) / Math.max(1, periods.length);
  const gap = Math.min(6, step / 5);
  // Names need some 90 units of room each.
  const every = Math.max(1, Math.ceil(90 / step));
  const columns = periods.map((period, index) => {
    const x = left + index * step;
    let y = height;
    const parts = answers.map((answer) => {
      const size = (period.answers[answer] / most) * (height - 12);
      y -= size;
      return html`<rect class="${answer}" x="${round(x + gap / 2)}" y="${round(y)}" width="${round(step - gap)}" height="${round(size)}"/>`;
    });
    const name =
      index % every === 0 && x + 60 < width
        ? html`<text class="soft" x="${round(x + gap / 2)}" y="${height + 16}">${period.name}</text>`
        : null;
    return html`<g><title>${period.name}: ${legendText(period.answers)}</title>${parts}${name ?? ""}</g>`;
  });
  const lines = [most, Math.round(most / 2)].map((value) => {
    const y = round(height - (value / most) * (height - 12));
    return html`<line class="rule" x1="${left}" x2="${width}" y1="${y}" y2="${y}"/><text class="soft" x="${left - 6}" y="${y + 4}" text-anchor="end">${value}</text>`;
  });
  return html`<svg viewBox="0 0 ${width} ${height + 22}" role="img" aria-label="Changes over time, by what the policy would have done">${lines}${columns}</svg>`;
}

function totalOf({ answers: counts }: Period): number {
  return answers.reduce((sum, answer) => sum + counts[answer], 0);
}

export interface BarRow {
  name: string;
  value: number;
  /** Beside the bar; there is room for some forty letters. */
  says: string;
  /** In the tooltip besides. */
  more?: string;
}

/** Bars one below the other, with their names. */
export function bars(rows: readonly BarRow[], label: string): Html {
  const rowHeight = 30;
  const named = 300;
  const most = Math.max(1, ...rows.map(({ value }) => value));
  const room = width - named - 260;
  const lines = rows.map(({ name, value, says, more }, index) => {
    const y = index * rowHeight;
    const size = Math.max(value > 0 ? 2 : 0, (value / most) * room);
    return html`<g><title>${oneLine(name)}: ${says}${more === undefined ? "" : `, ${oneLine(more)}`}</title><text x="0" y="${y + 19}">${cut(oneLine(name), 42)}</text><rect class="track" x="${named}" y="${y + 6}" width="${room}" height="18" rx="3"/><rect class="bar" x="${named}" y="${y + 6}" width="${round(size)}" height="18" rx="3"/><text x="${named + room + 10}" y="${y + 19}">${says}</text></g>`;
  });
  return html`<svg viewBox="0 0 ${width} ${rows.length * rowHeight}" role="img" aria-label="${label}">${lines}</svg>`;
}

/** Shares as dots with the span in which the true share lies, against what is usual. */
export function intervals(
  rows: readonly { name: string; share: Share; says: string }[],
  usual: number | null,
  label: string,
): Html {
  const rowHeight = 30;
  const named = 300;
  const room = width - named - 260;
  const most = Math.min(1, Math.max(0.05, ...rows.map(({ share }) => share.interval?.[1] ?? 0)));
  const at = (share: number) => round(named + (share / most) * room);
  const lines = rows.map(({ name, share, says }, index) => {
    const y = index * rowHeight + 15;
    const [low, high] = share.interval ?? [0, 0];
    return html`<g><title>${oneLine(name)}: ${says}</title><text x="0" y="${y + 4}">${cut(oneLine(name), 42)}</text><line class="whisker" x1="${at(low)}" x2="${at(high)}" y1="${y}" y2="${y}"/><circle class="bar" cx="${at(share.share ?? 0)}" cy="${y}" r="5"/><text x="${named + room + 10}" y="${y + 4}">${says}</text></g>`;
  });
  const end = rows.length * rowHeight;
  const mark =
    usual === null
      ? ""
      : html`<line class="usual" x1="${at(usual)}" x2="${at(usual)}" y1="0" y2="${end}"/><text class="soft" x="${at(usual)}" y="${end + 14}" text-anchor="middle">all: ${percent(usual)} %</text>`;
  return html`<svg viewBox="0 0 ${width} ${end + 20}" role="img" aria-label="${label}">${mark}${lines}</svg>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

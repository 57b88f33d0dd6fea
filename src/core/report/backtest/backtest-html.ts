/** A backtest as one page that needs nothing else: no script, no address, nothing to load. */

import type { Backtest } from "../../backtest/backtest.ts";
import type { Outcome } from "../../backtest/outcome.ts";
import { count } from "../telling.ts";
import { oneLine } from "../words.ts";
import { answerNames, day, outcomeWords } from "./backtest-words.ts";
import { type Html, html, trusted } from "./html.ts";
import {
  againstSection,
  answerSection,
  fateSection,
  figureSection,
  headSection,
  peopleSection,
  ruleSection,
  waitSection,
} from "./html-sections.ts";
import { pageStyle } from "./html-style.ts";

/** Findings shown of one change. */
const findingsMax = 4;

export function backtestHtml(backtest: Backtest): string {
  const { repository, policy } = backtest;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${oneLine(policy)} over ${oneLine(repository)} · Holdpoint</title>
<style>${trusted(pageStyle)}</style>
</head>
<body><main>
${headSection(backtest)}
${figureSection(backtest)}
${againstSection(backtest)}
${answerSection(backtest)}
${ruleSection(backtest)}
${peopleSection(backtest)}
${waitSection(backtest)}
${fateSection(backtest)}
${changeSection(backtest)}
${noteSection(backtest)}
<footer>Written by Holdpoint. It is a look back: what people would have done then, nobody knows.</footer>
</main></body>
</html>
`.html;
}

function changeSection({ outcomes, fates }: Backtest): Html {
  const rows = outcomes.toReversed().map((outcome) => changeRow(outcome, fates.get(outcome.id)));
  return html`<h2>Every change</h2><details><summary>${count(rows.length, "change")}, newest first</summary>
<div class="scroll"><table><tr><th>Merged</th><th>Change</th><th>This policy</th><th>Found</th></tr>${rows}</table></div></details>`;
}

function changeRow(outcome: Outcome, fate: ReturnType<Backtest["fates"]["get"]>): Html {
  const { id, title, author, answer, workflow, heldBy, findings, findingsLeftOut } = outcome;
  const by = heldBy.map(({ name }) => name).join(", ");
  const found = findings
    .slice(0, findingsMax)
    .map(
      ({ what, path, line, strength }) =>
        html`<small>${oneLine(what)}${path === null ? "" : `, ${oneLine(path)}${line === null ? "" : `:${line}`}`} (${strength})</small>`,
    );
  const more = findings.length - found.length + findingsLeftOut;
  const later = [
    fate?.revertedBy ? `reverted by ${fate.revertedBy.id}` : "",
    fate?.fixedBy && fate.fixedBy.tie !== "same_files" ? `fixed by ${fate.fixedBy.id}` : "",
  ].filter((text) => text !== "");
  return html`<tr><td class="n">${day(outcome.mergedAt)}</td><td>${oneLine(title)}<small>${id}, ${oneLine(author)}${later.length > 0 ? `; ${later.join(", ")}` : ""}</small></td>
<td><span class="mark ${answer}" title="${answerNames[answer]}"></span>${outcomeWords(outcome)}<small>${oneLine(by === "" ? workflow : by)}</small></td>
<td>${outcome.risk} risk${found}${more > 0 ? html`<small>and ${more} more</small>` : ""}</td></tr>`;
}

function noteSection({ notes, summary }: Backtest): Html {
  const said = [
    ...notes,
    ...summary.assumed.map(({ says, count: n }) => (n === summary.changes ? says : `${says} (${count(n, "change")})`)),
  ];
  return html`<h2>To bear in mind</h2><ul class="notes">${said.map((note) => html`<li>${oneLine(note)}</li>`)}</ul>`;
}

/** `/docs/rules` and a page for each rule of findings, from the same declarations as `docs/rules/`. */

import { html } from "hono/html";
import { classEffects } from "../core/report/rule-pages/class-effects.ts";
import { type PageBlock, type RulePage, rulePage, rulesByClass } from "../core/report/rule-pages/rule-page.ts";
import { inline } from "./inline.ts";
import type { Html, Page } from "./page.ts";

export const rulesPath = "/docs/rules";

/** @returns the page at an address below `/docs`, where there is one; a rule that is not known has a page that says so */
export function rulePageAt(path: string): Page | null {
  if (path === rulesPath || path === `${rulesPath}/`) return listPage();
  if (!path.startsWith(`${rulesPath}/`)) return null;
  const page = rulePage(path.slice(rulesPath.length + 1).toLowerCase());
  return page === null ? unknownPage() : toPage(page);
}

function listPage(): Page {
  const groups = rulesByClass().map(
    ({ title, ids }) => html`<h2>${title}</h2>
<dl>${ids.map((id) => {
      const page = rulePage(id);
      return html`
<dt><a href="${rulesPath}/${id}"><code>${id}</code></a></dt>
<dd>${inline(page?.title ?? "")}</dd>`;
    })}
</dl>`,
  );
  return {
    title: "Rules of findings",
    body: layout(html`<h1>Rules of findings</h1>
<p>By these Holdpoint finds out what kind of change a pull request is. Each finding names its rule.</p>
${groups}`),
  };
}

function toPage({ id, title, class: name, sections }: RulePage): Page {
  return {
    title: `${id}: ${title}`,
    body: layout(html`<h1><small>${classEffects[name].title}: ${id}</small> ${inline(title)}</h1>
${sections.map(
  ({ heading, blocks }) => html`<h2>${heading}</h2>
${blocks.map(blockOf)}`,
)}`),
  };
}

function blockOf(block: PageBlock): Html {
  if (block.kind === "text") return html`<p>${inline(block.text)}</p>\n`;
  if (block.kind === "list") return html`<ul>${block.items.map((item) => html`<li>${inline(item)}</li>`)}</ul>\n`;
  return html`<pre tabindex="0"><code>${block.text.trimEnd()}</code></pre>\n`;
}

function unknownPage(): Page {
  return {
    status: 404,
    title: "Unknown rule",
    body: layout(html`<h1>There is no such rule</h1>
<p>It may belong to another version of Holdpoint. <a href="${rulesPath}">All rules</a> of this one.</p>`),
  };
}

function layout(content: Html): Html {
  return html`<header><strong>Holdpoint</strong> <a href="${rulesPath}">All rules</a></header>
<main id="content">
${content}
</main>
<footer></footer>`;
}

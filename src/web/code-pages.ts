/** `/docs/codes` and a page for each reason code, from the same table as `docs/codes/`. */

import { html } from "hono/html";
import { groupedCodes, type ToldCode, toldCodes } from "../core/report/code-pages/index.ts";
import { inline } from "./inline.ts";
import type { Html, Page } from "./page.ts";

export const codesPath = "/docs/codes";

/** @returns the page at an address below `/docs`, where there is one; a code that is not known has a page that says so */
export function codePageAt(path: string): Page | null {
  if (path === codesPath || path === `${codesPath}/`) return listPage();
  if (!path.startsWith(`${codesPath}/`)) return null;
  const wanted = path.slice(codesPath.length + 1).toUpperCase();
  const index = toldCodes.findIndex(({ code }) => code === wanted);
  const told = toldCodes[index];
  return told === undefined ? unknownPage() : codePage(told, toldCodes[index - 1], toldCodes[index + 1]);
}

function listPage(): Page {
  const groups = groupedCodes().map(
    ({ title, codes }) => html`<h2>${title}</h2>
<dl>${codes.map(
      ({ code, title, fix }) => html`
<dt><a href="${codesPath}/${code}"><code>${code}</code></a> ${inline(title)}</dt>
<dd>${inline(fix === "" ? "Nothing to do." : fix)}</dd>`,
    )}
</dl>`,
  );
  return {
    title: "Reason codes",
    body: layout(html`<h1>Reason codes</h1>
<p>Every verdict and every mistake in a policy bears codes that stay the same from version to version.</p>
${groups}`),
  };
}

function codePage({ code, title, means, fix, who, example }: ToldCode, before?: ToldCode, after?: ToldCode): Page {
  const heading = example?.language === "yaml" ? "In the policy, for example" : "For example";
  return {
    title: `${code}: ${title}`,
    body: layout(
      html`<h1><small>${code}</small> ${inline(title)}</h1>
<h2>What it means</h2>
<p>${inline(means)}</p>
<h2>What to do</h2>
<p>${inline(fix === "" ? "Nothing: this needs no one to act." : fix)}</p>
${who === "" ? "" : html`<h2>Who can</h2>\n<p>${inline(who)}</p>`}
${example === undefined ? "" : html`<h2>${heading}</h2>\n<pre tabindex="0"><code>${example.text.trimEnd()}</code></pre>`}`,
      html`<span>${before === undefined ? "" : codeLink(before, "Before")}</span>
<span>${after === undefined ? "" : codeLink(after, "Next")}</span>`,
    ),
  };
}

function unknownPage(): Page {
  return {
    status: 404,
    title: "Unknown reason code",
    body: layout(html`<h1>There is no such reason code</h1>
<p>It may belong to another version of Holdpoint. <a href="${codesPath}">All reason codes</a> of this one.</p>`),
  };
}

function layout(content: Html, foot: Html = html``): Html {
  return html`<header><strong>Holdpoint</strong> <a href="${codesPath}">All reason codes</a></header>
<main id="content">
${content}
</main>
<footer>${foot}</footer>`;
}

function codeLink({ code, title }: ToldCode, word: string): Html {
  return html`${word}: <a href="${codesPath}/${code}">${code}, ${title}</a>`;
}

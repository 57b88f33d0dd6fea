/** Pages for people: HTML written on the server, without any script, in one plain style. */

import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { html, raw } from "hono/html";

/** What a template makes: text that is escaped already. */
export type Html = ReturnType<typeof html>;

export interface Page {
  title: string;
  body: Html;
  /** Another status than 200. */
  status?: number;
}

const style = `
:root { color-scheme: light dark; --ink: #1f2328; --soft: #57606a; --line: #d0d7de; --paper: #fff; --shade: #f6f8fa; --link: #0550ae; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9da7b1; --line: #30363d; --paper: #0d1117; --shade: #161b22; --link: #79b8ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 44rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; display: flex; gap: 1rem; flex-wrap: wrap; font-size: .9375rem; }
header strong { margin-right: auto; }
main { padding-top: 1rem; padding-bottom: 2rem; }
footer { border-top: 1px solid var(--line); padding-top: 1rem; padding-bottom: 2rem; color: var(--soft); font-size: .9375rem; display: flex; gap: 1rem; justify-content: space-between; flex-wrap: wrap; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 1rem 0 .5rem; }
h1 small { display: block; font: 600 1rem/1.6 ui-monospace, monospace; color: var(--soft); }
h2 { font-size: 1.125rem; margin: 1.75rem 0 .25rem; }
p { margin: .5rem 0; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; background: var(--shade); border-radius: 4px; }
code { padding: .1em .3em; }
pre { padding: .9rem 1rem; border: 1px solid var(--line); overflow-x: auto; overflow-wrap: normal; }
pre code { padding: 0; background: none; font-size: 1em; }
dl { margin: .5rem 0; }
dt { margin-top: .5rem; }
dd { margin: 0 0 .5rem; color: var(--soft); }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; }
`;

const styleHash = createHash("sha256").update(style).digest("base64");

/** Nothing is loaded, run, framed or sent from a page; the one style is named by its digest. */
const headers = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
};

export async function answerPage(response: ServerResponse, { title, body, status = 200 }: Page): Promise<void> {
  const text = String(
    await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Holdpoint</title>
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${body}
</body>
</html>
`,
  );
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(text) }).end(text);
}

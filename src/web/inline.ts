/** Sentences of ours, with names in back-ticks, on a page. */

import { html } from "hono/html";
import type { Html } from "./page.ts";

export function inline(text: string): Html {
  return html`${text.split("`").map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : piece))}`;
}

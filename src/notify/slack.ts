/** Slack's incoming webhooks. @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */

import { type Line, readBody, type Span } from "../core/notifications/body-text.ts";
import { contextOf, noteOf } from "../core/notifications/message-words.ts";
import { cut, oneLine } from "../core/report/words.ts";
import type { OutgoingMessage } from "../handlers/messages-port.ts";
import type { Channel } from "./channel.ts";

/** Slack's limits: a header of 150 characters, a section of 3,000, 50 blocks. */
const headerMax = 150;
const sectionMax = 2_900;
const sectionsMax = 10;

export const sendToSlack: Channel = (outgoing, { postToSecret }) => postToSecret(renderSlack(outgoing));

export function renderSlack({ message, notes }: OutgoingMessage): object {
  const title = oneLine(message.title);
  const link = message.url === null ? [] : [`<${escapeUrl(message.url)}|Read on>`];
  const context = [escapeText(contextOf(message)), ...link].join(" · ");
  return {
    text: escapeText(cut(`${title} (${contextOf(message)})`, sectionMax)), // in notifications, where blocks are not shown
    parse: "none",
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: "header", text: { type: "plain_text", text: cut(title, headerMax), emoji: false } },
      ...sections(readBody(message.body)).map((text) => ({ type: "section", text: mrkdwn(text) })),
      ...notes.map((note) => ({ type: "context", elements: [mrkdwn(escapeText(cut(noteOf(note), sectionMax)))] })),
      { type: "context", elements: [mrkdwn(context)] },
    ],
  };
}

/** `verbatim`: addresses and names in the text are not made into links and mentions. */
function mrkdwn(text: string): object {
  return { type: "mrkdwn", text, verbatim: true };
}

/** Lines together, as many as fit; what is beyond all sections is left to the link. */
function sections(lines: readonly Line[]): string[] {
  const texts = [""];
  for (const line of lines) {
    const text = renderLine(line);
    const last = texts.at(-1) ?? "";
    if (last.length + text.length + 1 <= sectionMax) texts[texts.length - 1] = last === "" ? text : `${last}\n${text}`;
    else texts.push(text);
  }
  const shown = texts.filter((text) => text.trim() !== "");
  if (shown.length <= sectionsMax) return shown;
  return [...shown.slice(0, sectionsMax), "…"];
}

function renderLine({ kind, spans }: Line): string {
  const text = shorten(spans)
    .map((span) => renderSpan(kind === "code" ? { ...span, isCode: true } : span))
    .join("");
  if (kind === "heading") return `*${text}*`;
  return kind === "item" ? `• ${text}` : text;
}

/** A line that is longer than a section is cut before it is escaped, so that no escape is cut in two. */
function shorten(spans: readonly Span[]): Span[] {
  let left = 500;
  return spans.flatMap((span) => {
    const text = left > 0 ? cut(span.text, left) : "";
    left -= span.text.length;
    return text === "" ? [] : [{ ...span, text }];
  });
}

function renderSpan({ text, isBold, isCode, href }: Span): string {
  const inner = isCode ? `\`${escapeMarks(oneLine(text)).replaceAll("`", "'")}\`` : escapeText(text);
  const linked = href === undefined ? inner : `<${escapeUrl(href)}|${inner}>`;
  return isBold && text.trim() !== "" ? `*${linked}*` : linked;
}

/** Text that neither mentions (`<!channel>`, `<@U1>`) nor links nor formats. */
function escapeText(text: string): string {
  return escapeMarks(oneLine(text))
    .replace(/[*~`]|(?<![a-z0-9])_|_(?![a-z0-9])/gi, (mark) => `\u200b${mark}`)
    .replace(/:(?=[\w+-]+:)/g, ":\u200b"); // emoji by name
}

/** @see https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escapeMarks(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function escapeUrl(url: string): string {
  return escapeMarks(URL.canParse(url) ? new URL(url).href : "").replaceAll("|", "%7C");
}

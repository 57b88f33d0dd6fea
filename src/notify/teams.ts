/** Webhooks of Teams' Workflows, which take Adaptive Cards. @see https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook */

import { type Line, readBody, type Span } from "../core/notifications/body-text.ts";
import { contextOf, noteOf } from "../core/notifications/message-words.ts";
import { cut, oneLine } from "../core/report/words.ts";
import type { OutgoingMessage } from "../handlers/messages-port.ts";
import type { Channel } from "./channel.ts";

/** Teams takes 28 KB in all. */
const linesMax = 60;
const lineMax = 300;

export const sendToTeams: Channel = (outgoing, { postToSecret }) => postToSecret(renderTeams(outgoing));

/** Text runs are shown as they are; in a text block, other people's words could format and link. */
export function renderTeams({ message, notes }: OutgoingMessage): object {
  const lines = readBody(message.body);
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body: [
      richText([{ text: oneLine(message.title), size: "Large", weight: "Bolder" }]),
      richText([{ text: contextOf(message), isSubtle: true }]),
      ...shorten(lines).map(renderLine),
      ...notes.map((note) => richText([{ text: noteOf(note), italic: true }])),
    ],
    actions: message.url === null ? [] : [{ type: "Action.OpenUrl", title: "Read on", url: message.url }],
  };
  const attachment = { contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content };
  return { type: "message", attachments: [attachment] };
}

function renderLine({ kind, spans }: Line): object {
  const runs = spans.map((span) => renderSpan(span, kind));
  return richText(kind === "item" ? [{ text: "• " }, ...runs] : runs);
}

function renderSpan({ text, isBold, isCode, href }: Span, kind: Line["kind"]): Record<string, unknown> {
  return {
    text: cut(oneLine(text), lineMax),
    ...(isBold || kind === "heading" ? { weight: "Bolder" } : {}),
    ...(isCode || kind === "code" ? { fontType: "Monospace" } : {}),
    ...(href === undefined ? {} : { selectAction: { type: "Action.OpenUrl", url: href } }),
  };
}

function richText(runs: Record<string, unknown>[]): object {
  return { type: "RichTextBlock", inlines: runs.map((run) => ({ type: "TextRun", ...run })) };
}

function shorten(lines: readonly Line[]): Line[] {
  const shown = lines.filter(({ spans }) => spans.some(({ text }) => text.trim() !== ""));
  if (shown.length <= linesMax) return shown;
  return [...shown.slice(0, linesMax), { kind: "text", spans: [{ text: `${shown.length - linesMax} more lines` }] }];
}

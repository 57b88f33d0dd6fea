/** The words around a message that every channel shares. */

import { codeSpan, escapeMarkdown, toMarkdown } from "../report/markdown.ts";
import { join, oneLine, say, type Words } from "../report/words.ts";
import { type Line, readBody } from "./body-text.ts";
import type { PassedOver } from "./delivery.ts";
import type { Message } from "./message.ts";

/** GitHub takes 65,536 characters. */
const commentBodyMax = 60_000;

/** `Critical · acme/api#42 · for technical_lead` */
export function contextOf({ severity, owner, name, about, roles }: Message): string {
  const where = about === null ? `${owner}/${name}` : `${owner}/${name}#${about.number}`;
  const parts = [`${severity.slice(0, 1).toUpperCase()}${severity.slice(1)}`, where];
  if (roles.length > 0) parts.push(`for ${roles.join(", ")}`);
  return oneLine(parts.join(" · "));
}

/** What readers are told of the channels before theirs. */
export function noteOf({ channel, reason }: PassedOver): string {
  return oneLine(`The channel ${channel} did not take this message (${reason}), so it is told here.`);
}

/** As plain text, for mail and pagers. */
export function plainBody(message: Message): string {
  return readBody(message.body).map(plainLine).join("\n");
}

function plainLine({ kind, spans }: Line): string {
  const text = spans
    .map(({ text, href }) => (href === undefined || href === text ? text : `${text} (${href})`))
    .join("");
  if (kind === "item") return `- ${text}`;
  return kind === "code" ? `    ${text}` : text;
}

/** @param marker by which the comment is found again among our own */
export function renderComment(message: Message, notes: readonly PassedOver[], marker: string): string {
  const people = message.people
    .filter(({ kind }) => kind === "user")
    .map(({ login }): Words => [{ kind: "person", login, isBot: false }]);
  const parts = [
    `**${escapeMarkdown(message.title)}**`,
    message.body.length > commentBodyMax
      ? `${message.body.slice(0, message.body.lastIndexOf("\n", commentBodyMax))}\n\n…`
      : message.body,
    ...(message.url === null ? [] : [toMarkdown([{ kind: "link", words: say`Read on`, href: message.url }])]),
    ...notes.map(
      ({ channel, reason }) =>
        `<sub>The channel ${codeSpan(channel)} did not take this message (${escapeMarkdown(reason)}), so it is told here.</sub>`,
    ),
    ...(people.length > 0 ? [`For ${toMarkdown(join(people, ", "))}.`] : []),
    marker,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

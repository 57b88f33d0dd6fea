/** The day's summary: what was told in a repository and did not have to be heard of at once. */

import { toMarkdown } from "../report/markdown.ts";
import { formatTime, when } from "../report/times.ts";
import { joinList, link, say, strong } from "../report/words.ts";
import { severities } from "../severity.ts";
import type { Message } from "./message.ts";

/** Shown one by one; the rest is counted. A mail or a chat that goes on for pages is read by nobody. */
const shownMax = 200;

/**
 * @param key of the summary; equal ones are told once
 * @param messages at least one
 */
export function composeDigest(key: string, messages: readonly Message[], now: Date): Message {
  const [{ installationId, repositoryId, owner, name }] = messages as [Message, ...Message[]];
  const sorted = [...messages].sort(
    (a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity) || a.at.getTime() - b.at.getTime(),
  );
  const lines = sorted.slice(0, shownMax).map((message) => `- ${toMarkdown(lineOf(message, now))}`);
  const more = sorted.length - lines.length;
  if (more > 0) lines.push("", `… and ${more} more`);
  const counted = messages.length === 1 ? "1 message" : `${messages.length} messages`;
  return {
    key,
    installationId,
    repositoryId,
    owner,
    name,
    severity: "low", // a summary wakes nobody
    roles: [],
    channels: [],
    title: `${counted} for ${owner}/${name} until ${formatTime(now, now)}`,
    body: lines.join("\n"),
    url: null,
    about: null,
    people: [],
    at: now,
  };
}

function lineOf({ severity, title, url, roles, at }: Message, now: Date) {
  const whom = roles.length > 0 ? say`, for ${joinList(roles.map((role) => say`${role}`))}` : [];
  return say`${strong([{ kind: "ours", text: severity }])}: ${link(say`${title}`, url)}${whom} (${when(at, now)})`;
}

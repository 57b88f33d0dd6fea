/** Messages about an escalation, for the channels: short, and mentioning nobody. */

import type { EscalationStep } from "../escalation/escalation-state.ts";
import { type Level, lastLevel } from "../escalation/levels.ts";
import type { Stuck } from "../escalation/stuck.ts";
import type { Verdict } from "../gate/verdict.ts";
import type { Message } from "../notifications/message.ts";
import { fastestWayWords } from "./fastest-way-words.ts";
import type { LedgerEntry } from "./ledger-hash.ts";
import { toMarkdown } from "./markdown.ts";
import { quietWords } from "./quiet-words.ts";
import { spoken, type Telling } from "./telling.ts";
import { when } from "./times.ts";
import { code, say, toPlain, type Words } from "./words.ts";

/** What the words of a level are made from. */
export interface EscalationTold {
  stuck: Stuck;
  level: Level;
  reachedAt: Date;
  nextLevel: string;
  nextAt: Date;
  /** The level's, with what came of them. */
  steps: readonly EscalationStep[];
  /** Of a pull request that was judged. */
  review: { verdict: Verdict; telling: Telling } | null;
  /** Required checks that failed. */
  failed: { name: string }[];
  /** The ledger's entries about it, oldest first; empty where nothing asks for them. */
  history: readonly LedgerEntry[];
  url: string;
  now: Date;
}

/** `security_review is overdue since 20 Nov 14:00 UTC`. */
export function stuckWords({ stuck, now }: Pick<EscalationTold, "stuck" | "now">): Words {
  return stuck.kind === "failed_checks"
    ? say`${stuck.what} failed on ${when(stuck.since, now)}`
    : say`${stuck.what} is overdue since ${when(stuck.since, now)}`;
}

/** `level_3 (expert attention)`. */
export function levelWords({ name, scope }: Pick<Level, "name" | "scope">): Words {
  return scope === null ? say`${name}` : say`${name} (${spoken(scope)})`;
}

/** `level_4 follows on 20 Nov 18:00 UTC`. */
export function nextWords({ nextLevel, nextAt, now }: Pick<EscalationTold, "nextLevel" | "nextAt" | "now">): Words {
  return nextLevel === lastLevel
    ? say`From ${when(nextAt, now)} on, there is a reminder a day until it is settled.`
    : say`Unless it is settled or answered, ${nextLevel} follows on ${when(nextAt, now)}.`;
}

export function messageKey(key: string, level: string, action: string): string {
  return `${key}:${level}:${action}`;
}

/** @param action in whose name it is told: each tells once for a level */
export function levelMessage(told: EscalationTold, action: string): Message {
  const { stuck, level, review } = told;
  const fastest = review === null ? [] : fastestWayWords(review.verdict, review.telling);
  const lines = [
    say`${stuckWords(told)}. Escalated to ${levelWords(level)}.`,
    ...(fastest.length > 0 ? [fastest] : []),
    say`${nextWords(told)} Answer there with ${code("/holdpoint ack")}, ${code("/holdpoint snooze")} or ${code("/holdpoint hand-over")}.`,
  ];
  return messageOf(told, {
    key: messageKey(stuck.key, level.name, action),
    severity: level.severity,
    title: toPlain(say`${place(stuck)}: ${headline(stuck)} (${level.name})`),
    body: paragraphs(lines),
  });
}

/** For those outside who are called. */
export function pagedMessage(told: EscalationTold): Message {
  return { ...levelMessage(told, "external_support"), severity: "critical" };
}

/** One a day, once every level was reached. @param count from 1 */
export function reminderMessage(told: EscalationTold, count: number): Message {
  const { stuck } = told;
  const lines = [
    say`${stuckWords(told)}. Every level was told; this is reminder ${count}, one a day until it is settled.`,
    say`${code("/holdpoint snooze 3d <reason>")} puts the next one off.`,
  ];
  return messageOf(told, {
    key: `${stuck.key}:${lastLevel}:${count}`,
    severity: "high",
    title: toPlain(say`${place(stuck)}: ${headline(stuck)}, reminder ${count}`),
    body: paragraphs(lines),
  });
}

/** For the person whose it is now. @param comment that handed it over */
export function handedOverMessage(
  told: Pick<EscalationTold, "stuck" | "level" | "now" | "url">,
  login: string,
  comment: { id: number; user: { login: string } },
): Message {
  const { stuck, level } = told;
  return messageOf(told, {
    key: `${stuck.key}:handed_over:${comment.id}`,
    severity: level.severity,
    title: toPlain(say`${place(stuck)}: ${stuck.what} is handed over to ${login}`),
    body: paragraphs([say`${comment.user.login} handed it over. ${stuckWords(told)}.`]),
  });
}

/** Puts an end to what a pager was told. */
export function settledMessage(
  stuck: Stuck,
  { resolves, closedAt, now, url }: { resolves: string; closedAt: Date; now: Date; url: string },
): Message {
  const message = messageOf(
    { stuck, now, url },
    {
      key: `${resolves}:settled:${closedAt.getTime()}`,
      severity: "low",
      title: toPlain(say`${place(stuck)}: ${stuck.what} is settled`),
      body: paragraphs([say`${stuck.what} is no longer stuck since ${when(closedAt, now)}.`]),
    },
  );
  return { ...message, resolves };
}

export function headline({ kind, what }: Stuck): Words {
  return kind === "failed_checks" ? say`${what} failed` : say`${what} is overdue`;
}

function place({ repository: { owner, name }, number }: Stuck): Words {
  return number > 0 ? say`${owner}/${name}#${number}` : say`${owner}/${name}`;
}

function paragraphs(lines: readonly Words[]): string {
  return lines.map((words) => toMarkdown(quietWords(words))).join("\n\n");
}

function messageOf(
  { stuck, now, url }: Pick<EscalationTold, "stuck" | "now" | "url">,
  words: Pick<Message, "key" | "severity" | "title" | "body">,
): Message {
  const { installationId, repositoryId, owner, name } = stuck.repository;
  const isThere = stuck.number > 0;
  return {
    ...words,
    installationId,
    repositoryId,
    owner,
    name,
    roles: [],
    channels: [],
    url: isThere ? url : null,
    about: isThere ? { number: stuck.number } : null,
    people: [],
    at: now,
  };
}

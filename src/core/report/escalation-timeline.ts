/** The story of a pull request or issue: what the ledger kept, and what GitHub tells. */

import type { Snapshot } from "../snapshot.ts";
import type { EscalationTold } from "./escalation-message.ts";
import type { Json, LedgerEntry } from "./ledger-hash.ts";
import { personPiece, spoken } from "./telling.ts";
import { when } from "./times.ts";
import { say, type Words } from "./words.ts";

interface Moment {
  at: Date;
  words: Words;
}

/** The newest; who reads more reads the ledger. */
const momentsMax = 40;

/** Oldest first; what happened several times in a row is one line. */
export function timelineLines({ history, review, now }: Pick<EscalationTold, "history" | "review" | "now">): Words[] {
  const moments = [
    ...history.flatMap(ledgerMoment),
    ...(review === null ? [] : githubMoments(review.telling.snapshot)),
  ];
  const sorted = moments.sort((a, b) => a.at.getTime() - b.at.getTime()).slice(-momentsMax);
  return sorted.map(({ at, words }) => say`${when(at, now)}: ${words}`);
}

function githubMoments({ createdAt, author, commits, reviews, labels }: Snapshot): Moment[] {
  const opened = createdAt === null ? [] : [{ at: createdAt, words: say`opened by ${personPiece(author)}` }];
  const pushed = commits.flatMap(({ pushedAt, sha }) =>
    pushedAt === null ? [] : [{ at: pushedAt, words: say`commit ${sha.slice(0, 7)} was pushed` }],
  );
  const given = reviews.map(({ user, state, submittedAt }) => ({
    at: submittedAt,
    words: say`review of ${personPiece(user)}: ${spoken(state)}`,
  }));
  const put = labels.flatMap(({ name, addedAt, addedBy }) =>
    addedAt === null || addedBy === null
      ? []
      : [{ at: addedAt, words: say`label ${name} put on by ${personPiece(addedBy)}` }],
  );
  return [...opened, ...pushed, ...given, ...put];
}

const kinds: Readonly<Record<string, (data: { [key: string]: Json }) => Words | null>> = {
  verdict: (data) => say`the check said: ${text(data.summary)}`,
  escalation_started: (data) => say`${text(data.what)} began to be escalated`,
  escalation_resumed: (data) => say`${text(data.what)} was stuck again`,
  escalation_settled: (data) => say`${text(data.what)} was settled`,
  escalation_level: (data) => say`${text(data.what)} reached ${text(data.level)}`,
  escalation_step: () => null,
  escalation_acknowledged: (data) => say`acknowledged by ${text(data.by)}${reason(data.note)}`,
  escalation_snoozed: (data) => say`put off by ${text(data.by)}${reason(data.reason)}`,
  escalation_handed_over: (data) => say`handed over to ${text(data.to)} by ${text(data.by)}${reason(data.note)}`,
  escalation_raised: (data) => say`${text(data.by)} asked for the next level`,
};

function ledgerMoment({ at, kind, data }: LedgerEntry): Moment[] {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return [];
  const words = Object.hasOwn(kinds, kind) ? kinds[kind]?.(data) : say`${spoken(kind)}`;
  return words == null ? [] : [{ at, words }];
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function reason(value: Json | undefined): Words {
  return typeof value === "string" && value !== "" ? say`: ${value}` : [];
}

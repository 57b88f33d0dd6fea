/** Versions and rounds of a review as Markdown: the answer to `/holdpoint rounds`. */

import type { RoundView, SessionView, VersionView } from "../rounds/session-view.ts";
import { escapeMarkdown } from "./markdown.ts";
import { count } from "./telling.ts";
import { formatTime } from "./times.ts";
import { cut } from "./words.ts";

/** So many versions and rounds are shown, the newest. */
const shownMax = 25;
const asksMax = 10;
const excerptMax = 120;

const stateWords: Readonly<Record<SessionView["state"], string>> = {
  drafting: "a draft",
  evaluating: "waiting for checks",
  awaiting_review: "waiting for a review",
  revising: "being revised",
  approved: "approved",
  bypassed: "let through by a bypass",
  abandoned: "abandoned: nothing has happened for long, and whatever happens revives it",
  closed: "closed",
  error: "held: something could not be read",
};

export function renderRounds(view: SessionView, now: Date): string {
  const versions = view.versions.slice(-shownMax);
  const rounds = view.rounds.filter(({ asks }) => asks.length > 0).slice(-shownMax);
  const paragraphs = [
    `The review is ${stateWords[view.state]}, since ${formatTime(view.stateSince, now)}. ${count(view.roundsEnded, "round")} so far, ${count(view.versions.length, "version")} kept.`,
    view.putAside === null
      ? null
      : `${escapeMarkdown(view.putAside.by.login)} put it aside until ${formatTime(view.putAside.until, now)}.`,
    view.recoveredAt === null
      ? null
      : `What was remembered of this review was damaged and was recovered from GitHub on ${formatTime(view.recoveredAt, now)}: earlier versions may be missing.`,
    versionTable(versions, now),
    rounds.length === 0 ? null : `What was asked:\n\n${rounds.map(roundItem).join("\n")}`,
  ];
  return paragraphs.filter((paragraph) => paragraph !== null).join("\n\n");
}

function versionTable(versions: readonly VersionView[], now: Date): string {
  const rows = versions.map((version) => {
    const { number, headSha, at, checks, approvals, openThreads, asks } = version;
    const total = checks.passed + checks.failed + checks.pending;
    const cells = [
      `v${number}`,
      `\`${headSha.slice(0, 7)}\``,
      formatTime(at, now),
      `${version.quality.toFixed(2)} ${version.grade}${marks(version)}`,
      total === 0 ? "none" : `${checks.passed} of ${total} passed`,
      `${approvals.counting}${approvals.dropped > 0 ? ` (${approvals.dropped} dropped)` : ""}`,
      Object.values(version.findings).reduce((sum, found) => sum + found, 0),
      openThreads ?? "unknown",
      asks.length,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| version | head | pushed | quality | checks | approvals | findings | open threads | asked |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function marks({ isPresent, isBest }: VersionView): string {
  const said = [isPresent ? "present" : null, isBest ? "best" : null].filter((mark) => mark !== null);
  return said.length === 0 ? "" : `, ${said.join(", ")}`;
}

function roundItem({ number, endedAt, asks }: RoundView): string {
  const lines = asks.slice(0, asksMax).map(({ person, excerpt, version }) => {
    const on = version === null ? "" : ` on v${version}`;
    const words = excerpt === "" ? "requested changes" : escapeMarkdown(cut(excerpt, excerptMax));
    return `  - ${escapeMarkdown(person.login)}${on}: ${words}`;
  });
  const more = asks.length > asksMax ? [`  - and ${asks.length - asksMax} more`] : [];
  return [`- Round ${number}${endedAt === null ? ", now" : ""}:`, ...lines, ...more].join("\n");
}

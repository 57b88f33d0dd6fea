/** What the review loop says on its own: ways out after many rounds, and reminders. */

import type { LoopEffect } from "../rounds/advance-session.ts";
import type { Person } from "../snapshot.ts";
import { toMarkdown } from "./markdown.ts";
import { count, personPiece } from "./telling.ts";
import { formatTime } from "./times.ts";
import { joinList, say, type Words } from "./words.ts";

type Of<Kind extends LoopEffect["kind"]> = Extract<LoopEffect, { kind: Kind }>;

/** By which the comment of an effect is found again: whether it was written, or to be rewritten. */
export function loopMarker(effect: LoopEffect): string {
  switch (effect.kind) {
    case "offer_ways_out":
      return "<!-- holdpoint rounds -->";
    case "remind_reviewers":
      return `<!-- holdpoint reminder ${effect.waitId} -->`;
    case "remind_author":
      return `<!-- holdpoint due ${effect.until.toISOString()} -->`;
  }
}

export function renderLoopComment(effect: LoopEffect, now: Date): string {
  return `${bodyOf(effect, now)}\n\n${loopMarker(effect)}\n`;
}

function bodyOf(effect: LoopEffect, now: Date): string {
  switch (effect.kind) {
    case "offer_ways_out":
      return offer(effect);
    case "remind_reviewers":
      return toMarkdown(reminder(effect));
    case "remind_author":
      return toMarkdown(due(effect, now));
  }
}

function offer({ roundsEnded, best }: Of<"offer_ways_out">): string {
  const back =
    best === null
      ? []
      : [
          `- \`/holdpoint restore v${best.number}\` prepares a branch with v${best.number}, the best version so far (${best.quality.toFixed(2)} of 1)`,
        ];
  const ways = [
    "- `/holdpoint split` proposes how to split this change",
    "- `/holdpoint pair @login` asks somebody to look at it together with the author",
    "- `/holdpoint escalate` asks an expert who was not asked yet",
    ...back,
    "- `/holdpoint schedule 3d` puts it aside until then",
    "- `/holdpoint continue` goes on as before",
  ];
  return `This change went through ${count(roundsEnded, "round")} of review. If it helps, there are other ways on:

${ways.join("\n")}

\`/holdpoint rounds\` shows every version and what was asked of it. The author and anyone with triage permission can give these commands.`;
}

/** Who was asked by request is mentioned; others are named without a mention. */
function reminder({ asked, couldRelease, waitedMs }: Of<"remind_reviewers">): Words {
  const hours = Math.floor(waitedMs / 3_600_000);
  const since = hours < 1 ? "a while" : count(hours, "hour");
  if (asked.length > 0) {
    const people = joinList(
      asked.map((person) => [personPiece(person)]),
      "and",
      15,
    );
    return say`This change has been waiting for a review for ${ours(since)}. Asked for it: ${people}.`;
  }
  if (couldRelease.length > 0) {
    return say`This change has been waiting for a review for ${ours(since)}. It could be released by ${joinList(couldRelease.map(named))}.`;
  }
  return say`This change has been waiting for a review for ${ours(since)}. Nobody was asked yet; the check says who can release it.`;
}

function due({ until, author }: Of<"remind_author">, now: Date): Words {
  return say`This change was put aside until ${ours(formatTime(until, now))}, which is now: ${author.login}, it is yours again.`;
}

function named({ login }: Pick<Person, "login">): Words {
  return say`${login}`;
}

function ours(text: string): Words {
  return [{ kind: "ours", text }];
}

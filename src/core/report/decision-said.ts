/** What people said while a change was decided: reviews with their first line, and the commands that decide something. */

import { parseCommands } from "../gate/commands/parse-command.ts";
import { spokenLines } from "../gate/commands/spoken-lines.ts";
import type { Review, Snapshot } from "../snapshot.ts";
import { when } from "./times.ts";
import { code, say, type Words } from "./words.ts";

/** Commands that only ask something of Holdpoint are no part of a decision. */
const deciding = ["attest", "evidence", "conditions", "decide", "hold", "unhold", "overrule", "bypass"];

const reviewWords: Record<Review["state"], string> = {
  approved: "approved",
  changes_requested: "asked for changes",
  commented: "reviewed",
  dismissed: "gave a review that was dismissed",
};

/** Oldest first. */
export function saidLines({ reviews, comments }: Pick<Snapshot, "reviews" | "comments">, now: Date): Words[] {
  const said: { at: Date; words: Words }[] = [];
  for (const { user, state, submittedAt: at, body, isEdited } of reviews) {
    const [first] = spokenLines(body).filter((text) => !text.toLowerCase().startsWith("/holdpoint"));
    const reason = first === undefined ? [] : say`: ${first}`;
    if (state === "commented" && first === undefined) continue;
    said.push({
      at,
      words: say`${code(user.login)}, ${when(at, now)}, ${reviewWords[state]}${reason}${edited(isEdited)}`,
    });
  }
  const written = [
    ...comments.map((comment) => ({ ...comment, at: comment.createdAt })),
    ...reviews.map((review) => ({ ...review, at: review.submittedAt })),
  ];
  for (const { user, body, at, isEdited } of written) {
    for (const command of parseCommands(body)) {
      if (!deciding.includes(command.written)) continue;
      const text = `/holdpoint ${command.written} ${command.rest}`.trim();
      said.push({ at, words: say`${code(user.login)}, ${when(at, now)}: ${code(text)}${edited(isEdited)}` });
    }
  }
  return said.sort((a, b) => a.at.getTime() - b.at.getTime()).map(({ words }) => words);
}

function edited(isEdited: boolean): Words {
  return isEdited ? say` (edited later)` : [];
}

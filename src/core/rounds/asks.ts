/** Who asked for changes, read from the conversation. */

import { type Intent, intentOf } from "../gate/intent.ts";
import type { IntentPhrases } from "../gate/intent-phrases.ts";
import type { Verdict } from "../gate/verdict.ts";
import type { Person, Snapshot } from "../snapshot.ts";
import type { Ask } from "./session.ts";

export interface SeenAsk extends Omit<Ask, "headSha"> {
  /** Where it is known on which head it was given. */
  headSha: string | null;
  /** The person approved later, so that nothing of it is owed any more. */
  isSettled: boolean;
}

/** So much of what was written is kept. */
const excerptMax = 240;
/** So many are read, the newest: nobody can fill a session by writing. */
const asksMax = 200;

/** @returns reviews that request changes, and comments and reviews whose words reject or ask for an edit, by others than the author; oldest first */
export function asksIn(
  snapshot: Pick<Snapshot, "author" | "reviews" | "comments">,
  approvals: Verdict["approvals"],
  phrases: IntentPhrases,
): SeenAsk[] {
  const isOther = (person: Person) => person.kind === "user" && person.id !== snapshot.author.id;
  const reviews = snapshot.reviews
    .filter(({ user, state, body }) => isOther(user) && asksBy(state, () => intentOf(body, phrases)))
    .map(({ id, user, submittedAt, body, headAtSubmission, commitSha }) => ({
      source: `review:${id}`,
      user,
      at: submittedAt,
      body,
      headSha: headAtSubmission ?? commitSha,
    }));
  const comments = snapshot.comments
    .filter(({ user, body }) => isOther(user) && isAsking(intentOf(body, phrases)))
    .map(({ id, user, createdAt, body }) => ({ source: `comment:${id}`, user, at: createdAt, body, headSha: null }));
  return [...reviews, ...comments]
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.source.localeCompare(b.source))
    .slice(-asksMax)
    .map(({ source, user, at, body, headSha }) => ({
      source,
      person: { id: user.id, login: user.login },
      at,
      headSha,
      excerpt: excerptOf(body),
      isSettled: approvals.some((one) => one.person.id === user.id && one.at > at && isStanding(one.outcome.kind)),
    }));
}

function asksBy(state: Snapshot["reviews"][number]["state"], intent: () => Intent): boolean {
  if (state === "changes_requested") return true;
  return state === "commented" && isAsking(intent());
}

function isAsking(intent: Intent): boolean {
  return intent === "reject" || intent === "edit";
}

function isStanding(outcome: Verdict["approvals"][number]["outcome"]["kind"]): boolean {
  return outcome !== "dismissed" && outcome !== "withdrawn";
}

function excerptOf(body: string): string {
  const line = body.replace(/\s+/g, " ").trim();
  return line.length > excerptMax ? `${line.slice(0, excerptMax - 1).toWellFormed()}…` : line;
}

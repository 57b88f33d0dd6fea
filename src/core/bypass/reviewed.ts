/** `/holdpoint reviewed <sound | follow-up | revert> <lessons>`: what a review afterwards came to, and whether it counts. */

import type { Holds } from "../policy/resolve-role.ts";
import type { Person } from "../snapshot.ts";
import { type HandIn, type ReviewVerdict, reviewVerdicts } from "./post-review-data.ts";

export const lessonsCharactersMin = 20;

export type Reviewed =
  | { kind: "reviewed"; verdict: ReviewVerdict; lessons: string }
  | { kind: "malformed"; why: "no_verdict" | "no_lessons" };

/** @param rest what follows the verb */
export function parseReviewed(rest: string): Reviewed {
  const [word = "", ...others] = rest.trim().split(/\s+/);
  const verdict = reviewVerdicts.find((one) => one === word.toLowerCase().replace("_", "-"));
  if (verdict === undefined) return { kind: "malformed", why: "no_verdict" };
  const lessons = others.join(" ");
  // Counted without what nobody sees, and more than one word.
  const said = lessons.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
  if ([...said].length < lessonsCharactersMin || !said.includes(" ")) return { kind: "malformed", why: "no_lessons" };
  return { kind: "reviewed", verdict, lessons };
}

export type ReviewerStanding =
  | { kind: "may" }
  | { kind: "hand_in"; why: HandIn }
  | { kind: "not_entitled" }
  /** Their roles could not be read. */
  | { kind: "unreadable" };

/** Whoever had a hand in it may not say that it was right, whatever roles they hold. */
export function standingOfReviewer(
  { id }: Pick<Person, "id">,
  excluded: readonly { id: number; why: HandIn }[],
  holds: Holds,
): ReviewerStanding {
  const own = excluded.find((one) => one.id === id);
  if (own !== undefined) return { kind: "hand_in", why: own.why };
  if (holds === "unknown") return { kind: "unreadable" };
  return holds ? { kind: "may" } : { kind: "not_entitled" };
}

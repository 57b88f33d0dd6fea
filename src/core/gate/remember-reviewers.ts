/** Who was asked for a review, as it is to be remembered: also by hand, so that nobody is asked again who was taken off. */

import type { AskedReviewer, Memory, Person, Snapshot } from "../snapshot.ts";
import { isSamePerson } from "./fewest-people.ts";

/**
 * @param asked who is asked at this moment
 * @returns everybody known now; `null` where nothing is news
 */
export function rememberReviewers(
  { reviewers }: Pick<Memory, "reviewers">,
  { requestedReviewers, reviews, head }: Pick<Snapshot, "requestedReviewers" | "reviews" | "head">,
  asked: readonly Person[],
  now: Date,
): AskedReviewer[] | null {
  const after = reviewers
    .filter((one) => !isStandInFor(one, reviewers))
    .map((one): AskedReviewer => {
      const listed = requestedReviewers.find((person) => isSame(one, person));
      const person = listed
        ? { personId: listed.id, login: listed.login }
        : { personId: one.personId, login: one.login };
      // Asked again by hand: whoever is listed anew has the whole time anew.
      const isAnew = asked.some((other) => isSame(one, other)) || (listed !== undefined && hasReacted(one, reviews));
      if (isAnew) return { ...person, askedAt: now, headSha: head.sha, isAwaited: true };
      return { ...one, ...person, isAwaited: listed !== undefined };
    });
  for (const { id, login, kind } of [...requestedReviewers, ...asked]) {
    if (kind !== "user" || after.some((one) => isSame(one, { id, login }))) continue;
    const personId = id > 0 ? id : idOfLogin(login);
    after.push({ personId, login, askedAt: now, headSha: head.sha, isAwaited: true });
  }
  return isNews(reviewers, after) ? after : null;
}

function isSame({ personId, login }: AskedReviewer, person: Pick<Person, "id" | "login">): boolean {
  return isSamePerson({ id: personId, login }, person);
}

function hasReacted(one: AskedReviewer, reviews: Snapshot["reviews"]): boolean {
  return reviews.some(({ user, submittedAt }) => isSame(one, user) && submittedAt.getTime() > one.askedAt.getTime());
}

function isNews(before: readonly AskedReviewer[], after: readonly AskedReviewer[]): boolean {
  if (before.length !== after.length) return true;
  return after.some((one, index) => {
    const other = before[index];
    if (other?.personId !== one.personId || other.isAwaited !== one.isAwaited) return true;
    return other.askedAt.getTime() !== one.askedAt.getTime();
  });
}

/** The account itself is known by now. */
function isStandInFor(one: AskedReviewer, all: readonly AskedReviewer[]): boolean {
  return one.personId < 0 && all.some((other) => other.personId > 0 && isSame(other, { id: 0, login: one.login }));
}

/** A stand-in below 0 for whom the policy names by login and nobody looked up; the account follows once GitHub lists them. */
function idOfLogin(login: string): number {
  let hash = 0;
  for (const letter of login.toLowerCase()) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  return -1 - hash;
}

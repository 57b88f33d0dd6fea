/** Who was asked for a review, as it is to be remembered: also by others than Holdpoint, so that nobody is asked again who was taken off. */

import type { AskedReviewer, Memory, Person, Snapshot } from "../snapshot.ts";
import { isSamePerson } from "./fewest-people.ts";

/**
 * @param asked who is asked at this moment
 * @returns `null` where nothing is news
 */
export function rememberReviewers(
  { reviewers }: Pick<Memory, "reviewers">,
  { requestedReviewers, reviews, head }: Pick<Snapshot, "requestedReviewers" | "reviews" | "head">,
  asked: readonly Person[],
  now: Date,
): AskedReviewer[] | null {
  const isAsked = (one: AskedReviewer) => asked.some((person) => isSame(one, person));
  const known = reviewers.map((one): AskedReviewer => {
    const listed = requestedReviewers.find((person) => isSame(one, person));
    const person = listed ? { personId: listed.id, login: listed.login } : { personId: one.personId, login: one.login };
    const hasReacted = reviews.some(
      ({ user, submittedAt }) => isSame(one, user) && submittedAt.getTime() > one.askedAt.getTime(),
    );
    const isAskedAnew = isAsked(one) || (listed !== undefined && hasReacted);
    return isAskedAnew ? { ...person, askedAt: now, headSha: head.sha } : { ...one, ...person };
  });
  const met = [...requestedReviewers, ...asked].filter(({ kind }) => kind === "user");
  for (const { id, login } of met) {
    const personId = id > 0 ? id : idOfLogin(login);
    if (!known.some((one) => isSame(one, { id, login })))
      known.push({ personId, login, askedAt: now, headSha: head.sha });
  }
  return isNews(reviewers, known) ? known : null;
}

function isSame({ personId, login }: AskedReviewer, person: Pick<Person, "id" | "login">): boolean {
  return isSamePerson({ id: personId, login }, person);
}

function isNews(before: readonly AskedReviewer[], after: readonly AskedReviewer[]): boolean {
  if (before.length !== after.length) return true;
  return after.some((one, index) => {
    const other = before[index];
    const isEqual = other?.personId === one.personId && other.askedAt.getTime() === one.askedAt.getTime();
    return !isEqual;
  });
}

/** A stand-in below 0 for whom the policy names by login and nobody looked up; the account id follows once GitHub lists them. */
function idOfLogin(login: string): number {
  let hash = 0;
  for (const letter of login.toLowerCase()) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  return -1 - hash;
}

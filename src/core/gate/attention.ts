/** Who is at a change already, who was taken off it, and whose turn is next. */

import type { AskedReviewer, Person } from "../snapshot.ts";
import type { GateFacts } from "./facts.ts";
import { isSamePerson } from "./fewest-people.ts";

export interface Attention {
  /** Is asked, or has looked at this very head. */
  isEngaged(person: Person): boolean;
  /** Was asked, did not react, and is not asked any more: somebody decided so, or GitHub would not have it. */
  isTakenOff(person: Person): boolean;
  isBusy(person: Person): boolean;
  /** When the last of them was asked who has not reacted; `null` where nobody is awaited, or nobody knows since when. */
  silentSince(people: readonly Person[], wholeId: string): Date | null;
  /** Below 0: `a` knows the change better, having reviewed it before or owning its files. */
  compareFit(a: Person, b: Person): number;
  /** Below 0: it is `a`'s turn before `b`'s: less to review already; at par by lot, another one for each pull request. */
  compareTurn(a: Person, b: Person): number;
}

/** GitHub may take a moment to list whom it was just told to ask. */
const settlingMs = 30_000;

export function attentionOf({ snapshot, memory, now }: GateFacts): Attention {
  const { requestedReviewers, reviews, directory, head } = snapshot;
  const isRequested = (person: Person) => requestedReviewers.some((one) => isSamePerson(one, person));
  const reviewsOf = (person: Person) => reviews.filter(({ user }) => isSamePerson(user, person));
  const hasLooked = (person: Person) =>
    reviewsOf(person).some(
      (review) => (review.headAtSubmission ?? review.commitSha) === head.sha && review.state !== "dismissed",
    );
  const askedOf = (person: Person) =>
    memory.reviewers.findLast((one) => isSamePerson({ id: one.personId, login: one.login }, person));
  // GitHub tells times to the second.
  const hasReacted = (person: Person, { askedAt }: AskedReviewer) =>
    reviewsOf(person).some(({ submittedAt }) => submittedAt.getTime() + 1_000 > askedAt.getTime());
  const isSettling = ({ askedAt }: AskedReviewer) => now.getTime() - askedAt.getTime() < settlingMs;
  const isAwaited = (person: Person) => {
    const asked = askedOf(person);
    return isRequested(person) || (asked !== undefined && !hasReacted(person, asked) && isSettling(asked));
  };
  const load = ({ id }: Person) => memory.load[id] ?? 0;
  const owners = ownersOf(snapshot);
  const distance = (person: Person) =>
    reviewsOf(person).length > 0 ? 0 : owners.some((one) => isSamePerson(one, person)) ? 1 : 2;

  return {
    isEngaged: (person) => isAwaited(person) || hasLooked(person),
    isTakenOff(person) {
      const asked = askedOf(person);
      return asked !== undefined && !isAwaited(person) && !hasReacted(person, asked);
    },
    isBusy: ({ id }) => directory.busy.includes(id),
    silentSince(people, wholeId) {
      const silent = people.filter((person) => isAwaited(person) && !hasLooked(person));
      const since = silent.flatMap((person) => askedOf(person)?.askedAt ?? memory.askedAt[wholeId] ?? []);
      return since.sort((a, b) => b.getTime() - a.getTime())[0] ?? null;
    },
    compareFit: (a, b) => distance(a) - distance(b),
    compareTurn: (a, b) => load(a) - load(b) || lot(a, snapshot.number) - lot(b, snapshot.number) || a.id - b.id,
  };
}

function ownersOf({ directory, files }: GateFacts["snapshot"]): Person[] {
  const { codeowners } = directory;
  if (codeowners.kind !== "read") return [];
  const owners = new Map<number, Person>();
  for (const { path } of files) {
    const listed = Object.hasOwn(codeowners.value, path) ? codeowners.value[path] : undefined;
    for (const owner of listed ?? []) owners.set(owner.id, owner);
  }
  return [...owners.values()];
}

/** A number that looks like chance and is the same at every look (FNV-1a). */
function lot({ login }: Person, number: number | null): number {
  let hash = 0x811c9dc5;
  for (const letter of `${number ?? 0}/${login.toLowerCase()}`) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  // The last letters differ least: stir them in.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 12)) >>> 0;
}

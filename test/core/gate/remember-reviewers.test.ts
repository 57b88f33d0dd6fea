import { expect, it } from "vitest";
import { rememberReviewers } from "../../../src/core/gate/remember-reviewers.ts";
import type { AskedReviewer, Person, Snapshot } from "../../../src/core/snapshot.ts";
import { ago, aPerson, aReview, aSnapshot, headSha, now } from "../../support/builders.ts";

const older = "c".repeat(40);

function anAsk(login: string, ask: Partial<AskedReviewer> = {}): AskedReviewer {
  return { personId: aPerson(login).id, login, askedAt: ago(5), headSha: older, isAwaited: true, ...ask };
}

const byLogin = (login: string): Person => ({ id: 0, login, kind: "user" });
const byLoginOnly = rememberReviewers({ reviewers: [] }, aSnapshot(), [byLogin("sam")], ago(5))?.[0] as AskedReviewer;

const cases: {
  name: string;
  before?: AskedReviewer[];
  snapshot?: Partial<Snapshot>;
  asked?: Person[];
  after: AskedReviewer[] | null;
}[] = [
  { name: "nobody was asked", after: null },
  { name: "somebody is asked now", asked: [aPerson("sam")], after: [anAsk("sam", { askedAt: now, headSha })] },
  {
    name: "the same as before",
    before: [anAsk("sam")],
    snapshot: { requestedReviewers: [aPerson("sam")] },
    after: null,
  },
  {
    name: "somebody was asked by hand",
    snapshot: { requestedReviewers: [aPerson("ida")] },
    after: [anAsk("ida", { askedAt: now, headSha })],
  },
  { name: "taken off by hand", before: [anAsk("sam")], after: [anAsk("sam", { isAwaited: false })] },
  { name: "taken off, as known", before: [anAsk("sam", { isAwaited: false })], after: null },
  {
    name: "who reviewed is awaited no more",
    before: [anAsk("sam")],
    snapshot: { reviews: [aReview("sam")] },
    after: [anAsk("sam", { isAwaited: false })],
  },
  {
    name: "asked again by hand after a review: a new time",
    before: [anAsk("sam", { isAwaited: false })],
    snapshot: { reviews: [aReview("sam")], requestedReviewers: [aPerson("sam")] },
    after: [anAsk("sam", { askedAt: now, headSha })],
  },
  {
    name: "asked again by us",
    before: [anAsk("sam", { isAwaited: false })],
    asked: [aPerson("sam")],
    after: [anAsk("sam", { askedAt: now, headSha })],
  },
  {
    name: "a new login of the same account",
    before: [anAsk("sam", { login: "old-sam" })],
    snapshot: { requestedReviewers: [aPerson("sam")] },
    after: null,
  },
  {
    name: "an account known by login so far",
    before: [byLoginOnly],
    snapshot: { requestedReviewers: [aPerson("sam")] },
    after: [anAsk("sam", { headSha })],
  },
  {
    name: "its stand-in goes once the account is known",
    before: [{ ...byLoginOnly, isAwaited: false }, anAsk("sam")],
    snapshot: { requestedReviewers: [aPerson("sam")] },
    after: [anAsk("sam")],
  },
];

it.each(cases)("$name", ({ before = [], snapshot, asked = [], after }) => {
  expect(rememberReviewers({ reviewers: before }, aSnapshot(snapshot), asked, now)).toEqual(after);
});

it("stand-ins of two logins differ", () => {
  const ids = rememberReviewers({ reviewers: [] }, aSnapshot(), [byLogin("sam"), byLogin("ida")], now)?.map(
    ({ personId }) => personId,
  );
  expect(new Set(ids).size).toBe(2);
  expect(ids?.every((id) => id < 0)).toBe(true);
});

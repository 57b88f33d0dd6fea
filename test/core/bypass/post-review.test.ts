import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PostReviewFacts, planPostReview } from "../../../src/core/bypass/post-review.ts";
import { type PostReviewData, readPostReviewData } from "../../../src/core/bypass/post-review-data.ts";
import { ago, aPerson, now } from "../../support/builders.ts";

function someData(data: Partial<PostReviewData> = {}): PostReviewData {
  return readPostReviewData({
    cause: "bypass",
    bypassId: "command:1",
    headSha: "a".repeat(40),
    filedAt: ago(30).toISOString(),
    title: "Post-review",
    body: "What is owed",
    role: "technical_lead",
    meaning: null,
    withinMs: 24 * 3_600_000,
    startsAt: "level_3",
    excluded: [],
    ...data,
  });
}

const review: PostReviewData["review"] = {
  verdict: "sound",
  lessons: "the alert came ten minutes late",
  person: { id: 5, login: "lena" },
  commentId: 9,
  at: now.toISOString(),
};
const label = "holdpoint:post-review";
const there = { state: "open", closedBy: null, closedAt: null, labels: [label] } as const;
const closed = { ...there, state: "closed", closedBy: aPerson("author"), closedAt: now } as const;
const inForce = { ended: null, until: ago(-2) };
const ended = (why: "push" | "merged") => ({ until: ago(-2), ended: { at: ago(1), why } });
const merged = (hours: number, how: Partial<NonNullable<PostReviewFacts["merge"]>> = {}) =>
  ({ passage: "bypass", isByThis: true, mergedAt: ago(hours), commitSha: "c".repeat(40), ...how }) as const;

function facts(change: Partial<PostReviewFacts> = {}): PostReviewFacts {
  return { data: someData(), grant: inForce, merge: null, issue: there, now, ...change };
}

const refiled = (...hours: number[]) => someData({ refiledAt: hours.map((one) => ago(one).toISOString()) });

it.each<{ name: string; change: Partial<PostReviewFacts>; debt: object; steps?: string[]; wakeAt?: Date | null }>([
  { name: "a bypass in force", change: {}, debt: { kind: "pending" }, wakeAt: ago(-2) },
  {
    name: "filed a moment ago, its bypass not granted yet",
    change: { grant: null, data: someData({ filedAt: ago(0.1).toISOString() }) },
    debt: { kind: "pending" },
    wakeAt: new Date(ago(0.1).getTime() + 600_000),
  },
  {
    name: "filed long ago, its bypass never granted",
    change: { grant: null },
    debt: { kind: "dropped", why: "orphan" },
    steps: ["settle"],
  },
  {
    name: "a bypass that ended unused",
    change: { grant: ended("push") },
    debt: { kind: "dropped", why: "unused" },
    steps: ["settle"],
  },
  { name: "ended as merged, the merge not kept yet", change: { grant: ended("merged") }, debt: { kind: "pending" } },
  { name: "merged", change: { merge: merged(1) }, debt: { kind: "owed", isOverdue: false }, wakeAt: ago(-23) },
  {
    name: "merged a minute less than a day ago",
    change: { merge: merged(24 - 1 / 60) },
    debt: { kind: "owed", isOverdue: false },
  },
  { name: "merged a day ago", change: { merge: merged(24) }, debt: { kind: "owed", isOverdue: true }, wakeAt: null },
  {
    name: "merged though the bypass had ended",
    change: { grant: ended("push"), merge: merged(1) },
    debt: { kind: "owed" },
  },
  {
    name: "merged through the open gate",
    change: { merge: merged(1, { passage: "gate", isByThis: false }) },
    debt: { kind: "dropped", why: "passed" },
    steps: ["settle"],
  },
  {
    name: "merged by another bypass",
    change: { merge: merged(1, { isByThis: false }) },
    debt: { kind: "dropped", why: "unused" },
    steps: ["settle"],
  },
  {
    name: "merged and closed by somebody",
    change: { merge: merged(1), issue: closed },
    debt: { kind: "owed" },
    steps: ["reopen"],
  },
  { name: "closed before the merge", change: { issue: closed }, debt: { kind: "pending" }, steps: ["reopen"] },
  {
    name: "closed and without its label",
    change: { merge: merged(1), issue: { ...closed, labels: ["bug"] } },
    debt: { kind: "owed" },
    steps: ["reopen", "put_label_back"],
  },
  {
    name: "its label in capitals",
    change: { merge: merged(1), issue: { ...there, labels: ["Holdpoint:Post-Review"] } },
    debt: { kind: "owed" },
  },
  { name: "gone", change: { merge: merged(1), issue: "gone" }, debt: { kind: "owed" }, steps: ["file_anew"] },
  {
    name: "gone for the third time today",
    change: { merge: merged(1), issue: "gone", data: refiled(30, 3, 2) },
    debt: { kind: "owed" },
    steps: ["file_anew"],
  },
  {
    name: "gone for the fourth time today",
    change: { merge: merged(1), issue: "gone", data: refiled(30, 3, 2, 1) },
    debt: { kind: "owed" },
    steps: ["wait_to_file"],
    wakeAt: ago(-21),
  },
  {
    name: "reviewed",
    change: { merge: merged(30), data: someData({ review }) },
    debt: { kind: "reviewed" },
    steps: ["settle"],
  },
  {
    name: "reviewed and gone",
    change: { merge: merged(30), data: someData({ review }), issue: "gone" },
    debt: { kind: "reviewed" },
    steps: ["settle"],
  },
])("$name", ({ change, debt, steps = [], wakeAt }) => {
  const plan = planPostReview(facts(change));
  expect(plan.debt).toMatchObject(debt);
  expect(plan.steps).toEqual(steps);
  if (wakeAt !== undefined) expect(plan.wakeAt).toEqual(wakeAt);
});

describe("whatever time does", () => {
  it("what is owed stays owed until somebody reviews it", () => {
    const issue = fc.constantFrom(there, closed, "gone" as const);
    fc.assert(
      fc.property(
        issue,
        fc.integer({ min: 0, max: 10_000 }),
        fc.array(fc.integer({ min: 0, max: 50 })),
        (stands, hours, again) => {
          const plan = planPostReview(facts({ merge: merged(hours), issue: stands, data: refiled(...again) }));
          expect(plan.debt.kind).toBe("owed");
          expect(plan.steps).not.toContain("settle");
        },
      ),
    );
  });
});

it("what stands there and is none of ours is refused", () => {
  expect(() => readPostReviewData({ bypassId: "command:1" })).toThrow();
  expect(() => readPostReviewData(null)).toThrow();
});

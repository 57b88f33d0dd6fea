/** The review loop, step by step. */

import { describe, expect, it } from "vitest";
import { type Advance, advanceSession } from "../../../src/core/rounds/advance-session.ts";
import type { Observation } from "../../../src/core/rounds/observation.ts";
import type { Session } from "../../../src/core/rounds/session.ts";
import type { Review, Snapshot } from "../../../src/core/snapshot.ts";
import { aComment, ago, aPerson, aReview, now } from "../../support/builders.ts";
import { aCheck, aCommandOf, aLook, type LookOptions, optionsOf, shas } from "./looks.ts";

const options = optionsOf();
const head = (index: number): Snapshot["head"] => ({ ref: "feature", sha: shas[index] ?? "" });
const hoursLater = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

function step(before: Advance | null, look: LookOptions = {}, at = now, loop = options): Advance {
  return advanceSession(before?.session ?? null, aLook(look), loop, at);
}

/** Requests changes on the head of that number. */
function anObjection(index: number, hours: number, review: Partial<Review> = {}): Review {
  const sha = shas[index] ?? "";
  return aReview("peer", {
    state: "changes_requested",
    submittedAt: ago(hours),
    body: `Not like this ${index}`,
    commitSha: sha,
    headAtSubmission: sha,
    ...review,
  });
}

describe("the state", () => {
  const noPeople = {
    version: 1 as const,
    approval_workflows: { automatic: { process: "automated_approval" } },
    checkpoints: { ci: { conditions: { statuses: { build: ["success" as const] } }, approvals: 0 } },
  };
  it.each<{ name: string; look: LookOptions; state: Session["state"] }>([
    { name: "open, nobody approved", look: {}, state: "awaiting_review" },
    { name: "a draft", look: { isDraft: true }, state: "drafting" },
    { name: "approved by a peer", look: { reviews: [aReview("peer")] }, state: "approved" },
    {
      name: "changes requested on this head",
      look: { reviews: [anObjection(0, 1)], head: head(0) },
      state: "revising",
    },
    {
      name: "changes requested, and pushed to since",
      look: { reviews: [anObjection(0, 3)], head: head(1), headSince: ago(1) },
      state: "awaiting_review",
    },
    {
      name: "a comment asks for an edit",
      look: { comments: [aComment("peer", "Please rename this.")] },
      state: "revising",
    },
    {
      name: "the author talks to themselves",
      look: { comments: [aComment("author", "Please rename this.")] },
      state: "awaiting_review",
    },
    {
      name: "who asked for an edit approves after all",
      look: {
        comments: [aComment("peer", "Please rename this.", { createdAt: ago(3) })],
        reviews: [aReview("peer", { submittedAt: ago(1) })],
      },
      state: "approved",
    },
    { name: "no policy to judge by", look: { policy: null }, state: "error" },
    {
      name: "commits that GitHub cut",
      look: { incomplete: [{ what: "commits", reason: "more than 250" }] },
      state: "error",
    },
    { name: "closed", look: { state: "closed", policy: null }, state: "closed" },
    { name: "merged", look: { state: "merged", policy: null }, state: "closed" },
    {
      name: "nothing for a day",
      look: { createdAt: ago(25), headSince: ago(25), labels: [] },
      state: "abandoned",
    },
    {
      name: "a day but a second",
      look: { createdAt: ago(24 - 1 / 3600), headSince: ago(30) },
      state: "awaiting_review",
    },
    { name: "a draft grows old", look: { isDraft: true, createdAt: ago(99), headSince: ago(99) }, state: "drafting" },
    {
      name: "only a check is awaited",
      look: { policy: noPeople, checks: [aCheck("build", "pending")] },
      state: "evaluating",
    },
  ])("$name: $state", ({ look, state }) => {
    expect(step(null, look).session.state).toBe(state);
  });

  it("is let through where the gate is open without being approved", () => {
    const seen: Observation = { ...aLook(), event: "bypass_granted" };
    expect(advanceSession(null, seen, options, now).session.state).toBe("bypassed");
  });
});

describe("versions", () => {
  it("every head is one, with what was found, checked, approved and asked", () => {
    const first = step(null, {
      head: head(0),
      headSince: ago(5),
      checks: [aCheck("build", "failure")],
      openThreads: 2,
    });
    const second = step(first, { head: head(1), headSince: ago(1), checks: [aCheck("build", "success")] });
    expect(second.session.versions).toMatchObject([
      { number: 1, headSha: shas[0], at: ago(5), checks: { passed: 0, failed: 1, pending: 0 }, openThreads: 2 },
      { number: 2, headSha: shas[1], at: ago(1), checks: { passed: 1, failed: 0, pending: 0 }, openThreads: null },
    ]);
    const [before, after] = second.session.versions.map(({ quality }) => quality);
    expect(after).toBeGreaterThan(before ?? 1);
  });

  it("a head that comes back is the version it was", () => {
    const back = step(step(step(null, { head: head(0) }), { head: head(1) }), { head: head(0) });
    expect(back.session.versions.map(({ number }) => number)).toEqual([1, 2]);
    expect(back.session.head).toEqual({ sha: shas[0], since: now });
  });

  it("what could not be judged does not overwrite what was", () => {
    const judged = step(null, { head: head(0), checks: [aCheck("build", "success")] });
    const unread = step(judged, { head: head(0), policy: null });
    expect(unread.session.versions).toEqual(judged.session.versions);
    expect(unread.session.state).toBe("error");
  });

  it("old ones are dropped but the first, the best and the present", () => {
    const day = (days: number) => ago(days * 24);
    const good = { checks: [aCheck("build", "success")] };
    const bad = { checks: [aCheck("build", "failure")] };
    const looks: LookOptions[] = [
      { ...bad, headSince: day(60) },
      { ...bad, headSince: day(50) },
      { ...good, headSince: day(40) },
      { ...bad, headSince: day(31) },
      { ...bad, headSince: day(29) },
      { ...bad, headSince: day(1) },
    ];
    let last: Advance | null = null;
    looks.forEach((look, index) => {
      last = step(last, { ...look, head: head(index) }, look.headSince);
    });
    const after = step(last, { ...bad, head: head(5), headSince: day(1) });
    expect(after.session.versions.map(({ number }) => number)).toEqual([1, 3, 5, 6]);
    expect(step(after, { ...bad, head: head(6), headSince: now }).session.lastVersion).toBe(7);
  });
});

describe("rounds", () => {
  it("one ends when a head is pushed after somebody asked for changes", () => {
    const opened = step(null, { head: head(0), headSince: ago(9) });
    const asked = step(opened, { head: head(0), headSince: ago(9), reviews: [anObjection(0, 5)] });
    expect(asked.session.rounds).toMatchObject([{ number: 1, endedAt: null, asks: [{ excerpt: "Not like this 0" }] }]);
    const pushed = step(asked, { head: head(1), headSince: ago(4), reviews: [anObjection(0, 5)] });
    expect(pushed.session.rounds.map(({ number, endedAt }) => ({ number, endedAt }))).toEqual([
      { number: 1, endedAt: ago(4) },
      { number: 2, endedAt: null },
    ]);
  });

  it("a push that nobody asked for ends none, and neither does the same ask seen again", () => {
    const twice = step(step(null, { head: head(0) }), { head: head(1), headSince: ago(2) });
    expect(twice.session.rounds).toHaveLength(1);
    const reviews = [anObjection(0, 5)];
    let last = step(null, { head: head(0), headSince: ago(9), reviews });
    for (const index of [1, 2, 3]) last = step(last, { head: head(index), headSince: ago(4 - index), reviews });
    expect(last.session.rounds).toHaveLength(2);
  });

  it("within one second, another head than the one asked on is the later", () => {
    const reviews = [anObjection(0, 5)];
    const asked = step(null, { head: head(0), headSince: ago(5), reviews });
    expect(asked.session.state).toBe("revising");
    expect(step(asked, { head: head(1), headSince: ago(5), reviews }).session.rounds).toHaveLength(2);
  });

  it("pushing back to an earlier head ends one too", () => {
    const first = step(null, { head: head(0), headSince: ago(9) });
    const reviews = [anObjection(1, 5)];
    const asked = step(first, { head: head(1), headSince: ago(6), reviews });
    const back = step(asked, { head: head(0), headSince: ago(9), reviews });
    expect(back.session.rounds).toHaveLength(2);
    expect(back.session.state).toBe("awaiting_review");
  });

  it("of a session that was lost, rounds are told from the heads that were reviewed", () => {
    const reviews = [anObjection(0, 9), anObjection(1, 7), anObjection(2, 5)];
    const { session } = step(null, { head: head(3), headSince: ago(4), reviews });
    expect(session.rounds.map(({ asks }) => asks.length)).toEqual([1, 1, 1, 0]);
  });

  it("a review given late on an earlier head does not end one", () => {
    const first = step(null, { head: head(0), headSince: ago(9) });
    const stale = anObjection(0, 2, { user: aPerson("sam") });
    const second = step(first, { head: head(1), headSince: ago(6), reviews: [anObjection(1, 3), stale] });
    expect(second.session.rounds).toHaveLength(1);
  });

  it("asks beyond twenty in a round are not kept, and end no round of their own", () => {
    const reviews = Array.from({ length: 30 }, () => anObjection(0, 5));
    const asked = step(null, { head: head(0), headSince: ago(9), reviews });
    expect(asked.session.rounds[0]?.asks).toHaveLength(20);
    const pushed = step(asked, { head: head(1), headSince: ago(4), reviews });
    const later = step(pushed, { head: head(2), headSince: ago(3), reviews });
    expect(later.session.rounds.map(({ asks }) => asks.length)).toEqual([20, 0]);
  });
});

/** So many rounds, each asked and pushed. */
function afterRounds(rounds: number, from: Advance | null = null, loop = options): Advance {
  const reviews = Array.from({ length: rounds }, (_, index) => anObjection(index, 9 - index));
  return step(from, { head: head(rounds), headSince: ago(8.5 - rounds + 1), reviews }, now, loop);
}

describe("ways out", () => {
  it("are offered after five rounds, once, and after five more again", () => {
    expect(afterRounds(4).effects).toEqual([]);
    const fifth = afterRounds(5);
    expect(fifth.effects).toMatchObject([{ kind: "offer_ways_out", roundsEnded: 5 }]);
    expect(afterRounds(5, fifth).effects).toEqual([]);
    expect(afterRounds(6, fifth).effects).toEqual([]);
    const tenth = {
      ...fifth.session,
      rounds: fifth.session.rounds.map((round) => ({ ...round, number: round.number + 5 })),
    };
    expect(afterRounds(5, { ...fifth, session: tenth }).effects).toMatchObject([
      { kind: "offer_ways_out", roundsEnded: 10 },
    ]);
  });

  it("name the best version but the present", () => {
    const good = step(null, { head: head(9), headSince: ago(9.5), checks: [aCheck("build", "success")] });
    const bad = [aCheck("build", "failure")];
    const reviews = Array.from({ length: 5 }, (_, index) => anObjection(index, 9 - index));
    const { effects } = step(good, { head: head(5), headSince: ago(3), reviews, checks: bad });
    expect(effects).toMatchObject([{ kind: "offer_ways_out", best: { number: 1, headSha: shas[9] } }]);
  });

  it("are not offered after continue", () => {
    const fourth = afterRounds(4);
    const declined = step(fourth, { commands: [aCommandOf("author", "continue", ago(0.1))], ...same(4) });
    expect(declined.session.offeredAfter).toBe(4);
    expect(afterRounds(5, declined).effects).toEqual([]);
  });

  it("are not offered for what is approved, nor where comments are off", () => {
    const reviews = [...Array.from({ length: 5 }, (_, index) => anObjection(index, 9 - index))];
    const approval = aReview("peer", { commitSha: shas[5] ?? "", headAtSubmission: shas[5] ?? "" });
    const approved = step(null, { head: head(5), headSince: ago(3), reviews: [...reviews, approval] });
    expect(approved).toMatchObject({ session: { state: "approved" }, effects: [] });
    expect(afterRounds(5, null, { ...options, writes: false }).effects).toEqual([]);
  });

  function same(rounds: number): LookOptions {
    const reviews = Array.from({ length: rounds }, (_, index) => anObjection(index, 9 - index));
    return { head: head(rounds), headSince: ago(8.5 - rounds + 1), reviews };
  }
});

describe("reminders", () => {
  const asked = { requestedReviewers: [aPerson("peer")] };

  it("one after twelve hours of waiting, at the moment itself, naming who was asked", () => {
    const waiting = step(null, asked);
    expect(waiting.wakeAt).toEqual(hoursLater(12));
    expect(step(waiting, asked, hoursLater(11.999)).effects).toEqual([]);
    const due = step(waiting, asked, hoursLater(12));
    expect(due.effects).toEqual([
      {
        kind: "remind_reviewers",
        waitId: now.toISOString(),
        waitedMs: 12 * 3_600_000,
        asked: [aPerson("peer")],
        couldRelease: [aPerson("peer")],
      },
    ]);
    expect(step(due, asked, hoursLater(12)).effects).toEqual([]);
    expect(step(due, asked, hoursLater(13)).effects).toEqual([]);
  });

  it("one after an outage of days, though it is abandoned by then", () => {
    const late = step(step(null, asked), asked, hoursLater(80));
    expect(late.session.state).toBe("abandoned");
    expect(late.effects).toMatchObject([{ kind: "remind_reviewers" }]);
    expect(step(late, asked, hoursLater(81))).toMatchObject({ effects: [], wakeAt: null });
  });

  it("twenty pushes put it off by nothing", () => {
    let last = step(null, { ...asked, head: head(0) });
    for (let push = 1; push <= 20; push += 1) {
      const since = hoursLater(push / 2);
      last = step(
        last,
        { ...asked, head: { ref: "feature", sha: `${push}`.padStart(40, "a") }, headSince: since },
        since,
      );
    }
    expect(last.wakeAt).toEqual(hoursLater(12));
  });

  it("a draft and a closed time count for nothing, and do not begin it anew", () => {
    const waiting = step(null, asked);
    const draft = step(waiting, { ...asked, isDraft: true }, hoursLater(6));
    expect(draft.wakeAt).toBeNull();
    const again = step(draft, asked, hoursLater(100));
    expect(again).toMatchObject({ session: { state: "awaiting_review" }, wakeAt: hoursLater(106) });
    const closed = step(again, { ...asked, state: "closed", policy: null }, hoursLater(103));
    const reopened = step(closed, asked, hoursLater(200));
    expect(reopened.session.wait).toMatchObject({ spentMs: 9 * 3_600_000 });
    expect(reopened.wakeAt).toEqual(hoursLater(203));
  });

  it("somebody's review begins it anew", () => {
    const due = step(step(null, asked), asked, hoursLater(12));
    const review = aReview("peer", { state: "commented", body: "Half way through", submittedAt: hoursLater(13) });
    const read = step(due, { ...asked, reviews: [review] }, hoursLater(13));
    expect(read.wakeAt).toEqual(hoursLater(25));
    expect(step(read, { ...asked, reviews: [review] }, hoursLater(25)).effects).toMatchObject([
      { kind: "remind_reviewers", waitId: hoursLater(13).toISOString() },
    ]);
  });

  it("none while the author is to act, and none where comments are off", () => {
    const reviews = [anObjection(0, 1)];
    const revising = step(null, { ...asked, head: head(0), reviews });
    expect(revising.session.wait).toBeNull();
    const silent = { ...options, writes: false };
    expect(step(step(null, asked, now, silent), asked, hoursLater(12), silent).effects).toEqual([]);
  });

  it("the policy's own time counts", () => {
    const loop = optionsOf({ approval_loop: { state_timeouts: { waiting_approval: "30m" }, session_timeout: "2h" } });
    expect(step(null, { ...asked, createdAt: now, headSince: now }, now, loop).wakeAt).toEqual(hoursLater(0.5));
  });
});

describe("abandonment", () => {
  const quiet: LookOptions = { createdAt: ago(0), headSince: ago(0) };

  it("comes a day after anything happened, and whatever happens revives it", () => {
    const begun = step(null, quiet);
    const gone = step(begun, quiet, hoursLater(24));
    expect(gone.session.state).toBe("abandoned");
    const comment = aComment("author", "Still on it", { createdAt: hoursLater(30) });
    expect(step(gone, { ...quiet, comments: [comment] }, hoursLater(30)).session.state).toBe("awaiting_review");
    expect(step(gone, { ...quiet, title: "Better said" }, hoursLater(30)).session).toMatchObject({
      state: "awaiting_review",
      lastActivityAt: hoursLater(30),
    });
    expect(step(gone, { ...quiet, head: head(3), headSince: hoursLater(30) }, hoursLater(30)).session.state).toBe(
      "awaiting_review",
    );
  });

  it("what a bot says is nothing happening", () => {
    const comment = aComment("renovate[bot]", "Rebased", { createdAt: hoursLater(20) });
    expect(step(step(null, quiet), { ...quiet, comments: [comment] }, hoursLater(24)).session.state).toBe("abandoned");
  });
});

describe("putting it aside", () => {
  const quiet: LookOptions = { createdAt: ago(0), headSince: ago(0), requestedReviewers: [aPerson("peer")] };
  const commands = [aCommandOf("author", "schedule 3d", now)];

  it("nothing is said until then, then the author is told once, and the wait goes on", () => {
    const aside = step(step(null, quiet), { ...quiet, commands });
    expect(aside.wakeAt).toEqual(hoursLater(72));
    const between = step(aside, { ...quiet, commands }, hoursLater(48));
    expect(between).toMatchObject({ effects: [], session: { state: "awaiting_review" } });
    const due = step(between, { ...quiet, commands }, hoursLater(72));
    expect(due.effects).toEqual([
      { kind: "remind_author", until: hoursLater(72), author: { id: 1, login: "author", kind: "user" } },
    ]);
    expect(due.session).toMatchObject({ state: "awaiting_review", putAside: null });
    expect(due.wakeAt).toEqual(hoursLater(84));
    expect(step(due, { ...quiet, commands }, hoursLater(73)).effects).toEqual([]);
  });

  it("continue takes it up again", () => {
    const aside = step(step(null, quiet), { ...quiet, commands });
    const more = [...commands, aCommandOf("author", "continue", hoursLater(1), 1_001)];
    const taken = step(aside, { ...quiet, commands: more }, hoursLater(1));
    expect(taken.session.putAside).toBeNull();
    expect(taken.wakeAt).toEqual(hoursLater(13));
  });

  it("a session that was lost does not say again what was due before", () => {
    expect(step(null, { ...quiet, commands }, hoursLater(100)).effects).toEqual([]);
  });

  it("words that are no moment put nothing aside", () => {
    const nonsense = [aCommandOf("author", "schedule whenever", now)];
    expect(step(null, { ...quiet, commands: nonsense }).session.putAside).toBeNull();
  });
});

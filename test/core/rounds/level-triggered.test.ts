/** However a pull request came to be as it is, and however often or seldom it was looked at: the session ends the same. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advanceSession } from "../../../src/core/rounds/advance-session.ts";
import type { Observation } from "../../../src/core/rounds/observation.ts";
import { readSession, type Session } from "../../../src/core/rounds/session.ts";
import type { Snapshot } from "../../../src/core/snapshot.ts";
import { aComment, aPerson, aReview, aSnapshot, now } from "../../support/builders.ts";
import { aLook, optionsOf } from "./looks.ts";

const options = optionsOf();
const deeds = ["push", "approve", "object", "ask", "chat", "draft", "close", "lose_policy", "retitle", "wait"] as const;
type Deed = (typeof deeds)[number];

interface Look {
  seen: Observation;
  at: Date;
}

/** What would be seen after each deed, forty minutes apart, so that nothing grows old. */
function looksOf(history: readonly Deed[]): Look[] {
  let snapshot: Snapshot = aSnapshot({ createdAt: now, commits: [], head: { ref: "feature", sha: "0".repeat(40) } });
  let headSince = now;
  let isPolicyLost = false;
  return history.map((deed, index) => {
    const at = new Date(now.getTime() + (index + 1) * 40 * 60_000);
    const given = { commitSha: snapshot.head.sha, headAtSubmission: snapshot.head.sha, submittedAt: at };
    if (deed === "push") {
      snapshot = { ...snapshot, head: { ref: "feature", sha: String(index + 1).padStart(40, "f") } };
      headSince = at;
    } else if (deed === "approve") {
      snapshot = { ...snapshot, reviews: [...snapshot.reviews, aReview("peer", given)] };
    } else if (deed === "object") {
      const review = aReview("sam", { ...given, state: "changes_requested", body: "No" });
      snapshot = { ...snapshot, reviews: [...snapshot.reviews, review] };
    } else if (deed === "ask") {
      const comment = aComment("otto", "Please rename this.", { createdAt: at });
      snapshot = { ...snapshot, comments: [...snapshot.comments, comment] };
    } else if (deed === "chat") {
      snapshot = { ...snapshot, comments: [...snapshot.comments, aComment("author", "Hello", { createdAt: at })] };
    } else if (deed === "draft") snapshot = { ...snapshot, isDraft: !snapshot.isDraft };
    else if (deed === "close") snapshot = { ...snapshot, state: snapshot.state === "open" ? "closed" : "open" };
    else if (deed === "lose_policy") isPolicyLost = !isPolicyLost;
    else if (deed === "retitle") snapshot = { ...snapshot, title: `Title ${index}` };
    const isUnjudged = isPolicyLost || snapshot.state !== "open";
    const look = { ...snapshot, headSince, requestedReviewers: [aPerson("peer")] };
    return { seen: aLook(isUnjudged ? { ...look, policy: null } : look), at };
  });
}

function follow(looks: readonly Look[], session: Session | null = null): Session | null {
  return looks.reduce<Session | null>(
    (before, { seen, at }) => advanceSession(before, seen, options, at).session,
    session,
  );
}

const anyHistory = fc.array(fc.constantFrom(...deeds), { minLength: 1, maxLength: 24 });

describe("any history", () => {
  it("ends in the state that a single look at its end gives", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const looks = looksOf(history);
        expect(follow(looks)?.state).toBe(follow(looks.slice(-1))?.state);
      }),
    );
  });

  it("looked at seldom ends in the same state, on the same version", () => {
    fc.assert(
      fc.property(anyHistory, fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }), (history, isMissed) => {
        const looks = looksOf(history);
        const seldom = looks.filter((_, index) => index === looks.length - 1 || !isMissed[index]);
        const [whole, parts] = [follow(looks), follow(seldom)];
        expect(parts?.state).toBe(whole?.state);
        if (whole?.state !== "closed") expect(parts?.head.sha).toBe(whole?.head.sha);
      }),
    );
  });

  it("looked at twice changes nothing and says nothing twice", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        let session: Session | null = null;
        for (const { seen, at } of looksOf(history)) {
          const once = advanceSession(session, seen, options, at);
          const twice = advanceSession(once.session, seen, options, at);
          expect(twice).toEqual({ session: once.session, effects: [], wakeAt: once.wakeAt });
          session = once.session;
        }
      }),
    );
  });

  it("goes on after a restart as if there had been none, and after a lost row in the same state", () => {
    fc.assert(
      fc.property(anyHistory, fc.nat({ max: 23 }), (history, moment) => {
        const looks = looksOf(history);
        const [before, after] = [looks.slice(0, moment), looks.slice(moment)];
        const saved = readSession({ data: JSON.parse(JSON.stringify(follow(before))) });
        const restored = saved.kind === "read" ? saved.session : null;
        expect(follow(after, restored)).toEqual(follow(looks));
        if (after.length > 0) expect(follow(after)?.state).toBe(follow(looks)?.state);
      }),
    );
  });

  it("wakes only later than now, and never for what is closed", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        let session: Session | null = null;
        for (const { seen, at } of looksOf(history)) {
          const step = advanceSession(session, seen, options, at);
          session = step.session;
          if (step.wakeAt !== null) expect(step.wakeAt.getTime()).toBeGreaterThan(at.getTime());
          if (session.state === "closed") expect(step.wakeAt).toBeNull();
        }
      }),
    );
  });

  it("ends no more rounds than there were pushes", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const session = follow(looksOf(history));
        const pushes = history.filter((deed) => deed === "push").length;
        expect((session?.rounds.at(-1)?.number ?? 1) - 1).toBeLessThanOrEqual(pushes);
      }),
    );
  });
});

/** What the review loop says: plain, and with nobody's text left to act. */

import { expect, it } from "vitest";
import { restoreAnswer, splitAnswer, unknownVersion } from "../../../src/core/report/loop-answers.ts";
import { loopMarker, renderLoopComment } from "../../../src/core/report/rounds-comment.ts";
import { renderRounds } from "../../../src/core/report/rounds-table.ts";
import { advanceSession, type LoopEffect } from "../../../src/core/rounds/advance-session.ts";
import { viewSession } from "../../../src/core/rounds/session-view.ts";
import { ago, aPerson, aReview, now } from "../../support/builders.ts";
import { aLook, optionsOf } from "../rounds/looks.ts";

const reminder: Extract<LoopEffect, { kind: "remind_reviewers" }> = {
  kind: "remind_reviewers",
  waitId: now.toISOString(),
  waitedMs: 12.7 * 3_600_000,
  asked: [],
  couldRelease: [],
};

it.each<{ name: string; effect: LoopEffect; says: string }>([
  {
    name: "who was asked is mentioned",
    effect: { ...reminder, asked: [aPerson("sam"), aPerson("ida")], couldRelease: [aPerson("lena")] },
    says: "This change has been waiting for a review for 12 hours. Asked for it: @sam and @ida.",
  },
  {
    name: "who was not asked is only named",
    effect: { ...reminder, couldRelease: [aPerson("lena")] },
    says: "This change has been waiting for a review for 12 hours. It could be released by lena.",
  },
  {
    name: "nobody known",
    effect: reminder,
    says: "This change has been waiting for a review for 12 hours. Nobody was asked yet; the check says who can release it.",
  },
  {
    name: "a short wait",
    effect: { ...reminder, waitedMs: 60_000 },
    says: "This change has been waiting for a review for a while. Nobody was asked yet; the check says who can release it.",
  },
  {
    name: "what was put aside is due",
    effect: { kind: "remind_author", until: now, author: aPerson("author") },
    says: "This change was put aside until 20 Nov 16:00 UTC, which is now: author, it is yours again.",
  },
])("$name", ({ effect, says }) => {
  expect(renderLoopComment(effect, now)).toBe(`${says}\n\n${loopMarker(effect)}\n`);
});

it("an offer names the best version, where there is one", () => {
  const { session } = advanceSession(null, aLook(), optionsOf(), now);
  const [best = null] = session.versions;
  expect(renderLoopComment({ kind: "offer_ways_out", roundsEnded: 5, best }, now)).toContain(
    "`/holdpoint restore v1` prepares a branch with v1, the best version so far (0.70 of 1)",
  );
  expect(renderLoopComment({ kind: "offer_ways_out", roundsEnded: 5, best: null }, now)).not.toContain("restore");
});

it("what reviewers wrote is shown as text, in the table too", () => {
  const body = "Fixes #1 @acme/security | <img src=x> ![](https://evil.example) <!-- holdpoint rounds -->\n```\nx";
  const reviews = [aReview("peer", { state: "changes_requested", body, submittedAt: ago(1) })];
  const { session } = advanceSession(null, aLook({ reviews }), optionsOf(), now);
  const table = renderRounds(viewSession(session, optionsOf(), now), now);
  expect(table).toContain("The review is being revised");
  expect(table).not.toMatch(/@acme\/security|<img|<!--|[^\\]#1|!\[\]|```/);
});

it("commands to go back hold only names of ours", () => {
  const { session } = advanceSession(
    null,
    aLook({ head: { ref: "a;rm -rf $HOME", sha: "1".repeat(40) } }),
    optionsOf(),
    now,
  );
  const [version] = session.versions;
  if (version === undefined) throw new Error("A session has a version");
  const url = "https://github.com/acme/api.git";
  expect(restoreAnswer({ version, branch: "holdpoint/restore-42-v1", url })).not.toContain("rm -rf");
  expect(restoreAnswer({ version, branch: null, url })).toContain(`git fetch ${url} ${"1".repeat(40)}`);
});

it("paths and what was written by mistake are shown as code", () => {
  const part = { name: "a`b", files: [{ path: "a`b/@acme/security.ts", lines: 1 }], lines: 1, classes: [] };
  expect(splitAnswer([part, { ...part, name: "c" }])).toContain("``a`b/@acme/security.ts``");
  expect(splitAnswer([part])).toContain("no split suggests itself");
  expect(unknownVersion("v9 @acme/security", [1, 2])).toBe(
    "There is no version `v9 @acme/security`. Kept are v1, v2; `/holdpoint rounds` shows them. Write e.g. `/holdpoint restore v2`.",
  );
});

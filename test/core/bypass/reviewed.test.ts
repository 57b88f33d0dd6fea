import { expect, it } from "vitest";
import { parseReviewed, standingOfReviewer } from "../../../src/core/bypass/reviewed.ts";
import { aPerson } from "../../support/builders.ts";

it.each([
  {
    rest: "sound the alert came too late",
    is: { kind: "reviewed", verdict: "sound", lessons: "the alert came too late" },
  },
  { rest: "FOLLOW-UP the alert came too late", is: { kind: "reviewed", verdict: "follow-up" } },
  { rest: "follow_up the alert came too late", is: { kind: "reviewed", verdict: "follow-up" } },
  { rest: "revert twenty characters ok", is: { kind: "reviewed", verdict: "revert" } },
  { rest: "revert nineteen characters", is: { kind: "malformed", why: "no_lessons" } },
  { rest: `sound a${"\u200b".repeat(40)} b`, is: { kind: "malformed", why: "no_lessons" } },
  { rest: `sound ${"x".repeat(60)}`, is: { kind: "malformed", why: "no_lessons" } },
  { rest: "sound", is: { kind: "malformed", why: "no_lessons" } },
  { rest: "", is: { kind: "malformed", why: "no_verdict" } },
  { rest: "fine the alert came too late", is: { kind: "malformed", why: "no_verdict" } },
])("$rest", ({ rest, is }) => {
  expect(parseReviewed(rest)).toMatchObject(is);
});

it.each([
  { name: "holds the role", login: "lena", holds: true, is: { kind: "may" } },
  { name: "holds it and wrote a commit", login: "sam", holds: true, is: { kind: "hand_in", why: "contributor" } },
  { name: "wrote a commit, roles unread", login: "sam", holds: "unknown", is: { kind: "hand_in", why: "contributor" } },
  { name: "roles unread", login: "lena", holds: "unknown", is: { kind: "unreadable" } },
  { name: "holds none", login: "lena", holds: false, is: { kind: "not_entitled" } },
] as const)("whoever $name", ({ login, holds, is }) => {
  const excluded = [{ id: aPerson("sam").id, why: "contributor" as const }];
  expect(standingOfReviewer(aPerson(login), excluded, holds)).toEqual(is);
});

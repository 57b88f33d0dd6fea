/** Rows of sessions as they come out of the database. */

import { expect, it } from "vitest";
import { advanceSession } from "../../../src/core/rounds/advance-session.ts";
import { isNews, readSession } from "../../../src/core/rounds/session.ts";
import { ago, aReview, now } from "../../support/builders.ts";
import { aLook, optionsOf } from "./looks.ts";

const look = aLook({ reviews: [aReview("peer", { state: "changes_requested", body: "Not yet" })] });
const { session } = advanceSession(null, look, optionsOf(), now);
const row = JSON.parse(JSON.stringify(session)) as Record<string, unknown>;

it("comes back as it was saved", () => {
  expect(readSession({ state: "revising", data: row })).toEqual({ kind: "read", session });
});

it("a row from before waits, offers and commands were kept is read on", () => {
  const { wait: _, offeredAfter: __, putAside: ___, lastCommand: ____, recoveredAt: _____, ...older } = row;
  expect(readSession({ state: "revising", data: older })).toEqual({
    kind: "read",
    session: { ...session, wait: null },
  });
});

it("nothing saved is no damage", () => {
  expect(readSession(null)).toEqual({ kind: "none" });
  expect(readSession(undefined)).toEqual({ kind: "none" });
});

it.each([
  { name: "half a row", saved: JSON.stringify(row).slice(0, 200) },
  { name: "another thing", saved: { hello: "world" } },
  { name: "a list", saved: [] },
  { name: "a number", saved: 7 },
  { name: "an empty text", saved: "" },
  { name: "a state that there is not", saved: { ...row, state: "sleeping" } },
  { name: "a time that is none", saved: { ...row, stateSince: "yesterday" } },
  { name: "no version at all", saved: { ...row, versions: [] } },
  { name: "a quality beyond 1", saved: { ...row, versions: [{ ...(row.versions as object[])[0], quality: 7 }] } },
  { name: "a row of a version to come", saved: { ...row, schema: 99 } },
])("$name is damaged", ({ saved }) => {
  expect(readSession({ state: "revising", data: saved })).toEqual({ kind: "damaged" });
  expect(readSession(saved)).toEqual({ kind: "damaged" });
});

it("is saved when it is new and when it changed, and not for the time of the last activity alone", () => {
  expect(isNews(null, session)).toBe(true);
  expect(isNews(session, { ...session })).toBe(false);
  expect(isNews(session, { ...session, lastActivityAt: ago(0.5) })).toBe(false);
  expect(isNews(session, { ...session, state: "closed" })).toBe(true);
});

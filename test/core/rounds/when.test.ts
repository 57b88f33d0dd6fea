import { expect, it } from "vitest";
import { parseWhen } from "../../../src/core/rounds/when.ts";

const now = new Date("2026-11-20T16:00:00Z");

it.each([
  { text: "3d", at: "2026-11-23T16:00:00.000Z" },
  { text: "in 3 days", at: "2026-11-23T16:00:00.000Z" },
  { text: "90m", at: "2026-11-20T17:30:00.000Z" },
  { text: "PT48H", at: "2026-11-22T16:00:00.000Z" },
  { text: "tomorrow", at: "2026-11-21T09:00:00.000Z" },
  { text: "2026-12-01", at: "2026-12-01T09:00:00.000Z" },
  { text: "2026-12-01 10:00", at: "2026-12-01T10:00:00.000Z" },
  { text: "until 2026-12-01 10:00 UTC", at: "2026-12-01T10:00:00.000Z" },
  { text: "2026-12-01T10:00:30Z", at: "2026-12-01T10:00:30.000Z" },
  { text: "2026-11-20 16:01", at: "2026-11-20T16:01:00.000Z" },
])("$text is $at", ({ text, at }) => {
  expect(parseWhen(text, now)).toEqual({ kind: "at", at: new Date(at) });
});

it.each([
  { text: "", kind: "unreadable" },
  { text: "soon", kind: "unreadable" },
  { text: "2026-02-30", kind: "unreadable" },
  { text: "2026-13-01", kind: "unreadable" },
  { text: "2026-12-01 25:00", kind: "unreadable" },
  { text: "2026-12-01 10:60", kind: "unreadable" },
  { text: "2026-12-01 10:00 CET", kind: "unreadable" },
  { text: "2026-11-20 16:00", kind: "past" },
  { text: "2026-11-19", kind: "past" },
  { text: "2y", kind: "unreadable" },
  { text: "60w", kind: "too_far" },
  { text: "2028-01-01", kind: "too_far" },
])("$text is $kind", ({ text, kind }) => {
  expect(parseWhen(text, now)).toEqual({ kind });
});

import { expect, it } from "vitest";
import { parsePatch } from "../../../../../src/core/findings/patch-lines.ts";
import { touchedLines } from "../../../../../src/core/findings/security/code/touched-lines.ts";

const added = touchedLines(parsePatch("@@ -1,2 +1,3 @@\n a\n+b\n c\n"));
const removed = touchedLines(parsePatch("@@ -5,3 +5,2 @@\n a\n-b\n c\n"));

it.each([
  { name: "the added line itself", side: added.head, range: [2, 2], touches: true },
  { name: "the line before it", side: added.head, range: [1, 1], touches: false },
  { name: "what stood around it before", side: added.base, range: [1, 2], touches: true },
  { name: "what ended before it", side: added.base, range: [1, 1], touches: false },
  { name: "what began behind it", side: added.base, range: [2, 2], touches: false },
  { name: "the removed line itself", side: removed.base, range: [6, 6], touches: true },
  { name: "what stands around it now", side: removed.head, range: [5, 6], touches: true },
  { name: "what begins behind it now", side: removed.head, range: [6, 6], touches: false },
] as const)("$name → $touches", ({ side, range: [start, end], touches }) => {
  expect(side.touches(start, end)).toBe(touches);
});

it("names the first changed line of a range", () => {
  expect(added.head.firstIn(1, 3)).toBe(2);
  expect(added.head.firstIn(3, 3)).toBe(3);
});

import { expect, it } from "vitest";
import { saysPhrase } from "../../../src/core/gate/opinions.ts";

it.each([
  { name: "alone", body: "/approve", says: true },
  { name: "on a line of its own", body: "Looks fine.\r\n/approve\r\nThanks", says: true },
  { name: "in another case, with space around", body: "  /Approve  ", says: true },
  { name: "inside a sentence", body: "please /approve this", says: false },
  { name: "in a quote", body: "> /approve", says: false },
  { name: "in a code block", body: "```\n/approve\n```", says: false },
  { name: "in a block of tildes with backticks inside", body: "~~~\n```\n/approve\n~~~", says: false },
  { name: "in indented code", body: "    /approve", says: false },
  { name: "after a code block", body: "```\ncode\n```\n/approve", says: true },
  { name: "a longer word", body: "/approved", says: false },
])("a phrase counts: $name → $says", ({ body, says }) => {
  expect(saysPhrase(body, ["/approve"])).toBe(says);
});

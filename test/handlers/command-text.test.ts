import { expect, it } from "vitest";
import { addressesHoldpoint, parseCommand } from "../../src/handlers/command-text.ts";

it.each([
  { body: "/holdpoint recheck", name: "recheck", rest: "" },
  { body: "/holdpoint", name: "help", rest: "" },
  {
    body: "Thanks.\r\n\r\n  /HoldPoint  ATTEST   rollback_plan see docs ",
    name: "attest",
    rest: "rollback_plan see docs",
  },
  { body: "/holdpoint dance", name: null, rest: "" },
  { body: "```\ncode\n```\n/holdpoint recheck", name: "recheck", rest: "" },
])("$body is the command $name", ({ body, name, rest }) => {
  expect(parseCommand(body)).toMatchObject({ name, rest });
});

it.each([
  { why: "nothing", body: "" },
  { why: "a sentence about it", body: "try /holdpoint recheck" },
  { why: "a quote", body: "> /holdpoint recheck" },
  { why: "another word", body: "/holdpoints recheck" },
  { why: "a code fence", body: "```\n/holdpoint recheck\n```" },
  { why: "a longer fence that holds a shorter one", body: "````\n```\n/holdpoint recheck\n````" },
  { why: "a fence that is never closed", body: "~~~\n/holdpoint recheck" },
  { why: "indented code", body: "    /holdpoint recheck" },
])("$why is no command", ({ body }) => {
  expect(addressesHoldpoint(body)).toBe(false);
});

it("a comment of GitHub's full length is read at once", () => {
  expect(parseCommand(`/holdpoint${" \t".repeat(32_000)}${"x".repeat(1_500)}`)?.written).toHaveLength(40);
});

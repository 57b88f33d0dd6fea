import { expect, it } from "vitest";
import { addressesHoldpoint, parseCommands } from "../../../../src/core/gate/commands/parse-command.ts";

it.each([
  { body: "/holdpoint recheck", verb: "recheck", rest: "" },
  { body: "/holdpoint", verb: "help", rest: "" },
  {
    body: "Thanks.\r\n\r\n  /HoldPoint  ATTEST   rollback_plan see docs ",
    verb: "attest",
    rest: "rollback_plan see docs",
  },
  { body: "/holdpoint dance", verb: null, rest: "" },
  { body: "```\ncode\n```\n/holdpoint recheck", verb: "recheck", rest: "" },
])("$body is the command $verb", ({ body, verb, rest }) => {
  expect(parseCommands(body)).toMatchObject([{ verb, rest }]);
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
  expect(parseCommands(`/holdpoint${" \t".repeat(32_000)}${"x".repeat(1_500)}`)[0]?.written).toHaveLength(40);
});

import { describe, expect, it } from "vitest";
import { type CommandSpec, commandTable } from "../../../../src/core/gate/commands/command-table.ts";
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
  { body: "/holdpoint hold cancel", verb: "unhold", rest: "" },
  { body: "/holdpoint Hold  Cancel", verb: "unhold", rest: "" },
  { body: "/holdpoint hold cancel the trial first", verb: "hold", rest: "cancel the trial first" },
  { body: "/holdpoint remove-hold", verb: "unhold", rest: "" },
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

it.each([
  { name: "a list below", body: "/holdpoint conditions\n1. a test\n2) a note", items: ["a test", "a note"] },
  { name: "a list set apart", body: "/holdpoint conditions\n\n* a test\n\n* a note", items: ["a test", "a note"] },
  { name: "boxes", body: "/holdpoint conditions\n- [ ] a test\n- [x] a note", items: ["a test", "a note"] },
  {
    name: "a line that goes on",
    body: "/holdpoint conditions\n- a test\n  that fails\n- a note",
    items: ["a test that fails", "a note"],
  },
  {
    name: "one that goes on lazily",
    body: "/holdpoint conditions\n- a test\nthat fails\n- a note",
    items: ["a test that fails", "a note"],
  },
  {
    name: "a list that ends with a paragraph",
    body: "/holdpoint conditions\n- a test\n\nBesides:\n- a nit",
    items: ["a test"],
  },
  {
    name: "a list that ends with a heading",
    body: "/holdpoint conditions\n- a test\n## Besides\n- a nit",
    items: ["a test"],
  },
  { name: "no list", body: "/holdpoint conditions\nthat it works\n- a test", items: [] },
  { name: "a quoted list", body: "/holdpoint conditions\n> - a test", items: [] },
  { name: "marks and nothing else", body: "/holdpoint conditions\n- \n-\n- [ ]", items: [] },
])("$name is what the command is about", ({ body, items }) => {
  expect(parseCommands(body)[0]?.list.map(({ text }) => text)).toEqual(items);
});

it("a list of any length is cut, item and all", () => {
  const list = parseCommands(`/holdpoint conditions\n${`- ${"x".repeat(1_000)}\n`.repeat(500)}`)[0]?.list ?? [];
  expect(list).toHaveLength(50);
  expect(list[0]?.text).toHaveLength(300);
});

describe("the table", () => {
  it.each(commandTable)("$verb is understood as its example has it", (spec: CommandSpec) => {
    expect(parseCommands(spec.example)).toMatchObject([{ verb: spec.verb }]);
    for (const alias of spec.aliases ?? [])
      expect(parseCommands(`/holdpoint ${alias}`)).toMatchObject([{ verb: spec.verb }]);
    expect(spec.may.length).toBeGreaterThan(0);
    expect(spec.does).toMatch(/^[a-z].*[^.]$/);
  });

  it("has each word once", () => {
    const specs: readonly CommandSpec[] = commandTable;
    const words = specs.flatMap(({ verb, aliases = [] }) => [verb, ...aliases]);
    expect(new Set(words).size).toBe(words.length);
  });
});

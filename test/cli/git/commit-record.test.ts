import { expect, it } from "vitest";
import { parseCommitRecord } from "../../../src/cli/git/commit-record.ts";

const record = (trailers: string, message = "feat: a list\n\nBody.\n") =>
  `\nabc\x1fp1 p2\x1f1700000000\x1fMaria\x1fmaria@example.com\x1fGitHub\x1fnoreply@github.com\x1f${trailers}\x1f${message}`;
const parse = (text: string) => parseCommitRecord(text, (name, email) => ({ account: null, name, email }));

it("reads what a commit says of itself", () => {
  expect(parse(record(""))).toMatchObject({
    commit: {
      sha: "abc",
      parents: ["p1", "p2"],
      message: "feat: a list\n\nBody.",
      author: { name: "Maria", email: "maria@example.com" },
      coAuthors: [],
    },
    committedAt: new Date(1_700_000_000_000),
    committerEmail: "noreply@github.com",
  });
});

it.each([
  ["Bob <bob@example.com>", { name: "Bob", email: "bob@example.com" }],
  ["  Bob B  <bob@example.com>  ", { name: "Bob B", email: "bob@example.com" }],
  ["<bob@example.com>", { name: "", email: "bob@example.com" }],
  ["Bob <the second <bob@example.com>", { name: "Bob <the second", email: "bob@example.com" }],
  ["Bob bob@example.com", null],
  ["Bob <bob@example.com> and others", null],
])("co-author %j", (line, person) => {
  expect(parse(record(line)).commit.coAuthors).toEqual(person === null ? [] : [{ account: null, ...person }]);
});

it("keeps a separator that stands in a message", () => {
  expect(parse(record("", "a\x1fb")).commit.message).toBe("a\x1fb");
});

import { describe, expect, it } from "vitest";
import { parseMergeMessage, parseSquashMessage, squashedMessages } from "../../../src/cli/backtest/merge-message.ts";

describe("a merge", () => {
  it.each([
    {
      name: "by GitHub",
      message: "Merge pull request #12 from sam/feature/x\n\nAdd a thing\n\nWith words.",
      said: { id: "#12", title: "Add a thing", body: "With words.", headOwner: "sam", headRef: "feature/x" },
    },
    {
      name: "by GitHub, without a title",
      message: "Merge pull request #12 from sam/x",
      said: { id: "#12", title: "Merge pull request #12 from sam/x", body: "" },
    },
    {
      name: "by GitLab",
      message: "Merge branch 'feature' into 'main'\n\nAdd a thing\n\nWords\n\nSee merge request acme/api!34",
      said: { id: "!34", title: "Add a thing", headRef: "feature" },
    },
    {
      name: "by Bitbucket",
      message: "Merged in feature (pull request #5)\n\nAdd a thing",
      said: { id: "#5", title: "Add a thing", headRef: "feature" },
    },
    {
      name: "by a bot that merges",
      message: "Merge PR #7: add a thing\n\n* feature",
      said: { id: "#7", title: "* feature" },
    },
    {
      name: "by hand",
      message: "Merge branch 'feature'",
      said: { id: null, title: "Merge branch 'feature'", headRef: "feature" },
    },
    { name: "by hand into main", message: "Merge branch 'feature' into main", said: { id: null, headRef: "feature" } },
    { name: "of a queue", message: "Add a thing (#9)\n\nWords", said: { id: "#9", title: "Add a thing" } },
  ])("$name is told by its message", ({ message, said }) => {
    expect(parseMergeMessage(message)).toMatchObject(said);
  });

  it.each([
    "Merge branch 'main' of github.com:acme/api",
    "Merge remote-tracking branch 'origin/main'",
    "Merge branch 'main' into feature",
  ])("that only brings a branch up to date is none: %s", (message) => {
    expect(parseMergeMessage(message)).toBeNull();
  });
});

describe("a squashed pull request", () => {
  it.each([
    ["feat: a thing (#123)", "#123", "feat: a thing"],
    ["feat: a thing (#12) (#123)", "#123", "feat: a thing (#12)"],
    ["fix (#1): a thing (!77)", "!77", "fix (#1): a thing"],
  ])("%s is %s", (title, id, rest) => {
    expect(parseSquashMessage(`${title}\n\nWords`)).toMatchObject({ id, title: rest, body: "Words" });
  });

  it.each(["feat: a thing", "feat: a thing #123", "feat: (#123) a thing", "(#x)", ""])("%s is none", (title) => {
    expect(parseSquashMessage(title)).toBeNull();
  });
});

describe("the commits that were squashed", () => {
  it("are told apart where they are listed", () => {
    const body =
      '* add it\n\n* Revert "add it"\n\nThis reverts commit 1234567.\n\n* add it again\n\nBREAKING CHANGE: other';
    expect(squashedMessages(body)).toEqual([
      "add it",
      'Revert "add it"\n\nThis reverts commit 1234567.',
      "add it again\n\nBREAKING CHANGE: other",
    ]);
  });

  it.each(["", "Words.", "* one\n* two\n\n## Migration\n\nNone."])("are not in a description: %j", (body) => {
    expect(squashedMessages(body)).toBeNull();
  });
});

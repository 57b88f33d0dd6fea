import { describe, expect, it } from "vitest";
import { aStage, mergingPermissions } from "../stage.ts";

async function aStageWithIssue() {
  const stage = await aStage();
  const issue = stage.sandbox.as("maria").openIssue("Owed", "What is owed.", ["urgent"]);
  const ref = { ...stage.in, number: issue.number };
  stage.asked();
  return Object.assign(stage, { issue, ref });
}

const gone = ["deleted", "transferred", "in a repository without issues"] as const;

describe("readIssue", () => {
  it("brings state, people, labels and the whole conversation, oldest first", async () => {
    await using stage = await aStageWithIssue();
    const bob = stage.sandbox.as("bob");
    for (let i = 0; i < 101; i += 1) bob.comment(stage.issue.number, `comment ${i}`);
    bob.assign(stage.issue.number, "sam");
    stage.sandbox.asBot().comment(stage.issue.number, "a workflow speaks");
    bob.closeIssue(stage.issue.number);
    const read = await stage.github.readIssue(stage.ref);
    expect(read).toMatchObject({
      state: "closed",
      title: "Owed",
      body: "What is owed.",
      labels: ["urgent"],
      assignees: [{ login: "sam", kind: "user" }],
      closedBy: { login: "bob", id: stage.sandbox.user("bob").id },
    });
    if (read === "gone") throw new Error("it is there");
    expect(read.comments).toHaveLength(102);
    expect(read.comments[0]).toMatchObject({
      body: "comment 0",
      user: { login: "bob", kind: "user" },
      isEdited: false,
    });
    expect(read.comments.at(-1)?.user.kind).toBe("bot");
    expect(stage.sandbox.violations).toEqual([]);
  });

  it("tells what was edited", async () => {
    await using stage = await aStageWithIssue();
    const comment = stage.sandbox.as("bob").comment(stage.issue.number, "one thing");
    stage.sandbox.world.now = () => new Date(Date.now() + 60_000);
    stage.sandbox.as("bob").editComment(comment, "another");
    const read = await stage.github.readIssue(stage.ref);
    expect(read).toMatchObject({ comments: [{ body: "another", isEdited: true }] });
  });

  it("tells what was edited within its own second", async () => {
    await using stage = await aStageWithIssue();
    const at = new Date();
    stage.sandbox.world.now = () => at;
    const comment = stage.sandbox.as("bob").comment(stage.issue.number, "one thing");
    stage.sandbox.as("olga").editComment(comment, "another");
    const read = await stage.github.readIssue(stage.ref);
    expect(read).toMatchObject({ comments: [{ body: "another", isEdited: true, editedBy: { login: "olga" } }] });
  });

  it.each(gone)("says of one that is %s that it is gone", async (how) => {
    await using stage = await aStageWithIssue();
    const olga = stage.sandbox.as("olga");
    if (how === "deleted") olga.deleteIssue(stage.issue.number);
    else if (how === "transferred") {
      olga.transferIssue(stage.issue.number, stage.sandbox.createRepository(stage.acme, "attic"));
    } else olga.switchIssuesOff();
    expect(await stage.github.readIssue(stage.ref)).toBe("gone");
  });
});

describe("changing an issue", () => {
  it("closes, reopens, rewrites and labels it, and a second time changes nothing", async () => {
    await using stage = await aStageWithIssue();
    const { github, ref, issue } = stage;
    expect(await github.changeIssue(ref, { state: "closed", title: "Paid" })).toBe("changed");
    expect(issue).toMatchObject({ state: "closed", title: "Paid" });
    expect(await github.changeIssue(ref, { state: "open" })).toBe("changed");
    expect(issue.state).toBe("open");
    for (let i = 0; i < 2; i += 1) expect(await github.addLabels(ref, ["bug"])).toBe("added");
    for (let i = 0; i < 2; i += 1) expect(await github.removeLabel(ref, "urgent")).toBe("removed");
    expect([...issue.labels].map(({ name }) => name)).toEqual(["bug"]);
    expect(await github.addAssignees(ref, ["sam", "nobody-of-that-name"])).toBe("added");
    expect([...issue.assignees].map(({ login }) => login)).toEqual(["sam"]);
    expect(stage.sandbox.violations).toEqual([]);
  });

  it("finds one that was deleted gone", async () => {
    await using stage = await aStageWithIssue();
    stage.sandbox.as("olga").deleteIssue(stage.issue.number);
    expect(await stage.github.changeIssue(stage.ref, { state: "open" })).toBe("gone");
  });

  it("is refused where the App may not write issues", async () => {
    await using stage = await aStage({}, { ...mergingPermissions, issues: "read", pull_requests: "read" });
    const issue = stage.sandbox.as("maria").openIssue("Owed");
    const ref = { ...stage.in, number: issue.number };
    expect(await stage.github.changeIssue(ref, { state: "closed" })).toBe("refused");
    expect(await stage.github.addLabels(ref, ["bug"])).toBe("refused");
    expect(await stage.github.removeLabel(ref, "bug")).toBe("refused");
    expect(await stage.github.addAssignees(ref, ["sam"])).toBe("refused");
  });
});

describe("commentOnCommit", () => {
  it("comments once, however often it is asked, and is not kept quiet by people who copy its marker", async () => {
    await using stage = await aStage();
    const sha = stage.api.refs.get("refs/heads/main") ?? "";
    stage.sandbox.as("bob").commentOnCommit(sha, "mine <!-- holdpoint:m1 -->");
    const comment = { sha, body: "Bypassed.", marker: "m1" };
    for (let i = 0; i < 2; i += 1) expect(await stage.github.commentOnCommit(stage.in, comment)).toBe("written");
    expect(stage.api.commitComments.map(({ body }) => body)).toEqual([
      "mine <!-- holdpoint:m1 -->",
      "Bypassed.\n\n<!-- holdpoint:m1 -->",
    ]);
    expect(stage.sandbox.violations).toEqual([]);
  });

  it("is refused for a commit that nobody has", async () => {
    await using stage = await aStage();
    const comment = { sha: "1".repeat(40), body: "Bypassed.", marker: "m1" };
    expect(await stage.github.commentOnCommit(stage.in, comment)).toBe("refused");
  });
});

import { describe, expect, it } from "vitest";
import { aStage } from "../stage.ts";

const write = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
const list = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";
const marker = "<!-- holdpoint:message:abc -->";

async function aStageWithPullRequest() {
  const stage = await aStage();
  const pull = stage.sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
  const comment = (soughtSince: Date | null) =>
    stage.github.commentOnce(stage.subject(pull.number), { body: `It waits.\n\n${marker}`, marker, soughtSince });
  const comments = () => stage.api.issues.get(pull.number)?.comments ?? [];
  const path = `/repos/acme/api/issues/${pull.number}/comments`;
  return Object.assign(stage, { pull, comment, comments, path });
}

describe("commentOnce", () => {
  it("costs one request where it cannot stand there already", async () => {
    await using stage = await aStageWithPullRequest();
    expect(await stage.comment(null)).toEqual({ kind: "sent" });
    expect(stage.asked()).toEqual([write]);
    expect(stage.comments().map(({ body }) => body)).toEqual([`It waits.\n\n${marker}`]);
  });

  it("writes nothing where one of ours bears the marker, far back too", async () => {
    await using stage = await aStageWithPullRequest();
    await stage.comment(null);
    for (let i = 0; i < 120; i += 1) stage.sandbox.as("bob").comment(stage.pull.number, `Comment ${i}`);
    stage.asked();
    expect(await stage.comment(new Date())).toEqual({ kind: "sent" });
    expect(stage.asked()).toEqual([list]);
    expect(stage.comments()).toHaveLength(121);
  });

  it("takes nobody else's comment for ours, whatever it says", async () => {
    await using stage = await aStageWithPullRequest();
    stage.sandbox.as("bob").comment(stage.pull.number, marker);
    expect(await stage.comment(new Date())).toEqual({ kind: "sent" });
    expect(stage.asked()).toEqual([list, write]);
    expect(stage.comments()).toHaveLength(2);
  });

  it.each([
    [403, { kind: "refused", reason: "GitHub refuses the comment: No (this needs the permission issues: write)" }],
    [404, { kind: "refused", reason: "GitHub refuses the comment: No (this needs the permission issues: write)" }],
    [422, { kind: "refused", reason: "GitHub refuses the comment: No" }],
    [502, { kind: "failed", reason: "GitHub did not take the comment", retryAt: null }],
  ])("%i is an answer, not an error", async (status, expected) => {
    await using stage = await aStageWithPullRequest();
    stage.sandbox.faults.failNext(
      { method: "POST", path: stage.path },
      { kind: "answer", status, body: { message: "No" } },
      9,
    );
    expect(await stage.comment(null)).toEqual(expected);
  });

  it("says until when GitHub asks for patience", async () => {
    await using stage = await aStageWithPullRequest();
    stage.sandbox.faults.slowDownNext({ method: "POST", path: stage.path }, 90, 9);
    expect(await stage.comment(null)).toMatchObject({ kind: "failed", retryAt: expect.any(Date) });
  });
});

import { describe, expect, it } from "vitest";
import { aStage } from "../stage.ts";

async function aStageWithPullRequest() {
  const stage = await aStage();
  const pull = stage.sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
  const person = (login: string) => ({ id: stage.sandbox.user(login).id, login, kind: "user" as const });
  const requested = async () => {
    const reading = await stage.github.readPullRequest(stage.subject(pull.number), { teams: [], organizations: [] });
    return reading === "gone" ? [] : reading.snapshot.requestedReviewers.map(({ login }) => login).sort();
  };
  return Object.assign(stage, { pull: stage.subject(pull.number), person, requested });
}

describe("requestReviewers", () => {
  it("asks all in one request", async () => {
    await using stage = await aStageWithPullRequest();
    await stage.github.requestReviewers(stage.pull, [stage.person("bob"), stage.person("sam"), stage.person("bob")]);
    expect(stage.asked()).toHaveLength(1);
    expect(await stage.requested()).toEqual(["bob", "sam"]);
  });

  it("leaves out who cannot be asked", async () => {
    await using stage = await aStageWithPullRequest();
    stage.api.isPrivate = true;
    await stage.github.requestReviewers(stage.pull, ["bob", "maria", "stranger", "sam"].map(stage.person));
    expect(await stage.requested()).toEqual(["bob", "sam"]);
  });

  it("asks nobody where there is nobody to ask", async () => {
    await using stage = await aStageWithPullRequest();
    await stage.github.requestReviewers(stage.pull, [
      { id: 5, login: "renovate[bot]", kind: "bot" },
      { id: -1, login: "ghost", kind: "ghost" },
    ]);
    expect(stage.asked()).toEqual([]);
  });

  it("fails when GitHub does", async () => {
    await using stage = await aStageWithPullRequest();
    stage.sandbox.faults.failNext({ method: "POST", path: /requested_reviewers$/ }, { kind: "answer", status: 502 }, 9);
    await expect(stage.github.requestReviewers(stage.pull, [stage.person("bob")])).rejects.toMatchObject({
      kind: "unavailable",
    });
  });
});

describe("comments and reactions", () => {
  it("are written as they stand", async () => {
    await using stage = await aStageWithPullRequest();
    await stage.github.comment(stage.pull, "Held.");
    const asked = stage.sandbox.as("bob").comment(stage.pull.number, "/holdpoint recheck");
    await stage.github.react(stage.pull, asked.id, "eyes");
    await stage.github.react(stage.pull, asked.id, "eyes");
    const reading = await stage.github.readPullRequest(stage.pull, { teams: [], organizations: [] });
    if (reading === "gone") throw new Error("gone");
    expect(reading.snapshot.comments).toMatchObject([
      { body: "Held.", user: { login: "holdpoint[bot]", kind: "bot" } },
      { body: "/holdpoint recheck", user: { login: "bob", kind: "user" } },
    ]);
    expect(asked.reactions).toHaveLength(1);
    expect(stage.sandbox.violations).toEqual([]);
  });

  it("of which the answer is lost are not written twice", async () => {
    await using stage = await aStageWithPullRequest();
    stage.sandbox.faults.failNext({ method: "POST", path: /comments$/ }, { kind: "lose_answer" });
    await expect(stage.github.comment(stage.pull, "Held.")).rejects.toMatchObject({ kind: "unavailable" });
    const reading = await stage.github.readPullRequest(stage.pull, { teams: [], organizations: [] });
    expect(reading !== "gone" && reading.snapshot.comments).toHaveLength(1);
  });
});

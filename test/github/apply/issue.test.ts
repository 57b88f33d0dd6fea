import { describe, expect, it } from "vitest";
import { aStage } from "../stage.ts";

const list = "GET /repos/{owner}/{repo}/issues";
const create = "POST /repos/{owner}/{repo}/issues";
const whoAmI = "GET /app";

const wanted = {
  title: "Review later",
  body: "Because.",
  labels: ["urgent"],
  assignees: ["bob"],
  marker: "acme/api#1:c1",
};

async function aStageWithPullRequest() {
  const stage = await aStage();
  const pull = stage.sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
  const file = (of = {}) => stage.github.createIssue(stage.subject(pull.number), { ...wanted, ...of });
  const issues = () => [...stage.api.issues.values()].filter(({ kind }) => kind === "issue");
  return Object.assign(stage, { pr: stage.subject(pull.number), file, issues });
}

describe("createIssue", () => {
  it("files one issue however often it is asked, by this process or another", async () => {
    await using stage = await aStageWithPullRequest();
    const filed = await stage.file();
    expect(stage.asked()).toEqual([whoAmI, list, create]);
    expect(await stage.file({ title: "Another title" })).toEqual(filed);
    expect(stage.asked()).toEqual([list]);
    expect(await stage.anotherProcess().createIssue(stage.pr, wanted)).toEqual(filed);
    const [issue] = stage.issues();
    expect(stage.issues()).toHaveLength(1);
    expect(filed).toEqual({ number: issue?.number, url: expect.stringMatching(/acme\/api\/issues\/\d+$/) });
    expect(issue).toMatchObject({ title: "Review later", body: "Because.\n\n<!-- holdpoint:acme/api#1:c1 -->" });
    expect([...(issue?.assignees ?? [])].map(({ login }) => login)).toEqual(["bob"]);
    expect([...(issue?.labels ?? [])].map(({ name }) => name)).toEqual(["urgent"]);
    expect(stage.sandbox.violations).toEqual([]);
  });

  it("finds it also when it is closed, or far back among ours", async () => {
    await using stage = await aStageWithPullRequest();
    const filed = await stage.file();
    stage.sandbox.as("bob").close(filed === "refused" ? 0 : filed.number);
    for (let i = 0; i < 101; i += 1) await stage.file({ marker: `m${i}` });
    stage.asked();
    expect(await stage.file()).toEqual(filed);
    expect(stage.asked()).toEqual([list, list]);
  });

  it("takes no issue of others for ours, whatever its body says", async () => {
    await using stage = await aStageWithPullRequest();
    stage.sandbox.as("bob").openIssue("Mine", "<!-- holdpoint:acme/api#1:c1 -->");
    await stage.file();
    expect(stage.issues()).toHaveLength(2);
  });

  it("does not take a longer marker for a shorter one", async () => {
    await using stage = await aStageWithPullRequest();
    await stage.file({ marker: "acme/api#1:c10" });
    await stage.file();
    expect(stage.issues()).toHaveLength(2);
  });

  it("is filed by asking again when the answer was lost, and is one still", async () => {
    await using stage = await aStageWithPullRequest();
    stage.sandbox.faults.failNext({ method: "POST", path: /issues$/ }, { kind: "lose_answer" });
    await expect(stage.file()).rejects.toMatchObject({ kind: "unavailable" });
    expect(await stage.file()).toMatchObject({ number: expect.any(Number) });
    expect(stage.issues()).toHaveLength(1);
  });

  it("is filed without people who cannot be assigned", async () => {
    await using stage = await aStageWithPullRequest();
    expect(await stage.file({ assignees: ["nobody-of-that-name"] })).toMatchObject({ number: expect.any(Number) });
    expect(stage.issues()[0]?.assignees.size).toBe(0);
  });

  it.each([
    { name: "issues are off", prepare: ({ api }: Stage) => void Object.assign(api, { hasIssues: false }) },
    {
      name: "the App may not",
      prepare: ({ installation }: Stage) => {
        installation.permissions = { metadata: "read" };
      },
    },
  ])("is refused where $name", async ({ prepare }) => {
    await using stage = await aStageWithPullRequest();
    prepare(stage);
    expect(await stage.file()).toBe("refused");
  });

  it("fails when GitHub does", async () => {
    await using stage = await aStageWithPullRequest();
    stage.sandbox.faults.failNext({ path: "/app" }, { kind: "answer", status: 502 }, 4);
    await expect(stage.file()).rejects.toMatchObject({ kind: "unavailable" });
    expect(await stage.file()).toMatchObject({ number: expect.any(Number) });
  });
});

type Stage = Awaited<ReturnType<typeof aStageWithPullRequest>>;

import { describe, expect, it } from "vitest";
import { aStage, mergingPermissions } from "../stage.ts";

async function aStageWithPullRequest(permissions = mergingPermissions) {
  const stage = await aStage({}, permissions);
  const pull = stage.sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
  const text = (branch: string, path: string) => {
    const { objects } = stage.sandbox.world;
    const tip = stage.api.refs.get(`refs/heads/${branch}`) ?? "";
    const sha = objects.fileAt(objects.commit(tip).tree, path)?.sha ?? "";
    return objects.blob(sha)?.toString("utf8") ?? null;
  };
  return Object.assign(stage, { pull, pr: stage.subject(pull.number), text });
}

const readOnly = { ...mergingPermissions, contents: "read" as const };

describe("updateBranch", () => {
  it("brings the base into the head", async () => {
    await using stage = await aStageWithPullRequest();
    stage.sandbox.as("bob").push("main", { "b.txt": "b\n" }, "Go on");
    const before = stage.pull.head.sha;
    expect(await stage.github.updateBranch(stage.pr, before)).toBe("updated");
    const { parents } = stage.sandbox.world.objects.commit(stage.pull.head.sha);
    expect(parents).toEqual([before, stage.api.refs.get("refs/heads/main")]);
    expect(stage.sandbox.violations).toEqual([]);
  });

  it.each([
    { name: "the base brings nothing", files: null },
    { name: "both sides changed the same lines", files: { "a.txt": "another\n" } },
  ])("is refused where $name", async ({ files }) => {
    await using stage = await aStageWithPullRequest();
    if (files) stage.sandbox.as("bob").push("main", files, "Go on");
    expect(await stage.github.updateBranch(stage.pr, stage.pull.head.sha)).toBe("refused");
  });

  it("is refused for another head", async () => {
    await using stage = await aStageWithPullRequest();
    stage.sandbox.as("bob").push("main", { "b.txt": "b\n" }, "Go on");
    expect(await stage.github.updateBranch(stage.pr, "0".repeat(40))).toBe("refused");
  });
});

describe("createBranch", () => {
  it("creates it once; a second time it is there", async () => {
    await using stage = await aStageWithPullRequest();
    const branch = { name: "holdpoint/restore/v1", sha: stage.pull.head.sha };
    expect(await stage.github.createBranch(stage.pr, branch)).toBe("created");
    expect(await stage.github.createBranch(stage.pr, branch)).toBe("exists");
    expect(stage.api.refs.get("refs/heads/holdpoint/restore/v1")).toBe(stage.pull.head.sha);
    expect(stage.sandbox.violations).toEqual([]);
  });

  it("leaves one that stands elsewhere alone", async () => {
    await using stage = await aStageWithPullRequest();
    const main = stage.api.refs.get("refs/heads/main");
    expect(await stage.github.createBranch(stage.pr, { name: "main", sha: stage.pull.head.sha })).toBe("refused");
    expect(stage.api.refs.get("refs/heads/main")).toBe(main);
  });

  it("takes a commit of a fork", async () => {
    await using stage = await aStage({}, mergingPermissions);
    const fork = stage.sandbox.fork(stage.api, "stranger");
    const pull = stage.sandbox.as("stranger").openPullRequest({ title: "A", files: { "a.txt": "a\n" }, from: fork });
    const branch = { name: "restored", sha: pull.head.sha };
    expect(await stage.github.createBranch(stage.subject(pull.number), branch)).toBe("created");
  });

  it.each([
    { name: "a commit that does not exist", sha: "0".repeat(40), permissions: mergingPermissions },
    { name: "an App that may not write", sha: null, permissions: readOnly },
  ])("is refused: $name", async ({ sha, permissions }) => {
    await using stage = await aStageWithPullRequest(permissions);
    const branch = { name: "restored", sha: sha ?? stage.pull.head.sha };
    expect(await stage.github.createBranch(stage.pr, branch)).toBe("refused");
  });

  it("fails when GitHub does, and makes no second one when the answer is lost", async () => {
    await using stage = await aStageWithPullRequest();
    const branch = { name: "restored", sha: stage.pull.head.sha };
    stage.sandbox.faults.failNext({ method: "POST", path: /refs$/ }, { kind: "answer", status: 502 }, 4);
    await expect(stage.github.createBranch(stage.pr, branch)).rejects.toMatchObject({ kind: "unavailable" });
    stage.sandbox.faults.failNext({ method: "POST", path: /refs$/ }, { kind: "lose_answer" });
    expect(await stage.github.createBranch(stage.pr, branch)).toBe("exists");
  });
});

describe("writeFile", () => {
  const file = { branch: "main", path: "docs/decisions/42 ü.md", text: "# Decided\n", message: "docs: decision" };

  it("writes a file, then nothing, then what changed", async () => {
    await using stage = await aStageWithPullRequest();
    expect(await stage.github.writeFile(stage.pr, file)).toBe("written");
    expect(await stage.github.writeFile(stage.pr, file)).toBe("unchanged");
    const tip = stage.api.refs.get("refs/heads/main") ?? "";
    expect(stage.sandbox.world.objects.commit(tip).message).toBe("docs: decision");
    expect(await stage.github.writeFile(stage.pr, { ...file, text: "# Äh\n" })).toBe("written");
    expect(stage.text("main", file.path)).toBe("# Äh\n");
    expect(stage.sandbox.violations).toEqual([]);
  });

  it.each([
    { name: "a branch that does not exist", of: { branch: "nowhere" }, permissions: mergingPermissions },
    { name: "a folder in its place", of: { path: "src" }, permissions: mergingPermissions },
    { name: "an App that may not write", of: {}, permissions: readOnly },
  ])("is refused: $name", async ({ of, permissions }) => {
    await using stage = await aStageWithPullRequest(permissions);
    expect(await stage.github.writeFile(stage.pr, { ...file, ...of })).toBe("refused");
  });

  it.each([
    { times: 2, outcome: "written" },
    { times: 3, outcome: "refused" },
  ])("overtaken $times times by another commit, it is $outcome", async ({ times, outcome }) => {
    await using stage = await aStageWithPullRequest();
    const conflict = { kind: "answer" as const, status: 409, body: { message: "is at 1 but expected 2" } };
    stage.sandbox.faults.failNext({ method: "PUT" }, conflict, times);
    expect(await stage.github.writeFile(stage.pr, file)).toBe(outcome);
  });

  it("is not sent twice when the answer is lost; asked again, it is there", async () => {
    await using stage = await aStageWithPullRequest();
    stage.sandbox.faults.failNext({ method: "PUT" }, { kind: "lose_answer" });
    await expect(stage.github.writeFile(stage.pr, file)).rejects.toMatchObject({ kind: "unavailable" });
    expect(await stage.github.writeFile(stage.pr, file)).toBe("unchanged");
  });
});

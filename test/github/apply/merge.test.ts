import { describe, expect, it } from "vitest";
import type { MergeWanted } from "../../../src/handlers/github-port.ts";
import type { Protection } from "../../../src/sandbox/state/repository.ts";
import { aDraft, aStage, mergingPermissions } from "../stage.ts";

const put = "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge";
const state = "POST /graphql MergeState";
const arm = "POST /graphql ArmAutoMerge";
const enqueue = "POST /graphql Enqueue";
const disarm = "POST /graphql DisarmAutoMerge";

const gate = { requiredChecks: [{ context: "holdpoint: main", appId: 4242 }] };

async function aStageWithPullRequest(rule: Partial<Protection> | null = null, permissions = mergingPermissions) {
  const stage = await aStage({}, permissions);
  const { sandbox, api } = stage;
  if (rule !== null) sandbox.protect(api, "main", rule);
  const pull = sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
  const subject = stage.subject(pull.number);
  const merge = (of: Partial<MergeWanted> = {}) =>
    stage.github.merge(subject, { headSha: pull.head.sha, method: "squash", ...of });
  const turnGreen = () =>
    stage.github.writeCheck(stage.in, null, aDraft({ headSha: pull.head.sha, conclusion: "success" }));
  return Object.assign(stage, { pull, pr: subject, merge, turnGreen });
}

describe("merge", () => {
  it.each(["merge", "squash", "rebase"] as const)(
    "merges at once by %s where nothing stands in the way",
    async (method) => {
      await using stage = await aStageWithPullRequest();
      const outcome = await stage.merge({ method });
      expect(outcome).toEqual({ kind: "merged", sha: stage.pull.mergeCommitSha });
      expect(stage.pull.mergedBy?.login).toBe("holdpoint[bot]");
      expect(stage.asked()).toEqual([put]);
      expect(stage.sandbox.violations).toEqual([]);
    },
  );

  it("merges no other head than the one that was judged", async () => {
    await using stage = await aStageWithPullRequest();
    stage.sandbox.as("maria").pushTo(stage.pull.number, { "b.txt": "b\n" }, "More");
    const judged = stage.pull.formerHeads[0] ?? "";
    expect(await stage.merge({ headSha: judged })).toEqual({
      kind: "refused",
      reason: "Head branch was modified. Review and try the merge again.",
    });
    expect(stage.pull.mergedAt).toBeNull();
  });

  it("arms auto-merge while a required check runs, which merges once it is green", async () => {
    await using stage = await aStageWithPullRequest(gate);
    expect(await stage.merge()).toEqual({ kind: "armed" });
    expect(stage.asked()).toEqual([put, state, arm]);
    expect(stage.pull).toMatchObject({ mergedAt: null, autoMerge: { method: "squash" } });
    await stage.turnGreen();
    expect(stage.pull.mergedAt).not.toBeNull();
    expect(stage.sandbox.violations).toEqual([]);
  });

  it("arms no auto-merge for another head", async () => {
    await using stage = await aStageWithPullRequest(gate);
    stage.sandbox.as("maria").pushTo(stage.pull.number, { "b.txt": "b\n" }, "More");
    stage.sandbox.faults.failNext({ method: "PUT" }, { kind: "answer", status: 405, body: { message: "Not yet" } });
    expect(await stage.merge({ headSha: stage.pull.formerHeads[0] ?? "" })).toMatchObject({ kind: "refused" });
    expect(stage.pull.autoMerge).toBeNull();
  });

  it("leaves alone what somebody armed already", async () => {
    await using stage = await aStageWithPullRequest(gate);
    stage.sandbox.as("bob").enableAutoMerge(stage.pull.number);
    expect(await stage.merge()).toEqual({ kind: "armed" });
    expect(stage.pull.autoMerge?.enabledBy.login).toBe("bob");
    expect(stage.asked()).toEqual([put, state]);
  });

  it("puts it into the queue where the branch has one, and the queue merges it", async () => {
    await using stage = await aStageWithPullRequest({ ...gate, hasMergeQueue: true });
    await stage.turnGreen();
    stage.asked();
    expect(await stage.merge()).toEqual({ kind: "queued" });
    expect(stage.asked()).toEqual([put, state, enqueue]);
    expect(await stage.merge()).toEqual({ kind: "queued" });
    const [group] = stage.api.mergeGroups;
    expect(group?.pullNumbers).toEqual([stage.pull.number]);
    await stage.github.writeCheck(stage.in, null, aDraft({ headSha: group?.headSha ?? "", conclusion: "success" }));
    expect(stage.pull).toMatchObject({ isQueued: false, mergedBy: { login: "holdpoint[bot]" } });
    expect(stage.sandbox.violations).toEqual([]);
  });

  it("arms what the queue does not take yet, so that it goes in once it is ready", async () => {
    await using stage = await aStageWithPullRequest({ ...gate, hasMergeQueue: true });
    expect(await stage.merge()).toEqual({ kind: "armed" });
    expect(stage.asked()).toEqual([put, state, enqueue, arm]);
    await stage.turnGreen();
    expect(stage.pull.isQueued).toBe(true);
  });

  it("tries once more when there was nothing to wait for after all", async () => {
    await using stage = await aStageWithPullRequest();
    const body = { message: "Base branch was modified. Review and try the merge again." };
    stage.sandbox.faults.failNext({ method: "PUT" }, { kind: "answer", status: 405, body });
    expect(await stage.merge()).toMatchObject({ kind: "merged" });
    expect(stage.asked()).toEqual([put, state, arm, put]);
  });

  it.each([
    {
      name: "a conflict",
      prepare: ({ sandbox }: Stage) => {
        sandbox.as("bob").push("main", { "a.txt": "another\n" }, "Be first");
      },
      reason: "Pull Request is not mergeable (auto-merge: Pull request Pull request is in dirty status)",
    },
    {
      name: "a draft",
      prepare: ({ sandbox, pull }: Stage) => sandbox.as("maria").convertToDraft(pull.number),
      reason: "Pull Request is still a draft (auto-merge: Pull request Pull request is in draft status)",
    },
    {
      name: "a method that the repository does not allow",
      prepare: ({ api }: Stage) => void api.mergeMethods.delete("squash"),
      reason:
        "Squash merges are not allowed on this repository. (auto-merge: Squash merges are not allowed on this repository.)",
    },
    {
      name: "a repository without auto-merge, while a check runs",
      prepare: ({ sandbox, api }: Stage) => {
        sandbox.protect(api, "main", gate);
        api.allowsAutoMerge = false;
      },
      reason:
        'Required status check "holdpoint: main" is expected. (auto-merge: Pull request Auto merge is not allowed for this repository)',
    },
  ])("is refused in GitHub's words: $name", async ({ prepare, reason }) => {
    await using stage = await aStageWithPullRequest();
    prepare(stage);
    expect(await stage.merge()).toEqual({ kind: "refused", reason });
    expect(stage.pull).toMatchObject({ mergedAt: null, autoMerge: null });
  });

  it("names the permission that is missing", async () => {
    const { contents: _, ...less } = mergingPermissions;
    await using stage = await aStageWithPullRequest(null, { ...less, contents: "read" });
    expect(await stage.merge()).toEqual({
      kind: "refused",
      reason: "Resource not accessible by integration (this needs the permission contents: write)",
    });
  });

  it("is not sent twice when the answer is lost; the next run finds it merged", async () => {
    await using stage = await aStageWithPullRequest();
    stage.sandbox.faults.failNext({ method: "PUT" }, { kind: "lose_answer" });
    await expect(stage.merge()).rejects.toMatchObject({ kind: "unavailable" });
    expect(stage.asked()).toEqual([put]);
    expect(await stage.merge()).toEqual({ kind: "merged", sha: stage.pull.mergeCommitSha });
  });

  it("fails, and does not say refused, when GitHub does", async () => {
    await using stage = await aStageWithPullRequest(gate);
    stage.sandbox.faults.failNext({ graphql: "ArmAutoMerge" }, { kind: "answer", status: 502 });
    await expect(stage.merge()).rejects.toMatchObject({ kind: "unavailable" });
    expect(stage.asked()).toEqual([put, state, arm]);
  });
});

type Stage = Awaited<ReturnType<typeof aStageWithPullRequest>>;

describe("disarmAutoMerge", () => {
  it("takes auto-merge off, whoever armed it, so that green does not merge", async () => {
    await using stage = await aStageWithPullRequest(gate);
    stage.sandbox.as("bob").enableAutoMerge(stage.pull.number);
    await stage.github.disarmAutoMerge(stage.pr);
    expect(stage.pull.autoMerge).toBeNull();
    expect(stage.asked()).toEqual([state, disarm]);
    await stage.turnGreen();
    expect(stage.pull.mergedAt).toBeNull();
    expect(stage.sandbox.violations).toEqual([]);
  });

  it("does nothing where it is not armed", async () => {
    await using stage = await aStageWithPullRequest(gate);
    await stage.github.disarmAutoMerge(stage.pr);
    expect(stage.asked()).toEqual([state]);
  });

  it("is content when somebody was quicker", async () => {
    await using stage = await aStageWithPullRequest(gate);
    stage.sandbox.as("bob").enableAutoMerge(stage.pull.number);
    stage.sandbox.faults.failNext({ graphql: "DisarmAutoMerge" }, { kind: "lose_answer" });
    await stage.github.disarmAutoMerge(stage.pr);
    expect(stage.pull.autoMerge).toBeNull();
    expect(stage.asked()).toEqual([state, disarm, disarm, state]);
  });

  it("says so when it stays armed", async () => {
    await using stage = await aStageWithPullRequest(gate);
    stage.sandbox.as("bob").enableAutoMerge(stage.pull.number);
    const errors = [{ type: "UNPROCESSABLE", path: ["disablePullRequestAutoMerge"], message: "Not now" }];
    const body = { data: { disablePullRequestAutoMerge: null }, errors };
    stage.sandbox.faults.failNext({ graphql: "DisarmAutoMerge" }, { kind: "answer", status: 200, body });
    await expect(stage.github.disarmAutoMerge(stage.pr)).rejects.toMatchObject({ kind: "invalid" });
  });
});

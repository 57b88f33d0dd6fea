/** Merging and what leads there, as on GitHub. */
import { describe, expect, it } from "vitest";
import type { Protection } from "../../src/sandbox/state/repository.ts";
import { aStage, lines } from "./stage.ts";

const gate = { requiredChecks: [{ context: "gate", appId: 4242 }] };

async function aStageWithPullRequest(rule: Partial<Protection> = gate) {
  const stage = await aStage();
  const { github, api, installation } = stage;
  github.protect(api, "main", rule);
  const pull = github.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
  const report = (conclusion: "success" | "failure", headSha = pull.head.sha) =>
    github.report(installation.app, api, headSha, { name: "gate", conclusion });
  return Object.assign(stage, { pull, report });
}

describe("auto-merge", () => {
  it("does not merge on a check of the same name by another App", async () => {
    await using stage = await aStageWithPullRequest();
    const { github, api, pull } = stage;
    github.as("bob").enableAutoMerge(pull.number);
    github.report(github.actionsApp(), api, pull.head.sha, { name: "gate", conclusion: "success" });
    expect(pull.mergedAt).toBeNull();
    stage.report("success");
    expect(pull.mergedBy?.login).toBe("bob");
    expect(github.violations).toEqual([]);
  });

  it.each([
    { by: "maria", mayWrite: true, stays: true },
    { by: "stranger", mayWrite: false, stays: false },
  ])("after a push by $by, who may write: $mayWrite, stays armed: $stays", async ({ by, stays }) => {
    await using stage = await aStage();
    const { github, api } = stage;
    github.protect(api, "main", gate);
    const fork = github.fork(api, by);
    const pull = github.as(by).openPullRequest({ title: "A", files: { "a.txt": "a\n" }, from: fork });
    github.as("bob").enableAutoMerge(pull.number);
    github.as(by).pushTo(pull.number, { "b.txt": "b\n" }, "More");
    expect(pull.autoMerge !== null).toBe(stays);
  });

  it("is not to be armed where nothing has to be waited for", async () => {
    await using stage = await aStageWithPullRequest({});
    expect(() => stage.github.as("bob").enableAutoMerge(stage.pull.number)).toThrow("clean status");
  });
});

describe("a merge queue", () => {
  it("takes no merge around it", async () => {
    await using stage = await aStageWithPullRequest({ hasMergeQueue: true });
    expect(() => stage.github.as("bob").merge(stage.pull.number)).toThrow("must be made through the merge queue");
  });

  it.each([
    { conclusion: "success" as const, isMerged: true },
    { conclusion: "failure" as const, isMerged: false },
  ])("ends by itself when the required check of the group is $conclusion → merged: $isMerged", async (row) => {
    await using stage = await aStageWithPullRequest({ ...gate, hasMergeQueue: true });
    const { headSha } = stage.github.queue(stage.api, [stage.pull.number], "olga");
    stage.report(row.conclusion, headSha);
    expect(stage.api.mergeGroups).toEqual([]);
    expect(stage.pull).toMatchObject({ isQueued: false, state: row.isMerged ? "closed" : "open" });
    expect(stage.github.violations).toEqual([]);
  });
});

describe("the base merged into the head", () => {
  it("brings what the base has by a commit of GitHub's own, with two parents", async () => {
    await using stage = await aStageWithPullRequest();
    const { github, api, pull } = stage;
    const before = pull.head.sha;
    const base = github.as("bob").push("main", { "b.txt": "b\n" }, "Go on");
    const { parents, viaWeb } = github.world.objects.commit(github.as("maria").mergeBase(pull.number));
    expect([parents, viaWeb]).toEqual([[before, base], true]);
    expect(api.pulls.get(pull.number)?.head.sha).not.toBe(before);
  });

  it("may slip in a change besides", async () => {
    await using stage = await aStageWithPullRequest();
    const { github, pull } = stage;
    github.as("bob").push("main", { "b.txt": "b\n" }, "Go on");
    const sha = github.as("maria").mergeBase(pull.number, { "src/list.ts": `${lines(30, "item")}smuggled\n` });
    const { objects } = github.world;
    const files = ["a.txt", "b.txt", "src/list.ts"].map((path) => objects.fileAt(objects.commit(sha).tree, path)?.sha);
    expect(
      files.map((file) =>
        objects
          .blob(file ?? "")
          ?.toString("utf8")
          .split("\n")
          .at(-2),
      ),
    ).toEqual(["a", "b", "smuggled"]);
  });

  it("needs a word on how a conflict is to end", async () => {
    await using stage = await aStageWithPullRequest();
    const { github, pull } = stage;
    github.as("bob").push("main", { "a.txt": "another\n", "b.txt": "b\n" }, "Go on");
    expect(() => github.as("maria").updateBranch(pull.number)).toThrow("merge conflict");
    const sha = github.as("maria").mergeBase(pull.number, { "a.txt": "both\n" });
    const { objects } = github.world;
    expect(objects.fileAt(objects.commit(sha).tree, "b.txt")).toBeDefined();
    expect(github.checksOf(stage.api, pull.number)).toEqual([]);
    expect(pull.base.repository.refs.get("refs/heads/main")).toBe(objects.commit(sha).parents[1]);
  });
});

describe("a pull request that is reopened", () => {
  it("stands where its branch is by then", async () => {
    await using stage = await aStageWithPullRequest();
    const { github, pull, heard } = stage;
    const before = pull.head.sha;
    github.as("maria").close(pull.number);
    const after = github.as("maria").push(pull.head.ref, { "b.txt": "b\n" }, "More");
    expect(pull.head.sha).toBe(before);
    github.as("maria").reopen(pull.number);
    await github.webhooks.flush();
    const told = heard.filter(({ event }) => event === "pull_request").map(({ payload }) => payload);
    expect(told.map(({ action, pull_request }) => [action, pull_request.head.sha])).toEqual([
      ["opened", before],
      ["closed", before],
      ["reopened", after],
    ]);
    expect(github.violations).toEqual([]);
  });

  it.each([
    {
      name: "its branch was force-pushed",
      change: ({ github, pull }: Stage) => void github.as("maria").forcePush(pull.number, { "a.txt": "z\n" }, "Anew"),
      why: "force-pushed or recreated",
    },
    {
      name: "its branch is gone",
      change: ({ github, pull }: Stage) => github.as("maria").deleteBranch(pull.head.ref),
      why: "was deleted",
    },
  ])("cannot be where $name", async ({ change, why }) => {
    await using stage = await aStageWithPullRequest();
    const { github, pull, octokit, at } = stage;
    github.as("maria").close(pull.number);
    change(stage);
    const reopening = octokit.rest.pulls.update({ ...at, pull_number: pull.number, state: "open" });
    await expect(reopening).rejects.toMatchObject({ status: 422, message: expect.stringContaining(why) });
    expect(pull.state).toBe("closed");
  });
});

type Stage = Awaited<ReturnType<typeof aStageWithPullRequest>>;

describe("an approval given before a force-push with the very same change", () => {
  it("moves to the new head", async () => {
    await using stage = await aStageWithPullRequest();
    const { github, pull } = stage;
    const review = github.as("bob").approve(pull.number);
    const after = github.as("maria").forcePush(pull.number, { "a.txt": "a\n" }, "The same, in other words");
    expect(review.commitSha).toBe(after);
  });
});

describe("conversations", () => {
  it("are settled by an App through GraphQL", async () => {
    await using stage = await aStageWithPullRequest();
    const { github, pull } = stage;
    const comment = github.as("bob").commentOnLine(pull.number, { path: "a.txt", line: 1, body: "Why?" });
    const threads = await stage.graphql(
      "query($id: ID!) { node(id: $id) { ... on PullRequest { reviewThreads(first: 9) { nodes { id isResolved } } } } }",
      { id: pull.nodeId },
    );
    const [thread] = threads.data.node.reviewThreads.nodes;
    expect(thread.isResolved).toBe(false);
    const resolve =
      "mutation($id: ID!) { resolveReviewThread(input: {threadId: $id}) { thread { isResolved resolvedBy { login } } } }";
    const { data } = await stage.graphql(resolve, { id: thread.id });
    expect(data.resolveReviewThread.thread.isResolved).toBe(true);
    expect(comment.resolvedBy?.login).toBe("gatekeeper[bot]");
  });
});

describe("a mutation", () => {
  it.each(["enablePullRequestAutoMerge", "enqueuePullRequest"])("%s is for who may change code", async (name) => {
    await using stage = await aStageWithPullRequest({ ...gate, hasMergeQueue: true });
    const { errors } = await stage.graphql(
      `mutation($id: ID!) { ${name}(input: {pullRequestId: $id}) { clientMutationId } }`,
      { id: stage.pull.nodeId },
    );
    expect(errors).toMatchObject([{ type: "FORBIDDEN" }]);
  });
});

/** Merging and what leads there, as on GitHub. */
import { describe, expect, it } from "vitest";
import { USUAL_PERMISSIONS } from "../../src/sandbox/actions/apps.ts";
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

describe("the words of a merge", () => {
  const words = { commit_title: "Let it in", commit_message: "Holdpoint-Bypass: maria" };

  it.each([
    { method: "merge" as const, message: "Let it in\n\nHoldpoint-Bypass: maria", parents: 2 },
    { method: "squash" as const, message: "Let it in\n\nHoldpoint-Bypass: maria", parents: 1 },
    { method: "rebase" as const, message: "A", parents: 1 },
  ])("are those asked for on a $method, unless there is no room for them", async ({ method, message, parents }) => {
    await using stage = await aStageWithPullRequest({});
    const { github, at, pull } = stage;
    github.as("olga").push("main", { "elsewhere.txt": "e\n" }, "Elsewhere");
    const olga = stage.octokitFor(github.tokenFor("olga"));
    const { data } = await olga.rest.pulls.merge({ ...at, pull_number: pull.number, merge_method: method, ...words });
    const commit = github.world.objects.commit(data.sha);
    expect([commit.message, commit.parents.length]).toEqual([message, parents]);
    expect(github.violations).toEqual([]);
  });

  it("wait with an armed auto-merge", async () => {
    const permissions = { ...USUAL_PERMISSIONS, contents: "write" as const };
    await using stage = await aStage({}, permissions);
    const { github, api, installation } = stage;
    github.protect(api, "main", gate);
    const pull = github.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
    const mutation = `mutation ($id: ID!) {
      enablePullRequestAutoMerge(input: { pullRequestId: $id, mergeMethod: SQUASH, commitHeadline: "Let it in", commitBody: "By rule" }) {
        pullRequest { autoMergeRequest { commitHeadline commitBody mergeMethod } }
      }
    }`;
    const { data } = await stage.graphql(mutation, { id: pull.nodeId });
    expect(data.enablePullRequestAutoMerge.pullRequest.autoMergeRequest).toEqual({
      commitHeadline: "Let it in",
      commitBody: "By rule",
      mergeMethod: "SQUASH",
    });
    github.report(installation.app, api, pull.head.sha, { name: "gate", conclusion: "success" });
    expect(github.world.objects.commit(pull.mergeCommitSha ?? "").message).toBe("Let it in\n\nBy rule");
    expect(github.violations).toEqual([]);
  });
});

describe("the pull request of a commit", () => {
  it.each(["merge", "squash", "rebase"] as const)("is found for each commit that a %s brought", async (method) => {
    await using stage = await aStage();
    const { github, at, api, octokit } = stage;
    const pull = github.as("maria").openPullRequest({
      title: "Two steps",
      commits: [
        { message: "One", files: { "one.txt": "1\n" } },
        { message: "Two", files: { "two.txt": "2\n" } },
      ],
    });
    const twin = github.as("bob").openPullRequest({ title: "Twin", branch: "twin", files: { "three.txt": "3\n" } });
    const before = api.refs.get("refs/heads/main") ?? "";
    github.as("olga").push("main", { "direct.txt": "d\n" }, "Nobody asked");
    github.as("olga").merge(pull.number, { method });
    const { data: compared } = await octokit.rest.repos.compareCommitsWithBasehead({
      ...at,
      basehead: `${before}...main`,
    });
    const aliases = compared.commits.map(
      ({ sha }, index) =>
        `c${index}: object(oid: "${sha}") { ... on Commit { associatedPullRequests(first: 5) { nodes { number merged } } } }`,
    );
    const { data } = await stage.graphql(`{ repository(owner: "acme", name: "api") { ${aliases.join(" ")} } }`);
    const found = compared.commits.map(({ commit }, index) => [
      commit.message.split("\n")[0],
      data.repository[`c${index}`].associatedPullRequests.nodes,
    ]);
    const own = [{ number: pull.number, merged: true }];
    const landed = {
      merge: [
        ["One", own],
        ["Two", own],
        ["Nobody asked", []],
        [`Merge pull request #${pull.number} from acme/${pull.head.ref}`, own],
      ],
      squash: [
        ["Nobody asked", []],
        [`Two steps (#${pull.number})`, own],
      ],
      rebase: [
        ["Nobody asked", []],
        ["One", own],
        ["Two", own],
      ],
    };
    expect(found.sort()).toEqual(landed[method].sort());
    const { data: open } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
      ...at,
      commit_sha: twin.head.sha,
    });
    expect(open.map(({ number }) => number)).toEqual([twin.number]);
    expect(github.violations).toEqual([]);
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

import { describe, expect, it } from "vitest";
import { planMembers } from "../../../src/github/read/members-query.ts";
import { pullRequestDocument } from "../../../src/github/read/pull-request-query.ts";
import { aDraft, aStage, noHints } from "../stage.ts";

async function aStageWithPullRequest() {
  const stage = await aStage();
  const pull = stage.sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
  const read = async () => {
    const reading = await stage.github.readPullRequest(stage.subject(pull.number), noHints);
    if (reading === "gone") throw new Error("gone");
    return reading;
  };
  return Object.assign(stage, { pull, read, answer: () => answerOf(stage, pull.number) });
}

/** What GitHub answers to the query, for a test to change. */
async function answerOf({ sandbox, in: { owner, name } }: Awaited<ReturnType<typeof aStage>>, number: number) {
  const response = await fetch(`${sandbox.url}/graphql`, {
    method: "POST",
    headers: { authorization: `bearer ${sandbox.tokenFor("olga")}`, "content-type": "application/json" },
    body: JSON.stringify({ query: pullRequestDocument(planMembers(noHints)), variables: { owner, name, number } }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: the test knows what it changes
  return (await response.json()) as any;
}

describe("a pull request that does not fit one page", () => {
  it("is not put together from two heads", async () => {
    await using stage = await aStageWithPullRequest();
    for (let i = 0; i < 101; i += 1) stage.sandbox.as("bob").comment(stage.pull.number, `comment ${i}`);
    stage.sandbox.as("maria").pushTo(stage.pull.number, { "b.txt": "b\n" }, "More");
    stage.sandbox.faults.staleHead(stage.pull, 1);
    await expect(stage.read()).rejects.toMatchObject({ kind: "unavailable" });
  });

  it("has all check runs of a suite", async () => {
    await using stage = await aStageWithPullRequest();
    const jobs = Array.from({ length: 180 }, (_, i) => `job ${i}`);
    stage.sandbox.startWorkflow(stage.api, { name: "CI", headSha: stage.pull.head.sha, jobs }, "maria");
    const { snapshot } = await stage.read();
    expect(snapshot.checks.map(({ name }) => name).sort()).toEqual(jobs.sort());
    expect(snapshot.incomplete).toEqual([]);
    expect(stage.asked()).toEqual(["POST /graphql PullRequest", "POST /graphql CheckRuns", "POST /graphql CheckRuns"]);
  });

  it("looks for who put a label on no further back than it must", async () => {
    await using stage = await aStageWithPullRequest();
    const { sandbox, pull } = stage;
    sandbox.as("sam").label(pull.number, "bug");
    for (let i = 0; i < 105; i += 1) {
      sandbox.as("bob").label(pull.number, "urgent");
      sandbox.as("bob").unlabel(pull.number, "urgent");
    }
    const labels = (await stage.read()).snapshot.labels;
    expect(labels).toMatchObject([{ name: "bug", addedBy: { login: "sam" } }]);
    expect(stage.asked()).toHaveLength(2);

    sandbox.as("maria").unlabel(pull.number, "bug");
    await stage.read();
    expect(stage.asked()).toHaveLength(1);
  });

  it("says what it lacks when GitHub hides a part", async () => {
    await using stage = await aStageWithPullRequest();
    const answer = await stage.answer();
    answer.data.repository.pullRequest.reviews.nodes.push(null);
    answer.data.repository.pullRequest.head.nodes[0].commit.oid = "0".repeat(40);
    stage.sandbox.faults.failNext({ graphql: "PullRequest" }, { kind: "answer", status: 200, body: answer });
    const { snapshot } = await stage.read();
    expect(snapshot.incomplete.map(({ what }) => what)).toEqual(["reviews", "checks"]);
  });

  it("does not take an organisation's policy that may not be read for none", async () => {
    await using stage = await aStageWithPullRequest();
    const answer = await stage.answer();
    answer.errors = [
      { type: "FORBIDDEN", path: ["organizationDefault"], message: "Resource not accessible by integration" },
    ];
    stage.sandbox.faults.failNext({ graphql: "PullRequest" }, { kind: "answer", status: 200, body: answer });
    expect((await stage.read()).policies.organization).toEqual({
      kind: "unreadable",
      reason: "Resource not accessible by integration",
    });
  });

  it("brings custom properties where the policy looks at them", async () => {
    await using stage = await aStageWithPullRequest();
    const body = {
      id: stage.api.id,
      owner: { login: "acme" },
      name: "api",
      custom_properties: { tier: "gold", teams: ["a", "b"], none: null },
    };
    stage.sandbox.faults.failNext({ path: "/repos/acme/api" }, { kind: "answer", status: 200, body });
    const reading = await stage.github.readPullRequest(stage.subject(stage.pull.number), {
      ...noHints,
      properties: true,
    });
    expect(reading).toMatchObject({
      snapshot: { repository: { properties: { tier: ["gold"], teams: ["a", "b"], none: [] } } },
    });
  });
});

describe("a pull request from a fork", () => {
  it("is told apart, with its head and its files", async () => {
    await using stage = await aStage();
    const { sandbox } = stage;
    const fork = sandbox.fork(stage.api, "stranger");
    const pull = sandbox.as("stranger").openPullRequest({ title: "Gift", files: { "gift.txt": "x\n" }, from: fork });
    const reading = await stage.github.readPullRequest(stage.subject(pull.number), noHints);
    expect(reading).toMatchObject({
      snapshot: { isFork: true, author: { login: "stranger" }, head: { sha: pull.head.sha } },
    });
    const { base, head } = pull;
    const { head: contents } = await stage.github.readContents(
      stage.subject(pull.number),
      { base: base.sha, head: head.sha },
      ["gift.txt"],
    );
    expect(contents.get("gift.txt")).toBe("x\n");
  });
});

describe("the cost of an event", () => {
  it("is at most four requests for an opened pull request of 20 files, and two for a review", async () => {
    await using stage = await aStage();
    const { sandbox, github } = stage;
    const files = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`src/file-${i}.ts`, `export const f${i} = ${i};\n`]),
    );
    const pull = sandbox.as("maria").openPullRequest({ title: "Twenty", files });
    const subject = stage.subject(pull.number);
    const shas = { base: pull.base.sha, head: pull.head.sha };

    await Promise.all([
      github.readPullRequest(subject, { teams: ["acme/security"], organizations: [] }),
      github.readChange(subject),
    ]);
    await github.readContents(subject, shas, Object.keys(files));
    const id = await github.writeCheck(stage.in, null, aDraft({ headSha: shas.head }));
    expect(stage.asked()).toHaveLength(4);

    sandbox.as("sam").approve(pull.number);
    await github.readPullRequest(subject, { teams: ["acme/security"], organizations: [] });
    await github.writeCheck(stage.in, id, aDraft({ headSha: shas.head, conclusion: "success" }));
    expect(stage.asked()).toHaveLength(2);
  });
});

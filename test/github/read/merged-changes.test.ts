import { describe, expect, it } from "vitest";
import { BudgetLeft, type MergedWanted } from "../../../src/github/read/merged-changes.ts";
import { aStage } from "../stage.ts";

const later = () => new Date(Date.now() + 600_000);
const rich = () => ({ requests: 1_000, until: later() });

async function historyOf(stage: Awaited<ReturnType<typeof aStage>>, wanted: Partial<MergedWanted> = {}) {
  const whole: MergedWanted = { baseRef: null, last: 100, since: null, withChecks: false, budget: rich(), ...wanted };
  return stage.github.readMergedChanges(stage.in, whole, new BudgetLeft(whole.budget, () => new Date()));
}

function aMergedPull(stage: Awaited<ReturnType<typeof aStage>>, title: string, path = `src/${title}.ts`) {
  const pull = stage.sandbox
    .as("maria")
    .openPullRequest({ title, commits: [{ message: title, files: { [path]: `${title}\n` } }] });
  stage.sandbox.as("bob").approve(pull.number);
  stage.sandbox.as("maria").merge(pull.number);
  return pull;
}

describe("merged pull requests", () => {
  it("come with what was said before the merge, as if they were open still", async () => {
    await using stage = await aStage();
    const { sandbox } = stage;
    const pull = sandbox.as("maria").openPullRequest({
      title: "Add a page",
      body: "Because.",
      labels: ["bug"],
      commits: [{ message: "Add a page", files: { "src/page.ts": "1\n" } }],
    });
    sandbox.as("maria").requestReview(pull.number, { people: ["bob"] });
    sandbox.as("sam").comment(pull.number, "Is it safe?");
    sandbox.as("bob").approve(pull.number, "Fine");
    sandbox.as("maria").merge(pull.number);

    const history = await historyOf(stage);

    expect(stage.asked()).toEqual(["POST /graphql MergedPullRequests"]);
    expect(history).toMatchObject({ repositoryId: stage.api.id, defaultBranch: "main", cutBy: null });
    const [merged] = history.changes;
    expect(merged?.change).toMatchObject({
      id: `#${pull.number}`,
      commitSha: expect.stringMatching(/^[0-9a-f]{40}$/),
      title: "Add a page",
      author: "maria",
      isBot: false,
      source: "github",
      waits: { firstReviewMs: expect.any(Number), firstApprovalMs: expect.any(Number) },
      snapshot: {
        number: pull.number,
        body: "Because.",
        state: "open",
        merged: null,
        labels: [{ name: "bug" }],
        reviews: [{ user: { login: "bob" }, state: "approved", headAtSubmission: pull.head.sha }],
        comments: [{ user: { login: "sam" } }],
        files: [],
        incomplete: [],
      },
    });
    expect(merged).toMatchObject({
      changedFilesCount: 1,
      mergeBaseSha: expect.any(String),
      commitShas: [pull.head.sha],
    });
    expect(sandbox.violations).toEqual([]);
  });

  it("leave out what came after the merge", async () => {
    await using stage = await aStage();
    const pull = aMergedPull(stage, "one");
    stage.sandbox.as("sam").comment(pull.number, "Too late");
    const known = (await historyOf(stage)).changes[0]?.change;
    expect(known?.snapshot.comments.filter(({ createdAt }) => createdAt > (known?.mergedAt ?? 0))).toEqual([]);
  });

  it("are those that were merged, oldest first, the newest so many, over several pages", async () => {
    await using stage = await aStage();
    const titles = Array.from({ length: 10 }, (_, index) => `n${index}`);
    for (const title of titles) aMergedPull(stage, title);
    stage.sandbox.as("maria").openPullRequest({ title: "open", commits: [{ message: "o", files: { "o.ts": "o\n" } }] });
    const closed = stage.sandbox
      .as("maria")
      .openPullRequest({ title: "closed", commits: [{ message: "c", files: { "c.ts": "c\n" } }] });
    stage.sandbox.as("maria").close(closed.number);
    const whole = await historyOf(stage);
    expect(whole.changes.map(({ change }) => change.title).sort()).toEqual(titles);
    expect(stage.asked()).toEqual(["POST /graphql MergedPullRequests", "POST /graphql MergedPullRequests"]);
    expect((await historyOf(stage, { last: 3 })).changes).toHaveLength(3);
    expect((await historyOf(stage, { baseRef: "release" })).changes).toEqual([]);
    expect((await historyOf(stage, { since: later() })).changes).toEqual([]);
  });

  it("bring what checks said of their heads only where that is wanted", async () => {
    await using stage = await aStage();
    const pull = stage.sandbox
      .as("maria")
      .openPullRequest({ title: "one", commits: [{ message: "1", files: { "a.ts": "1\n" } }] });
    stage.sandbox.as("bob").setStatus(pull.head.sha, { context: "ci/test", state: "success" });
    stage.sandbox.as("maria").merge(pull.number);
    const checksOf = async (withChecks: boolean) =>
      (await historyOf(stage, { withChecks })).changes[0]?.change.snapshot.checks;
    expect(await checksOf(false)).toEqual([]);
    expect(await checksOf(true)).toMatchObject([{ name: "ci/test", state: "success" }]);
  });
});

describe("a budget", () => {
  it("ends the reading, and what was read till then is the answer", async () => {
    await using stage = await aStage();
    for (let index = 0; index < 10; index++) aMergedPull(stage, `n${index}`);
    const cut = await historyOf(stage, { budget: { requests: 1, until: later() } });
    expect(cut.cutBy).toBe("requests");
    expect(cut.changes).toHaveLength(8);
    expect(await historyOf(stage, { budget: { requests: 9, until: new Date(0) } })).toMatchObject({
      cutBy: "time",
      changes: [],
    });
  });

  it("counts what is asked for files, and says when it is spent", async () => {
    await using stage = await aStage();
    aMergedPull(stage, "one");
    const history = await historyOf(stage);
    const [merged] = history.changes;
    if (!merged) throw new Error("nothing was merged");
    const left = new BudgetLeft({ requests: 1, until: later() }, () => new Date());
    expect(await stage.github.readMergedFiles(stage.in, merged, left)).toMatchObject({
      id: merged.change.id,
      snapshot: { files: [{ path: "src/one.ts", status: "added" }], incomplete: [] },
    });
    expect(await stage.github.readMergedFiles(stage.in, merged, left)).toBe("requests");
  });
});

it("fails by name where the repository is not there", async () => {
  await using stage = await aStage();
  const wanted = { baseRef: null, last: 1, since: null, withChecks: false, budget: rich() };
  const read = stage.github.readMergedChanges(
    { ...stage.in, name: "nothing" },
    wanted,
    new BudgetLeft(rich(), () => new Date()),
  );
  await expect(read).rejects.toMatchObject({ name: "GithubError", kind: "not_found" });
});

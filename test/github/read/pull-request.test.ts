import { describe, expect, it } from "vitest";
import type { ReadingHints } from "../../../src/handlers/github-port.ts";
import { aDraft, aStage, noHints, policyText } from "../stage.ts";

async function readingOf(stage: Awaited<ReturnType<typeof aStage>>, number: number, hints: ReadingHints = noHints) {
  const reading = await stage.github.readPullRequest(stage.subject(number), hints);
  if (reading === "gone") throw new Error("the pull request is gone");
  return reading;
}

describe("readPullRequest", () => {
  it("brings everything that a judgement needs in one request", async () => {
    await using stage = await aStage();
    const { sandbox } = stage;
    const pull = sandbox.as("maria").openPullRequest({
      title: "Add a page",
      body: "Because.",
      labels: ["bug"],
      commits: [
        {
          message: "Add a page\n\nCo-authored-by: Bob <bob@users.noreply.github.com>",
          files: { "src/page.ts": "1\n" },
        },
      ],
    });
    sandbox.as("bob").approve(pull.number, "Fine");
    sandbox.as("sam").comment(pull.number, "Is it safe?");
    sandbox.as("maria").requestReview(pull.number, { people: ["sam"], teams: ["security"] });

    const reading = await readingOf(stage, pull.number, {
      teams: ["acme/security", "acme/nobody"],
      organizations: ["acme"],
    });

    expect(stage.asked()).toEqual(["POST /graphql PullRequest"]);
    const { snapshot } = reading;
    const id = (login: string) => sandbox.user(login).id;
    expect(snapshot).toMatchObject({
      repository: { id: stage.api.id, owner: "acme", name: "api", defaultBranch: "main" },
      number: pull.number,
      title: "Add a page",
      body: "Because.",
      state: "open",
      isDraft: false,
      isFork: false,
      author: { id: id("maria"), login: "maria", kind: "user" },
      base: { ref: "main" },
      head: { sha: pull.head.sha },
      labels: [{ name: "bug", addedBy: { login: "maria" } }],
      reviews: [
        { user: { id: id("bob") }, state: "approved", body: "Fine", commitSha: pull.head.sha, isEdited: false },
      ],
      comments: [{ user: { id: id("sam") }, body: "Is it safe?", isEdited: false }],
      requestedReviewers: [{ id: id("sam") }],
      incomplete: [],
      files: [],
    });
    expect(snapshot.commits).toMatchObject([
      { author: { account: { id: id("maria") } }, coAuthors: [{ name: "Bob" }], pushedBy: { id: id("maria") } },
    ]);
    expect(snapshot.directory.teams).toMatchObject({
      "acme/security": { kind: "read", value: [{ id: id("sam"), login: "sam" }] },
      "acme/nobody": { kind: "missing" },
    });
    const { organizations, permissions } = snapshot.directory;
    expect(organizations.acme).toMatchObject({ kind: "read" });
    expect(organizations.acme?.kind === "read" && organizations.acme.value.map(({ login }) => login).sort()).toEqual([
      "bob",
      "maria",
      "olga",
      "sam",
    ]);
    expect(permissions[id("bob")]).toEqual({ kind: "read", value: "write" });
    expect(reading.policies.repository).toMatchObject({ kind: "read", value: { text: policyText } });
    expect(reading.policies.organization).toEqual({ kind: "missing" });
    expect(reading.changedFilesCount).toBe(1);
    expect(reading.mergeBaseSha).toBe(snapshot.base.sha);
    expect(reading.headFirstSeenAt).toBeInstanceOf(Date);
    expect(sandbox.violations).toEqual([]);
  });

  it("reads the organisation's default policy from its .github repository", async () => {
    await using stage = await aStage();
    stage.sandbox.createRepository(stage.acme, ".github", { files: { "checkpoints.yml": "mode: observe\n" } });
    const pull = stage.sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
    const { policies } = await readingOf(stage, pull.number);
    expect(policies.organization).toMatchObject({ kind: "read", value: { text: "mode: observe\n" } });
  });

  it("judges by the policy of the base branch, not by the one in the pull request", async () => {
    await using stage = await aStage();
    const files = { ".github/checkpoints.yml": "mode: observe\n" };
    const pull = stage.sandbox.as("maria").openPullRequest({ title: "Loosen", files });
    const { policies } = await readingOf(stage, pull.number);
    expect(policies.repository).toMatchObject({ kind: "read", value: { text: policyText } });
  });

  it("pages until comments, reviews and commits are complete", async () => {
    await using stage = await aStage();
    const commits = Array.from({ length: 130 }, (_, i) => ({ message: `Step ${i}`, files: { "a.txt": `${i}\n` } }));
    const { number } = stage.sandbox.as("maria").openPullRequest({ title: "Long", commits });
    for (let i = 0; i < 201; i += 1) stage.sandbox.as("bob").comment(number, `comment ${i}`);
    for (let i = 0; i < 101; i += 1) stage.sandbox.as("sam").review(number, `review ${i}`);
    const { snapshot } = await readingOf(stage, number);
    expect(snapshot.comments.map(({ body }) => body)).toEqual(Array.from({ length: 201 }, (_, i) => `comment ${i}`));
    expect(snapshot.reviews.map(({ body }) => body)).toEqual(Array.from({ length: 101 }, (_, i) => `review ${i}`));
    expect(snapshot.commits.map(({ message }) => message)).toEqual(commits.map(({ message }) => message));
    expect(snapshot.incomplete).toEqual([]);
    expect(stage.asked()).toEqual([
      "POST /graphql PullRequest",
      "POST /graphql PullRequestPages",
      "POST /graphql PullRequestPages",
    ]);
  });

  it("says that commits are missing beyond the 250 that GitHub lists", async () => {
    await using stage = await aStage();
    const commits = Array.from({ length: 260 }, (_, i) => ({ message: `Step ${i}`, files: { "a.txt": `${i}\n` } }));
    const { number } = stage.sandbox.as("maria").openPullRequest({ title: "Too long", commits });
    const { snapshot, mergeBaseSha } = await readingOf(stage, number);
    expect(snapshot.incomplete).toMatchObject([{ what: "commits" }]);
    expect(mergeBaseSha).toBeNull();
  });

  it("tells our own checks from others', and others that bear our name", async () => {
    await using stage = await aStage();
    const { sandbox, api, subject } = stage;
    const pull = sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
    const id = await stage.github.writeCheck(stage.in, null, aDraft({ headSha: pull.head.sha }));
    const run = sandbox.startWorkflow(api, { name: "CI", headSha: pull.head.sha, jobs: ["build"] }, "maria");
    sandbox.finishWorkflow(run, "success");
    sandbox.report(
      sandbox.actionsApp(),
      api,
      pull.head.sha,
      { name: "holdpoint: main", status: "completed", conclusion: "success" },
      true,
    );

    const reading = await readingOf(stage, subject(pull.number).number);

    expect(reading.ownChecks).toEqual([
      { id, name: "holdpoint: main", externalId: "1/1/main", status: "completed", conclusion: "failure" },
    ]);
    expect(reading.foreignChecks).toEqual([{ name: "holdpoint: main", app: "github-actions" }]);
    expect(reading.snapshot.checks.find(({ name }) => name === "build")).toMatchObject({
      state: "success",
      app: { slug: "github-actions" },
    });
    expect(reading.snapshot.workflowRuns).toMatchObject([{ state: "success" }]);
  });

  it.each([
    { name: "a number nobody has", of: { number: 999 } },
    { name: "a repository nobody has", of: { name: "nothing" } },
    { name: "a name that was given to another repository", of: { repositoryId: 1 } },
  ])("$name is gone, after GitHub was given time to know it", async ({ of }) => {
    await using stage = await aStage();
    const { number } = stage.sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
    expect(await stage.github.readPullRequest({ ...stage.subject(number), ...of }, noHints)).toBe("gone");
    expect(stage.sleeps).toEqual([1000, 2000, 4000, 8000]);
  });

  it("finds a pull request that GitHub did not know at first", async () => {
    await using stage = await aStage();
    const { number } = stage.sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
    const body = {
      data: { repository: null },
      errors: [{ type: "NOT_FOUND", path: ["repository"], message: "Could not resolve" }],
    };
    stage.sandbox.faults.failNext({ graphql: "PullRequest" }, { kind: "answer", status: 200, body }, 2);
    await readingOf(stage, number);
    expect(stage.sleeps).toEqual([1000, 2000]);
  });

  it("tells who armed auto-merge, who edited a comment, and how many conversations are open", async () => {
    await using stage = await aStage();
    const { sandbox, api } = stage;
    sandbox.protect(api, "main", { requiredChecks: [{ context: "build", appId: null }] });
    const { number } = sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
    const before = (await readingOf(stage, number)).snapshot;
    expect(before).toMatchObject({ autoMerge: null, isInMergeQueue: false, openThreads: 0, merged: null });

    sandbox.as("sam").commentOnLine(number, { path: "a.txt", line: 1, body: "Why?" });
    const settled = sandbox.as("sam").commentOnLine(number, { path: "a.txt", line: 1, body: "Typo" });
    sandbox.as("maria").resolve(number, settled);
    const comment = sandbox.as("bob").comment(number, "/holdpoint hold");
    sandbox.as("olga").editComment(comment, "never mind");
    sandbox.as("bob").enableAutoMerge(number);
    stage.asked();

    const { snapshot } = await readingOf(stage, number);

    expect(snapshot).toMatchObject({ autoMerge: { enabledBy: { login: "bob" } }, openThreads: 1 });
    expect(snapshot.comments).toMatchObject([{ user: { login: "bob" }, isEdited: true, editedBy: { login: "olga" } }]);
    expect(stage.asked()).toEqual(["POST /graphql PullRequest"]);
    sandbox.as("maria").unresolve(number, settled);
    expect((await readingOf(stage, number)).snapshot.openThreads).toBe(2);
    expect(sandbox.violations).toEqual([]);
  });

  it("does not count conversations beyond the hundred that one page brings", async () => {
    await using stage = await aStage();
    const { number } = stage.sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
    const comment = { path: "a.txt", line: 1, body: "Why?" };
    stage.sandbox.as("sam").review(
      number,
      "",
      Array.from({ length: 100 }, () => comment),
    );
    expect((await readingOf(stage, number)).snapshot.openThreads).toBe(100);
    stage.sandbox.as("sam").commentOnLine(number, comment);
    expect((await readingOf(stage, number)).snapshot.openThreads).toBeNull();
  });

  it("tells that it waits in the merge queue, and by whom and as what it was merged", async () => {
    await using stage = await aStage();
    const { sandbox, api } = stage;
    const pull = sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
    sandbox.as("bob").approve(pull.number);
    const group = sandbox.queue(api, [pull.number], "olga");
    expect((await readingOf(stage, pull.number)).snapshot).toMatchObject({ isInMergeQueue: true, merged: null });
    sandbox.finishQueue(api, group, true, "olga");
    sandbox.as("maria").deleteBranch(pull.head.ref);

    const { snapshot } = await readingOf(stage, pull.number);

    expect(snapshot).toMatchObject({
      state: "merged",
      isInMergeQueue: false,
      merged: {
        at: pull.mergedAt && new Date(Math.floor(pull.mergedAt.getTime() / 1000) * 1000),
        by: { login: "olga" },
        commitSha: group.headSha,
      },
      head: { sha: pull.head.sha },
      reviews: [{ state: "approved" }],
      incomplete: [],
    });
    expect(snapshot.commits).toHaveLength(1);
    expect(sandbox.violations).toEqual([]);
  });

  it("knows its own comments from those of others", async () => {
    await using stage = await aStage();
    const { number } = stage.sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
    stage.sandbox.as("bob").comment(number, "Held.");
    const id = await stage.github.comment(stage.subject(number), "Held.");
    expect((await readingOf(stage, number)).ownComments).toEqual([{ id, body: "Held." }]);
  });

  it("names who of a team says that they are busy", async () => {
    await using stage = await aStage();
    stage.sandbox.addToTeam(stage.security, "bob");
    stage.sandbox.as("bob").setBusy(true);
    const { number } = stage.sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
    const { snapshot } = await readingOf(stage, number, { teams: ["acme/security"], organizations: [] });
    expect(snapshot.directory.busy).toEqual([stage.sandbox.user("bob").id]);
  });

  it("leaves a deleted reviewer a ghost that is nobody else", async () => {
    await using stage = await aStage();
    const { sandbox } = stage;
    const { number } = sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
    sandbox.as("bob").approve(number);
    sandbox.as("sam").approve(number);
    sandbox.deleteAccount("bob");
    sandbox.deleteAccount("sam");
    const { reviews } = (await readingOf(stage, number)).snapshot;
    expect(reviews.map(({ user }) => user.kind)).toEqual(["ghost", "ghost"]);
    expect(new Set(reviews.map(({ user }) => user.id)).size).toBe(2);
    expect(reviews.every(({ user }) => user.id < 0)).toBe(true);
  });
});

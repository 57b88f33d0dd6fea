/** What becomes of approvals when a pull request moves, over real HTTP: kept where nothing reviewed changed, dropped where it did. */

import { describe, expect, it } from "vitest";
import { setStage } from "../support/holdpoint.ts";

const list = (text: string) => ({ "src/list.ts": `export const list = [${text}];\n` });
const waiting = { status: "in_progress", conclusion: null };
const green = { status: "completed", conclusion: "success" };
const red = { status: "completed", conclusion: "failure" };

/** Maria's change, approved by Bob and green. */
async function approvedChange(stage: Awaited<ReturnType<typeof setStage>>, files: Record<string, string> = list("1")) {
  const { github, settle, checkOf } = stage;
  const { number } = github.as("maria").openPullRequest({ title: "Sort the list", files });
  await settle();
  github.as("bob").approve(number);
  await settle();
  expect(checkOf(number)).toMatchObject(green);
  return number;
}

describe("pushes", () => {
  it("a force-push of the very same change keeps the approval, and says why", async () => {
    const stage = await setStage();
    const { github, checkOf, settle } = stage;
    const number = await approvedChange(stage);
    github.as("olga").push("main", { "other.ts": "export const other = 1;\n" }, "Something else");
    github.as("maria").forcePush(number, list("1"), "Sort the list, in other words");
    await settle();
    expect(checkOf(number)).toMatchObject(green);
    expect(checkOf(number).output.summary).toContain("what was pushed since changed nothing in this change");
  });

  it("a force-push of another change drops it, and says so", async () => {
    const stage = await setStage();
    const { github, checkOf, settle } = stage;
    const number = await approvedChange(stage);
    github.as("maria").forcePush(number, list("2"), "Sort the list");
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
    expect(checkOf(number).output.summary).toContain("given on an earlier head");
  });

  it("a merge of the base branch keeps it where the change stays as it was", async () => {
    const stage = await setStage();
    const { github, checkOf, settle } = stage;
    const number = await approvedChange(stage);
    const tip = github.as("olga").push("main", { "other.ts": "export const other = 1;\n" }, "Something else");
    const files = { "other.ts": "export const other = 1;\n" };
    github.as("bob").pushTo(number, files, "Merge branch 'main'", { otherParents: [tip], viaWeb: true });
    await settle();
    expect(checkOf(number)).toMatchObject(green);
  });

  it("a change smuggled into a merge of the base branch drops every approval", async () => {
    const stage = await setStage();
    const { github, checkOf, settle } = stage;
    const number = await approvedChange(stage);
    github.as("sam").approve(number);
    await settle();
    const tip = github.as("olga").push("main", list("7"), "The same line");
    const files = list("1, 7, steal()");
    github.as("maria").pushTo(number, files, "Merge branch 'main'", { otherParents: [tip], viaWeb: true });
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
    expect(checkOf(number).output.summary).toContain("@bob (given on an earlier head");
    expect(checkOf(number).output.summary).toContain("@sam (given on an earlier head");
  });

  it("one changed line in an owned path drops only that owner", async () => {
    const policy = `approvals: { freshness: affected_paths }
roles: { owner: { codeowners: all } }
approval_workflows: { review: { approver: owner } }
`;
    const files = { ".github/CODEOWNERS": "/src/ @bob\n/docs/ @sam\n" };
    const { github, checkOf, settle } = await setStage({ policy, files });
    const change = (docs: string) => ({ ...list("1"), "docs/list.md": `# ${docs}\n` });
    const { number } = github.as("maria").openPullRequest({ title: "Sort the list", files: change("Lists") });
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
    expect(checkOf(number).output.summary).toContain("`docs/list.md` (@sam)");
    github.as("sam").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);

    github.as("maria").pushTo(number, change("Sorted lists"), "Another title");
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
    const told = `${checkOf(number).output.summary}${checkOf(number).output.text}`;
    expect(told).toContain("none of the files this person answers for");
    expect(told).toContain("@sam (given on an earlier head");
    expect(told).not.toContain("@bob (given on an earlier head");

    github.as("sam").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);
  });
});

describe("the life of a pull request", () => {
  it("an approval of a draft counts once the draft is ready", async () => {
    const { github, checkOf, settle } = await setStage();
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: list("1"), isDraft: true });
    await settle();
    expect([...github.as("maria").pull(number).requestedReviewers]).toEqual([]);
    github.as("bob").approve(number);
    github.as("maria").markReady(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);
  });

  it("closed, pushed to and reopened, it needs another look", async () => {
    const stage = await setStage();
    const { github, checkOf, settle } = stage;
    const number = await approvedChange(stage);
    github.as("olga").close(number);
    await settle();
    github.as("maria").pushTo(number, list("1, 2"), "While nobody looks");
    await settle();
    github.as("olga").reopen(number);
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
  });

  it("closed and reopened as it was, it stays approved", async () => {
    const stage = await setStage();
    const { github, checkOf, settle } = stage;
    const number = await approvedChange(stage);
    github.as("olga").close(number);
    await settle();
    github.as("olga").reopen(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);
  });

  it("the same change into another branch keeps its approval; one that brings more along does not", async () => {
    const stage = await setStage();
    const { github, api, checkOf, settle } = stage;
    const older = api.refs.get("refs/heads/main") ?? "";
    github.as("olga").push("main", { "other.ts": "export const other = 1;\n" }, "Something else");
    api.refs.set("refs/heads/release", api.refs.get("refs/heads/main") ?? "");
    api.refs.set("refs/heads/old", older);
    const number = await approvedChange(stage);
    github.as("maria").edit(number, { base: "release" });
    await settle();
    expect(checkOf(number, "holdpoint: release")).toMatchObject(green);

    github.as("maria").edit(number, { base: "old" });
    await settle();
    expect(checkOf(number, "holdpoint: old")).toMatchObject(waiting);
  });

  it("a change from a fork is opened by a member's approval, never by an outsider's", async () => {
    const { github, api, checkOf, settle } = await setStage();
    const fork = github.fork(api, "stranger");
    const { number } = github.as("stranger").openPullRequest({ title: "Sort", files: list("1"), from: fork });
    await settle();
    github.as("friend").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);

    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);

    github.as("stranger").pushTo(number, list("1, 2"), "One more");
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
  });

  it.each([
    { count: 250, standing: green },
    { count: 251, standing: red },
  ])("$count commits, approved by a peer", async ({ count, standing }) => {
    const { github, checkOf, settle } = await setStage();
    const commits = Array.from({ length: count }, (_, i) => ({ message: `Step ${i}`, files: list(String(i)) }));
    const { number } = github.as("maria").openPullRequest({ title: "Sort", commits });
    await settle();
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(standing);
  });

  it("a veto on one member shuts the whole merge group", async () => {
    const stage = await setStage();
    const { github, api, settle } = stage;
    const first = await approvedChange(stage);
    const second = await approvedChange(stage, { "src/other.ts": "export const other = 1;\n" });
    github.as("sam").requestChanges(second, "Not so fast");
    await settle();
    const group = github.queue(api, [first, second], "olga");
    await settle();
    const run = api.checkRuns.find((one) => one.suite.headSha === group.headSha && one.name === "holdpoint: main");
    expect(run).toMatchObject(red);
    expect(run?.output.summary).toContain(`#${second}`);
  });
});

describe("owners", () => {
  const owned = {
    policy: `version: 1
approvals: { freshness: affected_paths }
roles: { owners: { codeowners: all } }
approval_workflows:
  owners_review: { approver: owners }
`,
    files: {
      ".github/CODEOWNERS": "/src/a/ @sam\n/src/b/ @bob\n",
      "src/a/one.ts": "export const one = 1;\n",
      "src/b/two.ts": "export const two = 2;\n",
    },
  };

  it("one changed line in an owned path drops only that owner's approval", async () => {
    const { github, checkOf, settle } = await setStage(owned);
    const { number } = github.as("maria").openPullRequest({
      title: "Both halves",
      files: { "src/a/one.ts": "export const one = 11;\n", "src/b/two.ts": "export const two = 22;\n" },
    });
    await settle();
    github.as("sam").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);

    github.as("maria").pushTo(number, { "src/b/two.ts": "export const two = 23;\n" }, "Other half again");
    await settle();
    const check = checkOf(number);
    expect(check).toMatchObject(waiting);
    expect(check.output.title).toContain("owners");
    expect(check.output.summary).toContain("@bob");
    expect(check.output.text).toContain("what was pushed since changed none of the files this person answers for");

    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);
  });
});

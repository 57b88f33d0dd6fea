/** Who is asked for reviews, what is merged by itself and what a merge leaves behind, over real HTTP. */

import { describe, expect, it } from "vitest";
import type { Organisation } from "../../src/sandbox/state/accounts.ts";
import type { PullRequest } from "../../src/sandbox/state/issues.ts";
import { type Stage, type StageOptions, setStage } from "../support/holdpoint.ts";

const policyOf = (workflow: string, rest = "") => `version: 1
roles: { core: { teams: [acme/core] } }
approval_workflows:
  review: { approver: core, timeout: 24h${workflow} }
${rest}`;
const asking = policyOf("");
const mergingProcess = ", process: [automated_review_request, approval_or_changes, automated_merge]";
const merging = policyOf(mergingProcess);

const list = (text: string) => ({ "src/list.ts": `export const list = [${text}];\n` });
const green = { status: "completed", conclusion: "success" };

/** With the team core of Bob, Olga and Sam. */
async function stageOf(options: StageOptions): Promise<Stage> {
  const stage = await setStage(options);
  stage.github.createTeam(stage.api.owner as Organisation, "core", ["bob", "olga", "sam"], {
    repositories: [[stage.api, "write"]],
  });
  await stage.settle();
  return stage;
}

async function openedBy(
  login: string,
  stage: Stage,
  title: string,
  files: Record<string, string> = list(`${title.length}`),
) {
  const pull = stage.github.as(login).openPullRequest({ title, files });
  await stage.settle();
  return pull;
}

const askedOf = (pull: PullRequest) => [...pull.requestedReviewers].map(({ login }) => login).sort();

/** What the audit trail says besides verdicts, oldest first. */
async function ledgerOf({ database }: Stage): Promise<{ kind: string; data: Record<string, unknown> }[]> {
  return database.query("select kind, data from ledger where kind not like 'verdict%' order by seq");
}

/** The text of a file on a branch, as GitHub gives it to a person. */
async function fileOn(branch: string, path: string, { github }: Stage): Promise<string> {
  const headers = { authorization: `token ${github.tokenFor("olga")}`, accept: "application/vnd.github+json" };
  const answer = await fetch(`${github.url}/repos/acme/api/contents/${path}?ref=${branch}`, { headers });
  const { content } = (await answer.json()) as { content: string };
  return Buffer.from(content, "base64").toString("utf8");
}

const ownComments = ({ comments }: PullRequest) => comments.filter(({ author }) => author.login === "holdpoint[bot]");

describe("reviewers (G7)", () => {
  it("are spread over three pull requests, so that nobody gets two", async () => {
    const stage = await stageOf({ policy: asking });
    const asked: string[] = [];
    for (const title of ["One", "Two", "Three"]) asked.push(...askedOf(await openedBy("maria", stage, title)));
    expect(asked.sort()).toEqual(["bob", "olga", "sam"]);
  });

  it("are free again for the next once they have reviewed", async () => {
    const stage = await stageOf({ policy: asking });
    const pulls = [];
    for (const title of ["One", "Two", "Three"]) pulls.push(await openedBy("maria", stage, title));
    const second = pulls[1] as PullRequest;
    const [free] = askedOf(second);
    stage.github.as(free as string).approve(second.number);
    await stage.settle();
    expect(askedOf(await openedBy("maria", stage, "Four"))).toEqual([free]);
  });

  it("who approved is asked again after a push that dropped the approval", async () => {
    const stage = await stageOf({ policy: asking });
    const { github, settle, checkOf } = stage;
    const pull = await openedBy("maria", stage, "Sort");
    const [reviewer] = askedOf(pull);
    github.as(reviewer as string).approve(pull.number);
    await settle();
    expect(askedOf(pull)).toEqual([]);
    expect(checkOf(pull.number)).toMatchObject(green);
    github.as("maria").pushTo(pull.number, list("7, 8"), "Another list");
    await settle();
    expect(askedOf(pull)).toEqual([reviewer]);
    expect(checkOf(pull.number)).toMatchObject({ status: "in_progress" });
  });

  it("a look without news asks nobody and remembers nothing anew", async () => {
    const stage = await stageOf({ policy: asking });
    const { github, settle, database } = stage;
    const pull = await openedBy("maria", stage, "Sort");
    const before = await database.query(
      "select xmin::text from reviewers_asked union all select xmin::text from requirements_asked",
    );
    expect(before).toHaveLength(2);
    github.requests.clear();
    github.as("sam").comment(pull.number, "What for?");
    await settle();
    expect(github.requests.counts()).toEqual({ "graphql PullRequest": 1 });
    expect(
      await database.query(
        "select xmin::text from reviewers_asked union all select xmin::text from requirements_asked",
      ),
    ).toEqual(before);
  });

  it("whole teams are asked only where the policy says so, and once", async () => {
    const stage = await stageOf({ policy: policyOf(", request_reviews: team") });
    const { github, settle } = stage;
    const pull = await openedBy("maria", stage, "Sort");
    expect([...pull.requestedTeams].map(({ slug }) => slug)).toEqual(["core"]);
    expect(askedOf(pull)).toEqual([]);
    github.requests.clear();
    github.as("maria").pushTo(pull.number, list("7, 8"), "Another list");
    await settle();
    expect(Object.keys(github.requests.counts()).filter((route) => route.includes("requested_reviewers"))).toEqual([]);
  });

  it("nobody is asked where the process has no such step", async () => {
    const stage = await stageOf({ policy: policyOf(", process: [peer_review_24h]") });
    expect(askedOf(await openedBy("maria", stage, "Sort"))).toEqual([]);
  });
});

describe("merging by itself (G9)", () => {
  it("merges an approved change after its check is green, and not before", async () => {
    const stage = await stageOf({ policy: merging, mayWriteContents: true });
    const { github, settle, checkOf } = stage;
    const pull = await openedBy("maria", stage, "Sort");
    expect(pull.mergedAt).toBeNull();
    github.requests.clear();
    github.as("bob").approve(pull.number);
    await settle();
    expect(pull.mergedAt).not.toBeNull();
    expect(pull.mergedBy?.login).toBe("holdpoint[bot]");
    expect(checkOf(pull.number)).toMatchObject(green);
    const routes = github.requests.entries.map(({ route }) => route);
    const written = routes.indexOf("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}");
    expect(routes.indexOf("PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge")).toBeGreaterThan(written);
    expect(written).toBeGreaterThan(-1);
    expect(await ledgerOf(stage)).toMatchObject([
      { kind: "merge", data: { number: pull.number, outcome: "merged", method: "merge" } },
      { kind: "merged", data: { number: pull.number, mergedBy: "holdpoint[bot]", standing: "approved" } },
    ]);
    expect(ownComments(pull)).toEqual([]);
  });

  it("does not merge what a push changed just before, and merges that once it is approved", async () => {
    const stage = await stageOf({ policy: merging, mayWriteContents: true });
    const { github, settle, checkOf } = stage;
    const pull = await openedBy("maria", stage, "Sort");
    github.as("bob").approve(pull.number);
    github.as("maria").pushTo(pull.number, list("steal()"), "One more thing");
    await settle();
    expect(pull.mergedAt).toBeNull();
    expect(checkOf(pull.number)).toMatchObject({ status: "in_progress" });
    github.as("bob").approve(pull.number);
    await settle();
    expect(pull.mergedAt).not.toBeNull();
  });

  it("does not merge what GitHub says has another head by now", async () => {
    const stage = await stageOf({ policy: merging, mayWriteContents: true });
    const { github, settle } = stage;
    const pull = await openedBy("maria", stage, "Sort");
    const body = { message: "Head branch was modified. Review and try the merge again." };
    github.faults.failNext({ method: "PUT", path: /\/merge$/ }, { kind: "answer", status: 409, body });
    github.as("bob").approve(pull.number);
    await settle();
    expect(pull.mergedAt).toBeNull();
    expect(ownComments(pull)).toEqual([]);
    github.as("sam").approve(pull.number);
    await settle();
    expect(pull.mergedAt).not.toBeNull();
  });

  it("says once what is missing where the App may not write contents", async () => {
    const stage = await stageOf({ policy: merging });
    const { github, settle, checkOf } = stage;
    const pull = await openedBy("maria", stage, "Sort");
    github.as("bob").approve(pull.number);
    await settle();
    expect(checkOf(pull.number)).toMatchObject(green);
    github.as("sam").approve(pull.number);
    await settle();
    expect(pull.mergedAt).toBeNull();
    expect(ownComments(pull)).toHaveLength(1);
    expect(ownComments(pull)[0]?.body).toContain("Contents: read and write");
    expect(await ledgerOf(stage)).toEqual([]);
  });

  it("leaves the waiting for other checks to GitHub's auto-merge, and takes that off when somebody objects", async () => {
    const stage = await stageOf({ policy: merging, mayWriteContents: true });
    const { github, api, settle, checkOf } = stage;
    api.allowsAutoMerge = true;
    github.protect(api, "main", { requiredChecks: [{ context: "ci", appId: null }] });
    const pull = await openedBy("maria", stage, "Sort");
    github.as("bob").approve(pull.number);
    await settle();
    expect(pull.autoMerge?.enabledBy.login).toBe("holdpoint[bot]");
    stage.passOnGithub(2);
    github.as("sam").requestChanges(pull.number, "Not like this");
    await settle();
    expect(checkOf(pull.number)).toMatchObject({ conclusion: "failure" });
    expect(pull.autoMerge).toBeNull();
    github.as("olga").setStatus(pull.head.sha, { state: "success", context: "ci" });
    await settle();
    expect(pull.mergedAt).toBeNull();
    stage.passOnGithub(2);
    github.as("sam").approve(pull.number);
    await settle();
    expect(pull.mergedAt).not.toBeNull();
  });

  it("a push takes off what it had armed itself", async () => {
    const stage = await stageOf({ policy: merging, mayWriteContents: true });
    const { github, api, settle } = stage;
    api.allowsAutoMerge = true;
    github.protect(api, "main", { requiredChecks: [{ context: "ci", appId: null }] });
    const pull = await openedBy("maria", stage, "Sort");
    github.as("bob").approve(pull.number);
    await settle();
    expect(pull.autoMerge).not.toBeNull();
    github.as("maria").pushTo(pull.number, list("steal()"), "One more thing");
    await settle();
    expect(pull.autoMerge).toBeNull();
  });

  it("a person's auto-merge waits with the gate, and comes off when somebody objects (T57)", async () => {
    const stage = await stageOf({ policy: asking, mayWriteContents: true });
    const { github, api, settle } = stage;
    api.allowsAutoMerge = true;
    github.protect(api, "main", { requiredChecks: [{ context: "ci", appId: null }] });
    const pull = await openedBy("maria", stage, "Sort");
    github.as("maria").enableAutoMerge(pull.number);
    github.as("sam").comment(pull.number, "What for?");
    await settle();
    expect(pull.autoMerge?.enabledBy.login).toBe("maria");
    github.as("sam").requestChanges(pull.number, "Not like this");
    await settle();
    expect(pull.autoMerge).toBeNull();
    expect(await ledgerOf(stage)).toMatchObject([{ kind: "auto_merge_taken_off" }]);
  });

  it("brings the base branch in first where the policy wants it, and merges what stays the same change", async () => {
    const stage = await stageOf({
      policy: policyOf(mergingProcess, "merge: { method: squash, update_branch: true }\n"),
      mayWriteContents: true,
    });
    const { github, settle } = stage;
    const pull = await openedBy("maria", stage, "Sort");
    github.as("olga").push("main", { "other.ts": "export const other = 1;\n" }, "Something else");
    const before = pull.head.sha;
    github.as("bob").approve(pull.number);
    await settle();
    expect(pull.mergedAt).not.toBeNull();
    expect(pull.head.sha).not.toBe(before);
    expect(await ledgerOf(stage)).toMatchObject([{ kind: "merge", data: { method: "squash" } }, { kind: "merged" }]);
  });
});

describe("what a merge leaves (G14, F32)", () => {
  it("no record unless the policy asks for one, at the cost of one reading", async () => {
    const stage = await stageOf({ policy: asking });
    const { github, settle } = stage;
    const pull = await openedBy("maria", stage, "Sort");
    github.as("bob").approve(pull.number);
    await settle();
    github.requests.clear();
    github.as("olga").merge(pull.number);
    await settle();
    expect(ownComments(pull)).toEqual([]);
    expect(github.requests.counts()).toEqual({ "graphql PullRequest": 1 });
    expect(await ledgerOf(stage)).toMatchObject([{ kind: "merged", data: { mergedBy: "olga" } }]);
  });

  it("one comment with who decided and why, that mentions nobody", async () => {
    const stage = await stageOf({ policy: policyOf("", "records: { to: comment }\n") });
    const { github, settle, checkOf } = stage;
    const pull = await openedBy("maria", stage, "Sort");
    github.as("bob").approve(pull.number, "Fine: the list was never sorted.\nAnd more");
    await settle();
    const check = { ...checkOf(pull.number) };
    github.as("olga").merge(pull.number);
    await settle();
    const [record, ...more] = ownComments(pull);
    expect(more).toEqual([]);
    expect(record?.body).toContain("# Decision record: acme/api");
    expect(record?.body).toContain("the list was never sorted.");
    expect(record?.body).not.toMatch(/@[a-z]/);
    expect(checkOf(pull.number)).toMatchObject(check);
    github.as("bob").comment(pull.number, "Thanks");
    await settle();
    expect(ownComments(pull)).toHaveLength(1);
  });

  it("a file on a branch of its own, which is made for it", async () => {
    const stage = await stageOf({ policy: policyOf("", "records: { to: file }\n"), mayWriteContents: true });
    const { github, settle, api } = stage;
    for (const title of ["Sort", "Sort again"]) {
      const pull = await openedBy("maria", stage, title);
      github.as("bob").approve(pull.number);
      await settle();
      github.as("olga").merge(pull.number);
      await settle();
      expect(ownComments(pull)).toEqual([]);
      expect(await fileOn("holdpoint/records", `docs/decisions/pr-${pull.number}.md`, stage)).toContain(pull.title);
    }
    expect(api.pulls.size).toBe(2);
  });

  it("a comment instead of the file where the App may not write it, saying so", async () => {
    const stage = await stageOf({ policy: policyOf("", "records: { to: file }\n") });
    const { github, settle } = stage;
    const pull = await openedBy("maria", stage, "Sort");
    github.as("bob").approve(pull.number);
    await settle();
    github.as("olga").merge(pull.number);
    await settle();
    expect(ownComments(pull)).toHaveLength(1);
    expect(ownComments(pull)[0]?.body).toContain("could not be written");
  });

  it("an issue for each condition that was open, once each (G8)", async () => {
    const stage = await stageOf({ policy: policyOf(", process: [expert_review_request, approval_with_conditions]") });
    const { github, api, settle, database } = stage;
    const pull = await openedBy("maria", stage, "Sort");
    github.as("bob").approve(pull.number);
    await settle();
    github.as("bob").comment(pull.number, "/holdpoint conditions\n\n- write a test\n- rename the flag");
    github.as("bob").comment(pull.number, "/holdpoint conditions track");
    await settle();
    github.as("olga").merge(pull.number);
    await settle();
    const issues = () => [...api.issues.values()].filter(({ number }) => !api.pulls.has(number));
    expect(issues().map(({ title }) => title)).toEqual(["write a test", "rename the flag"]);
    // As if this process had ended before it could note that it was done.
    await database.query("update pull_requests set state = 'open'");
    github.as("bob").comment(pull.number, "Thanks");
    await settle();
    expect(issues()).toHaveLength(2);
  });

  it("a merge past the gate is put down, whoever did it", async () => {
    const stage = await stageOf({ policy: asking });
    const { github, api, settle } = stage;
    github.protect(api, "main", { requiredChecks: [{ context: "holdpoint: main", appId: null }] });
    const pull = await openedBy("maria", stage, "Sort");
    github.as("olga").merge(pull.number, { isForced: true });
    await settle();
    expect(await ledgerOf(stage)).toMatchObject([
      {
        kind: "merged_while_red",
        data: { number: pull.number, mergedBy: "olga", standing: "waiting", codes: ["HP-W01"] },
      },
    ]);
    const metrics = await (await fetch(`${stage.app.url}/metrics`)).text();
    expect(metrics).toMatch(/^holdpoint_merged_while_red_total 1$/m);
  });

  it("a change of the policy that merges itself is not excused by what it says", async () => {
    const stage = await stageOf({ policy: asking });
    const { github, settle } = stage;
    const open = "version: 1\napproval_workflows: { all: { process: automated_approval } }\n";
    const pull = await openedBy("maria", stage, "Open up", { ".github/checkpoints.yml": open });
    github.as("olga").merge(pull.number);
    await settle();
    expect((await ledgerOf(stage)).map(({ kind }) => kind)).toEqual(["merged_while_red"]);
  });
});

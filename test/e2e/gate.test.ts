/** What authors and reviewers see of the gate, from webhook to check run, over real HTTP. */

import { describe, expect, it } from "vitest";
import { setStage, simplePolicy } from "../support/holdpoint.ts";

const code = (text: string) => ({ "src/list.ts": `export const list = [${text}];\n` });
const waiting = { status: "in_progress", conclusion: null };
const green = { status: "completed", conclusion: "success" };
const red = { status: "completed", conclusion: "failure" };

describe("the straight line", () => {
  it("a change waits for a peer, and a peer's approval opens it", async () => {
    const { github, checkOf, settle } = await setStage();
    const { number } = github.as("maria").openPullRequest({ title: "Sort the list", files: code("1") });
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
    expect(checkOf(number).output.summary).toContain("anyone with write permission (peer)");

    github.requests.clear();
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);
    expect(github.requests.entries).toHaveLength(2);
  });

  it("documentation passes by itself, in four requests", async () => {
    const { github, checkOf, settle } = await setStage();
    github.as("maria").openPullRequest({ title: "Warm up", files: { "README.md": "# API\n" } });
    await settle();
    github.requests.clear();
    const { number } = github.as("maria").openPullRequest({ title: "Say more", files: { "README.md": "# The API\n" } });
    await settle();
    expect(checkOf(number)).toMatchObject(green);
    expect(github.requests.entries.length).toBeLessThanOrEqual(4);
  });

  it("an objection closes it again, and a push leaves the new commit without green", async () => {
    const { github, api, checkOf, settle } = await setStage();
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: code("1") });
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);

    github.as("sam").requestChanges(number, "Not like this");
    await settle();
    expect(checkOf(number).conclusion).not.toBe("success");

    github.as("maria").pushTo(number, code("1, 2"), "More");
    await settle();
    expect(checkOf(number).conclusion).not.toBe("success");
    expect(github.checksOf(api, number)[0]?.suite.headSha).toBe(api.pulls.get(number)?.head.sha);
  });

  it("an approval survives a rebase that leaves the change as it was, and no other push", async () => {
    const { github, checkOf, settle } = await setStage();
    const maria = github.as("maria");
    const { number } = maria.openPullRequest({ title: "Sort", files: code("1") });
    await settle();
    github.as("bob").approve(number);
    await settle();
    github.as("olga").push("main", { "other.ts": "export const other = 1;\n" }, "Something else");
    maria.rebase(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);

    maria.pushTo(number, code("1, 2"), "One more");
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
  });

  it("with freshness: exact, an approval ends with the commit it was given on", async () => {
    const { github, checkOf, settle } = await setStage({ policy: `approvals: { freshness: exact }\n${simplePolicy}` });
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: code("1") });
    await settle();
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);
    github.as("olga").push("main", { "other.ts": "export const other = 1;\n" }, "Something else");
    github.as("maria").rebase(number);
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
  });

  it("an approval from a stale page does not count for the commit pushed meanwhile", async () => {
    const { github, checkOf, settle } = await setStage();
    const { number, head } = github.as("maria").openPullRequest({ title: "Sort", files: code("1") });
    const seen = head.sha;
    await settle();
    github.as("maria").pushTo(number, code("1, 2"), "Another change");
    await settle();
    const answer = await fetch(`${github.url}/repos/acme/api/pulls/${number}/reviews`, {
      method: "POST",
      headers: { authorization: `bearer ${github.tokenFor("bob")}`, "content-type": "application/json" },
      body: JSON.stringify({ event: "APPROVE", commit_id: seen }),
    });
    expect(answer.status).toBe(200);
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
  });

  it("the author's own approval does not count", async () => {
    const { github, checkOf, settle } = await setStage();
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: code("1") });
    github.as("maria").comment(number, "/approve");
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
  });
});

describe("the policy", () => {
  it("without one anywhere, nothing is written at all", async () => {
    const { github, api, settle } = await setStage({ policy: null });
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: code("1") });
    await settle();
    expect(github.checksOf(api, number).filter(({ suite }) => suite.app.name === "Holdpoint")).toEqual([]);
  });

  it("a change of the policy is judged by the policy as it was", async () => {
    const { github, checkOf, settle } = await setStage();
    const open = "version: 1\napproval_workflows:\n  automatic: { process: automated_approval }\n";
    const { number } = github
      .as("maria")
      .openPullRequest({ title: "Open up", files: { ".github/checkpoints.yml": open } });
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
  });

  it("mistakes in a proposed policy are shown on their lines", async () => {
    const { github, checkOf, settle } = await setStage();
    const typo = `${simplePolicy}moed: observe\n`;
    const { number } = github
      .as("maria")
      .openPullRequest({ title: "Typo", files: { ".github/checkpoints.yml": typo } });
    await settle();
    expect(checkOf(number).annotations).toContainEqual(
      expect.objectContaining({ path: ".github/checkpoints.yml", start_line: 5, annotation_level: "failure" }),
    );
  });

  it("a broken policy holds everything, and says where it is broken", async () => {
    const { github, checkOf, settle } = await setStage({ policy: "version: 1\ncheckpoint: {}\n" });
    const { number } = github.as("maria").openPullRequest({ title: "Docs", files: { "README.md": "# New\n" } });
    await settle();
    expect(checkOf(number)).toMatchObject(red);
    expect(checkOf(number).output.summary).toContain("write `checkpoints`");
  });

  it("one that disappears does not open the gate, even if the push was never heard of", async () => {
    const { github, checkOf, settle } = await setStage();
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: code("1") });
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);

    github.webhooks.mishapNext({ event: "push" }, { kind: "drop" });
    github.as("olga").push("main", { ".github/checkpoints.yml": null }, "Tidy up");
    github.as("maria").comment(number, "and now?");
    await settle();
    expect(checkOf(number)).toMatchObject(red);
  });

  it("a stricter one on the base branch lowers what was green", async () => {
    const { github, checkOf, settle } = await setStage();
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: code("1") });
    github.as("bob").approve(number);
    await settle();
    github
      .as("olga")
      .push("main", { ".github/checkpoints.yml": simplePolicy.replace("approvals: 1", "approvals: 2") }, "Two");
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
  });

  it("one that only observes never blocks, and says what it would have done", async () => {
    const { github, checkOf, settle } = await setStage({ policy: `mode: observe\n${simplePolicy}` });
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: code("1") });
    await settle();
    expect(checkOf(number)).toMatchObject({ status: "completed", conclusion: "neutral" });
    expect(checkOf(number).output.title).toMatch(/^Would/);
  });
});

describe("commits and branches", () => {
  it("green for a lax branch says nothing about a strict one, also when nobody told of the retarget", async () => {
    const { github, checkOf, settle, api } = await setStage();
    github
      .as("olga")
      .push("lax", { ".github/checkpoints.yml": simplePolicy.replace("approvals: 1", "approvals: 0") }, "Lax");
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: code("1"), base: "lax" });
    await settle();
    expect(checkOf(number, "holdpoint: lax")).toMatchObject(green);

    github.webhooks.mishapNext({ event: "pull_request", action: "edited" }, { kind: "drop" });
    github.as("maria").edit(number, { base: "main" });
    await settle();
    expect(github.checksOf(api, number).filter(({ name }) => name === "holdpoint: main")).toEqual([]);

    github.as("maria").comment(number, "There?");
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
  });

  it("two pull requests on one commit get the worse verdict, until the worse one is closed", async () => {
    const policy = `version: 1
checkpoints:
  held: { when: { labels: [hold] }, approver: technical_lead }
approval_workflows:
  automatic: { process: automated_approval }
`;
    const { github, api, checkOf, settle } = await setStage({ policy });
    const first = github.as("maria").openPullRequest({ title: "One", files: code("1"), branch: "one" });
    await settle();
    expect(checkOf(first.number)).toMatchObject(green);

    api.refs.set("refs/heads/two", first.head.sha);
    const second = github.as("maria").openPullRequest({ title: "Two", branch: "two", labels: ["hold"] });
    await settle();
    expect(checkOf(first.number).conclusion).not.toBe("success");
    github.as("maria").comment(first.number, "Again?");
    await settle();
    expect(checkOf(first.number).conclusion).not.toBe("success");
    expect(checkOf(first.number).output.title).toContain(`#${second.number}`);

    github.as("maria").close(second.number);
    await settle();
    expect(checkOf(first.number)).toMatchObject(green);
  });

  it("a merge group is as good as its worst member", async () => {
    const { github, api, settle } = await setStage();
    const one = github.as("maria").openPullRequest({ title: "One", files: { "docs/a.md": "a\n" } });
    const two = github.as("sam").openPullRequest({ title: "Two", files: code("1") });
    github.as("bob").approve(two.number);
    await settle();
    const verdictOn = (sha: string) =>
      api.checkRuns.find((run) => run.suite.headSha === sha && run.name === "holdpoint: main");

    const group = github.queue(api, [one.number, two.number], "olga");
    await settle();
    expect(verdictOn(group.headSha)).toMatchObject(green);
    github.finishQueue(api, group, false, "olga");

    github.as("olga").requestChanges(two.number, "Wait");
    await settle();
    const again = github.queue(api, [one.number, two.number], "olga");
    await settle();
    expect(verdictOn(again.headSha)).toMatchObject(red);
  });
});

describe("people ask", () => {
  it("the button of the check judges anew", async () => {
    const { github, checkOf, settle, passOnGithub } = await setStage();
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: code("1") });
    await settle();
    passOnGithub(1);
    github.webhooks.mishapNext({ event: "pull_request_review" }, { kind: "drop" });
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);

    github.as("maria").press(checkOf(number), "recheck");
    await settle();
    expect(checkOf(number)).toMatchObject(green);
  });

  it("help is answered once, with a reaction and one comment", async () => {
    const { github, api, settle } = await setStage();
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: code("1") });
    await settle();
    const asked = github.as("maria").comment(number, "/holdpoint help");
    await settle();
    const answers = (api.issues.get(number)?.comments ?? []).filter(({ body }) => body.includes("/holdpoint recheck"));
    expect(answers).toHaveLength(1);
    expect(asked.reactions.map(({ content }) => content)).toEqual(["eyes", "+1"]);
  });
});

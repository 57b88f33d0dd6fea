/** Deployments as a script: held, released by people who did not start them, and never by a commit that nobody let through. */

import { describe, expect, it } from "vitest";
import { deploying, deployingPolicy } from "../support/deploying.ts";

const pending = "pending";

describe("held and released", () => {
  it("waits for somebody who did not start it, and says for whom", async () => {
    const { merge, request, say, issue, answers, answerTo, reportsTo, ledger } = await deploying();
    const { number, sha } = await merge("Sort the list");
    const run = await request({ as: "lena" });
    expect(answerTo(run)).toBe(pending);
    expect(reportsTo(run)).toHaveLength(1);
    expect(reportsTo(run)[0]).toContain("1 approval of technical lead missing");
    expect(issue()).toMatchObject({ state: "open", title: "Deployment to production is waiting" });
    expect(issue().body).toContain(`#${number}`);
    expect(issue().body).toContain(sha.slice(0, 7));

    await say("lena", "/holdpoint deploy approve production");
    expect(answerTo(run)).toBe(pending);
    expect(answers().at(-1)).toContain("Whoever started a deployment does not release it");
    await say("sam", "/holdpoint deploy approve production");
    expect(answers().at(-1)).toContain("technical lead");
    expect(answerTo(run)).toBe(pending);

    await say("otto", "/holdpoint deploy approve production looks good");
    expect(answerTo(run)).toBe("approved");
    expect(reportsTo(run).at(-1)).toContain("Approved by `otto`");
    expect(issue().state).toBe("closed");
    expect(await ledger()).toEqual(["deployment_requested", "deployment_approved"]);
  });

  it("is released from a pull request that it brings along, too", async () => {
    const { github, merge, request, answerTo, settle } = await deploying();
    const { number } = await merge("Sort the list");
    const other = github.as("maria").openPullRequest({ title: "Other", files: { "src/o.ts": "1\n" } });
    const run = await request();
    github.as("lena").comment(other.number, "/holdpoint deploy approve production");
    await settle();
    expect(answerTo(run)).toBe(pending);
    github.as("lena").comment(number, "/holdpoint deploy approve production");
    await settle();
    expect(answerTo(run)).toBe("approved");
  });

  it("is stopped by a reason, and by nothing shorter", async () => {
    const { merge, request, say, answers, answerTo, reportsTo, ledger } = await deploying();
    await merge("Sort the list");
    const run = await request();
    await say("lena", "/holdpoint deploy reject production no");
    expect(answers().at(-1)).toContain("at least 20 characters");
    await say("sam", "/holdpoint deploy reject production it breaks the invoices of last month");
    expect(answerTo(run)).toBe(pending);
    await say("lena", "/holdpoint deploy reject production it breaks the invoices of last month");
    expect(answerTo(run)).toBe("rejected");
    expect(reportsTo(run).at(-1)).toContain("it breaks the invoices of last month");
    expect(await ledger()).toEqual(["deployment_requested", "deployment_rejected"]);
  });

  it("wants as many people as are asked for, each once, and edited words do not count", async () => {
    const policy = deployingPolicy.replace(
      "approver: technical_lead, approvals: 1",
      "approver: technical_lead, approvals: 2",
    );
    const { github, merge, request, say, issue, answerTo, settle, passOnGithub } = await deploying({ policy });
    await merge("Sort the list");
    const run = await request();
    await say("lena", "/holdpoint deploy approve production");
    await say("lena", "/holdpoint deploy approve production");
    expect(answerTo(run)).toBe(pending);
    const comment = github.as("otto").comment(issue().number, "I wonder");
    await settle();
    passOnGithub(2); // GitHub's list of an issue's comments tells an edit by its time alone
    github.as("otto").editComment(comment, "/holdpoint deploy approve production");
    await settle();
    expect(answerTo(run)).toBe(pending);
    await say("otto", "/holdpoint deploy approve production");
    expect(answerTo(run)).toBe("approved");
  });

  it("one that a bot started is not released by whoever merged what it deploys", async () => {
    const { merge, request, say, answerTo } = await deploying();
    await merge("Sort the list", "lena");
    const run = await request({ as: "github-actions[bot]" });
    await say("lena", "/holdpoint deploy approve production");
    expect(answerTo(run)).toBe(pending);
    await say("otto", "/holdpoint deploy approve production");
    expect(answerTo(run)).toBe("approved");
  });

  it("the environment's checkpoint is asked of the deployment, where pull requests did not satisfy it", async () => {
    const policy =
      `${deployingPolicy.replace("approver: technical_lead, approvals: 1", "checkpoints: [release], approver: technical_lead")}checkpoints:
  release: { when: { changed_files: ["db/**"] }, approver: qa }
`.replace("roles:\n", "roles:\n  qa: { users: [sam] }\n");
    const { merge, request, say, answerTo, reportsTo } = await deploying({ policy });
    await merge("Sort the list");
    const run = await request();
    await say("lena", "/holdpoint deploy approve production");
    expect(answerTo(run)).toBe(pending);
    expect(reportsTo(run)[0]).toContain("release");
    await say("sam", "/holdpoint deploy approve production");
    expect(answerTo(run)).toBe("approved");
  });
});

describe("what is deployed", () => {
  it("a commit that nobody merged waits for an override, which owes a review", async () => {
    const { github, merge, request, say, pass, passOnGithub, settle, issue, issues, answerTo, reportsTo, ledger } =
      await deploying();
    await merge("Sort the list");
    github.as("maria").push("main", { "src/night.ts": "export const night = 1;\n" }, "Hotfix at night");
    const run = await request();
    expect(reportsTo(run)).toEqual([]);
    pass(0.02);
    await settle();
    expect(reportsTo(run)[0]).toContain("came of no pull request");
    expect(issue().body).toContain("Hotfix at night");

    const { number } = issue();
    const command = "/holdpoint deploy override production the site is down and the fix was pushed by hand";
    await say("lena", "/holdpoint deploy approve production");
    expect(answerTo(run)).toBe(pending);
    github.as("sam").comment(number, command);
    await settle();
    expect(answerTo(run)).toBe(pending);
    github.as("otto").comment(number, command);
    await settle();
    expect(answerTo(run)).toBe("approved");
    const [review] = issues().filter(({ title }) => title.startsWith("Post-review"));
    expect(review).toMatchObject({ state: "open" });
    expect(review?.body).toContain("the site is down and the fix was pushed by hand");
    expect(await ledger()).toEqual(["deployment_requested", "deployment_overridden"]);

    const reviewed = "/holdpoint reviewed sound the push was right, and the branch is protected from now on";
    passOnGithub(2);
    github.as("otto").comment(review?.number ?? 0, reviewed);
    await settle();
    expect(review?.state).toBe("open");
    github.as("lena").comment(review?.number ?? 0, reviewed);
    await settle();
    expect(review?.state).toBe("closed");
    expect(review?.body).toContain("the push was right");
  });

  it("a commit of a branch that was never merged is not released by approvals", async () => {
    const { github, merge, request, say, pass, settle, answerTo, issue } = await deploying();
    await merge("Sort the list");
    const sha = github.as("maria").push("evil", { "src/list.ts": "export const evil = 1;\n" }, "Evil");
    const run = await request({ ref: "evil" });
    pass(0.02);
    await settle();
    await say("lena", "/holdpoint deploy approve production");
    await say("otto", "/holdpoint deploy approve production");
    expect(answerTo(run)).toBe(pending);
    expect(issue().body).toContain(sha.slice(0, 7));
  });

  it("a merge into a branch with a policy of its own is no merge for production", async () => {
    const { github, api, request, say, pass, settle, answerTo, issue } = await deploying();
    const lax = "version: 1\napproval_workflows:\n  automatic: { process: automated_approval }\n";
    github.as("maria").push("lax", { ".github/checkpoints.yml": lax }, "Lax");
    const { number } = github
      .as("maria")
      .openPullRequest({ title: "Evil", base: "lax", files: { "src/list.ts": "export const evil = 1;\n" } });
    await settle();
    github.as("maria").merge(number);
    await settle();
    expect(api.pulls.get(number)?.state).toBe("closed");
    const run = await request({ ref: "lax", as: "bob" });
    pass(0.02);
    await settle();
    await say("lena", "/holdpoint deploy approve production");
    expect(answerTo(run)).toBe(pending);
    expect(issue().body).toContain("merged elsewhere");
  });

  it("merges since the last deployment are judged, not those before it", async () => {
    const { github, merge, request, say, answerTo, settle, issue } = await deploying();
    const first = await merge("First");
    const run = await request();
    expect(issue().body).toContain("only the commit itself was looked at");
    await say("lena", "/holdpoint deploy approve production");
    github.finishDeployment(run, "success");
    await settle();
    const second = await merge("Second");
    const third = await merge("Third");
    const next = await request();
    const { body } = issue();
    expect(body).toContain(`#${second.number} (`);
    expect(body).toContain(`#${third.number} (`);
    expect(body).not.toContain(`#${first.number} (`);
    await say("lena", "/holdpoint deploy approve production");
    expect(answerTo(next)).toBe("approved");
  });

  it("a merge around the gate holds it until its review is done", async () => {
    const { github, merge, request, answerTo, settle, passOnGithub, issues } = await deploying();
    await merge("First");
    const { number } = github.as("maria").openPullRequest({ title: "Night", files: { "src/n.ts": "1\n" } });
    await settle();
    github.as("olga").merge(number);
    await settle();
    const run = await request();
    const [waiting] = issues().filter(({ title }) => title.startsWith("Deployment"));
    expect(waiting?.body).toContain("review owed");
    github.as("lena").comment(waiting?.number ?? 0, "/holdpoint deploy approve production");
    await settle();
    expect(answerTo(run)).toBe("pending");

    const [review] = issues().filter(({ title }) => title.startsWith("Post-review"));
    passOnGithub(2);
    github
      .as("otto")
      .comment(review?.number ?? 0, "/holdpoint reviewed sound it was read line by line, and the alert came too late");
    await settle();
    expect(review?.state).toBe("closed");
    expect(answerTo(run)).toBe("approved");
  });
});

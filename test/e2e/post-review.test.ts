/** The review that a bypass owes: who may give it, what is written down, and how it ends. */

import { describe, expect, it } from "vitest";
import { atNight, emergencyPolicy, list, reason } from "../support/emergency.ts";
import { afterBypass, lessons, morningOf, signs } from "../support/owed-review.ts";

describe("the issue", () => {
  it("says what was skipped, why and by whom, links the change, and is the technical leads'", async () => {
    const { github, issue, number } = await afterBypass({ isMerged: false });
    const { body, title, assignees } = issue();
    expect(title).toBe(`Post-review of #${number}: Fix checkout`);
    expect(body).toContain(`#${number} (Fix checkout)`);
    expect(body).toContain(`/acme/api/compare/`);
    expect(body).toContain(github.as("maria").pull(number).head.sha);
    expect(body).toContain("Asked for by `otto`");
    expect(body).toContain("Cause: production issue, which counts as an emergency");
    expect(body).toContain("> Checkout fails for every customer since 02:&#8203;10");
    expect(body).toContain("| data_review |");
    expect(body).toContain("| peer_review |");
    expect(body).toContain("not `maria` or `otto`");
    expect(body).not.toContain("@maria");
    expect([...assignees].map(({ login }) => login).sort()).toEqual(["lena", "mona"]);
  });

  it("tells when it is due once the change is merged, and the first runs on the base branch, in one comment", async () => {
    const { github, api, issue, said, settle, ledger } = await afterBypass();
    expect(said()).toEqual([expect.stringContaining("No workflow has run on that commit of `main` yet.")]);
    expect(said()[0]).toContain("by `olga`. The review is due by");
    const headSha = api.refs.get("refs/heads/main") as string;
    const options = { name: "deploy", event: "push", branch: "main", headSha };
    const run = github.startWorkflow(api, { ...options, jobs: ["test"] }, "olga");
    github.finishWorkflow(run, "failure");
    await settle();
    expect(said()[0]).toMatch(/\[deploy\]\(.+\) \(push\): `failure`/);
    // Told once, over the only channel that there is.
    expect(said().filter((text) => text.includes("deploy failed on main"))).toHaveLength(1);
    github.rerunFailedJobs(run, "olga");
    await settle();
    github.finishWorkflow(run, "success");
    await settle();
    expect(said()[0]).toMatch(/\[deploy\]\(.+\) \(push, attempt 2\): succeeded/);
    expect(said()).toHaveLength(2);
    expect(issue().state).toBe("open");
    expect(await ledger("merge_unconfirmed")).toEqual([]);
  });

  it.each(["merge", "squash", "rebase"] as const)(
    "what was merged by %s is found to be in the base branch",
    async (method) => {
      const { github, number, settle, ledger, database } = await afterBypass({ isMerged: false });
      github.as("maria").push("main", { "docs/a.md": "elsewhere\n" }, "Elsewhere");
      await settle();
      github.as("olga").merge(number, { method });
      await settle();
      const [kept] = await database.query<{ data: { isVerified: boolean } }>("select data from kept_issues");
      expect(kept?.data.isVerified).toBe(true);
      expect(await ledger("merge_unconfirmed")).toEqual([]);
    },
  );

  it("of a bypass that was not used is closed as not planned", async () => {
    const { github, number, issue, said, settle, ledger } = await afterBypass({ isMerged: false });
    github.as("maria").pushTo(number, list("1, 2"), "More");
    await settle();
    expect(issue()).toMatchObject({ state: "closed", stateReason: "not_planned" });
    expect(said()).toEqual([expect.stringContaining("no review is owed")]);
    expect(await ledger("post_review_dropped")).toMatchObject([{ why: "unused", number }]);
  });
});

describe("a review", () => {
  it("of a technical lead settles it: recorded on the issue and in the ledger, once", async () => {
    const { github, api, issue, issueNumber, number, sayThere, said, ledger, settle } = await afterBypass();
    github.as("lena").edit(issueNumber, { body: issue().body?.replace("- [ ]", "- [x]") ?? "" });
    await settle();
    const comment = await sayThere("lena", `Looked at it.\n\n/holdpoint reviewed sound ${lessons}`);
    expect(signs(comment)).toEqual(["+1"]);
    expect(issue()).toMatchObject({ state: "closed", stateReason: "completed" });
    expect(issue().body).toContain("Verdict: `sound`");
    expect(issue().body).toContain("Reviewed by `lena`");
    expect(issue().body).toContain("Checklist: 1 of 5 ticked");
    expect(issue().body).toContain("ten minutes late");
    expect(said().at(-1)).toContain("Recorded: `sound`");
    const done = { number, verdict: "sound", lessons, person: { login: "lena" }, checklist: { done: 1, all: 5 } };
    expect(await ledger("post_review_done")).toMatchObject([done]);
    await sayThere("mona", `/holdpoint reviewed revert ${lessons}`);
    github.as("maria").reopenIssue(issueNumber);
    await settle();
    expect(await ledger("post_review_done")).toHaveLength(1);
    expect([...api.issues.values()].filter(({ author }) => author.login === "holdpoint[bot]")).toHaveLength(1);
  });

  it.each(["follow-up", "revert"])("that asks for a %s is told", async (verdict) => {
    const { sayThere, said, issue, ledger } = await afterBypass();
    await sayThere("lena", `/holdpoint reviewed ${verdict} ${lessons}`);
    expect(issue().state).toBe("closed");
    expect(said().some((text) => text.includes(`The review of`) && text.includes(`asks for a ${verdict}`))).toBe(true);
    expect(await ledger("post_review_done")).toMatchObject([{ verdict }]);
  });

  it.each([
    { login: "maria", why: "opened the pull request" },
    { login: "otto", why: "asked for the bypass" },
    { login: "bob", why: "does not hold the role `technical_lead`" },
    { login: "tria", why: "does not hold the role `technical_lead`" },
  ])("of $login does not count: $why", async ({ login, why }) => {
    const { sayThere, said, issue, ledger } = await afterBypass();
    const comment = await sayThere(login, `/holdpoint reviewed sound ${lessons}`);
    expect(signs(comment)).toEqual(["-1"]);
    expect(said().at(-1)).toContain(why);
    expect(issue().state).toBe("open");
    expect(await ledger("post_review_done")).toEqual([]);
  });

  it("of a technical lead who has a commit in it, or who agreed to it, does not count", async () => {
    const policy = emergencyPolicy("{ second_person: technical_lead }");
    const stage = await atNight({ policy });
    await stage.say("otto", `/holdpoint bypass all --reason "${reason}"`);
    await stage.say("lena", "/holdpoint bypass agree");
    const [issue] = stage.owed();
    const morning = morningOf(stage, issue?.number ?? 0);
    stage.passOnGithub(2);
    stage.github.as("olga").merge(stage.number);
    await stage.settle();
    await morning.sayThere("lena", `/holdpoint reviewed sound ${lessons}`);
    expect(morning.said().at(-1)).toContain("agreed to the bypass");
    await morning.sayThere("mona", `/holdpoint reviewed sound ${lessons}`);
    expect(morning.issue().state).toBe("closed");
  });

  it.each([
    { body: "/holdpoint reviewed sound ok", answer: "at least 20 characters" },
    { body: "/holdpoint reviewed fine it was all as it should have been", answer: "`sound`, `follow-up` or `revert`" },
    { body: `/holdpoint reviewed sound ${"x".repeat(40)}`, answer: "more than one word" },
    { body: "/holdpoint hold", answer: "is understood on pull requests, not here" },
    { body: "/holdpoint dance", answer: "There is no command" },
  ])("$body is answered: $answer", async ({ body, answer }) => {
    const { sayThere, said, issue } = await afterBypass();
    expect(signs(await sayThere("lena", body))).toEqual(["confused"]);
    expect(said().at(-1)).toContain(answer);
    expect(issue().state).toBe("open");
  });

  it("before the merge is too early, and is not kept for later", async () => {
    const { github, number, sayThere, said, issue, settle } = await afterBypass({ isMerged: false });
    await sayThere("lena", `/holdpoint reviewed sound ${lessons}`);
    expect(said().at(-1)).toContain("not merged yet");
    github.as("olga").merge(number);
    await settle();
    expect(issue().state).toBe("open");
  });

  it("that was edited into a comment is none, and what was heard stays heard", async () => {
    const { github, sayThere, settle, issue, said } = await afterBypass();
    const comment = await sayThere("lena", "Looks fine.");
    github.as("olga").editComment(comment, `/holdpoint reviewed sound ${lessons}`);
    await settle();
    expect(signs(comment)).toEqual([]);
    expect(issue().state).toBe("open");
    const refused = await sayThere("bob", `/holdpoint reviewed sound ${lessons}`);
    const before = said().length;
    github.as("bob").editComment(refused, `/holdpoint reviewed sound ${lessons}, really`);
    await settle();
    expect(said()).toHaveLength(before);
    expect(issue().state).toBe("open");
  });

  it("help lists what can be said on the issue, and nothing else", async () => {
    const { sayThere, said } = await afterBypass();
    await sayThere("lena", "/holdpoint help");
    expect(said().at(-1)).toContain("`/holdpoint reviewed <sound | follow-up | revert> <lessons learned>`");
    expect(said().at(-1)).not.toContain("/holdpoint hold");
  });

  it("of a pull request is said on its issue, not there", async () => {
    const { say, answers } = await afterBypass({ isMerged: false });
    await say("lena", `/holdpoint reviewed sound ${lessons}`);
    expect(answers().at(-1)).toContain("on the issues that Holdpoint keeps");
  });
});

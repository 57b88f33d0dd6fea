/** How a bypass ends: by a push, by its label or a word, by the clock, with its giver's role or the policy; or used, by the merge. */

import { describe, expect, it } from "vitest";
import type { Organisation } from "../../src/sandbox/state/accounts.ts";
import { atNight, emergencyPolicy, label, list, type Night, open, reason, red } from "../support/emergency.ts";

const command = `/holdpoint bypass all --reason "${reason}"`;
const described = { body: `## Emergency bypass\n\n${reason}\n` };

async function expectEnded({ number, checkOf, told, labels, answers, owed }: Night, why: string): Promise<void> {
  expect(checkOf(number)).toMatchObject(red);
  expect(await told()).toEqual(["granted", `ended ${why}`]);
  expect(labels()).toEqual([]);
  expect(answers().filter((text) => text.includes("has ended"))).toHaveLength(1);
  expect(owed()).toHaveLength(1);
}

async function labelled(options = {}): Promise<Night> {
  const night = await atNight({ ...described, ...options });
  await night.ask();
  expect(night.checkOf(night.number)).toMatchObject(open);
  return night;
}

describe("a bypass by label ends", () => {
  it("by a push", async () => {
    const night = await labelled();
    night.passOnGithub(2);
    night.github.as("maria").pushTo(night.number, list("1, 2"), "More");
    await night.settle();
    await expectEnded(night, "push");
  });

  it("when the label is taken off", async () => {
    const night = await labelled();
    night.github.as("bob").unlabel(night.number, label);
    await night.settle();
    await expectEnded(night, "unlabelled");
  });

  it("by the clock", async () => {
    const night = await labelled({ policy: emergencyPolicy("{ expires_after: 2h }") });
    night.pass(1.9);
    await night.settle();
    expect(night.checkOf(night.number)).toMatchObject(open);
    night.pass(0.2);
    await night.settle();
    await expectEnded(night, "expired");
  });

  it("when whoever asked leaves the role", async () => {
    const night = await labelled();
    const acme = night.api.owner as Organisation;
    const team = acme.teams.find(({ slug }) => slug === "on-call");
    if (team === undefined) throw new Error("no team on-call");
    night.github.removeFromTeam(team, "otto");
    await night.settle();
    await expectEnded(night, "authority");
  });

  it("when the policy offers none any more", async () => {
    const night = await labelled();
    const policy = emergencyPolicy().replace(/bypass:\n.*\n/, "");
    night.github.as("olga").push("main", { ".github/checkpoints.yml": policy }, "No bypass");
    await night.settle();
    await expectEnded(night, "policy");
  });

  it("when the pull request is closed, and opening it again brings nothing back", async () => {
    const night = await labelled();
    night.github.as("maria").close(night.number);
    await night.settle();
    await expectEnded(night, "closed");
    night.github.as("maria").reopen(night.number);
    await night.settle();
    await expectEnded(night, "closed");
  });

  it("once, and asked for again it begins anew with a review of its own", async () => {
    const night = await labelled();
    night.github.as("bob").unlabel(night.number, label);
    await night.settle();
    await night.ask();
    expect(night.checkOf(night.number)).toMatchObject(open);
    expect(await night.told()).toEqual(["granted", "ended unlabelled", "granted"]);
    expect(night.owed()).toHaveLength(2);
  });

  it("when somebody else takes the label off and puts it on", async () => {
    const night = await labelled();
    night.github.as("bob").unlabel(night.number, label);
    await night.ask("bob");
    expect(night.checkOf(night.number)).toMatchObject(red);
    expect(await night.told()).toEqual(["granted", "ended unlabelled", "refused not_authorised"]);
    expect(night.labels()).toEqual([]);
  });
});

describe("a bypass by command", () => {
  it("ends by a word of somebody else who may ask for one", async () => {
    const night = await atNight();
    await night.say("otto", command);
    expect(night.checkOf(night.number)).toMatchObject(open);
    const cancelled = await night.say("lena", "/holdpoint bypass cancel");
    await expectEnded(night, "cancelled");
    expect(cancelled.reactions.map(({ content }) => content)).toContain("+1");
  });

  it("goes on when its comment is edited or deleted", async () => {
    const { github, number, say, checkOf, told, settle } = await atNight();
    const comment = await say("otto", command);
    github.as("otto").editComment(comment, "Never mind");
    await settle();
    expect(checkOf(number)).toMatchObject(open);
    github.as("otto").deleteComment(comment);
    await settle();
    expect(checkOf(number)).toMatchObject(open);
    expect(await told()).toEqual(["granted"]);
  });

  it("ends by a push, and stands in its comment without asking again", async () => {
    const night = await atNight();
    await night.say("otto", command);
    night.passOnGithub(2);
    for (const text of ["1, 2", "1, 2, 3"]) {
      night.github.as("maria").pushTo(night.number, list(text), "More");
      await night.settle();
    }
    await expectEnded(night, "push");
  });
});

describe("a merge", () => {
  it("by a bypass uses it: kept as such, counted, and told on its commit", async () => {
    const { github, number, say, settle, told, database, owed, api } = await atNight();
    await say("otto", `${command} --cause production_issue`);
    const sha = github.as("olga").merge(number);
    await settle();
    expect(await told()).toEqual(["granted", "ended merged"]);
    const [merge] = await database.query("select number, passage, standing, commit_sha, merged_by from merges");
    expect(merge).toEqual({ number, passage: "bypass", standing: "bypassed", commit_sha: sha, merged_by: "olga" });
    const comments = api.commitComments.filter((comment) => comment.sha === sha);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toContain(`Holdpoint-Bypass: #${owed()[0]?.number} production_issue by otto`);
    expect(comments[0]?.body).toContain("Checkout fails for every customer");
    const ledger = await database.query(
      "select kind, data->>'passage' as passage from ledger where kind like 'merged%'",
    );
    expect(ledger).toEqual([{ kind: "merged", passage: "bypass" }]);
  });

  it("by Holdpoint itself bears the line in its message, and is told on its commit all the same", async () => {
    const process = "process: [automated_review_request, approval_or_changes, automated_merge]";
    const policy = emergencyPolicy().replace("approvals: 1 }", `approvals: 1, ${process} }`);
    const { github, say, settle, pull, database, owed, api } = await atNight({ policy, mayWriteContents: true });
    await say("otto", `${command} --cause production_issue`);
    await settle();
    expect(pull.mergedAt).not.toBeNull();
    const line = `Holdpoint-Bypass: #${owed()[0]?.number} production_issue by otto`;
    const [merge] = await database.query<{ commit_sha: string }>("select passage, commit_sha from merges");
    expect(merge).toMatchObject({ passage: "bypass" });
    const { message } = github.world.objects.commit(merge?.commit_sha ?? "");
    expect(message.trimEnd().split("\n").at(-1)).toBe(line);
    expect(api.commitComments).toHaveLength(1);
    expect(api.commitComments[0]?.body).toContain(line);
  });

  it("by approvals is kept as an ordinary one, and the bypass that nobody needed is closed", async () => {
    const { github, number, say, settle, told, database, api } = await atNight();
    await say("otto", command);
    github.as("bob").approve(number);
    github.as("dana").approve(number);
    await settle();
    github.as("olga").merge(number);
    await settle();
    expect(await told()).toEqual(["granted", "ended closed"]);
    expect(await database.query("select passage, standing from merges")).toEqual([
      { passage: "gate", standing: "approved" },
    ]);
    expect(api.commitComments).toEqual([]);
  });

  it("past a shut gate is kept as one around it", async () => {
    const { github, number, ask, settle, told, database } = await atNight();
    await ask();
    github.as("olga").merge(number);
    await settle();
    expect(await told()).toEqual([]);
    expect(await database.query("select passage, standing from merges")).toEqual([
      { passage: "around", standing: "waiting" },
    ]);
  });

  it("is not counted twice when it is seen to again", async () => {
    const { github, number, say, settle, database, api } = await atNight();
    await say("otto", command);
    github.faults.failNext({ method: "POST", path: /\/commits\/[0-9a-f]+\/comments$/ }, { kind: "lose_answer" });
    github.as("olga").merge(number);
    const hurry = setInterval(() => void database.query("update jobs set due_at = now() where due_at > now()"), 20);
    await settle();
    clearInterval(hurry);
    await settle();
    expect(await database.query("select passage from merges")).toEqual([{ passage: "bypass" }]);
    expect(api.commitComments).toHaveLength(1);
  });
});

it("a bypass whose review has no issue any more ends, and says so", async () => {
  const night = await labelled();
  const { github, owed, settle } = night;
  const issue = owed()[0]?.number ?? 0;
  github.as("olga").switchIssuesOff();
  github.as("bob").comment(night.number, "Hm");
  // GitHub tells nobody; the issue is looked at because somebody acts on it.
  await night.database.query("update jobs set due_at = now() where subject_key like 'issue:%'");
  await settle();
  expect(issue).toBeGreaterThan(0);
  expect(night.checkOf(night.number)).toMatchObject(red);
  expect(await night.told()).toEqual(["granted", "ended policy"]);
  expect(night.answers().filter((text) => text.includes("has ended"))).toHaveLength(1);
  expect(night.labels()).toEqual([]);
});

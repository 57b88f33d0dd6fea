/** Requests for a bypass that are refused: each says why, leaves the gate as it was, and takes its label off. */

import { describe, expect, it } from "vitest";
import {
  atNight,
  emergencyPolicy,
  emergencyStage,
  label,
  list,
  type Night,
  nightOf,
  open,
  reason,
  red,
} from "../support/emergency.ts";

const command = `/holdpoint bypass all --reason "${reason}"`;

/** A refused label is off, told once, and nothing was filed or opened by it. */
async function expectRefusedLabel(night: Night, why: string, words: RegExp): Promise<void> {
  const { number, checkOf, labels, answers, owed, told, settle, github } = night;
  expect(checkOf(number)).toMatchObject(red);
  expect(labels()).toEqual([]);
  expect(owed()).toEqual([]);
  expect(await told()).toEqual([`refused ${why}`]);
  expect(answers()).toHaveLength(1);
  expect(answers()[0]).toMatch(words);
  github.as("bob").comment(number, "Another look");
  await settle();
  expect(answers()).toHaveLength(1);
  expect(await told()).toHaveLength(1);
}

describe("a label", () => {
  it.each([
    { name: "by somebody without the role", by: "maria" },
    { name: "by somebody who may ask for a bypass, and did not", by: "otto" },
  ])("renamed onto the pull request, put on $name", async ({ by }) => {
    const night = await atNight({
      body: `## Emergency\n\n${reason}\n`,
      policy: emergencyPolicy("{ labels: { urgent: other } }"),
    });
    const { github, number, settle, passOnGithub, pass } = night;
    passOnGithub(2);
    github.as(by).label(number, "docs");
    await settle();
    passOnGithub(2);
    github.as("bob").renameLabel("docs", "urgent");
    await settle();
    expect(night.checkOf(number)).toMatchObject(red);
    expect(night.owed()).toEqual([]);
    // Its event could be late, and is not.
    pass(0.1);
    github.as("bob").comment(number, "Well?");
    await settle();
    await expectRefusedLabel(night, "no_event", /renam/);
  });

  it("put on by a workflow", async () => {
    const night = await atNight({ body: `## Emergency\n\n${reason}\n` });
    night.passOnGithub(2);
    night.github.as("otto").addLabelAsBot(night.number, label);
    await night.settle();
    await expectRefusedLabel(night, "bot", /app or a bot/);
  });

  it("put on by somebody with triage permission and no role", async () => {
    const night = await atNight({ body: `## Emergency\n\n${reason}\n` });
    await night.ask("tria");
    await expectRefusedLabel(night, "not_authorised", /on_call/);
  });

  it("put on by the author, who holds no role either", async () => {
    const night = await atNight({ body: `## Emergency\n\n${reason}\n` });
    await night.ask("maria");
    await expectRefusedLabel(night, "not_authorised", /technical_lead/);
  });

  it("put on before the last push", async () => {
    const night = await atNight({ policy: emergencyPolicy("{ reason: { within: 2h } }") });
    const { github, number, ask, say, settle, passOnGithub } = night;
    await ask();
    passOnGithub(2);
    github.as("maria").pushTo(number, list("1, 2"), "More");
    await settle();
    await expectRefusedLabel(night, "before_push", /before the head/);
    await say("otto", `Bypass reason: ${reason}`);
    expect(night.checkOf(number)).toMatchObject(red);
  });

  it("put on in the very second of a push, which came first", async () => {
    const night = await atNight({ body: `## Emergency\n\n${reason}\n` });
    const { github, number, settle, passOnGithub } = night;
    passOnGithub(2);
    github.as("otto").label(number, label);
    github.as("maria").pushTo(number, list("1, 2"), "More");
    await settle();
    await expectRefusedLabel(night, "before_push", /before the head/);
  });

  it("whose reason does not come in time", async () => {
    const night = await atNight();
    const { ask, pass, settle, labels } = night;
    await ask();
    expect(labels()).toEqual([label]);
    pass(0.3);
    await settle();
    await expectRefusedLabel(night, "no_reason", /15 minutes/);
  });

  it("whose reason is one word", async () => {
    const night = await atNight();
    const { ask, say, pass, settle } = night;
    await ask();
    await say("otto", "Bypass reason: emergencyemergencyemergency");
    pass(0.3);
    await settle();
    await expectRefusedLabel(night, "short_reason", /20 characters/);
  });

  it("on a change with something that nothing opens", async () => {
    const token = ["ghp", "wJ1aZ9kQ3xV7bN5mL2pR8sT4yU6cD0eF1gHi"].join("_");
    const night = await atNight({ body: `## Emergency\n\n${reason}\n` });
    const { github, number, settle, checkOf, passOnGithub } = night;
    github.as("maria").pushTo(number, { "src/key.ts": `export const key = "${token}";\n` }, "Key");
    await settle();
    expect(checkOf(number).output.summary).toContain("security-relevant");
    passOnGithub(2);
    github.as("otto").label(number, label);
    await settle();
    expect(await night.told()).toEqual(["refused ceiling"]);
    expect(night.owed()).toEqual([]);
    expect(night.labels()).toEqual([]);
    expect(["failure", null]).toContain(checkOf(number).conclusion);
  });

  it("where issues are switched off: the review that it owes has no place", async () => {
    const night = await atNight({ body: `## Emergency\n\n${reason}\n` });
    night.github.as("olga").switchIssuesOff();
    await night.ask();
    await expectRefusedLabel(night, "no_issue", /Issues have to be switched on/);
  });

  it("where the App may not write issues", async () => {
    const night = await atNight({ body: `## Emergency\n\n${reason}\n` });
    const { github } = night;
    const forbidden = { message: "Resource not accessible by integration" };
    github.faults.failNext({ method: "POST", path: /\/issues$/ }, { kind: "answer", status: 403, body: forbidden }, 9);
    await night.ask();
    await expectRefusedLabel(night, "no_issue", /allowed to write them/);
  });

  it("that a workflow puts on again and again is answered a few times and then left alone, shut", async () => {
    const night = await atNight();
    for (let time = 0; time < 9; time += 1) {
      night.passOnGithub(2);
      night.github.as("otto").addLabelAsBot(night.number, label);
      await night.settle();
    }
    expect(night.answers()).toHaveLength(6);
    expect(night.labels()).toEqual([label]);
    expect(night.checkOf(night.number)).toMatchObject(red);
    expect(night.owed()).toEqual([]);
  });

  it("that asks for nothing in this policy is left alone", async () => {
    const night = await atNight();
    await night.ask("otto", "urgent");
    expect(night.labels()).toEqual(["urgent"]);
    expect(night.answers()).toEqual([]);
    expect(await night.told()).toEqual([]);
  });
});

describe("a command", () => {
  const signs = (comment: { reactions: { content: string }[] }) => comment.reactions.map(({ content }) => content);

  it.each([
    { name: "of somebody without the role", login: "bob", body: command, why: "not_authorised" },
    {
      name: "of a checkpoint that does not apply",
      login: "otto",
      body: `/holdpoint bypass data_reviews --reason "${reason}"`,
      why: "unknown_checkpoint",
    },
  ])("$name is refused, and answered once", async ({ login, body, why }) => {
    const { number, say, told, answers, checkOf, owed, settle, github } = await atNight();
    const asked = await say(login, body);
    expect(signs(asked)).toContain("-1");
    expect(answers()).toHaveLength(1);
    expect(await told()).toEqual([`refused ${why}`]);
    expect(checkOf(number)).toMatchObject(red);
    expect(owed()).toEqual([]);
    github.as("maria").pushTo(number, list("1, 2"), "More");
    await settle();
    expect(await told()).toHaveLength(1);
    expect(answers()).toHaveLength(1);
  });

  it("of a checkpoint that stays closed in every case is refused", async () => {
    const { number, say, told, checkOf } = await atNight({ policy: emergencyPolicy("{ never: [data_review] }") });
    await say("otto", `/holdpoint bypass data_review --reason "${reason}"`);
    expect(await told()).toEqual(["refused ceiling"]);
    expect(checkOf(number)).toMatchObject(red);
  });

  it("that was edited into a comment is none", async () => {
    const { github, number, settle, checkOf, told, passOnGithub } = await atNight();
    const comment = github.as("otto").comment(number, "Looks bad");
    passOnGithub(2);
    github.as("otto").editComment(comment, command);
    await settle();
    expect(checkOf(number)).toMatchObject(red);
    expect(await told()).toEqual([]);
  });

  it("of a stranger on a public repository is refused without a word", async () => {
    const { github, api, say, answers, told, number, checkOf } = await atNight();
    api.isPrivate = false;
    github.user("stranger");
    await say("stranger", command);
    expect(answers()).toEqual([]);
    expect(await told()).toEqual(["refused not_authorised"]);
    expect(checkOf(number)).toMatchObject(red);
  });

  it("whose reason never comes is told so when its time is over", async () => {
    const { say, answers, told, pass, settle } = await atNight();
    await say("otto", "/holdpoint bypass all");
    expect(answers()).toHaveLength(1);
    pass(0.3);
    await settle();
    expect(await told()).toEqual(["refused no_reason"]);
    expect(answers()).toHaveLength(2);
    expect(answers()[1]).toContain("15 minutes");
  });
});

it("a policy that only observes opens and refuses nothing", async () => {
  const stage = await emergencyStage({ policy: `mode: observe\n${emergencyPolicy()}` });
  const pull = stage.github.as("maria").openPullRequest({ title: "Fix", files: list("1") });
  await stage.settle();
  const { ask, labels, answers, told, owed } = nightOf(stage, pull);
  await ask("tria");
  expect(stage.checkOf(pull.number)).toMatchObject(open);
  expect([labels(), answers(), await told(), owed()]).toEqual([[label], [], [], []]);
});

it("without an emergency bypass in the policy a label means nothing, and the command is answered", async () => {
  const policy = emergencyPolicy().replace(/bypass:\n.*\n/, "");
  const { number, ask, say, answers, labels, checkOf, told } = await atNight({ policy });
  await ask();
  expect(labels()).toEqual([label]);
  await say("otto", command);
  expect(answers()).toHaveLength(1);
  expect(answers()[0]).toContain("no emergency bypass");
  expect(await told()).toEqual(["refused not_configured"]);
  expect(checkOf(number)).toMatchObject(red);
});

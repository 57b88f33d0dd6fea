/** The emergency bypass, from a label or a command to the merge: granted only when everything holds, and never without the review it owes. */

import { describe, expect, it } from "vitest";
import { atNight, emergencyPolicy, open, reason, red } from "../support/emergency.ts";

describe("granted", () => {
  it("by a label of somebody on call with a reason, after its review was written down", async () => {
    const { github, number, ask, say, owed, told, checkOf, labels, answers } = await atNight();
    await ask();
    expect(checkOf(number)).toMatchObject(red);
    expect(checkOf(number).output.summary).toContain("Bypass reason");
    expect(owed()).toEqual([]);

    await say("otto", `Bypass reason: ${reason}`);
    expect(checkOf(number)).toMatchObject(open);
    expect(owed()).toMatchObject([{ state: "open" }]);
    expect(checkOf(number).output.title).toMatch(/^Bypassed by @otto until .* UTC, post-review #2$/);
    expect(checkOf(number).output.summary).toContain(reason.slice(0, 20));
    expect(await told()).toEqual(["granted"]);
    expect(labels()).toEqual(["emergency-bypass"]);
    expect(answers()).toEqual([]);
    // Filed before the check turned neutral.
    const writes = github.requests.entries.filter(({ method }) => method === "POST" || method === "PATCH");
    const filed = writes.findIndex(({ path }) => path.endsWith("/issues"));
    const opened = writes.findLastIndex(({ path }) => path.includes("/check-runs"));
    expect(filed).toBeGreaterThan(-1);
    expect(opened).toBeGreaterThan(filed);
  });

  it("by a label of its cause, with the reason in the description", async () => {
    const body = `## Emergency\n\n${reason}\n`;
    const { number, ask, told, checkOf, database, github, api } = await atNight({ body });
    github.createLabel(api, "emergency: production-issue");
    await ask("lena", "emergency: production-issue");
    expect(checkOf(number)).toMatchObject(open);
    expect(await told()).toEqual(["granted"]);
    const [row] = await database.query("select data from ledger where kind = 'bypass_granted'");
    expect(row).toMatchObject({
      data: { number, cause: "production_issue", reason, requester: { login: "lena" }, scope: "all" },
    });
  });

  it("by a command for everything", async () => {
    const { number, say, owed, told, checkOf } = await atNight();
    const asked = await say("otto", `/holdpoint bypass all --reason "${reason}" --cause critical_bug`);
    expect(checkOf(number)).toMatchObject(open);
    expect(asked.reactions.map(({ content }) => content)).toContain("eyes");
    expect(owed()).toHaveLength(1);
    expect(await told()).toEqual(["granted"]);
  });

  it("by a command for one checkpoint, which leaves the rest as it was", async () => {
    const { github, number, say, told, checkOf, settle } = await atNight();
    await say("otto", `/holdpoint bypass data_review --reason "${reason}"`);
    expect(checkOf(number)).toMatchObject(red);
    expect(await told()).toEqual(["granted"]);
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(open);
  });

  it("once, whatever is asked for beside it", async () => {
    const { number, ask, say, owed, told, checkOf } = await atNight();
    await say("otto", `/holdpoint bypass all --reason "${reason}"`);
    await ask("lena");
    await say("lena", `Bypass reason: ${reason}`);
    expect(checkOf(number)).toMatchObject(open);
    expect(owed()).toHaveLength(1);
    expect(await told()).toEqual(["granted"]);
  });

  it("to the session of the review, which says so", async () => {
    const { say, database } = await atNight();
    await say("otto", `/holdpoint bypass all --reason "${reason}"`);
    expect(await database.query("select state from review_sessions")).toEqual([{ state: "bypassed" }]);
  });

  it("and counted", async () => {
    const { say, app } = await atNight();
    await say("otto", `/holdpoint bypass all --reason "${reason}"`);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toMatch(/^holdpoint_bypass_total\{outcome="granted"\} 1$/m);
  });
});

describe("a second person", () => {
  const policy = emergencyPolicy("{ second_person: technical_lead }");

  it("has to agree who neither asked nor wrote the change", async () => {
    const { number, say, owed, told, checkOf } = await atNight({ policy });
    await say("lena", `/holdpoint bypass all --reason "${reason}"`);
    expect(checkOf(number)).toMatchObject(red);
    for (const login of ["lena", "maria", "bob"]) {
      const agreed = await say(login, "/holdpoint bypass agree");
      expect(agreed.reactions.map(({ content }) => content)).toContain("-1");
      expect(checkOf(number)).toMatchObject(red);
    }
    expect(owed()).toEqual([]);
    await say("mona", "/holdpoint bypass agree");
    expect(checkOf(number)).toMatchObject(open);
    expect(owed()).toHaveLength(1);
    expect(await told()).toEqual(["granted"]);
  });

  it("agrees to one head alone", async () => {
    const { github, number, say, told, checkOf, passOnGithub } = await atNight({ policy });
    await say("otto", `/holdpoint bypass all --reason "${reason}"`);
    passOnGithub(2);
    github.as("maria").pushTo(number, { "src/list.ts": "export const list = [2];\n" }, "More");
    await say("lena", "/holdpoint bypass agree");
    expect(checkOf(number)).toMatchObject(red);
    expect(await told()).toEqual(["refused before_push"]);
  });
});

describe("the budget", () => {
  const mergesOf = (count: number, passage: string, stage: Awaited<ReturnType<typeof atNight>>) =>
    stage.database.query(
      `insert into merges (repository_id, number, base_ref, head_sha, merged_at, passage)
        select $1, n, 'main', 'h' || n, now() - interval '1 day', $2 from generate_series($3::int, $4::int) as n`,
      [stage.api.id, passage, passage === "gate" ? 1_000 : 2_000, (passage === "gate" ? 1_000 : 2_000) + count - 1],
    );

  it("that is spent takes a second person", async () => {
    const night = await atNight();
    await mergesOf(30, "gate", night);
    await mergesOf(1, "bypass", night);
    await night.say("otto", `/holdpoint bypass all --reason "${reason}"`);
    expect(night.checkOf(night.number)).toMatchObject(red);
    expect(night.checkOf(night.number).output.summary).toContain("budget of bypasses is spent");
    await night.say("lena", "/holdpoint bypass agree");
    expect(night.checkOf(night.number)).toMatchObject(open);
  });

  it("that is spent refuses where the policy says so", async () => {
    const night = await atNight({ policy: emergencyPolicy("{ budget: { limit: 5%, over_budget: refuse } }") });
    await mergesOf(30, "gate", night);
    await mergesOf(1, "around", night);
    await night.say("otto", `/holdpoint bypass all --reason "${reason}"`);
    expect(night.checkOf(night.number)).toMatchObject(red);
    expect(await night.told()).toEqual(["refused over_budget"]);
    expect(night.owed()).toEqual([]);
  });

  it("with room grants another", async () => {
    const night = await atNight();
    await mergesOf(60, "gate", night);
    await mergesOf(1, "bypass", night);
    await night.say("otto", `/holdpoint bypass all --reason "${reason}"`);
    expect(night.checkOf(night.number)).toMatchObject(open);
  });
});

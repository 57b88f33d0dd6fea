/** Merges around the gate owe the same review, and what GitHub calls merged is looked at. */

import { describe, expect, it } from "vitest";
import { serveProcess } from "../support/app-process.ts";
import { atNight, emergencyPolicy, emergencyStage, list, nightOf } from "../support/emergency.ts";
import { aFreePort } from "../support/free-port.ts";
import { type Stage, startTestApp, webhookUrlOf } from "../support/holdpoint.ts";
import { afterBypass, lessons, morningOf } from "../support/owed-review.ts";
import { until } from "../support/until.ts";

describe("merged around the gate", () => {
  it("by an admin, it owes a review, which neither the admin nor the author may give", async () => {
    const night = await atNight({
      policy: emergencyPolicy("{ post_review: { approver: technical_lead, within: 2h } }"),
    });
    const { github, number, owed, settle } = night;
    github.as("olga").merge(number);
    await settle();
    const [filed] = owed();
    expect(filed?.title).toBe(`Post-review of #${number}: Fix checkout`);
    expect(filed?.body).toContain("was merged although its gate was not open");
    expect(filed?.body).toMatch(/Merged by `olga` on .+, past the gate/);
    expect(filed?.body).toContain("| peer_review |");
    const there = morningOf(night, filed?.number ?? 0);
    expect(there.said()[0]).toContain("by `olga`. The review is due by");
    await there.sayThere("olga", `/holdpoint reviewed sound ${lessons}`);
    expect(there.said().at(-1)).toContain("merged it past the gate");
    await there.sayThere("maria", `/holdpoint reviewed sound ${lessons}`);
    expect(there.said().at(-1)).toContain("opened the pull request");
    await there.sayThere("lena", `/holdpoint reviewed revert ${lessons}`);
    expect(there.issue().state).toBe("closed");
    expect(await there.ledger("merged_while_red")).toHaveLength(1);
    expect(await there.ledger("post_review_done")).toMatchObject([{ cause: "around", verdict: "revert" }]);
  });

  it("where the policy has no bypass: a technical lead has a day", async () => {
    const night = await atNight({
      policy: "version: 1\napproval_workflows: { peer_review: { approver: peer, approvals: 1 } }\n",
    });
    night.github.as("olga").merge(night.number);
    await night.settle();
    expect(night.owed()).toHaveLength(1);
    expect(night.owed()[0]?.body).toContain("by the role `technical_lead`");
  });

  it("by a change of the policy that names its own reviewers: they are whom the policy named before", async () => {
    const policy = emergencyPolicy("{}", "roles: { technical_lead: { users: [lena] } }\n");
    const stage = await emergencyStage({ policy });
    const { github, settle } = stage;
    const rewritten = policy.replace("[lena]", "[bob]");
    const pull = github.as("maria").openPullRequest({ title: "Tidy", files: { ".github/checkpoints.yml": rewritten } });
    await settle();
    github.as("olga").merge(pull.number);
    await settle();
    const [filed] = nightOf(stage, pull).owed();
    const there = morningOf(stage, filed?.number ?? 0);
    await there.sayThere("bob", `/holdpoint reviewed sound ${lessons}`);
    expect(there.issue().state).toBe("open");
    await there.sayThere("lena", `/holdpoint reviewed sound ${lessons}`);
    expect(there.issue().state).toBe("closed");
  });

  it("where the policy only observes, nothing is owed", async () => {
    const night = await emergencyStage({ policy: `mode: observe\n${emergencyPolicy()}` });
    const pull = night.github.as("maria").openPullRequest({ title: "Fix", files: list("1") });
    await night.settle();
    night.github.as("olga").merge(pull.number);
    await night.settle();
    expect(nightOf(night, pull).owed()).toEqual([]);
  });

  it("while nobody listened, it is found by the sweep", async () => {
    const { github, number, owed, settle, settings } = await atNight();
    github.webhooks.mishapNext({}, { kind: "drop" }, 100);
    github.as("olga").merge(number);
    await settle();
    expect(owed()).toEqual([]);
    const second = await startTestApp(settings, true); // Its sweeps run once at the start.
    await github.waitFor(() => owed()[0]);
    await settle();
    expect(owed()).toHaveLength(1);
    await second.stop();
  });

  it("with issues switched off: the debt is kept and told, and filed once they are on", async () => {
    const { github, number, owed, settle, answers, pass, database } = await atNight();
    github.as("olga").switchIssuesOff();
    github.as("olga").merge(number);
    await settle();
    expect(owed()).toEqual([]);
    expect(answers().some((text) => text.includes("cannot be written down"))).toBe(true);
    expect(await database.query("select 1 from ledger where kind = 'post_review_unfiled'")).toHaveLength(1);
    github.as("olga").switchIssuesOn();
    pass(25);
    await settle();
    expect(owed()).toHaveLength(1);
    expect(owed()[0]?.body).toContain("could not be filed when it began to be owed");
  });
});

describe("what landed", () => {
  it("and was thrown off the base branch again is told", async () => {
    const morning = await afterBypass({ isMerged: false });
    const { github, api, number, settle, ledger, said } = morning;
    const before = api.refs.get("refs/heads/main") as string;
    github.as("olga").merge(number);
    api.refs.set("refs/heads/main", before);
    await settle();
    expect(await ledger("merge_unconfirmed")).toMatchObject([{ number, why: "not_on_base" }]);
    expect(said().some((text) => text.includes("its merge commit is not in `main`"))).toBe(true);
  });
});

describe("processes", () => {
  it("two at once file one issue and hear one review", async () => {
    const night = await atNight();
    await startTestApp(night.settings);
    const { github, number, owed, settle } = night;
    github.as("olga").merge(number);
    github.as("bob").comment(number, "Merged?");
    await settle();
    expect(owed()).toHaveLength(1);
    const there = morningOf(night, owed()[0]?.number ?? 0);
    github.as("olga").deleteIssue(there.issueNumber);
    await settle();
    expect(owed()).toHaveLength(1);
    const anew = morningOf(night, owed()[0]?.number ?? 0);
    await anew.sayThere("lena", `/holdpoint reviewed sound ${lessons}`);
    expect(anew.issue().state).toBe("closed");
    expect(await anew.ledger("post_review_done")).toHaveLength(1);
    expect(anew.said().filter((text) => text.includes("Recorded"))).toHaveLength(1);
  });

  const killed = async () => {
    const stage = await emergencyStage({ isWithoutApp: true });
    const { github, database, settle } = stage;
    const port = await aFreePort();
    let running = await serveProcess(stage, port);
    stage.install(webhookUrlOf(running));
    await settle();
    const pull = github.as("maria").openPullRequest({ title: "Fix checkout", files: list("1") });
    await settle();
    return Object.assign(Object.create(stage) as Stage, {
      settle,
      stage,
      owed: nightOf(stage, pull).owed,
      merge: () => github.as("olga").merge(pull.number),
      async killAndStart() {
        await running.kill("SIGKILL");
        github.faults.clear();
        // What the dead process held is free once its lease is over; what it wanted to try again later is tried now.
        await database.query(
          "update jobs set lease_until = case when lease_until is null then null else clock_timestamp() end, due_at = least(due_at, now())",
        );
        running = await serveProcess(stage, port);
        await settle();
      },
      stop: () => running.kill("SIGTERM"),
    });
  };

  it.each([
    { step: "filing", lost: { method: "POST", path: /\/issues$/ } },
    { step: "saying when it is due", lost: { method: "POST", path: /\/issues\/\d+\/comments$/ } },
  ])(
    "killed after $step: nothing is done twice and nothing is lost",
    async ({ lost }) => {
      const { stage, merge, owed, killAndStart, stop } = await killed();
      const { github } = stage;
      github.faults.failNext(lost, { kind: "lose_answer" });
      merge();
      await until(() => owed().some(({ comments }) => lost.path.test("/issues") || comments.length > 0));
      await killAndStart();
      expect(owed()).toHaveLength(1);
      const there = morningOf(stage, owed()[0]?.number ?? 0);
      expect(there.said().filter((text) => text.includes("The review is due by"))).toHaveLength(1);
      expect(await there.ledger("merged_while_red")).toHaveLength(1);
      expect(await stop()).toBe(0);
    },
    60_000,
  );

  it("killed between a review and its end: it is closed, answered and in the ledger once", async () => {
    const { stage, merge, owed, killAndStart, stop } = await killed();
    const { github } = stage;
    merge();
    await stage.settle();
    const there = morningOf(stage, owed()[0]?.number ?? 0);
    github.faults.failNext({ method: "PATCH", path: /\/issues\/\d+$/ }, { kind: "hang" }, 100);
    stage.passOnGithub(2);
    github.as("lena").comment(there.issueNumber, `/holdpoint reviewed sound ${lessons}`);
    await github.waitFor(() => there.said().find((text) => text.includes("Recorded")));
    await killAndStart();
    await until(() => there.issue().state === "closed");
    await stage.settle();
    expect(await there.ledger("post_review_done")).toHaveLength(1);
    expect(there.said().filter((text) => text.includes("Recorded"))).toHaveLength(1);
    expect(await stop()).toBe(0);
  }, 60_000);
});

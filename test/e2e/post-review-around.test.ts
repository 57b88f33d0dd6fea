/** Merges around the gate owe the same review, and what GitHub calls merged is looked at. */

import { describe, expect, it } from "vitest";
import { serveProcess } from "../support/app-process.ts";
import { atNight, emergencyPolicy, emergencyStage, list, nightOf } from "../support/emergency.ts";
import { aFreePort } from "../support/free-port.ts";
import { startTestApp, webhookUrlOf } from "../support/holdpoint.ts";
import { afterBypass, lessons, morningOf } from "../support/owed-review.ts";
import { until } from "../support/until.ts";

describe("merged around the gate", () => {
  it("by an admin, it owes a review, which neither the admin nor the author may give", async () => {
    const night = await atNight({ policy: emergencyPolicy("{ post_review: { approver: technical_lead, within: 2h } }") });
    const { github, api, number, owed, settle } = night;
    github.createTeam(api.owner as never, "leads", []);
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

  it("while nobody listened, it is found by the next look at the repository", async () => {
    const { github, api, number, owed, settle, database, startAgain, app } = await atNight();
    await app.stop();
    github.as("olga").merge(number);
    await github.webhooks.flush();
    await startAgain();
    const repository = { kind: "repository", installationId: 1, repositoryId: api.id, owner: "acme", name: "api" };
    expect(repository.repositoryId).toBe(api.id);
    await database.query(
      `update jobs set due_at = now() where subject_key in (select subject_key from jobs where kind = 'pull_request')`,
    );
    await settle();
    expect(owed()).toHaveLength(1);
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

  it.each([
    { step: "filing", fault: { method: "POST", path: /\/issues$/ } },
    { step: "closing", fault: { method: "PATCH", path: /\/issues\/\d+$/ } },
    { step: "saying when it is due", fault: { method: "POST", path: /\/issues\/\d+\/comments$/ } },
  ])("killed right after $step: nothing is done twice and nothing is lost", async ({ fault }) => {
    const stage = await emergencyStage({ isWithoutApp: true });
    const { github, database, settle } = stage;
    const port = await aFreePort();
    let running = await serveProcess(stage, port);
    stage.install(webhookUrlOf(running));
    await settle();
    const pull = github.as("maria").openPullRequest({ title: "Fix checkout", files: list("1") });
    await settle();
    const { owed } = nightOf(stage, pull);
    const again = async () => {
      await running.kill("SIGKILL");
      github.faults.clear();
      await database.query("update jobs set lease_until = clock_timestamp() where lease_until is not null");
      running = await serveProcess(stage, port);
      await settle();
    };
    github.faults.failNext(fault, { kind: "hang_after" } as never, 1);
    github.as("olga").merge(pull.number);
    await github.webhooks.flush();
    await until(() => database.query("select 1 from jobs where lease_until is null").then(() => true));
    await again();
    expect(owed()).toHaveLength(1);
    const there = morningOf(stage, owed()[0]?.number ?? 0);
    await there.sayThere("lena", `/holdpoint reviewed sound ${lessons}`);
    await again();
    expect(there.issue().state).toBe("closed");
    expect(await there.ledger("post_review_done")).toHaveLength(1);
    expect(there.said().filter((text) => text.includes("The review is due by"))).toHaveLength(1);
    expect(await running.kill("SIGTERM")).toBe(0);
  }, 120_000);
});

/** Maintenance windows from their announcement to the validation, with clocks that are moved; and branches for testing. */

import { describe, expect, it } from "vitest";
import { list, open, red } from "../support/emergency.ts";
import { atMaintenance, inHours, upgrade, windowPolicy } from "../support/maintenance.ts";

const lessons = "the index was built without a lock, so the next one needs no window";

describe("a window", () => {
  it("is announced, opens at its start, and closes at its end", async () => {
    const { number, issues, pass, settle, checkOf, told } = await atMaintenance(windowPolicy(upgrade()));
    expect(issues()).toMatchObject([
      { state: "open", title: expect.stringContaining("Maintenance window db-upgrade") },
    ]);
    expect(issues()[0]?.body).toContain("pull requests to `main` may be merged");
    expect(checkOf(number)).toMatchObject(red);

    pass(3);
    await settle();
    expect(checkOf(number)).toMatchObject(open);
    expect(checkOf(number).output.title).toContain("db-upgrade");

    pass(2);
    await settle();
    expect(checkOf(number)).toMatchObject(red);

    pass(0.5);
    await settle();
    expect(issues()).toMatchObject([{ state: "closed" }]);
    expect(issues()[0]?.body).toContain("Nothing was merged through this window");
    expect(await told()).toEqual(["planned", "unused"]);
  });

  it("leaves what was merged through it to be looked over by somebody who had no hand in it", async () => {
    const stage = await atMaintenance(windowPolicy(upgrade()));
    const { github, number, issues, answers, say, pass, settle, told, database } = stage;
    pass(3);
    await settle();
    github.as("lena").merge(number);
    await settle();
    const [issue] = issues();
    if (issue === undefined) throw new Error("There is no issue");
    expect(issue.body).toContain(`#${number}, merged on`);
    expect(await database.query("select passage from merges")).toEqual([{ passage: "window" }]);

    await say("mona", issue.number, `/holdpoint reviewed sound ${lessons}`);
    expect(answers(issue).at(-1)).toContain("There is nothing to look over yet");
    pass(2.5);
    await settle();
    expect(issue).toMatchObject({ state: "open", title: expect.stringContaining("Validation of maintenance window") });

    await say("maria", issue.number, `/holdpoint reviewed sound ${lessons}`);
    expect(answers(issue).at(-1)).toContain("You opened one of the pull requests");
    await say("lena", issue.number, `/holdpoint reviewed sound ${lessons}`);
    expect(answers(issue).at(-1)).toContain("You merged one of the pull requests");
    await say("bob", issue.number, `/holdpoint reviewed sound ${lessons}`);
    expect(answers(issue).at(-1)).toContain("for somebody of the role `technical_lead`");
    await say("mona", issue.number, "/holdpoint reviewed sound fine");
    expect(answers(issue).at(-1)).toContain("at least 20 characters");
    expect(issue.state).toBe("open");

    github.as("maria").close(issue.number);
    await settle();
    expect(issue.state).toBe("open");
    expect(answers(issue).at(-1)).toContain("was closed before somebody of the role");
    github.as("maria").close(issue.number);
    await settle();
    expect(issue.state).toBe("open");
    expect(answers(issue).filter((body) => body.includes("was closed before"))).toHaveLength(1);

    await say("mona", issue.number, `/holdpoint reviewed sound ${lessons}`);
    expect(issue.state).toBe("closed");
    expect(issue.body).toContain(lessons);
    expect(await told()).toEqual(["planned", "validating", "validated"]);
  });

  it("that nobody announced gets its issue with the first merge", async () => {
    const { github, number, issues, pass, settle } = await atMaintenance(
      windowPolicy(upgrade("validation: data_team")),
    );
    expect(issues()).toEqual([]);
    pass(3);
    await settle();
    expect(issues()).toEqual([]);
    github.as("bob").merge(number);
    await settle();
    expect(issues()).toMatchObject([{ state: "open", body: expect.stringContaining("data_team") }]);
  });

  it("owes its validation also where the policy loses it at once", async () => {
    const { github, number, issues, pass, settle } = await atMaintenance(windowPolicy(upgrade("")));
    pass(3);
    await settle();
    github.as("bob").merge(number);
    await settle();
    github
      .as("olga")
      .push(
        "main",
        { ".github/checkpoints.yml": windowPolicy('name: other, cron: "0 0 1 1 *", duration: 1h') },
        "Plan anew",
      );
    await settle();
    pass(3);
    await settle();
    expect(issues()).toMatchObject([{ state: "open", title: expect.stringContaining("Validation") }]);
  });

  it("whose validation is overdue is escalated, and one that is deleted is filed anew", async () => {
    const { github, number, issues, pass, settle, database, api } = await atMaintenance(windowPolicy(upgrade()));
    pass(3);
    await settle();
    github.as("bob").merge(number);
    await settle();
    pass(2.5);
    await settle();
    const [first] = issues();
    github.as("olga").deleteIssue(first?.number ?? 0);
    await settle();
    const second = issues().at(-1);
    expect(second).toMatchObject({ state: "open" });
    expect(second?.number).not.toBe(first?.number);
    expect(api.issues.has(first?.number ?? 0)).toBe(false);
    expect(await database.query("select key from escalations")).toEqual([]);
    pass(24);
    await settle();
    expect(await database.query("select key from escalations")).toEqual([
      { key: expect.stringContaining("window_validation:window:db-upgrade:") },
    ]);
  });

  it("keeps what is owed also where issues are off, and files it once they are on", async () => {
    const { github, number, issues, pass, settle, database } = await atMaintenance(windowPolicy(upgrade()));
    github.as("olga").switchIssuesOff();
    pass(3);
    await settle();
    github.as("bob").merge(number);
    await settle();
    pass(2.5);
    await settle();
    pass(24);
    await settle();
    expect(await database.query("select kind from escalations")).toHaveLength(1);
    github.as("olga").switchIssuesOn();
    pass(24);
    await settle();
    expect(issues().at(-1)).toMatchObject({ state: "open", title: expect.stringContaining("Validation") });
  });

  it("that is withdrawn before its start is not held, and says so", async () => {
    const { github, number, issues, answers, pass, settle, checkOf, told } = await atMaintenance(
      windowPolicy(upgrade()),
    );
    const [issue] = issues();
    github
      .as("olga")
      .push(
        "main",
        { ".github/checkpoints.yml": windowPolicy('name: other, cron: "0 0 1 1 *", duration: 1h') },
        "Plan anew",
      );
    await settle();
    expect(issue?.state).toBe("closed");
    expect(issue && answers(issue)).toEqual([expect.stringContaining("does not have this window any more")]);
    pass(3);
    await settle();
    expect(checkOf(number)).toMatchObject(red);
    expect(await told()).toEqual(["planned", "withdrawn"]);
  });
});

describe("a window opens nothing", () => {
  it("where it was written after its start", async () => {
    const late = `name: late, start: "${inHours(-1)}", end: "${inHours(2)}", announce: 4h`;
    const { number, settle, checkOf, issues, pass } = await atMaintenance(windowPolicy(late));
    pass(0.5);
    await settle();
    expect(checkOf(number)).toMatchObject(red);
    expect(issues()).toEqual([]);
  });

  it("where it stands in the pull request alone", async () => {
    const plain = windowPolicy('name: other, cron: "0 0 1 1 *", duration: 1h');
    const { github, settle, pass, checkOf } = await atMaintenance(plain);
    const files = { ".github/checkpoints.yml": windowPolicy(upgrade()), ...list("2") };
    const { number } = github.as("maria").openPullRequest({ title: "Open up", files });
    await settle();
    pass(3);
    await settle();
    expect(checkOf(number)).toMatchObject(red);
  });

  it("once the policy has lost it, and a word of it that changes makes it another", async () => {
    const { github, number, settle, pass, checkOf } = await atMaintenance(windowPolicy(upgrade()));
    pass(3);
    await settle();
    expect(checkOf(number)).toMatchObject(open);
    const longer = `name: db-upgrade, start: "${inHours(3)}", end: "${inHours(9)}"`;
    github.as("olga").push("main", { ".github/checkpoints.yml": windowPolicy(longer) }, "Longer");
    await settle();
    expect(checkOf(number)).toMatchObject(red);
  });
});

describe("a process that was not there", () => {
  it("at the start opens the window when it is back, and at the end closes it", async () => {
    const stage = await atMaintenance(windowPolicy(upgrade()));
    const { number, pass, settle, checkOf } = stage;
    await stage.app.stop();
    pass(4);
    const again = await stage.startAgain();
    await settle();
    expect(checkOf(number)).toMatchObject(open);
    await again.stop();
    pass(2);
    await stage.startAgain();
    await settle();
    expect(checkOf(number)).toMatchObject(red);
  });
});

describe("a branch for testing (B6)", () => {
  const policy = `version: 1
bypass: { test_environments: { branches: ["sandbox/**", "release/*"] } }
approval_workflows:
  peer_review: { approver: peer, approvals: 1 }
`;

  it("needs nothing, while releases and the default branch are protected whatever a pattern says", async () => {
    const { github, settle, checkOf, database } = await atMaintenance(policy);
    const conclusions: Record<string, unknown> = {};
    for (const [index, base] of ["sandbox/otto", "release/1"].entries()) {
      github.as("olga").push(base, { "src/base.ts": `${index}\n` }, "Start");
      const { number } = github.as("maria").openPullRequest({ title: base, base, files: list(`${index}, 2`) });
      await settle();
      conclusions[base] = checkOf(number, `holdpoint: ${base}`).conclusion;
      if (base.startsWith("sandbox")) github.as("maria").merge(number);
    }
    expect(conclusions).toEqual({ "sandbox/otto": "neutral", "release/1": null });
    await settle();
    expect(await database.query("select base_ref, passage from merges")).toEqual([
      { base_ref: "sandbox/otto", passage: "test_branch" },
    ]);
  });
});

describe("what windows cost", () => {
  it("is no request in a look at which nothing about them has changed", async () => {
    const plain = windowPolicy(upgrade()).replace(/bypass:[\s\S]*(?=approval_workflows)/, "");
    const requests: string[][] = [];
    for (const policy of [windowPolicy(upgrade()), plain]) {
      const { github, settle } = await atMaintenance(policy);
      github.requests.clear();
      const { number } = github.as("maria").openPullRequest({ title: "Another", files: list("7") });
      await settle();
      github.as("bob").comment(number, "Looks useful");
      await settle();
      requests.push(
        github.requests.entries.map(({ method, path }) => `${method} ${path.replace(`/${number}/`, "/N/")}`).sort(),
      );
    }
    expect(requests[0]).toEqual(requests[1]);
  });
});

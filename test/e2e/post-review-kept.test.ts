/** While a review is owed its issue cannot be got rid of: closed, deleted, moved, switched off, or left until it is overdue. */

import { describe, expect, it } from "vitest";
import type { Issue } from "../../src/sandbox/state/issues.ts";
import { atNight, open, red } from "../support/emergency.ts";
import { afterBypass, lessons, type Morning, morningOf } from "../support/owed-review.ts";

/** The issue that is kept now: the last one filed. */
function newest({ owed }: Pick<Morning, "owed">): Issue {
  const last = owed().at(-1);
  if (last === undefined) throw new Error("nothing is owed");
  return last;
}

describe("closed early", () => {
  it("it is opened again each time, with the reason, and from the third time on in one comment", async () => {
    const { github, issue, issueNumber, said, settle, ledger, passOnGithub } = await afterBypass();
    const before = said().length;
    for (const login of ["maria", "otto", "olga", "bob"]) {
      passOnGithub(2);
      github.as(login).closeIssue(issueNumber);
      await settle();
      expect(issue().state).toBe("open");
    }
    const about = said().slice(before);
    expect(about).toHaveLength(3);
    expect(about[0]).toContain("`maria` closed this issue");
    expect(about[1]).toContain("`otto` closed this issue");
    expect(about[2]).toContain("`bob` closed this issue");
    expect(about[2]).toContain("closed early 4 times");
    expect(await ledger("post_review_closed_early")).toMatchObject([
      { by: "maria", times: 1 },
      { by: "otto", times: 2 },
      { by: "olga", times: 3 },
      { by: "bob", times: 4 },
    ]);
  });

  it("also by somebody who may review it, and before the merge", async () => {
    const { github, issue, issueNumber, settle, said } = await afterBypass({ isMerged: false });
    github.as("lena").closeIssue(issueNumber, "not_planned");
    await settle();
    expect(issue().state).toBe("open");
    expect(said().at(-1)).toContain("/holdpoint reviewed");
  });

  it("and rightly, once it was reviewed", async () => {
    const { github, issue, issueNumber, settle, sayThere, said } = await afterBypass();
    github.as("maria").closeIssue(issueNumber);
    await settle();
    await sayThere("lena", `/holdpoint reviewed sound ${lessons}`);
    expect(issue().state).toBe("closed");
    const before = said().length;
    github.as("maria").reopenIssue(issueNumber);
    github.as("maria").closeIssue(issueNumber);
    await settle();
    expect(issue().state).toBe("closed");
    expect(said()).toHaveLength(before);
  });

  it("a label that was taken off is put back; titles and words are people's", async () => {
    const { github, issue, issueNumber, settle } = await afterBypass();
    github.as("maria").unlabel(issueNumber, "holdpoint:post-review");
    github.as("maria").edit(issueNumber, { title: "Nothing to see", body: "Gone." });
    await settle();
    expect([...issue().labels].map(({ name }) => name)).toEqual(["holdpoint:post-review"]);
    expect(issue()).toMatchObject({ title: "Nothing to see", body: "Gone." });
  });
});

describe("taken away", () => {
  it.each(["deleted", "transferred"] as const)("%s, it is filed anew, and the review is given there", async (how) => {
    const morning = await afterBypass();
    const { github, api, issueNumber, settle, ledger, number } = morning;
    if (how === "deleted") github.as("olga").deleteIssue(issueNumber);
    else github.as("olga").transferIssue(issueNumber, github.createRepository(api.owner, "attic", { files: {} }));
    await settle();
    const anew = newest(morning);
    expect(anew.number).toBeGreaterThan(issueNumber);
    expect(anew.body).toContain(`#${issueNumber}, which was deleted or moved away`);
    expect(anew.body).toContain("Asked for by `otto`");
    expect([...anew.assignees].map(({ login }) => login).sort()).toEqual(["lena", "mona"]);
    expect(await ledger("post_review_refiled")).toMatchObject([{ number, before: issueNumber, issue: anew.number }]);
    const there = morningOf(morning, anew.number);
    await there.sayThere("lena", `/holdpoint reviewed sound ${lessons}`);
    expect(there.issue().state).toBe("closed");
    expect(await ledger("post_review_done")).toMatchObject([{ issue: anew.number }]);
  });

  it("again and again, it waits for the next day, and people are told", async () => {
    const morning = await afterBypass();
    const { github, settle, database, pass, answers } = morning;
    for (let i = 0; i < 4; i += 1) {
      github.as("olga").deleteIssue(newest(morning).number);
      await settle();
    }
    expect(morning.owed()).toEqual([]);
    expect(answers().some((text) => text.includes("keeps being deleted"))).toBe(true);
    const escalations = () =>
      database.query("select key from escalations where kind = 'post_review' and closed_at is null");
    expect(await escalations()).toHaveLength(1);
    pass(25);
    await settle();
    expect(morning.owed()).toHaveLength(1);
  });

  it("with issues switched off before the merge: the bypass ends and the gate is shut", async () => {
    const { github, issueNumber, settle, checkOf, number, told } = await afterBypass({ isMerged: false });
    expect(checkOf(number)).toMatchObject(open);
    github.as("olga").switchIssuesOff();
    github.as("olga").deleteIssue(issueNumber);
    await settle();
    expect(checkOf(number)).toMatchObject(red);
    expect(await told()).toContain("ended policy");
  });

  it("with issues switched off after the merge: the debt stands, is told, and is filed once they are on", async () => {
    const morning = await afterBypass();
    const { github, issueNumber, settle, ledger, number, pass, answers } = morning;
    github.as("olga").switchIssuesOff();
    github.as("olga").deleteIssue(issueNumber);
    await settle();
    expect(await ledger("post_review_unfiled")).toMatchObject([{ number }]);
    expect(answers().some((text) => text.includes("cannot be written down"))).toBe(true);
    pass(25);
    await settle();
    expect(await ledger("post_review_unfiled")).toHaveLength(1);
    github.as("olga").switchIssuesOn();
    pass(25);
    await settle();
    expect(newest(morning).number).toBeGreaterThan(issueNumber);
  });
});

it("overdue, it says so once and is escalated until it is reviewed", async () => {
  const { pass, settle, said, sayThere, database, issueNumber, issue } = await afterBypass();
  const overdue = () => said().filter((text) => text.includes("and is overdue; it is being escalated"));
  const escalations = () =>
    database.query<{ stuck: object; closed: boolean }>(
      "select stuck, closed_at is not null as closed from escalations where kind = 'post_review'",
    );
  pass(23);
  await settle();
  expect(overdue()).toEqual([]);
  expect(await escalations()).toEqual([]);
  pass(2);
  await settle();
  expect(overdue()).toHaveLength(1);
  const stuck = { number: issueNumber, startsAt: "level_3", roles: ["technical_lead"] };
  expect(await escalations()).toMatchObject([{ stuck, closed: false }]);
  await sayThere("bob", "Any news?");
  expect(overdue()).toHaveLength(1);
  await sayThere("lena", `/holdpoint reviewed sound ${lessons}`);
  expect(issue().state).toBe("closed");
  expect(await escalations()).toMatchObject([{ closed: true }]);
});

it("a stranger's command on a public repository gets a sign and no words", async () => {
  const { github, api, sayThere, said } = await afterBypass();
  api.isPrivate = false;
  github.user("stranger");
  const before = said().length;
  await sayThere("stranger", `/holdpoint reviewed sound ${lessons}`);
  expect(said()).toHaveLength(before);
});

it("an issue that is not ours costs no request", async () => {
  const { github, settle } = await atNight();
  const { number } = github.as("bob").openIssue("A question");
  await settle();
  const before = github.requests.counts();
  github.as("bob").comment(number, `/holdpoint reviewed sound ${lessons}`);
  github.as("bob").closeIssue(number);
  const bot = github.asBot().openIssue("Dependencies are old");
  github.as("bob").closeIssue(bot.number);
  await settle();
  expect(github.requests.counts()).toEqual(before);
});

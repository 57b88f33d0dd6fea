/** What people ask in words and by buttons, and what they hear, from webhook to answer. */

import { describe, expect, it } from "vitest";
import { type Stage, setStage, simplePolicy } from "../support/holdpoint.ts";

const code = (text: string) => ({ "src/list.ts": `export const list = [${text}];\n` });
const green = { status: "completed", conclusion: "success" };
const red = { status: "completed", conclusion: "failure" };
const waiting = { status: "in_progress", conclusion: null };

/** A pull request of maria's that bob approved, unless it is said otherwise. */
async function setScene({ policy = simplePolicy, title = "Sort", isApproved = true } = {}) {
  const stage = await setStage({ policy });
  const { github, api, settle } = stage;
  const person = (login: string, permission: "read" | "triage" | "write" | "maintain" | "admin") => {
    github.addCollaborator(api, login, permission);
  };
  person("tria", "triage");
  person("rita", "read");
  person("mona", "maintain");
  github.user("stranger");
  const { number } = github.as("maria").openPullRequest({ title, files: code("1") });
  if (isApproved) github.as("bob").approve(number);
  await settle();
  return { ...stage, number, say: speaker(stage, number), answers: () => answersOn(stage, number) };
}

function speaker({ github, settle, passOnGithub }: Stage, number: number) {
  return async (login: string, body: string) => {
    passOnGithub(1);
    const comment = github.as(login).comment(number, body);
    await settle();
    return comment;
  };
}

function answersOn({ api }: Stage, number: number): string[] {
  return (api.issues.get(number)?.comments ?? [])
    .filter(({ author }) => author.login.endsWith("[bot]"))
    .map(({ body }) => body);
}

const signs = (comment: { reactions: { content: string }[] }) => comment.reactions.map(({ content }) => content);

describe("hold", () => {
  it("of somebody with triage holds what was open, survives a push, and is lifted by who asked", async () => {
    const { github, number, say, checkOf, settle } = await setScene();
    expect(checkOf(number)).toMatchObject(green);
    const held = await say("tria", "/holdpoint hold waiting for @legal");
    expect(signs(held)).toEqual(["eyes", "+1"]);
    expect(checkOf(number)).toMatchObject(red);
    expect(checkOf(number).output.title).toContain("@tria to lift a hold");
    expect(checkOf(number).output.summary).toContain("waiting for @&#8203;legal");

    github.as("maria").pushTo(number, code("1, 2"), "More");
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(red);

    await say("tria", "/holdpoint hold cancel");
    expect(checkOf(number)).toMatchObject(green);
  });

  it("of somebody who may only read is refused: a sign and no comment in public, words in private", async () => {
    const { api, number, say, checkOf, answers } = await setScene();
    api.isPrivate = false;
    expect(signs(await say("rita", "/holdpoint hold"))).toEqual(["eyes", "-1"]);
    expect(answers()).toEqual([]);
    expect(checkOf(number)).toMatchObject(green);
    api.isPrivate = true;
    expect(signs(await say("rita", "/holdpoint hold"))).toEqual(["eyes", "-1"]);
    expect(answers()).toEqual([expect.stringContaining("is for the author and anyone with triage permission.")]);
    expect(checkOf(number)).toMatchObject(green);
  });

  it("is lifted by nobody but its holder and maintainers, and the refusal names the holder without calling them", async () => {
    const { number, say, checkOf, answers } = await setScene();
    await say("tria", "/holdpoint hold");
    expect(signs(await say("sam", "/holdpoint unhold"))).toEqual(["eyes", "-1"]);
    expect(answers()).toEqual([expect.stringContaining("Known here: `tria`.")]);
    expect(answers()[0]).not.toContain("@tria");
    expect(checkOf(number)).toMatchObject(red);
    expect(signs(await say("mona", "/holdpoint unhold"))).toEqual(["eyes", "+1"]);
    expect(checkOf(number)).toMatchObject(green);
    expect(signs(await say("mona", "/holdpoint unhold"))).toEqual(["eyes", "confused"]);
  });

  it("stands when its comment is deleted, or edited away", async () => {
    const { github, number, say, checkOf, settle } = await setScene();
    const [first, second] = [await say("tria", "/holdpoint hold"), await say("sam", "/holdpoint hold")];
    github.as("olga").deleteComment(first);
    github.as("olga").editComment(second, "Never mind.");
    await settle();
    expect(checkOf(number)).toMatchObject(red);
    expect(checkOf(number).output.summary).toContain("hold by @tria");
    expect(checkOf(number).output.summary).toContain("hold by @sam");
    await say("mona", "/holdpoint unhold");
    expect(checkOf(number)).toMatchObject(green);
  });

  it("of a stranger does not come into force by being deleted", async () => {
    const { github, number, say, checkOf, settle } = await setScene();
    github.as("stranger").deleteComment(await say("stranger", "/holdpoint hold"));
    await settle();
    expect(checkOf(number)).toMatchObject(green);
  });

  it("that somebody edited into a comment is none", async () => {
    const { github, number, say, checkOf, settle } = await setScene();
    const comment = await say("sam", "Nice.");
    github.as("olga").editComment(comment, "/holdpoint hold");
    await settle();
    expect(checkOf(number)).toMatchObject(green);
    expect(signs(comment)).toEqual([]);
  });

  it("in a review counts as in a comment", async () => {
    const { github, number, checkOf, settle } = await setScene();
    github.as("sam").review(number, "/holdpoint hold until tomorrow");
    await settle();
    expect(checkOf(number)).toMatchObject(red);
  });

  it("by the button is lifted by the button", async () => {
    const { github, number, checkOf, settle, passOnGithub } = await setScene();
    github.as("sam").press(checkOf(number), "hold");
    await settle();
    expect(checkOf(number)).toMatchObject(red);
    expect(checkOf(number).output.summary).toContain("hold by @sam");
    expect(checkOf(number).actions.map(({ identifier }) => identifier)).toEqual(["recheck", "explain", "unhold"]);

    passOnGithub(1);
    github.as("bob").press(checkOf(number), "unhold");
    await settle();
    expect(checkOf(number)).toMatchObject(red);
    github.as("sam").press(checkOf(number), "unhold");
    await settle();
    expect(checkOf(number)).toMatchObject(green);
  });

  it("by the button of somebody who may only read does nothing", async () => {
    const { github, number, checkOf, settle } = await setScene();
    github.as("rita").press(checkOf(number), "hold");
    await settle();
    expect(checkOf(number)).toMatchObject(green);
  });
});

describe("answers", () => {
  it("a wish to look again costs a sign beside the look itself", async () => {
    const { github, say } = await setScene();
    github.requests.clear();
    expect(signs(await say("stranger", "/holdpoint recheck"))).toEqual(["+1"]);
    expect(github.requests.entries.map(({ method, path }) => `${method} ${path.split("/").at(-1)}`).sort()).toEqual([
      "POST graphql",
      "POST reactions",
    ]);
  });

  it("the first of all requests is the sign that it was seen", async () => {
    const { github, number, settle } = await setScene();
    github.webhooks.mishapNext({ event: "issue_comment" }, { kind: "drop" });
    const { id } = github.as("tria").comment(number, "/holdpoint help");
    await settle();
    expect(id).toBeGreaterThan(0);
    github.requests.clear();
    github.as("tria").comment(number, "/holdpoint help");
    await settle();
    const commands = github.requests.entries.filter(({ path }) => path.includes("/comments"));
    expect(commands.map(({ path }) => path.split("/").at(-1))).toEqual(["reactions", "comments", "reactions"]);
  });

  it("an unknown word is answered with what was meant, once, and only to those who may ask", async () => {
    const { say, answers } = await setScene();
    expect(signs(await say("stranger", "/holdpoint hodl"))).toEqual(["eyes", "confused"]);
    expect(answers()).toEqual([]);
    expect(signs(await say("tria", "/holdpoint hodl\n/holdpoint hodl"))).toEqual(["eyes", "confused"]);
    expect(answers()).toEqual([expect.stringContaining("Did you mean `/holdpoint hold`?")]);
  });

  it("a bot is not answered", async () => {
    const { github, number, settle, answers } = await setScene();
    github.requests.clear();
    const helper = github.as("bob");
    helper.comment(number, "> /holdpoint help\n\n```\n/holdpoint help\n```");
    await settle();
    expect(answers()).toEqual([]);
  });

  it("an attestation of somebody else's role says whose it is", async () => {
    const policy = `${simplePolicy}checkpoints: { release: { approver: technical_lead, criteria: [rollback_plan] } }\n`;
    const { say, answers } = await setScene({ policy });
    expect(signs(await say("bob", "/holdpoint attest rollback_plan"))).toEqual(["eyes", "-1"]);
    expect(answers()[0]).toContain("whoever holds the role technical_lead");
    expect(signs(await say("bob", "/holdpoint attest rolback_plan"))).toEqual(["eyes", "confused"]);
    expect(answers()[1]).toContain("Did you mean `rollback_plan`?");
    expect(signs(await say("olga", "/holdpoint attest rollback_plan"))).toEqual(["eyes", "+1"]);
    expect(signs(await say("olga", "/holdpoint attest"))).toEqual(["eyes", "confused"]);
    expect(answers()[2]).toContain("for example `/holdpoint attest rollback_plan`");
  });

  it("on a pull request that is closed, that is the answer", async () => {
    const { github, number, say, answers } = await setScene();
    github.as("maria").close(number);
    expect(signs(await say("sam", "/holdpoint hold"))).toEqual(["eyes", "confused"]);
    expect(answers()).toEqual([expect.stringContaining("This pull request is closed")]);
  });
});

describe("explain", () => {
  it("by command tells the whole story, or that of a person, and calls nobody", async () => {
    const { github, number, say, answers, settle } = await setScene({ isApproved: false });
    github.as("rita").approve(number);
    await settle();
    await say("maria", "/holdpoint explain");
    await say("maria", "/holdpoint explain @rita");
    await say("maria", "/holdpoint explain peer_review");
    await say("maria", "/holdpoint explain per_review");
    const [whole, person, rule, unknown] = answers();
    expect(whole).toContain("anyone with write permission (peer)");
    expect(person).toContain("their approval does not count: not of peer");
    expect(rule).toContain("`rita`, ");
    expect(unknown).toContain("Did you mean `peer_review`?");
    expect(answers().join("\n")).not.toMatch(/@(rita|bob|maria)/);
  });

  it("by the button keeps one comment, rewritten in place", async () => {
    const { github, number, checkOf, settle, answers, say } = await setScene({ isApproved: false });
    github.as("sam").press(checkOf(number), "explain");
    await settle();
    expect(answers()).toEqual([expect.stringContaining("It opens when the open point below is met")]);
    github.as("bob").approve(number);
    await settle();
    github.as("sam").press(checkOf(number), "explain");
    await settle();
    expect(answers()).toEqual([expect.stringContaining("The gate is open")]);
    await say("tria", "Thanks");
    expect(answers()).toHaveLength(1);
  });

  it("by the button for a bypass answers with the command to write, once", async () => {
    const policy = `${simplePolicy}bypass: { emergency: { authorised: [technical_lead] } }\n`;
    const { github, number, checkOf, settle, answers } = await setScene({ policy, isApproved: false });
    for (const _ of [1, 2]) {
      github.as("sam").press(checkOf(number), "bypass");
      await settle();
    }
    expect(answers()).toEqual([expect.stringContaining("/holdpoint bypass all --reason")]);
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number).actions.map(({ label }) => label)).not.toContain("Request bypass");
  });
});

describe("approval with conditions", () => {
  const policy = `version: 1
approval_workflows:
  expert_review: { approver: peer, process: [detailed_review, approval_with_conditions] }
`;

  it("holds until its reviewer has ticked all, whoever else ticks", async () => {
    const { github, number, say, checkOf, settle } = await setScene({ policy });
    expect(checkOf(number)).toMatchObject(green);
    const list = await say(
      "bob",
      "/holdpoint conditions\n- [ ] a test for the empty list\n- [ ] a note in the changelog\n",
    );
    expect(signs(list)).toEqual(["eyes", "+1"]);
    expect(checkOf(number)).toMatchObject(waiting);
    expect(checkOf(number).output.summary).toContain("a test for the empty list");

    const ticked = "/holdpoint conditions\n- [x] a test for the empty list\n- [x] a note in the changelog\n";
    github.as("olga").editComment(list, ticked);
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
    github.as("bob").editComment(list, ticked);
    await settle();
    expect(checkOf(number)).toMatchObject(green);
  });

  it("in the approving review is met by word, and what is left may be followed up later", async () => {
    const { github, number, say, checkOf, settle, answers } = await setScene({ policy, isApproved: false });
    github.as("bob").approve(number, "Fine.\n\nConditions:\n- [ ] a test\n- [ ] a note");
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
    expect(signs(await say("maria", "/holdpoint conditions met all"))).toEqual(["eyes", "-1"]);
    expect(signs(await say("bob", "/holdpoint conditions met 1 3"))).toEqual(["eyes", "confused"]);
    expect(answers().at(-1)).toContain("The list has 2 conditions.");
    await say("bob", "/holdpoint conditions met 1");
    expect(checkOf(number)).toMatchObject(waiting);
    await say("bob", "/holdpoint conditions track");
    expect(checkOf(number)).toMatchObject(green);
  });

  it("is only text where the process knows none, and the answer says so", async () => {
    const { number, say, checkOf, answers } = await setScene();
    await say("bob", "/holdpoint conditions\n- [ ] a test");
    expect(checkOf(number)).toMatchObject(green);
    expect(answers()).toEqual([expect.stringContaining("knows no approvals with conditions")]);
  });
});

describe("decide", () => {
  const policy = `${simplePolicy}checkpoints: { rollback_decision: { approver: technical_lead } }\n`;

  it("a revert waits for a decision with its reasons, and the newest counts", async () => {
    const { number, say, checkOf, answers } = await setScene({ policy, title: 'Revert "Sort"' });
    expect(checkOf(number)).toMatchObject(waiting);
    expect(checkOf(number).output.summary).toContain("/holdpoint decide");

    expect(signs(await say("bob", "/holdpoint decide proceed the index locks the orders table"))).toEqual([
      "eyes",
      "-1",
    ]);
    expect(signs(await say("olga", "/holdpoint decide proceed because"))).toEqual(["eyes", "confused"]);
    expect(answers().at(-1)).toContain("at least 20 characters");
    expect(checkOf(number)).toMatchObject(waiting);

    expect(signs(await say("olga", "/holdpoint decide abort the migration cannot be taken back"))).toEqual([
      "eyes",
      "+1",
    ]);
    expect(checkOf(number)).toMatchObject(red);
    await say("olga", "/holdpoint decide proceed the index locks the orders table");
    expect(checkOf(number)).toMatchObject(green);
    expect(checkOf(number).output.summary).toContain("proceed, the index locks the orders table");
  });

  it("an ordinary change waits for none", async () => {
    const { number, say, checkOf, answers } = await setScene({ policy });
    expect(checkOf(number)).toMatchObject(green);
    await say("olga", "/holdpoint decide proceed the index locks the orders table");
    expect(answers()).toEqual([expect.stringContaining("Nothing on this pull request waits for a decision.")]);
  });
});

describe("an objection", () => {
  it("is overruled by a technical lead with a reason, and by nobody else", async () => {
    const { github, api, number, say, answers, checkOf, settle } = await setScene();
    github.user("lena");
    github.addCollaborator(api, "lena", "admin");
    github.as("sam").requestChanges(number, "Not like this");
    await settle();
    expect(checkOf(number)).toMatchObject(red);

    const refused = await say("bob", "/holdpoint overrule @sam it is fine");
    expect(signs(refused)).toEqual(["eyes", "-1"]);
    expect(answers().join()).toContain("technical_lead");
    expect(checkOf(number)).toMatchObject(red);

    const unreasoned = await say("lena", "/holdpoint overrule @sam");
    expect(signs(unreasoned)).toEqual(["eyes", "confused"]);
    expect(checkOf(number)).toMatchObject(red);

    const heard = await say("lena", "/holdpoint overrule @sam agreed on in the design review");
    expect(signs(heard)).toEqual(["eyes", "+1"]);
    expect(checkOf(number)).toMatchObject(green);
    expect(checkOf(number).output.summary).toContain("overruled by @lena");
  });
});

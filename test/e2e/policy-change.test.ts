/** A pull request that changes the policy says what that means, and one that loosens it waits for the policy's owners. */

import { describe, expect, it } from "vitest";
import { setStage, simplePolicy } from "../support/holdpoint.ts";

const path = ".github/checkpoints.yml";
const waiting = { status: "in_progress", conclusion: null };
const green = { status: "completed", conclusion: "success" };

const policy = `version: 1
approval_workflows:
  peer_review: { approver: peer, approvals: 1 }
checkpoints:
  data:
    when: { changed_files: ["db/**"] }
    approver: peer
    approvals: 2
`;
const looser = policy.replace("approvals: 2", "approvals: 1");
const stricter = policy.replace("approvals: 2", "approvals: 3");

describe("a change of the policy", () => {
  it("that loosens it waits for an admin besides the peer, and says in words what it loosens", async () => {
    const { github, checkOf, settle } = await setStage({ policy });
    const { number } = github.as("maria").openPullRequest({ title: "One is enough", files: { [path]: looser } });
    await settle();
    const { summary } = checkOf(number).output;
    expect(summary).toContain("### This changes the policy");
    expect(summary).toContain("**Loosens**: `checkpoints.data.approvals`: `1` instead of `2` (line 8)");

    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
    expect(checkOf(number).output.title).toContain("policy_owner");

    github.as("olga").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);
  });

  it("that tightens it needs nobody besides, and says so", async () => {
    const { github, checkOf, settle } = await setStage({ policy });
    const { number } = github.as("maria").openPullRequest({ title: "Three", files: { [path]: stricter } });
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);
    expect(checkOf(number).output.summary).toContain("**Tightens**: `checkpoints.data.approvals`: `3` instead of `2`");
  });

  it("that is a comment asks for the same as before", async () => {
    const { github, checkOf, settle } = await setStage({ policy });
    const files = { [path]: `${policy}# agreed in March\n` };
    const { number } = github.as("maria").openPullRequest({ title: "Say when", files });
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);
    expect(checkOf(number).output.summary).toContain("It asks for the same as before.");
  });

  it("is released by whom CODEOWNERS names for it, and by no other admin", async () => {
    const files = { ".github/CODEOWNERS": "/.github/ @sam\n" };
    const { github, checkOf, settle } = await setStage({ policy, files });
    const { number } = github.as("maria").openPullRequest({ title: "One is enough", files: { [path]: looser } });
    github.as("olga").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
    github.as("sam").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);
  });

  it("is never released by its author, though they own it and the policy lets authors approve", async () => {
    const lax = `approvals: { allow_author: true, methods: { comments: [/approve] } }\n${policy}`;
    const { github, checkOf, settle } = await setStage({ policy: lax });
    const files = { [path]: lax.replace("approvals: 2", "approvals: 1") };
    const { number } = github.as("olga").openPullRequest({ title: "One is enough", files });
    github.as("bob").approve(number);
    github.as("olga").comment(number, "/approve");
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
  });

  it("cannot name its own owners, nor say that none are asked", async () => {
    const { github, checkOf, settle } = await setStage({ policy });
    const files = {
      [path]: `policy_change: { asks_for: nothing }\nroles: { policy_owner: { users: [bob] } }\n${policy}`,
    };
    const { number } = github.as("maria").openPullRequest({ title: "Ours now", files });
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
    expect(checkOf(number).output.summary).toContain("policy_change.asks_for");
    expect(checkOf(number).output.summary).toContain("roles.policy_owner");
  });

  it("is not opened by an emergency bypass", async () => {
    const emergency = `${policy}bypass: { emergency: { authorised: [peer], second_person: false } }\n`;
    const { github, checkOf, settle } = await setStage({ policy: emergency });
    const files = { [path]: emergency.replace("approvals: 2", "approvals: 1") };
    const { number } = github.as("maria").openPullRequest({ title: "One is enough", files });
    github.as("bob").comment(number, "/holdpoint bypass all production_issue The shop is down for everybody in Europe");
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
  });

  it("that takes it away, or leaves it broken, waits for its owners too", async () => {
    const { github, checkOf, settle } = await setStage({ policy });
    const gone = github.as("maria").openPullRequest({ title: "No gate", files: { [path]: null } });
    const broken = github.as("sam").openPullRequest({ title: "Oops", files: { [path]: `${policy}nonsense: 1\n` } });
    github.as("bob").approve(gone.number);
    github.as("bob").approve(broken.number);
    await settle();
    for (const { number } of [gone, broken]) expect(checkOf(number)).toMatchObject(waiting);
    expect(checkOf(gone.number).output.summary).toContain("It takes the policy away.");
    expect(checkOf(broken.number).output.summary).toContain("cannot be used");
  });

  it("may be one of a file that the policy builds on", async () => {
    const { github, checkOf, settle } = await setStage({
      policy: "version: 1\nextends: [acme/api:policy/shared.yml]\n",
      files: { "policy/shared.yml": policy },
    });
    const { number } = github.as("maria").openPullRequest({ title: "One", files: { "policy/shared.yml": looser } });
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
    expect(checkOf(number).output.summary).toContain("checkpoints.data.approvals");
    github.as("olga").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);
  });

  it("may be one of who owns it", async () => {
    const files = { ".github/CODEOWNERS": "/.github/ @sam\n" };
    const { github, checkOf, settle } = await setStage({ policy: simplePolicy, files });
    const owners = { ".github/CODEOWNERS": "/.github/ @maria @bob\n" };
    const { number } = github.as("maria").openPullRequest({ title: "Ours", files: owners });
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(waiting);
    github.as("sam").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject(green);
  });

  it("costs other changes no request", async () => {
    const { github, settle } = await setStage({ policy });
    github.as("maria").openPullRequest({ title: "Warm up", files: { "README.md": "# API\n" } });
    await settle();
    github.requests.clear();
    github.as("maria").openPullRequest({ title: "Say more", files: { "README.md": "# The API\n" } });
    await settle();
    expect(github.requests.entries.length).toBeLessThanOrEqual(4);
  });
});

describe("what was merged before, under both policies", () => {
  it("is replayed beside the verdict, and shown once it is there", async () => {
    const { github, checkOf, settle } = await setStage({ policy });
    const files: Record<string, string>[] = [
      { "db/one.sql": "select 1;\n" },
      { "db/two.sql": "select 2;\n" },
      { "docs/a.md": "# A\n" },
    ];
    for (const [index, changed] of files.entries()) {
      const { number } = github.as("maria").openPullRequest({ title: `Change ${index + 1}`, files: changed });
      github.as("bob").approve(number);
      github.as("sam").approve(number);
      await settle();
      github.as("maria").merge(number);
    }
    await settle();
    const { number } = github.as("maria").openPullRequest({ title: "One is enough", files: { [path]: looser } });
    await settle();
    const { summary } = checkOf(number).output;
    expect(summary).toContain("Of the last 3 merged pull requests: 2 would need fewer people and 1 stays the same.");
    expect(summary).toContain("would need fewer people, 1 approval instead of 2");

    // The same pair of policies is not replayed again.
    github.requests.clear();
    github.as("maria").comment(number, "/holdpoint recheck");
    await settle();
    expect(github.requests.entries.filter(({ path: route }) => route.includes("/files")).length).toBeLessThanOrEqual(1);
  });

  it("tells that nothing was merged yet", async () => {
    const { github, checkOf, settle } = await setStage({ policy });
    const { number } = github.as("maria").openPullRequest({ title: "One is enough", files: { [path]: looser } });
    await settle();
    expect(checkOf(number).output.summary).toContain("No pull request was merged yet that could be replayed.");
  });
});

/** What stands on a pull request beside the whole check: a run for each checkpoint, and one comment, where the policy asks for them. */

import { describe, expect, it } from "vitest";
import { type Stage, setStage } from "../support/holdpoint.ts";

const policy = `version: 1
per_checkpoint_checks: true
roles: { guard: { users: [sam] }, keeper: { users: [bob] } }
checkpoints:
  security_review: { when: { changed_files: ["auth/**"] }, approver: guard }
  data_review: { when: { labels: [data] }, approver: keeper }
approval_workflows:
  automatic: { process: automated_approval }
`;
const whole = "holdpoint: main";
const security = "holdpoint: main / security_review";
const data = "holdpoint: main / data_review";
const waiting = { status: "in_progress", conclusion: null };
const green = { status: "completed", conclusion: "success" };
const login = { "auth/login.ts": "export const login = 1;\n" };

describe("a check run for each checkpoint (per_checkpoint_checks)", () => {
  it("waits, turns green and goes on being one run each, with the whole check last to open", async () => {
    const { github, api, checkOf, settle } = await setStage({ policy });
    const { number } = github.as("maria").openPullRequest({ title: "Login", files: login, labels: ["data"] });
    await settle();
    expect(checkOf(number, security)).toMatchObject(waiting);
    expect(checkOf(number, security).output.title).toBe("Waiting for guard (1 of 1)");
    expect(checkOf(number, data)).toMatchObject(waiting);
    expect(checkOf(number, whole)).toMatchObject(waiting);

    github.as("sam").approve(number);
    await settle();
    expect(checkOf(number, security)).toMatchObject(green);
    expect(checkOf(number, security).output.title).toBe("Approved: security review by @sam");
    expect(checkOf(number, data)).toMatchObject(waiting);
    expect(checkOf(number, whole)).toMatchObject(waiting);

    github.requests.clear();
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number, data)).toMatchObject(green);
    expect(checkOf(number, whole)).toMatchObject(green);
    // Read, the one that changed, the whole check; the other one stays as it is.
    expect(updatedChecks({ github, api })).toEqual([data, whole]);

    github.requests.clear();
    github.as("sam").requestChanges(number, "Not like this");
    await settle();
    expect(updatedChecks({ github, api })[0]).toBe(whole);
    expect(checkOf(number, whole).conclusion).not.toBe("success");
    expect(github.checksOf(api, number)).toHaveLength(3);
  });

  it("ends a run whose checkpoint applies no more, and leaves none behind when the policy is changed", async () => {
    const { github, api, checkOf, settle } = await setStage({ policy });
    const { number } = github.as("maria").openPullRequest({ title: "Login", files: login, labels: ["data"] });
    await settle();
    expect(checkOf(number, data)).toMatchObject(waiting);

    github.as("maria").unlabel(number, "data");
    await settle();
    expect(checkOf(number, data)).toMatchObject(green);
    expect(checkOf(number, data).output.title).toMatch(/^Not needed: the checkpoint does not apply/);
    expect(checkOf(number, security)).toMatchObject(waiting);

    github
      .as("olga")
      .push("main", { ".github/checkpoints.yml": policy.replace(/^per_checkpoint.*\n/m, "") }, "Quieter");
    await settle();
    expect(checkOf(number, security)).toMatchObject(green);
    expect(checkOf(number, security).output.title).toMatch(/^Not needed: the policy keeps no check runs/);
    expect(checkOf(number, whole)).toMatchObject(waiting);

    github.requests.clear();
    github.as("maria").comment(number, "Anything else?");
    await settle();
    expect(updatedChecks({ github, api })).toEqual([]);
  });

  it("is red like the whole check while the policy is broken", async () => {
    const { github, checkOf, settle } = await setStage({ policy });
    const { number } = github.as("maria").openPullRequest({ title: "Login", files: login });
    github.as("sam").approve(number);
    await settle();
    expect(checkOf(number, security)).toMatchObject(green);
    github.as("olga").push("main", { ".github/checkpoints.yml": `${policy}moed: observe\n` }, "Typo");
    await settle();
    expect(checkOf(number, security)).toMatchObject({ conclusion: "failure" });
    expect(checkOf(number, security).output.title).toBe(checkOf(number, whole).output.title);
  });

  it("on a commit of two pull requests the worse one stands, until it is closed", async () => {
    const { github, api, checkOf, settle } = await setStage({ policy });
    const first = github.as("maria").openPullRequest({ title: "One", files: login, branch: "one" });
    await settle();
    github.as("sam").approve(first.number);
    await settle();
    expect(checkOf(first.number, security)).toMatchObject(green);

    api.refs.set("refs/heads/two", first.head.sha);
    const second = github.as("maria").openPullRequest({ title: "Two", branch: "two", labels: ["data"] });
    await settle();
    expect(checkOf(first.number, security).conclusion).not.toBe("success");
    // The first pull request has no part in the other one's checkpoint, and leaves its run alone.
    github.as("maria").comment(first.number, "Again?");
    await settle();
    expect(checkOf(first.number, data)).toMatchObject(waiting);

    github.as("maria").close(second.number);
    await settle();
    expect(checkOf(first.number, security)).toMatchObject(green);
    expect(checkOf(first.number, data)).toMatchObject(green);
    expect(checkOf(first.number, whole)).toMatchObject(green);
  });

  it("a merge group has them as well, each as good as its worst member", async () => {
    const { github, api, settle } = await setStage({ policy });
    const one = github.as("maria").openPullRequest({ title: "One", files: login });
    const two = github.as("maria").openPullRequest({ title: "Two", files: { "auth/b.ts": "b\n" }, labels: ["data"] });
    for (const { number } of [one, two]) github.as("sam").approve(number);
    github.as("bob").approve(two.number);
    await settle();
    const group = github.queue(api, [one.number, two.number], "olga");
    await settle();
    const on = (sha: string) =>
      Object.fromEntries(
        api.checkRuns.filter((run) => run.suite.headSha === sha).map((run) => [run.name, run.conclusion]),
      );
    expect(on(group.headSha)).toEqual({ [whole]: "success", [security]: "success", [data]: "success" });
    github.finishQueue(api, group, false, "olga");

    github.as("bob").requestChanges(two.number, "Wait");
    await settle();
    const again = github.queue(api, [one.number, two.number], "olga");
    await settle();
    expect(on(again.headSha)).toMatchObject({ [whole]: "failure", [security]: "success", [data]: "failure" });
  });
});

/** Names of the check runs that were updated, in order. */
function updatedChecks({ github, api }: Pick<Stage, "github" | "api">): (string | undefined)[] {
  return github.requests.entries.flatMap(({ method, path }) => {
    const id = method === "PATCH" ? /\/check-runs\/(\d+)/.exec(path)?.[1] : undefined;
    return id === undefined ? [] : [api.checkRuns.find((run) => run.id === Number(id))?.name];
  });
}

/** What stands on a pull request beside the whole check: a run for each checkpoint, and one comment, where the policy asks for them. */

import { describe, expect, it } from "vitest";
import { type Stage, setStage, simplePolicy, startTestApp, webhookUrlOf } from "../support/holdpoint.ts";

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

  it("is lowered with the whole check when what happened since cannot be read", async () => {
    const { github, checkOf, settle, database } = await setStage({ policy });
    const { number } = github.as("maria").openPullRequest({ title: "Login", files: login, labels: ["data"] });
    github.as("sam").approve(number);
    await settle();
    expect(checkOf(number, security)).toMatchObject(green);

    github.faults.failNext({ graphql: "PullRequest" }, { kind: "answer", status: 422, body: { message: "no" } }, 1_000);
    github.as("sam").requestChanges(number, "No");
    const hurry = setInterval(() => void database.query("update jobs set due_at = now() where due_at > now()"), 20);
    await github.waitFor(() => (checkOf(number, security).conclusion === "failure" ? true : undefined));
    clearInterval(hurry);
    github.faults.clear();
    github.as("maria").comment(number, "And now?");
    await settle();
    expect(checkOf(number, security)).toMatchObject(waiting);
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

describe("the sticky comment (comments: sticky)", () => {
  const sticky = `comments: sticky\n${simplePolicy}`;
  const list = (text: string) => ({ "src/list.ts": `export const list = [${text}];\n` });

  it("is written once, edited in place when it says something else, and costs nothing else", async () => {
    const stage = await setStage({ policy: sticky });
    const { github, settle } = stage;
    const { number } = github.as("maria").openPullRequest({ title: "Sort the list", files: list("1") });
    await settle();
    const [comment, ...others] = ourComments(stage, number);
    expect(others).toEqual([]);
    expect(comment?.body).toContain("It opens when the open point below is met");
    expect(comment?.body).toContain("anyone with write permission (peer)");

    github.requests.clear();
    github.as("sam").comment(number, "Looks interesting");
    await settle();
    expect(requestsToComments(stage)).toEqual([]);
    expect(github.requests.entries).toHaveLength(1);

    github.requests.clear();
    github.as("bob").approve(number);
    await settle();
    expect(ourComments(stage, number)).toHaveLength(1);
    expect(ourComments(stage, number)[0]?.body).toContain("The gate is open");
    expect(requestsToComments(stage)).toEqual(["PATCH"]);
  });

  it("mentions nobody", async () => {
    const stage = await setStage({ policy: `roles: { peer: { users: [bob, sam] } }\n${sticky}` });
    const { number } = stage.github.as("maria").openPullRequest({ title: "Sort", files: list("1") });
    await stage.settle();
    expect(ourComments(stage, number)[0]?.body).toContain("`bob`");
    expect(ourComments(stage, number)[0]?.body).not.toMatch(/@[a-z]/);
  });

  it("does not come where there is nothing to wait for", async () => {
    const stage = await setStage({ policy: sticky });
    const { number } = stage.github.as("maria").openPullRequest({ title: "Docs", files: { "README.md": "# A\n" } });
    await stage.settle();
    expect(ourComments(stage, number)).toEqual([]);
  });

  it("deleted by a person, it stays away until the verdict is another", async () => {
    const stage = await setStage({ policy: sticky });
    const { github, settle } = stage;
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: list("1") });
    await settle();
    const [comment] = ourComments(stage, number);
    if (comment) github.as("olga").deleteComment(comment);
    github.as("maria").pushTo(number, list("1, 2"), "More");
    await settle();
    expect(ourComments(stage, number)).toEqual([]);

    github.as("bob").approve(number);
    await settle();
    expect(ourComments(stage, number)).toEqual([]);
    github.as("sam").requestChanges(number, "Not like this");
    await settle();
    expect(ourComments(stage, number)).toHaveLength(1);
  });

  it("somebody else's comment with its mark is left alone", async () => {
    const stage = await setStage({ policy: sticky });
    const { github, api, settle } = stage;
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: { "README.md": "# A\n" } });
    await settle();
    const forged = github.as("maria").comment(number, "All is well\n\n<!-- holdpoint sticky -->");
    github.as("maria").pushTo(number, list("1"), "Code");
    await settle();
    expect(forged.body).toBe("All is well\n\n<!-- holdpoint sticky -->");
    expect(api.issues.get(number)?.comments).toHaveLength(2);
  });

  it("says so when the policy wants none any more, and is written over when somebody edits it", async () => {
    const stage = await setStage({ policy: sticky });
    const { github, settle } = stage;
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: list("1") });
    await settle();
    const [comment] = ourComments(stage, number);
    const said = comment?.body;
    if (comment) github.as("olga").editComment(comment, `${said}\n\nApproved.`);
    await settle();
    github.as("maria").comment(number, "And now?");
    await settle();
    expect(ourComments(stage, number)[0]?.body).toBe(said);

    github.as("olga").push("main", { ".github/checkpoints.yml": simplePolicy }, "Quieter");
    await settle();
    expect(ourComments(stage, number)[0]?.body).toContain("no longer kept up to date");
  });
});

describe("the whole check", () => {
  it("is not written anew when the base branch moved and nothing else did", async () => {
    const stage = await setStage();
    const { github, checkOf, settle } = stage;
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: { "src/list.ts": "1\n" } });
    await settle();
    const said = checkOf(number).output.summary;
    expect(said).toContain("judged against `main`");
    github.as("olga").push("main", { "other.ts": "export const other = 1;\n" }, "Something else");
    await settle();
    github.requests.clear();
    github.as("maria").comment(number, "Anything new?");
    await settle();
    expect(updatedChecks(stage)).toEqual([]);
    expect(checkOf(number).output.summary).toBe(said);
  });

  it("links its reason codes to pages that the App serves", async () => {
    const { github, database, settings, install, checkOf, settle } = await setStage({ isWithoutApp: true });
    const app = await startTestApp({ ...settings, publicUrl: "https://gate.acme.example" });
    install(webhookUrlOf(app));
    await settle();
    const { number } = github.as("maria").openPullRequest({ title: "Sort", files: { "src/list.ts": "1\n" } });
    await settle();
    const [link] = checkOf(number).output.summary?.match(/https:\/\/gate\.acme\.example\/docs\/codes\/[^)]+/) ?? [];
    expect(link).toBe("https://gate.acme.example/docs/codes/HP-W01");
    const page = await fetch(`${app.url}${new URL(link ?? "").pathname}`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("Waiting for approvals");
    expect(await database.query("select count(*)::int as runs from check_runs")).toEqual([{ runs: 1 }]);
  });
});

function ourComments({ api }: Pick<Stage, "api">, number: number) {
  return (api.issues.get(number)?.comments ?? []).filter(({ viaApp }) => viaApp !== null);
}

function requestsToComments({ github }: Pick<Stage, "github">): string[] {
  return github.requests.entries.flatMap(({ method, path }) => (path.includes("/comments") ? [method] : []));
}

/** Names of the check runs that were updated, in order. */
function updatedChecks({ github, api }: Pick<Stage, "github" | "api">): (string | undefined)[] {
  return github.requests.entries.flatMap(({ method, path }) => {
    const id = method === "PATCH" ? /\/check-runs\/(\d+)/.exec(path)?.[1] : undefined;
    return id === undefined ? [] : [api.checkRuns.find((run) => run.id === Number(id))?.name];
  });
}

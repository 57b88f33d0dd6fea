/** The mode `gate`, by the committed bundle against the simulated GitHub. */

import { describe, expect, it } from "vitest";
import type { AppPermissions } from "../../src/sandbox/state/apps.ts";
import type { Conclusion } from "../../src/sandbox/state/checks.ts";
import { aStage, pullRequestEvent, pushEvent } from "./stage.ts";

const atOnce = { mode: "gate", timeout: "0" };

describe("the check of a pull request's head", () => {
  it.each<{ conclusion: Conclusion | null; exitCode: number; verdict: string; says: string }>([
    { conclusion: "success", exitCode: 0, verdict: "released", says: "holdpoint: main released" },
    { conclusion: "neutral", exitCode: 0, verdict: "bypassed", says: "by a bypass or a policy that only observes" },
    { conclusion: "failure", exitCode: 1, verdict: "held", says: "Holdpoint holds" },
    { conclusion: "action_required", exitCode: 1, verdict: "held", says: "Holdpoint holds" },
    { conclusion: "skipped", exitCode: 1, verdict: "held", says: "Holdpoint holds" },
    { conclusion: "cancelled", exitCode: 1, verdict: "held", says: "Holdpoint holds" },
    { conclusion: null, exitCode: 1, verdict: "pending", says: "has not released" },
  ])("$conclusion → $verdict", async ({ conclusion, exitCode, verdict, says }) => {
    const { open, judge, run } = await aStage();
    const pull = open();
    judge(pull.head.sha, conclusion);
    const result = await run({ inputs: atOnce, event: pullRequestEvent(pull) });
    expect(result).toMatchObject({ exitCode, outputs: { verdict }, stderr: "" });
    expect(result.stdout).toContain(says);
    expect(result.summary).toContain(exitCode === 0 ? "✓ released" : "✗ not released");
  });

  it("is refused where it is neutral and the workflow does not accept bypasses", async () => {
    const { open, judge, run } = await aStage();
    const pull = open();
    judge(pull.head.sha, "neutral");
    const inputs = { mode: "gate", timeout: "10 minutes", "allow-bypassed": "false" };
    const result = await run({ inputs, event: pullRequestEvent(pull) });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: "bypassed" } });
    expect(result.annotations).toEqual([
      expect.objectContaining({ message: expect.stringContaining("which `allow-bypassed: false` refuses") }),
    ]);
  });

  it("counts by the App's id as by its slug, and the worst of several counts", async () => {
    const { open, judge, run } = await aStage();
    const pull = open();
    judge(pull.head.sha, "success");
    const event = pullRequestEvent(pull);
    expect(await run({ inputs: { ...atOnce, app: "4242" }, event })).toMatchObject({ exitCode: 0 });
    expect(await run({ inputs: { ...atOnce, app: "Holdpoint" }, event })).toMatchObject({ exitCode: 0 });
    judge(pull.head.sha, "failure");
    expect(await run({ inputs: atOnce, event })).toMatchObject({ exitCode: 1, outputs: { verdict: "held" } });
  });

  it("never counts by github-actions, nor by another App, and says whose it was", async () => {
    const { open, judge, run, actions, other } = await aStage();
    const pull = open();
    judge(pull.head.sha, "success", actions);
    judge(pull.head.sha, "success", other);
    const result = await run({ inputs: atOnce, event: pullRequestEvent(pull) });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: "missing" } });
    expect(result.annotations[0]?.message).toBe(
      `There is no check \`holdpoint: main\` by the App \`holdpoint\` on ${pull.head.sha.slice(0, 12)}. One of that name by github-actions, lookalike does not count.`,
    );
  });

  it("is not asked of github-actions, whatever the workflow wants", async () => {
    const { open, run } = await aStage();
    const event = pullRequestEvent(open());
    for (const app of ["github-actions", "15368"]) {
      const result = await run({ inputs: { ...atOnce, app }, event });
      expect(result).toMatchObject({ exitCode: 1 });
      expect(result.annotations[0]?.message).toContain("any workflow can publish them");
    }
  });

  it("is that of the asked base branch alone", async () => {
    const { open, judge, run } = await aStage();
    const pull = open();
    judge(pull.head.sha, "success");
    const result = await run({ inputs: { ...atOnce, base: "release/1.x" }, event: pullRequestEvent(pull) });
    expect(result.annotations[0]?.message).toContain("no check `holdpoint: release/1.x`");
  });

  it("shows the check's title as text: no command, no mention, no table", async () => {
    const { open, judge, run, holdpoint } = await aStage();
    const pull = open();
    judge(pull.head.sha, "failure", holdpoint, "bad\n::set-output name=verdict::released%0A | @maria <b>");
    const result = await run({ inputs: atOnce, event: pullRequestEvent(pull) });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: "held" } });
    expect(result.stdout).not.toMatch(/^::set-output/m);
    expect(result.summary).not.toContain("@maria");
    expect(result.summary).not.toContain("<b>");
    expect(result.annotations[0]?.message).toContain("bad ::set-output name=verdict::released%0A | @maria <b>");
  });
});

describe("a commit of the base branch", () => {
  it.each(["squash", "merge", "rebase"] as const)("that came by %s is answered by its pull request", async (method) => {
    const { open, judge, run, github } = await aStage();
    const pull = open();
    judge(pull.head.sha, "success");
    const sha = github.as("olga").merge(pull.number, { method });
    const result = await run({ inputs: atOnce, ...pushEvent(sha) });
    expect(result).toMatchObject({ exitCode: 0, outputs: { verdict: "released" } });
    expect(result.summary).toContain(`/pull/${pull.number}`);
  });

  it("that was merged while it was held stays so: nothing is waited for", async () => {
    const { open, judge, run, github } = await aStage();
    const pull = open();
    judge(pull.head.sha, "failure");
    const sha = github.as("olga").merge(pull.number, { method: "squash" });
    const result = await run({ inputs: { mode: "gate", timeout: "1 hour" }, ...pushEvent(sha) });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: "held" } });
    expect(result.annotations[0]?.message).toContain(`(merged with #${pull.number})`);
  });

  it("that was pushed past every pull request is answered by nobody", async () => {
    const { run, github } = await aStage();
    const sha = github.as("olga").push("main", { "a.txt": "a\n" }, "Quick");
    const result = await run({ inputs: atOnce, ...pushEvent(sha) });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: "missing" } });
  });

  it("asks for every commit since another, each by its pull request", async () => {
    const { open, judge, run, github, api } = await aStage();
    const since = api.refs.get("refs/heads/main") ?? "";
    const pulls = [open("One", "one.ts"), open("Two", "two.ts")];
    let sha = "";
    for (const pull of pulls) {
      judge(pull.head.sha, "success");
      sha = github.as("olga").merge(pull.number, { method: "squash" });
    }
    const inputs = { ...atOnce, since };
    expect(await run({ inputs, ...pushEvent(sha) })).toMatchObject({ exitCode: 0 });
    const held = open("Three", "three.ts");
    judge(held.head.sha, "failure");
    github.as("olga").merge(held.number, { method: "squash" });
    const last = open("Four", "four.ts");
    judge(last.head.sha, "success");
    const result = await run({ inputs, ...pushEvent(github.as("olga").merge(last.number, { method: "squash" })) });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: "held" } });
    expect(result.annotations[0]?.message).toContain(`(merged with #${held.number})`);
  });

  it("with a range that GitHub cannot compare is not released", async () => {
    const { open, judge, run } = await aStage();
    const pull = open();
    judge(pull.head.sha, "success");
    const result = await run({ inputs: { ...atOnce, since: "v9" }, event: pullRequestEvent(pull) });
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.annotations[0]?.message).toContain("The commits from v9");
  });
});

describe("other events", () => {
  it.each([
    {
      name: "merge_group",
      payload: (sha: string) => ({ merge_group: { head_sha: sha, base_ref: "refs/heads/main" } }),
    },
    { name: "workflow_run", payload: (sha: string) => ({ workflow_run: { head_sha: sha } }) },
    { name: "deployment", payload: (sha: string) => ({ deployment: { sha } }) },
  ])("$name names its own commit", async ({ name, payload }) => {
    const { open, judge, run } = await aStage();
    const pull = open();
    judge(pull.head.sha, "success");
    const event = { name, payload: { ...payload(pull.head.sha), repository: { default_branch: "main" } } };
    const env = { GITHUB_SHA: "0".repeat(40), GITHUB_REF: "refs/heads/other" };
    expect(await run({ inputs: atOnce, event, env })).toMatchObject({ exitCode: 0 });
  });

  it("an input names any commit", async () => {
    const { open, judge, run } = await aStage();
    const pull = open();
    judge(pull.head.sha, "success");
    const event = { name: "workflow_dispatch", payload: { repository: { default_branch: "main" } } };
    expect(await run({ inputs: { ...atOnce, sha: pull.head.sha }, event })).toMatchObject({ exitCode: 0 });
  });
});

describe("waiting", () => {
  it("passes as soon as the check is there and green; what did not change costs no budget", async () => {
    const { open, judge, run, github, api } = await aStage();
    const pull = open();
    const asked = () => github.requests.entries.filter(({ route }) => route?.endsWith("/check-runs"));
    let told = 0;
    const stop = github.watch(() => {
      if (github.requests.counts()["graphql Origins"] === 1 && told === 0) {
        told += 1;
        judge(pull.head.sha, null);
      }
      if (asked().length === 3 && told === 1) {
        told += 1;
        for (const run of api.checkRuns.filter(({ conclusion }) => conclusion === null)) {
          github.updateReport(run, { status: "completed", conclusion: "success" });
        }
      }
    });
    const result = await run({ inputs: { mode: "gate", timeout: "1 minute" }, event: pullRequestEvent(pull) });
    stop();
    expect(result).toMatchObject({ exitCode: 0, outputs: { verdict: "released" } });
    expect(asked().map(({ status }) => status)).toEqual([200, 200, 304, 200]);
    expect(result.stdout).toContain("There is no check `holdpoint: main`");
    expect(result.stdout).toContain("has not released");
  });

  it("ends after the timeout and says what was awaited", async () => {
    const { open, run } = await aStage();
    const pull = open();
    const result = await run({ inputs: { mode: "gate", timeout: "2 seconds" }, event: pullRequestEvent(pull) });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: "missing" } });
    expect(result.annotations[0]?.message).toBe(
      `There is no check \`holdpoint: main\` by the App \`holdpoint\` on ${pull.head.sha.slice(0, 12)} within 2 seconds.`,
    );
  });
});

describe("what cannot be read lets nothing pass", () => {
  const checks = { path: /check-runs$/ };

  it("5xx, at once and through the whole timeout", async () => {
    const { open, judge, run, github } = await aStage();
    const pull = open();
    judge(pull.head.sha, "success");
    github.faults.failNext(checks, { kind: "answer", status: 502 }, 100);
    const result = await run({ inputs: atOnce, event: pullRequestEvent(pull) });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: "unknown" } });
    expect(result.annotations[0]?.message).toContain("GitHub did not answer when asked for the verdict");
  });

  it("5xx that ends in time is waited out", async () => {
    const { open, judge, run, github } = await aStage();
    const pull = open();
    judge(pull.head.sha, "success");
    github.faults.failNext(checks, { kind: "answer", status: 503 }, 5);
    const inputs = { mode: "gate", timeout: "1 minute" };
    expect(await run({ inputs, event: pullRequestEvent(pull) })).toMatchObject({ exitCode: 0 });
  });

  it("a limit that ends after the timeout, with the time it ends", async () => {
    const { open, judge, run, github } = await aStage();
    const pull = open();
    judge(pull.head.sha, "success");
    github.faults.limitNext(checks, 3600);
    const result = await run({ inputs: { mode: "gate", timeout: "5 seconds" }, event: pullRequestEvent(pull) });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: "unknown" } });
    expect(result.annotations[0]?.message).toMatch(/GitHub limits requests until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/);
  });

  it("a short limit is kept, then asked again", async () => {
    const { open, judge, run, github } = await aStage();
    const pull = open();
    judge(pull.head.sha, "success");
    github.faults.slowDownNext(checks, 2);
    const inputs = { mode: "gate", timeout: "1 minute" };
    expect(await run({ inputs, event: pullRequestEvent(pull) })).toMatchObject({ exitCode: 0 });
  });

  it.each([
    { name: "not a list", body: { total_count: 1, check_runs: {} } },
    { name: "a list of something else", body: { total_count: 1, check_runs: [{ name: "holdpoint: main" }] } },
    { name: "nothing", body: {} },
  ])("an answer that is $name", async ({ body }) => {
    const { open, judge, run, github } = await aStage();
    const pull = open();
    judge(pull.head.sha, "success");
    const headers = { "content-type": "application/json" };
    github.faults.failNext(checks, { kind: "answer", status: 200, body, headers });
    const result = await run({ inputs: atOnce, event: pullRequestEvent(pull) });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: "unknown" } });
    expect(result.annotations[0]?.message).toContain("its answer has another shape than it documents");
  });

  it("more checks of the name than GitHub shows", async () => {
    const { open, judge, run, other } = await aStage();
    const pull = open();
    for (let at = 0; at < 100; at++) judge(pull.head.sha, "success", other);
    judge(pull.head.sha, "success");
    const result = await run({ inputs: atOnce, event: pullRequestEvent(pull) });
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.annotations[0]?.message).toContain("has 101 checks of the name holdpoint: main");
  });

  it("a commit that is not there", async () => {
    const { open, run } = await aStage();
    const result = await run({ inputs: { ...atOnce, sha: "1".repeat(40) }, event: pullRequestEvent(open()) });
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.annotations[0]?.message).toContain("No commit found for SHA");
  });
});

describe("permissions", () => {
  it("of a fork's pull request, read alone, are enough", async () => {
    const { open, judge, run, github, api } = await aStage({ isPrivate: true });
    const merged = open();
    judge(merged.head.sha, "success");
    const sha = github.as("olga").merge(merged.number, { method: "squash" });
    const token = github.workflowToken(api, { checks: "read", contents: "read", pull_requests: "read" });
    expect(await run({ inputs: atOnce, token, ...pushEvent(sha) })).toMatchObject({ exitCode: 0 });
  });

  it.each<{ name: string; token: AppPermissions; needs: string }>([
    { name: "checks", token: { contents: "read", pull_requests: "read" }, needs: "`checks: read`" },
    { name: "pull requests", token: { contents: "read", checks: "read" }, needs: "`pull-requests: read`" },
  ])("that lack $name are named with the lines to add", async ({ token, needs }) => {
    const { open, judge, run, github } = await aStage();
    const pull = open();
    judge(pull.head.sha, "success");
    const sha = github.as("olga").merge(pull.number, { method: "squash" });
    const result = await run({ inputs: atOnce, token, ...pushEvent(sha) });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: "unknown" } });
    expect(result.annotations[0]?.message).toContain(needs);
    expect(result.annotations[0]?.message).toContain(
      "permissions:\n  checks: read\n  contents: read\n  pull-requests: read",
    );
  });

  it("of a token that nobody knows are none", async () => {
    const { open, run } = await aStage();
    const result = await run({ inputs: atOnce, token: "ghs_old", event: pullRequestEvent(open()) });
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.annotations[0]?.message).toContain("GitHub does not know the token");
  });
});

/** Workflow runs, their jobs and attempts, as GitHub Actions keeps them. */
import { describe, expect, it } from "vitest";
import { USUAL_PERMISSIONS } from "../../src/sandbox/actions/apps.ts";
import { aStage, type Loose } from "./stage.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A stage where a run of two jobs is under way on main. */
async function aStageWithRun(actions: "read" | "write" = "write") {
  const clock = { at: new Date("2026-03-02T23:45:00Z") };
  const stage = await aStage({ now: () => clock.at }, { ...USUAL_PERMISSIONS, actions });
  const { github, api, heard } = stage;
  const headSha = api.refs.get("refs/heads/main") ?? "";
  const options = { name: "Tests", headSha, event: "push", jobs: ["unit", "e2e"] };
  const run = github.startWorkflow(api, options, "maria");
  await github.webhooks.flush();
  heard.length = 0;
  return Object.assign(stage, { clock, run, headSha, on: { ...stage.at, run_id: run.id } });
}

type Stage = Awaited<ReturnType<typeof aStageWithRun>>;

function failOne({ github, run }: Stage): void {
  github.finishJob(run, "unit", "success");
  github.finishJob(run, "e2e", "failure");
  github.finishWorkflow(run);
}

async function statusOf(call: Promise<unknown>): Promise<unknown[]> {
  return call.then(
    (answer) => [(answer as { status: number }).status],
    (error: { status: number; response: Loose }) => [error.status, error.response.data.message],
  );
}

describe("a run", () => {
  it("is told from its beginning to its end, job by job", async () => {
    await using stage = await aStage();
    const { github, api, heard } = stage;
    const headSha = api.refs.get("refs/heads/main") ?? "";
    const run = github.startWorkflow(api, { name: "Tests", headSha, event: "push", jobs: ["unit", "e2e"] }, "maria");
    github.finishJob(run, "unit", "success");
    github.finishJob(run, "e2e", "failure");
    github.finishWorkflow(run);
    await github.webhooks.flush();
    expect(heard.map(({ event, action, payload }) => [event, action, payload.check_run?.name])).toEqual([
      ["workflow_run", "requested", undefined],
      ["check_run", "created", "unit"],
      ["check_run", "created", "e2e"],
      ["workflow_run", "in_progress", undefined],
      ["check_run", "completed", "unit"],
      ["check_run", "completed", "e2e"],
      ["check_suite", "completed", undefined],
      ["workflow_run", "completed", undefined],
    ]);
    expect(heard.at(-1)?.payload.workflow_run).toMatchObject({
      id: run.id,
      head_sha: headSha,
      head_branch: "main",
      event: "push",
      path: ".github/workflows/tests.yml",
      run_attempt: 1,
      conclusion: "failure",
      actor: { login: "maria" },
      triggering_actor: { login: "maria" },
    });
    expect(github.violations).toEqual([]);
  });

  it("shares its workflow with others of the same file, and its number counts on", async () => {
    await using stage = await aStageWithRun();
    const { github, api, run, headSha } = stage;
    const again = github.startWorkflow(api, { name: "Tests", headSha, jobs: [] }, "maria");
    const other = github.startWorkflow(api, { name: "Deploy", headSha, jobs: [] }, "maria");
    expect([again.workflow === run.workflow, other.workflow === run.workflow]).toEqual([true, false]);
    expect([run.runNumber, again.runNumber, other.runNumber]).toEqual([1, 2, 3]);
  });

  it.each([
    { query: {}, found: ["Deploy", "Tests"] },
    { query: { head_sha: "main" }, found: ["Tests"] },
    { query: { branch: "topic" }, found: ["Deploy"] },
    { query: { event: "push" }, found: ["Tests"] },
    { query: { status: "failure" }, found: ["Tests"] },
    { query: { status: "in_progress" }, found: ["Deploy"] },
    { query: { actor: "bob" }, found: ["Deploy"] },
    { query: { created: ">2026-03-02" }, found: ["Deploy"] },
    { query: { created: ">=2026-03-02T23:45:00Z" }, found: ["Deploy", "Tests"] },
    { query: { created: "<2026-03-02T23:45:00Z" }, found: [] },
    { query: { created: "<=2026-03-02" }, found: ["Tests"] },
    { query: { created: "2026-03-02" }, found: ["Tests"] },
    { query: { created: "2026-03-03..*" }, found: ["Deploy"] },
    { query: { created: "2026-03-01..2026-03-02" }, found: ["Tests"] },
  ])("is found by $query: $found", async ({ query, found }) => {
    await using stage = await aStageWithRun();
    const { github, api, octokit, at, clock, headSha } = stage;
    failOne(stage);
    clock.at = new Date("2026-03-03T00:15:00Z");
    const topic = github.as("bob").push("topic", { "t.txt": "t\n" }, "Topic");
    github.startWorkflow(api, { name: "Deploy", headSha: topic, jobs: ["deploy"], event: "workflow_dispatch" }, "bob");
    const wanted = "head_sha" in query ? { head_sha: headSha } : query;
    const { data } = await octokit.rest.actions.listWorkflowRunsForRepo({ ...at, ...(wanted as Loose) });
    expect([data.total_count, data.workflow_runs.map(({ name }) => name)]).toEqual([found.length, found]);
    expect(github.violations).toEqual([]);
  });
});

describe("failed jobs run again", () => {
  it("in a second attempt of the same run, under new check runs, while the others stand", async () => {
    await using stage = await aStageWithRun();
    const { github, octokit, on, run, heard } = stage;
    failOne(stage);
    await github.webhooks.flush();
    heard.length = 0;
    expect((await octokit.rest.actions.reRunWorkflowFailedJobs(on)).status).toBe(201);
    await github.webhooks.flush();
    expect(heard.map(({ event, action, payload }) => [event, action, payload.sender.login])).toEqual([
      ["check_run", "created", "github-actions[bot]"],
      ["workflow_run", "in_progress", "gatekeeper[bot]"],
    ]);
    const { data: again } = await octokit.rest.actions.getWorkflowRun(on);
    expect(again).toMatchObject({
      run_attempt: 2,
      status: "in_progress",
      conclusion: null,
      actor: { login: "maria" },
      triggering_actor: { login: "gatekeeper[bot]" },
      previous_attempt_url: `${github.url}/repos/acme/api/actions/runs/${run.id}/attempts/1`,
    });
    github.finishWorkflow(run, "success");
    const jobs = async (filter: "latest" | "all") => {
      const { data } = await octokit.rest.actions.listJobsForWorkflowRun({ ...on, filter });
      return data.jobs.map(({ name, run_attempt, conclusion }) => [name, run_attempt, conclusion]);
    };
    expect(await jobs("latest")).toEqual([
      ["unit", 1, "success"],
      ["e2e", 2, "success"],
    ]);
    expect(await jobs("all")).toEqual([
      ["unit", 1, "success"],
      ["e2e", 1, "failure"],
      ["e2e", 2, "success"],
    ]);
    const { data: suite } = await octokit.rest.checks.getSuite({ ...stage.at, check_suite_id: run.suite.id });
    expect(suite.conclusion).toBe("success");
    expect(github.violations).toEqual([]);
  });

  it.each<{ name: string; actions?: "read"; prepare: (stage: Stage) => void; answer: unknown[] }>([
    { name: "a run that is still under way", prepare: () => {}, answer: [403, "This workflow is already running"] },
    {
      name: "a run in which nothing failed",
      prepare: ({ github, run }) => github.finishWorkflow(run, "success"),
      answer: [403, "This workflow run cannot be retried"],
    },
    {
      name: "an App that may only read actions",
      actions: "read",
      prepare: failOne,
      answer: [403, "Resource not accessible by integration"],
    },
  ])("unless it is $name", async ({ actions, prepare, answer }) => {
    await using stage = await aStageWithRun(actions);
    prepare(stage);
    expect(await statusOf(stage.octokit.rest.actions.reRunWorkflowFailedJobs(stage.on))).toEqual(answer);
  });

  it("by people too, for thirty days and fifty times", async () => {
    await using stage = await aStageWithRun();
    const { github, run, clock } = stage;
    failOne(stage);
    for (let times = 0; times < 50; times += 1) {
      github.rerunFailedJobs(run, "bob");
      github.finishWorkflow(run, "failure");
    }
    expect(() => github.rerunFailedJobs(run, "bob")).toThrow("cannot be retried");
    expect(run.triggeringActor.login).toBe("bob");
    const young = github.startWorkflow(stage.api, { name: "Tests", headSha: stage.headSha, jobs: ["unit"] }, "bob");
    github.finishWorkflow(young, "failure");
    clock.at = new Date(clock.at.getTime() + 30 * DAY_MS);
    github.rerunFailedJobs(young, "bob");
    github.finishWorkflow(young, "failure");
    clock.at = new Date(clock.at.getTime() + 1);
    expect(() => github.rerunFailedJobs(young, "bob")).toThrow("over a month ago");
  });
});

describe("a run is called off", () => {
  it("with every job that was under way, once", async () => {
    await using stage = await aStageWithRun();
    const { github, octokit, on, run } = stage;
    github.finishJob(run, "unit", "success");
    expect(await statusOf(octokit.rest.actions.cancelWorkflowRun(on))).toEqual([202]);
    expect([run.conclusion, run.jobs.map(({ check }) => check.conclusion)]).toEqual([
      "cancelled",
      ["success", "cancelled"],
    ]);
    expect(await statusOf(octokit.rest.actions.cancelWorkflowRun(on))).toEqual([
      409,
      "Cannot cancel a workflow run that is completed.",
    ]);
    expect(github.violations).toEqual([]);
  });
});

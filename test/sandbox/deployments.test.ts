/** Environments, deployments and whoever holds them back, as on GitHub. */
import { describe, expect, it } from "vitest";
import { USUAL_PERMISSIONS } from "../../src/sandbox/actions/apps.ts";
import type { AppPermissions } from "../../src/sandbox/state/apps.ts";
import { aStage, type Loose } from "./stage.ts";

const PERMISSIONS: AppPermissions = { ...USUAL_PERMISSIONS, actions: "write", deployments: "write", contents: "write" };

/** A stage whose environment `production` asks the App before anything is deployed. */
async function aGuardedStage(permissions: AppPermissions = PERMISSIONS) {
  const stage = await aStage({}, permissions);
  const { github, api, installation, octokit, at, heard } = stage;
  github.createEnvironment(api, "production", { rules: [installation.app] });
  await github.webhooks.flush();
  heard.length = 0;
  const answer = (run: { id: number }, body: { state?: "approved" | "rejected"; comment?: string; on?: string }) => {
    const { on: environment_name = "production", ...rest } = body;
    const wanted = { ...at, run_id: run.id, environment_name, ...rest } as Loose;
    return statusOf(octokit.rest.actions.reviewCustomGatesForRun(wanted));
  };
  return Object.assign(stage, { answer });
}

type Stage = Awaited<ReturnType<typeof aGuardedStage>>;

async function statusOf(call: Promise<{ status: number }>): Promise<number> {
  return call.then(
    ({ status }) => status,
    (error: { status: number }) => error.status,
  );
}

function told({ heard }: Stage): string[] {
  return heard.map(({ event, action, payload }) =>
    [event, action, payload.deployment_status?.state].filter((part) => part !== undefined).join("."),
  );
}

async function statesOf({ octokit, at }: Stage, deploymentId: number): Promise<string[]> {
  const { data } = await octokit.rest.repos.listDeploymentStatuses({ ...at, deployment_id: deploymentId });
  return data.map(({ state }) => state);
}

describe("a deployment to an environment that asks an App", () => {
  it("waits, and the App is told all it needs", async () => {
    await using stage = await aGuardedStage();
    const { github, api, octokit, at, heard } = stage;
    const run = github.deploy(api, { environment: "production", as: "maria" });
    await github.webhooks.flush();
    expect(told(stage)).toEqual([
      "workflow_run.requested",
      "check_run.created",
      "deployment.created",
      "deployment_status.created.waiting",
      "deployment_protection_rule.requested",
    ]);
    const deployment = github.deploymentOf(run);
    expect(heard.at(-1)?.payload).toMatchObject({
      environment: "production",
      event: "push",
      sha: api.refs.get("refs/heads/main"),
      ref: "main",
      deployment_callback_url: `${github.url}/repos/acme/api/actions/runs/${run.id}/deployment_protection_rule`,
      deployment: { id: deployment.id, environment: "production", creator: { login: "maria" } },
      pull_requests: [],
      sender: { login: "maria" },
      installation: { id: stage.installation.id },
    });
    const on = { ...at, run_id: run.id };
    expect((await octokit.rest.actions.getWorkflowRun(on)).data.status).toBe("waiting");
    expect((await octokit.rest.actions.listJobsForWorkflowRun(on)).data.jobs[0]?.status).toBe("waiting");
    const { data: pending } = await octokit.rest.actions.getPendingDeploymentsForRun(on);
    expect(pending.map(({ environment }) => environment.name)).toEqual(["production"]);
    expect(() => github.finishDeployment(run, "success")).toThrow("still held back");
    expect(github.violations).toEqual([]);
  });

  it("names the open pull request whose head it deploys", async () => {
    await using stage = await aGuardedStage();
    const { github, api, heard } = stage;
    const { number, head } = github.as("maria").openPullRequest({ title: "Preview", files: { "p.txt": "p\n" } });
    github.deploy(api, { environment: "production", ref: head.ref, event: "pull_request", as: "maria" });
    await github.webhooks.flush();
    const { pull_requests, ref } = heard.at(-1)?.payload ?? {};
    expect([ref, pull_requests.map((pull: Loose) => pull.number)]).toEqual([head.ref, [number]]);
    expect(github.violations).toEqual([]);
  });

  it("goes on once the App approves, and ends as its job does", async () => {
    await using stage = await aGuardedStage();
    const { github, api, octokit, at } = stage;
    const run = github.deploy(api, { environment: "Production", as: "maria" });
    await github.webhooks.flush();
    stage.heard.length = 0;
    expect(await stage.answer(run, { state: "approved", comment: "All passed" })).toBe(204);
    github.finishDeployment(run, "success");
    await github.webhooks.flush();
    expect(told(stage)).toEqual([
      "deployment_status.created.in_progress",
      "workflow_run.in_progress",
      "deployment_status.created.success",
      "check_run.completed",
      "check_suite.completed",
      "workflow_run.completed",
    ]);
    expect(run.conclusion).toBe("success");
    const on = { ...at, run_id: run.id };
    expect((await octokit.rest.actions.getPendingDeploymentsForRun(on)).data).toEqual([]);
    const { data: approvals } = await octokit.rest.actions.getReviewsForRun(on);
    expect(approvals).toMatchObject([
      {
        state: "approved",
        comment: "All passed",
        user: { login: "gatekeeper[bot]" },
        environments: [{ name: "production" }],
      },
    ]);
    expect(await statesOf(stage, github.deploymentOf(run).id)).toEqual(["success", "in_progress", "waiting"]);
    expect(await stage.answer(run, { state: "approved" })).toBe(422);
    expect(github.violations).toEqual([]);
  });

  it("fails with its run once the App rejects, and asks anew when it runs again", async () => {
    await using stage = await aGuardedStage();
    const { github, api, octokit, at } = stage;
    const run = github.deploy(api, { environment: "production", as: "maria" });
    expect(await stage.answer(run, { state: "rejected", comment: "Not yet" })).toBe(204);
    const first = github.deploymentOf(run);
    expect([run.status, run.conclusion]).toEqual(["completed", "failure"]);
    expect(await statesOf(stage, first.id)).toEqual(["failure", "waiting"]);
    expect(() => github.finishDeployment(run, "success")).toThrow("deploys nothing any more");
    await github.webhooks.flush();
    stage.heard.length = 0;
    await octokit.rest.actions.reRunWorkflowFailedJobs({ ...at, run_id: run.id });
    await github.webhooks.flush();
    expect(told(stage)).toEqual([
      "check_run.created",
      "deployment.created",
      "deployment_status.created.waiting",
      "deployment_protection_rule.requested",
    ]);
    const second = github.deploymentOf(run);
    expect([second.id === first.id, run.status, second.creator.login]).toEqual([false, "waiting", "gatekeeper[bot]"]);
    expect(await stage.answer(run, { state: "approved" })).toBe(204);
    expect(run.status).toBe("in_progress");
    expect(github.violations).toEqual([]);
  });

  it("takes ten reports on the way, no more, and an answer even after them", async () => {
    await using stage = await aGuardedStage();
    const { github, api, answer } = stage;
    const run = github.deploy(api, { environment: "production", as: "maria" });
    const reports = [];
    for (let index = 1; index <= 11; index += 1) reports.push(await answer(run, { comment: `step ${index}` }));
    expect(reports).toEqual([...Array(10).fill(204), 422]);
    expect(run.status).toBe("waiting");
    expect(await answer(run, { state: "approved" })).toBe(204);
    const [request] = github.deploymentOf(run).rules;
    expect([request?.state, request?.reports.length]).toEqual(["approved", 11]);
    expect(github.violations).toEqual([]);
  });

  it.each<{ name: string; body: Loose; status: number }>([
    { name: "a comment of 1,024 characters", body: { comment: "x".repeat(1_024) }, status: 204 },
    { name: "a comment of one more", body: { comment: "x".repeat(1_025) }, status: 422 },
    {
      name: "an answer with a comment of one more",
      body: { state: "approved", comment: "x".repeat(1_025) },
      status: 422,
    },
    { name: "neither state nor comment", body: {}, status: 422 },
    { name: "a state nobody knows", body: { state: "perhaps" }, status: 422 },
    { name: "an environment that waits for nothing", body: { on: "staging", state: "approved" }, status: 422 },
  ])("answers $status to $name", async ({ body, status }) => {
    await using stage = await aGuardedStage();
    const run = stage.github.deploy(stage.api, { environment: "production", as: "maria" });
    expect(await stage.answer(run, body)).toBe(status);
  });

  it("takes no answer from an App without `deployments: write`, nor from people, nor for another App's rule", async () => {
    await using stage = await aGuardedStage({ ...PERMISSIONS, deployments: "read" });
    const { github, acme, api, at } = stage;
    const run = github.deploy(api, { environment: "production", as: "maria" });
    expect(await stage.answer(run, { state: "approved" })).toBe(403);
    const wanted = { ...at, run_id: run.id, environment_name: "production", state: "approved" as const };
    const olga = stage.octokitFor(github.tokenFor("olga"));
    expect(await statusOf(olga.rest.actions.reviewCustomGatesForRun(wanted))).toBe(403);
    const other = github.installApp(acme, { name: "Other", permissions: PERMISSIONS });
    github.createEnvironment(api, "staging", { rules: [other.app] });
    const elsewhere = github.deploy(api, { environment: "staging", as: "maria" });
    expect(elsewhere.status).toBe("waiting");
    await using own = await aGuardedStage();
    const foreign = own.github.installApp(own.acme, { name: "Other", permissions: PERMISSIONS });
    own.github.createEnvironment(own.api, "staging", { rules: [foreign.app] });
    const held = own.github.deploy(own.api, { environment: "staging", as: "maria" });
    expect(await own.answer(held, { on: "staging", state: "approved" })).toBe(422);
  });

  it("leaves nothing to answer when its run is called off", async () => {
    await using stage = await aGuardedStage();
    const { github, api, octokit, at } = stage;
    const run = github.deploy(api, { environment: "production", as: "maria" });
    await octokit.rest.actions.cancelWorkflowRun({ ...at, run_id: run.id });
    expect([run.conclusion, await stage.answer(run, { state: "approved" })]).toEqual(["cancelled", 422]);
    expect(await statesOf(stage, github.deploymentOf(run).id)).toEqual(["error", "waiting"]);
    const pending = await octokit.rest.actions.getPendingDeploymentsForRun({ ...at, run_id: run.id });
    expect(pending.data).toEqual([]);
    expect(github.violations).toEqual([]);
  });
});

describe("an environment", () => {
  it("that asks nobody lets everything through at once", async () => {
    await using stage = await aGuardedStage();
    const { github, api } = stage;
    const run = github.deploy(api, { environment: "test-42", as: "dependabot[bot]" });
    await github.webhooks.flush();
    expect(told(stage)).toEqual([
      "workflow_run.requested",
      "check_run.created",
      "deployment.created",
      "deployment_status.created.in_progress",
      "workflow_run.in_progress",
    ]);
    expect([run.actor.kind, github.deploymentOf(run).environment]).toEqual(["Bot", "test-42"]);
    expect(github.violations).toEqual([]);
  });

  it("asks nobody any more once the App that it asks is taken off", async () => {
    await using stage = await aGuardedStage();
    const { github, api, installation } = stage;
    github.uninstall(installation);
    expect(github.deploy(api, { environment: "production", as: "maria" }).status).toBe("in_progress");
  });

  it.each([
    { by: "sam", state: "approved" as const, status: "in_progress" },
    { by: "olga", state: "rejected" as const, status: "completed" },
  ])("asks its reviewers too: $by says $state → $status", async ({ by, state, status }) => {
    await using stage = await aGuardedStage();
    const { github, api, installation, security } = stage;
    github.createEnvironment(api, "production", { rules: [installation.app], reviewers: [security, "olga"] });
    const run = github.deploy(api, { environment: "production", as: "maria" });
    expect(() => github.as("bob").reviewDeployment(run, "approved")).toThrow("may not review");
    expect(await stage.answer(run, { state: "approved" })).toBe(204);
    expect(run.status).toBe("waiting");
    github.as(by).reviewDeployment(run, state, "Seen");
    expect(run.status).toBe(status);
    const { data } = await stage.octokit.rest.actions.getReviewsForRun({ ...stage.at, run_id: run.id });
    expect(data.map(({ user, state: said }) => [user.login, said])).toEqual([
      ["gatekeeper[bot]", "approved"],
      [by, state],
    ]);
    expect(github.violations).toEqual([]);
  });

  it.each([
    { preventsSelfReview: true, passes: false },
    { preventsSelfReview: false, passes: true },
  ])("that refuses self-review ($preventsSelfReview) lets whoever set the run off approve: $passes", async (row) => {
    await using stage = await aGuardedStage();
    const { github, api } = stage;
    github.createEnvironment(api, "production", { reviewers: ["maria"], preventsSelfReview: row.preventsSelfReview });
    const run = github.deploy(api, { environment: "production", as: "maria" });
    const approve = () => github.as("maria").reviewDeployment(run, "approved");
    if (row.passes) approve();
    else expect(approve).toThrow("may not review");
    expect(run.status).toBe(row.passes ? "in_progress" : "waiting");
  });

  it("is listed with whom it asks", async () => {
    await using stage = await aGuardedStage();
    const { github, api, octokit, at, security } = stage;
    github.createEnvironment(api, "staging/eu", { reviewers: [security, "olga"], preventsSelfReview: true });
    const { data } = await octokit.rest.repos.getAllEnvironments(at);
    expect([data.total_count, data.environments?.map(({ name }) => name)]).toEqual([2, ["production", "staging/eu"]]);
    const { data: one } = await octokit.rest.repos.getEnvironment({ ...at, environment_name: "staging/eu" });
    expect(one.protection_rules).toMatchObject([
      {
        type: "required_reviewers",
        prevent_self_review: true,
        reviewers: [
          { type: "Team", reviewer: { slug: "security-team" } },
          { type: "User", reviewer: { login: "olga" } },
        ],
      },
    ]);
    const { data: rules } = await octokit.rest.repos.getAllDeploymentProtectionRules({
      ...at,
      environment_name: "production",
    });
    expect(rules.custom_deployment_protection_rules?.map(({ app }) => app.slug)).toEqual(["gatekeeper"]);
    expect(await statusOf(octokit.rest.repos.getEnvironment({ ...at, environment_name: "nowhere" }))).toBe(404);
    expect(github.violations).toEqual([]);
  });
});

describe("deployments", () => {
  it("replace one another in their environment, and are listed newest first", async () => {
    await using stage = await aGuardedStage();
    const { github, api, octokit, at } = stage;
    const first = github.deploy(api, { environment: "staging", as: "maria" });
    github.finishDeployment(first, "success");
    const elsewhere = github.deploy(api, { environment: "elsewhere", as: "maria" });
    github.finishDeployment(elsewhere, "success");
    const sha = github.as("bob").push("main", { "next.txt": "n\n" }, "Next");
    const failed = github.deploy(api, { environment: "staging", as: "bob" });
    github.finishDeployment(failed, "failure");
    const second = github.deploy(api, { environment: "staging", as: "bob" });
    github.finishDeployment(second, "success");
    const ids = (runs: (typeof first)[]) => runs.map((run) => github.deploymentOf(run).id);
    const list = async (wanted: Loose) => (await octokit.rest.repos.listDeployments({ ...at, ...wanted })).data;
    expect((await list({})).map(({ id }) => id)).toEqual(ids([second, failed, elsewhere, first]));
    expect((await list({ environment: "staging", sha })).map(({ id }) => id)).toEqual(ids([second, failed]));
    expect((await list({ environment: "staging", per_page: 1, page: 2 })).map(({ id }) => id)).toEqual(ids([failed]));
    const query = `query ($names: [String!]) {
      repository(owner: "acme", name: "api") {
        deployments(environments: $names, first: 9, orderBy: { field: CREATED_AT, direction: DESC }) {
          nodes {
            databaseId commitOid environment state createdAt ref { name }
            latestStatus { state createdAt } creator { login ... on User { databaseId } }
            statuses(first: 9) { nodes { state } }
          }
        }
      }
    }`;
    const { data } = await stage.graphql(query, { names: ["staging"] });
    const nodes = data.repository.deployments.nodes;
    expect(nodes.map((node: Loose) => [node.databaseId, node.state, node.latestStatus.state])).toEqual([
      [...ids([second]), "ACTIVE", "SUCCESS"],
      [...ids([failed]), "FAILURE", "FAILURE"],
      [...ids([first]), "INACTIVE", "INACTIVE"],
    ]);
    expect(nodes[0]).toMatchObject({ commitOid: sha, ref: { name: "main" }, creator: { login: "bob" } });
    expect(nodes[2].statuses.nodes.map(({ state }: Loose) => state)).toEqual(["INACTIVE", "SUCCESS", "IN_PROGRESS"]);
    expect(await statesOf(stage, ids([elsewhere])[0] ?? 0)).toEqual(["success", "in_progress"]);
    const one = await octokit.rest.repos.getDeployment({ ...at, deployment_id: ids([first])[0] ?? 0 });
    expect(one.data).toMatchObject({ ref: "main", creator: { login: "maria" } });
    expect(github.violations).toEqual([]);
  });

  it("come from tools outside GitHub Actions too", async () => {
    await using stage = await aGuardedStage();
    const { github, api, heard } = stage;
    const sha = api.refs.get("refs/heads/main") ?? "";
    const deployment = github.as("maria").createDeployment({ environment: "production", sha, ref: "main" });
    github.setDeploymentStatus(deployment, "failure", "maria");
    await github.webhooks.flush();
    expect(told(stage)).toEqual(["deployment.created", "deployment_status.created.failure"]);
    expect(heard.at(-1)?.payload).toMatchObject({ workflow_run: null, deployment: { id: deployment.id, sha } });
    expect(() =>
      github.as("maria").createDeployment({ environment: "production", sha: "0".repeat(40), ref: "x" }),
    ).toThrow("No ref found");
    expect(github.violations).toEqual([]);
  });

  it.each([
    { name: "deployments", path: "/deployments", lacks: "deployments" },
    { name: "environments", path: "/environments", lacks: "actions" },
    { name: "runs", path: "/actions/runs", lacks: "actions" },
  ])("are not to be read by an App that lacks `$lacks`: $name", async ({ path, lacks }) => {
    const { [lacks]: _, ...permissions } = PERMISSIONS;
    await using stage = await aGuardedStage(permissions as AppPermissions);
    const headers = { authorization: `token ${stage.token}` };
    const answer = await fetch(`${stage.github.url}/repos/acme/api${path}`, { headers });
    expect([answer.status, ((await answer.json()) as Loose).message]).toEqual([
      403,
      "Resource not accessible by integration",
    ]);
  });
});

describe("a repository_dispatch", () => {
  it("by a person or an App is told with its type and payload", async () => {
    await using stage = await aGuardedStage();
    const { github, octokit, at, heard } = stage;
    github.as("maria").dispatch("rollback", { environment: "production", to: "abc" });
    const client_payload = { reason: "errors" };
    await octokit.rest.repos.createDispatchEvent({ ...at, event_type: "rollback.done", client_payload });
    await github.webhooks.flush();
    expect(
      heard.map(({ event, payload }) => [event, payload.action, payload.client_payload, payload.sender.login]),
    ).toEqual([
      ["repository_dispatch", "rollback", { environment: "production", to: "abc" }, "maria"],
      ["repository_dispatch", "rollback.done", { reason: "errors" }, "gatekeeper[bot]"],
    ]);
    expect(heard[0]?.payload.branch).toBe("main");
    expect(github.violations).toEqual([]);
  });

  it.each([
    { name: "a type of 100 characters", type: "x".repeat(100), payload: {}, status: 204 },
    { name: "a type of one more", type: "x".repeat(101), payload: {}, status: 422 },
    { name: "no type", type: "", payload: {}, status: 422 },
    {
      name: "eleven properties",
      type: "x",
      payload: Object.fromEntries([..."abcdefghijk"].map((key) => [key, 1])),
      status: 422,
    },
    { name: "64 KB", type: "x", payload: { text: "x".repeat(65_536) }, status: 422 },
  ])("with $name → $status", async ({ type, payload, status }) => {
    await using stage = await aGuardedStage();
    const wanted = { ...stage.at, event_type: type, client_payload: payload };
    expect(await statusOf(stage.octokit.rest.repos.createDispatchEvent(wanted))).toBe(status);
  });

  it("is refused to whoever may not write", async () => {
    await using stage = await aGuardedStage({ ...PERMISSIONS, contents: "read" });
    const { github, api, at, octokit } = stage;
    github.addCollaborator(api, "guest", "triage");
    const guest = stage.octokitFor(github.tokenFor("guest"));
    expect(await statusOf(octokit.rest.repos.createDispatchEvent({ ...at, event_type: "rollback" }))).toBe(403);
    expect(await statusOf(guest.rest.repos.createDispatchEvent({ ...at, event_type: "rollback" }))).toBe(403);
  });
});

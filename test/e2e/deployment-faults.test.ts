/** Deployments while GitHub fails or refuses, processes die, and people act in between: answered once, and never by what is no longer so. */

import { describe, expect, it, onTestFinished } from "vitest";
import type { Organisation } from "../../src/sandbox/state/accounts.ts";
import { serveProcess } from "../support/app-process.ts";
import { postDelivery } from "../support/deliver.ts";
import { type Deploying, deploying, deployingPolicy } from "../support/deploying.ts";
import { aFreePort } from "../support/free-port.ts";
import { startTestApp, webhookUrlOf } from "../support/holdpoint.ts";
import { until } from "../support/until.ts";

const approve = "/holdpoint deploy approve production";
const answering = { method: "POST", path: /\/deployment_protection_rule$/ };

/** The waits of retries are over at once: only how often something failed is of interest here. */
function hurry({ database }: Deploying): () => void {
  const timer = setInterval(
    () =>
      void database.query(
        "update jobs set due_at = now() where due_at > now() and due_at < now() + interval '9 minutes'",
      ),
    20,
  );
  onTestFinished(() => clearInterval(timer));
  return () => clearInterval(timer);
}

async function held() {
  const stage = await deploying();
  await stage.merge("First");
  const run = await stage.request();
  expect(stage.answerTo(run)).toBe("pending");
  return Object.assign(stage, { run });
}

describe("an answer", () => {
  it("whose confirmation was lost is given once, and told once", async () => {
    const { github, run, say, answerTo, reportsTo, issue, ledger } = await held();
    github.faults.failNext(answering, { kind: "lose_answer" });
    await say("lena", approve);
    expect(answerTo(run)).toBe("approved");
    expect(reportsTo(run).filter((report) => report.startsWith("Released"))).toHaveLength(1);
    expect(issue().state).toBe("closed");
    expect(await ledger()).toEqual(["deployment_requested", "deployment_approved"]);
  });

  it("whose confirmation was lost is told also while others still hold the run, and one of an earlier attempt is none of this", async () => {
    const stage = await deploying();
    const { github, api, merge, request, say, issue, issues, answerTo, ledger, settle } = stage;
    const [production] = api.environments;
    production?.reviewers.push(github.user("lena"));
    await merge("First");
    const run = await request();
    github.faults.failNext(answering, { kind: "lose_answer" });
    await say("otto", approve);
    expect(answerTo(run)).toBe("approved");
    expect(issue().state).toBe("closed");
    expect(await ledger()).toEqual(["deployment_requested", "deployment_approved"]);

    github.as("lena").reviewDeployment(run, "approved", "Go");
    github.finishDeployment(run, "failure");
    await settle();
    const question = issues().find(({ title }) => title.startsWith("Take"));
    github
      .as("otto")
      .comment(question?.number ?? 0, "/holdpoint decide abort the job was flaky, and nothing was deployed");
    github.rerunFailedJobs(run, "maria");
    await settle();
    github.faults.failNext(answering, { kind: "answer", status: 422, body: { message: "Nothing is pending" } }, 1_000);
    const waiting = issues().filter(({ title, state }) => title.startsWith("Deployment") && state === "open")[0];
    github.as("otto").comment(waiting?.number ?? 0, approve);
    await settle();
    expect(answerTo(run)).toBe("pending");
    expect(waiting).toMatchObject({ state: "open", body: expect.stringContaining("Nothing is pending") });
    expect((await ledger()).filter((kind) => kind === "deployment_approved")).toHaveLength(1);
  });

  it("that GitHub failed to take is not in the books of a run that was called off then", async () => {
    const stage = await held();
    const { github, run, issue, answerTo, ledger, settle } = stage;
    github.faults.failNext(answering, { kind: "answer", status: 502 }, 4);
    github.as("lena").comment(issue().number, approve);
    await github.waitFor(() =>
      github.requests.entries.find(({ status, path }) => status === 502 && /rule$/.test(path)),
    );
    github.cancelWorkflow(run);
    const stop = hurry(stage);
    await until(async () => (await ledger()).length === 2);
    stop();
    await settle();
    expect(answerTo(run)).toBe("pending");
    expect(await ledger()).toEqual(["deployment_requested", "deployment_closed"]);
  });

  it.each([
    { name: "before GitHub took it", fault: { kind: "hang" } as const, taken: "pending" },
    { name: "after GitHub took it", fault: { kind: "lose_answer" } as const, taken: "approved" },
  ])(
    "of a process that was killed $name is given and told once",
    async ({ fault, taken }) => {
      const stage = await deploying({ isWithoutApp: true });
      const { github, database, settle, merge, request, issue, answerTo, reportsTo, ledger } = stage;
      const port = await aFreePort();
      let running = await serveProcess(stage, port);
      stage.install(webhookUrlOf(running));
      stage.protect();
      await settle();
      await merge("First");
      const run = await request();
      github.faults.failNext(answering, fault);
      github.faults.failNext(answering, { kind: "hang" }, 100);
      github.faults.failNext({ method: "GET", path: /\/approvals$/ }, { kind: "hang" }, 100);
      github.as("lena").comment(issue().number, approve);
      await github.webhooks.flush();
      await until(async () => (await answersBegun(stage)) === 1 && answerTo(run) === taken);
      await running.kill("SIGKILL");
      expect(await ledger()).toEqual(["deployment_requested"]);
      github.faults.clear();
      await database.query("update jobs set lease_until = clock_timestamp() where lease_until is not null");
      running = await serveProcess(stage, port);
      await until(async () => (await ledger()).length > 1);
      await settle();
      expect(answerTo(run)).toBe("approved");
      expect(reportsTo(run).filter((report) => report.startsWith("Released"))).toHaveLength(1);
      expect(await ledger()).toEqual(["deployment_requested", "deployment_approved"]);
      expect(await running.kill("SIGTERM")).toBe(0);
    },
    60_000,
  );

  it("to many runs at once is given once each by two processes on one database", async () => {
    const { github, api, settings, settle, merge, issue, answerTo, reportsTo, ledger } = await deploying();
    await startTestApp(settings);
    await merge("First");
    const runs = Array.from({ length: 5 }, () => github.deploy(api, { environment: "production", as: "maria" }));
    await settle();
    github.as("lena").comment(issue().number, approve);
    github.as("otto").comment(issue().number, approve);
    await settle();
    for (const run of runs) {
      expect(answerTo(run)).toBe("approved");
      expect(reportsTo(run).filter((report) => report.startsWith("Released"))).toHaveLength(1);
    }
    expect((await ledger()).sort()).toEqual([
      ...runs.map(() => "deployment_approved"),
      ...runs.map(() => "deployment_requested"),
    ]);
  });
});

async function answersBegun({ database }: Deploying): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    "select count(*)::int as count from deployment_requests where answering is not null",
  );
  return row?.count ?? 0;
}

describe("between the look and the release", () => {
  /** The look that finds it approved is stopped while it reads where commits come from: the policy and the run were read before. */
  async function lookedAt() {
    const stage = await held();
    const { github, issue } = stage;
    const origins = () => github.requests.entries.filter(({ graphql }) => graphql === "Origins").length;
    github.webhooks.hold();
    github.as("lena").comment(issue().number, approve);
    github.requests.clear();
    github.faults.failNext({ graphql: "Origins" }, { kind: "answer", status: 502 }, 2);
    github.webhooks.release();
    await github.waitFor(() => (origins() >= 2 ? true : undefined));
    return stage;
  }
  const posted = ({ github }: Deploying) =>
    github.requests.entries.filter(({ method, path }) => method === "POST" && /rule$/.test(path));

  it("a policy that changes is the one that counts", async () => {
    const stage = await lookedAt();
    const { github, run, answerTo, issue, pass, settle, say } = stage;
    const stricter = deployingPolicy.replace("technical_lead, approvals: 1", "technical_lead, approvals: 2");
    github.as("olga").push("main", { ".github/checkpoints.yml": stricter }, "Stricter");
    await settle();
    pass(0.01);
    await settle();
    expect(answerTo(run)).toBe("pending");
    expect(issue().body).toContain("1 of 2");
    await say("otto", approve);
    expect(answerTo(run)).toBe("approved");
  });

  it("a run that is called off is answered no more", async () => {
    const stage = await lookedAt();
    const { github, run, settle, issue, ledger } = stage;
    github.cancelWorkflow(run);
    await settle();
    expect(posted(stage)).toEqual([]);
    expect(issue().state).toBe("closed");
    expect(await ledger()).toEqual(["deployment_requested", "deployment_closed"]);
  });

  it("somebody who lost the role releases nothing, however lately that was read", async () => {
    const policy = `${deployingPolicy.replace("approver: technical_lead", "approver: release_manager")}`.replace(
      "roles:\n",
      "roles:\n  release_manager: { teams: [acme/releases] }\n",
    );
    const stage = await deploying({ policy });
    const { github, api, merge, request, say, pass, settle, issue, issues, answerTo, ledger } = stage;
    const releases = github.createTeam(api.owner as Organisation, "releases", ["sam"], {
      repositories: [[api, "write"]],
    });
    await merge("First");
    github.as("olga").push("main", { "src/night.ts": "export const night = 1;\n" }, "By hand");
    const run = await request();
    pass(0.02);
    await settle();
    await say("sam", approve);
    expect(issue().body).toContain("1 of 1");
    github.webhooks.hold();
    github.removeFromTeam(releases, "sam");
    github.webhooks.release(() => []);
    await say("otto", "/holdpoint deploy override production the site is down and the fix was pushed by hand");
    expect(answerTo(run)).toBe("pending");
    expect(issues().filter(({ title }) => title.startsWith("Post-review"))).toEqual([]);
    expect(await ledger()).toEqual(["deployment_requested"]);
  });
});

describe("where the App lacks a permission", () => {
  const refused = { kind: "answer", status: 403, body: { message: "Resource not accessible by integration" } } as const;

  it("to answer, it says which, releases nothing, and answers once it has it", async () => {
    const { github, run, say, issue, issues, answerTo, ledger, pass, settle } = await held();
    github.faults.failNext(answering, refused, 1_000);
    await say("lena", approve);
    expect(answerTo(run)).toBe("pending");
    expect(issue()).toMatchObject({ state: "open", body: expect.stringContaining("deployments: write") });
    for (let again = 0; again < 3; again += 1) {
      pass(0.2);
      await settle();
    }
    expect(answerTo(run)).toBe("pending");
    expect(issues()).toHaveLength(1);
    expect(await ledger()).toEqual(["deployment_requested"]);
    github.faults.clear();
    pass(0.2);
    await settle();
    expect(answerTo(run)).toBe("approved");
    expect(issue().state).toBe("closed");
    expect(await ledger()).toEqual(["deployment_requested", "deployment_approved"]);
  });

  it("to read runs, it says which, and goes on once it has it", async () => {
    const { github, run, say, issue, answerTo, database } = await held();
    github.faults.failNext({ path: /\/actions\/runs/ }, refused, 1_000);
    await say("lena", approve);
    expect(answerTo(run)).toBe("pending");
    expect(issue().body).toContain("Actions: read");
    expect(await database.query("select subject_key from jobs where failing_since is not null")).toEqual([]);
    github.faults.clear();
    await say("otto", approve);
    expect(answerTo(run)).toBe("approved");
  });

  it("to read deployments, it says which", async () => {
    const stage = await deploying();
    const { github, merge, request, issue, answerTo } = stage;
    await merge("First");
    const problem = { type: "FORBIDDEN", path: ["repository", "deployments"], message: "Resource not accessible" };
    github.faults.failNext(
      { graphql: "Environment" },
      { kind: "answer", status: 200, body: { data: { repository: null }, errors: [problem] } },
      1_000,
    );
    const run = await request();
    expect(answerTo(run)).toBe("pending");
    expect(issue().body).toContain("Deployments: read and write");
  });
});

it("a run that GitHub did not show for a moment is taken up again", async () => {
  const stage = await held();
  const { github, run, say, issue, answerTo, settle, ledger } = stage;
  github.faults.failNext({ path: /\/actions\/runs\/\d+$/ }, { kind: "answer", status: 404, body: {} }, 100);
  await say("lena", approve);
  expect(answerTo(run)).toBe("pending");
  github.faults.clear();
  const event = github.world.deliveries.find(({ event }) => event === "deployment_protection_rule");
  await postDelivery(stage.app, "deployment_protection_rule", JSON.parse(event?.body ?? "{}"));
  await settle();
  await say("lena", approve);
  expect(answerTo(run)).toBe("approved");
  expect(issue().state).toBe("closed");
  expect((await ledger()).at(-1)).toBe("deployment_approved");
});

/** Requests to deploy that come twice, too late, forged or not at all, and environments that are not what they seem. */

import { expect, it } from "vitest";
import { postDelivery } from "../support/deliver.ts";
import { deploying, deployingPolicy } from "../support/deploying.ts";
import { until } from "../support/until.ts";

const approve = "/holdpoint deploy approve production";

it("a test environment is released at once, and one that only looks like it is not", async () => {
  const policy = `${deployingPolicy}bypass:
  test_environments: { environments: ["p*", staging], protected: [production] }
`;
  const { github, merge, request, answerTo, pass, settle, ledger } = await deploying({ policy });
  await merge("First");
  const sha = github.as("maria").push("idea", { "src/idea.ts": "1\n" }, "Idea");
  expect(answerTo(await request({ environment: "preview-7", ref: "idea" }))).toBe("approved");
  expect(answerTo(await request({ environment: "staging", ref: "idea", as: "lena" }))).toBe("approved");
  expect(await ledger()).toContain("deployment_approved");
  for (const environment of ["productiоn", "Production", "production "]) {
    const run = await request({ environment, ref: "idea" });
    pass(0.02);
    await settle();
    expect([environment, answerTo(run)]).toEqual([environment, "pending"]);
  }
  expect(sha).toHaveLength(40);
});

it("a run that was released and is run again asks again", async () => {
  const { github, merge, request, say, answerTo, settle, ledger } = await deploying();
  await merge("First");
  const run = await request();
  await say("lena", approve);
  expect(answerTo(run)).toBe("approved");
  github.finishDeployment(run, "failure");
  await settle();
  github.rerunFailedJobs(run, "maria");
  await settle();
  expect(answerTo(run)).toBe("pending");
  expect((await ledger()).filter((kind) => kind === "deployment_requested")).toHaveLength(2);
});

it("a run that was called off is closed here, and its issue with it", async () => {
  const { github, merge, request, issue, settle, startAgain, app, ledger } = await deploying({ hasSweeps: true });
  await merge("First");
  const run = await request();
  expect(issue().state).toBe("open");
  github.cancelWorkflow(run);
  await settle();
  await app.stop();
  await startAgain();
  await until(async () => issue().state === "closed");
  expect(await ledger()).toEqual(["deployment_requested", "deployment_closed"]);
});

it("a request whose event was lost is found", async () => {
  const { github, merge, answerTo, api, settle, startAgain, app, reportsTo } = await deploying({ hasSweeps: true });
  await merge("First");
  github.webhooks.hold();
  const run = github.deploy(api, { environment: "production", as: "maria" });
  github.webhooks.release(() => []);
  await settle();
  expect(reportsTo(run)).toEqual([]);
  await app.stop();
  await startAgain();
  await until(async () => reportsTo(run).length > 0);
  await settle();
  expect(answerTo(run)).toBe("pending");
  expect(reportsTo(run)).toHaveLength(1);
});

it("an address in an event is never used", async () => {
  const { github, app, merge, request, answerTo, settle } = await deploying();
  await merge("First");
  const run = await request();
  const event = github.world.deliveries.find(({ event }) => event === "deployment_protection_rule");
  const payload = JSON.parse(event?.body ?? "{}") as Record<string, unknown>;
  const before = github.requests.entries.length;
  for (const address of [
    `https://evil.example/repos/acme/api/actions/runs/${run.id}/deployment_protection_rule`,
    `https://evil.example/collect?run=${run.id}`,
    `${github.url}/repos/acme/api/actions/runs/${run.id}/../../../../../user`,
    "javascript:alert(1)",
  ]) {
    const answer = await postDelivery(app, "deployment_protection_rule", {
      ...payload,
      deployment_callback_url: address,
    });
    expect(answer).toBeLessThan(300);
  }
  await settle();
  const paths = github.requests.entries.slice(before).map(({ path }) => path);
  expect(paths.every((path) => path.startsWith("/repos/acme/api/") || path.startsWith("/graphql"))).toBe(true);
  expect(answerTo(run)).toBe("pending");
});

it("however often the words change, a run is told ten times at most, and not all at once", async () => {
  const policy = deployingPolicy.replace(
    "approver: technical_lead, approvals: 1",
    "approver: technical_lead, approvals: 20",
  );
  const { github, api, merge, request, issue, reportsTo, settle, pass } = await deploying({ policy });
  await merge("First");
  const run = await request();
  for (let person = 0; person < 12; person += 1) {
    const login = `lead-${person}`;
    github.user(login);
    github.addCollaborator(api, login, "write");
    const text = `${policy.replace("[lena, otto]", `[lena, otto, ${Array.from({ length: person + 1 }, (_, at) => `lead-${at}`).join(", ")}]`)}`;
    github.as("olga").push("main", { ".github/checkpoints.yml": text }, "Another lead");
    github.as(login).comment(issue().number, approve);
    await settle();
    if (person === 0) expect(reportsTo(run)).toHaveLength(1);
    pass(13);
    await settle();
  }
  expect(reportsTo(run)).toHaveLength(10);
  expect(reportsTo(run).every((report) => report.length <= 1_024)).toBe(true);
});

it("an approval is for the commit that waits: another one needs its own", async () => {
  const { merge, request, say, issue, answers, answerTo } = await deploying();
  await merge("First");
  const first = await request();
  const { sha } = await merge("Second");
  const second = await request();
  await say("lena", approve);
  expect(answers().at(-1)).toContain("Several commits wait");
  await say("lena", `${approve} ${sha.slice(0, 7)} this one`);
  expect([answerTo(first), answerTo(second)]).toEqual(["pending", "approved"]);
  expect(issue().state).toBe("open");
});

it("what waits too long escalates, and is not released by time", async () => {
  const { merge, request, answerTo, pass, settle, database } = await deploying();
  await merge("First");
  const run = await request();
  pass(25);
  await settle();
  const rows = await database.query<{ key: string }>("select key from escalations");
  expect(rows).toHaveLength(1);
  expect(answerTo(run)).toBe("pending");
});

/** Bypasses while GitHub fails, processes die, two of them work, and people act in between: never two issues, never open without one. */

import { describe, expect, it, onTestFinished } from "vitest";
import { serveProcess } from "../support/app-process.ts";
import {
  atNight,
  emergencyPolicy,
  emergencyStage,
  label,
  list,
  nightOf,
  open,
  reason,
  red,
} from "../support/emergency.ts";
import { aFreePort } from "../support/free-port.ts";
import { type Stage, startTestApp, webhookUrlOf } from "../support/holdpoint.ts";
import { until } from "../support/until.ts";

const described = { body: `## Bypass reason\n\n${reason}\n` };
const command = `/holdpoint bypass all --reason "${reason}"`;

/** The waits of retries are over at once: only how often something failed is of interest here. */
function hurry({ database }: Stage): () => void {
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

describe("GitHub", () => {
  it("failing to file the issue is only a delay, and the gate stays shut meanwhile", async () => {
    const night = await atNight(described);
    const { github, number, checkOf, owed, told, settle } = night;
    github.faults.failNext({ method: "POST", path: /\/issues$/ }, { kind: "answer", status: 502 }, 4);
    night.passOnGithub(2);
    github.as("otto").label(number, label);
    const stop = hurry(night);
    const failures = () =>
      github.requests.entries.filter(({ path, status }) => path.endsWith("/issues") && status === 502);
    await github.waitFor(() => (failures().length >= 3 ? true : undefined));
    expect(checkOf(number)).toMatchObject(red);
    await github.waitFor(() => (checkOf(number).conclusion === "neutral" ? true : undefined));
    stop();
    await settle();
    expect(owed()).toHaveLength(1);
    expect(await told()).toEqual(["granted"]);
  });

  it("losing the answer to its filing leaves one issue", async () => {
    const night = await atNight(described);
    const { github, number, checkOf, owed, told } = night;
    github.faults.failNext({ method: "POST", path: /\/issues$/ }, { kind: "lose_answer" });
    const stop = hurry(night);
    await night.ask();
    await until(() => checkOf(number).status === "completed"); // Between two tries all is quiet.
    stop();
    await night.settle();
    expect(checkOf(number)).toMatchObject(open);
    expect(owed()).toHaveLength(1);
    expect(await told()).toEqual(["granted"]);
  });

  it("failing to take a label off costs one comment and opens nothing", async () => {
    const night = await atNight(described);
    const { github, number, checkOf, answers, labels, settle } = night;
    const refused = { message: "Resource not accessible by integration" };
    github.faults.failNext({ method: "DELETE" }, { kind: "answer", status: 403, body: refused }, 99);
    await night.ask("tria");
    github.as("bob").comment(number, "Another look");
    await settle();
    expect(labels()).toEqual([label]);
    expect(checkOf(number)).toMatchObject(red);
    expect(answers()).toHaveLength(1);
    expect(await night.told()).toEqual(["refused not_authorised"]);
  });
});

describe("somebody in between", () => {
  it("closing the issue before the bypass began has it refused", async () => {
    const night = await atNight(described);
    const { github, number, checkOf, owed, told, labels } = night;
    github.faults.failNext({ method: "GET", path: /\/issues\/\d+$/ }, { kind: "answer", status: 502 }, 8);
    night.passOnGithub(2);
    github.as("otto").label(number, label);
    const issue = await github.waitFor(() => owed()[0]);
    github.as("maria").closeIssue(issue.number);
    github.faults.clear();
    const stop = hurry(night);
    await night.settle();
    stop();
    expect(checkOf(number)).toMatchObject(red);
    expect(await told()).toEqual(["refused no_issue"]);
    expect(labels()).toEqual([]);
    expect(owed()).toHaveLength(1);
  });

  it.each([
    {
      name: "taking the label off just before the check turns neutral",
      act: ({ github, number }: Awaited<ReturnType<typeof atNight>>) => github.as("bob").unlabel(number, label),
      why: "label_removed",
      told: ["granted", "ended unlabelled"],
    },
    {
      name: "pushing just before the check turns neutral",
      act: ({ github, number }: Awaited<ReturnType<typeof atNight>>) =>
        github.as("maria").pushTo(number, list("1, 2"), "More"),
      why: "head_moved",
      told: ["granted", "ended push"],
    },
  ])("$name finds it red", async ({ act, why, told }) => {
    const night = await atNight(described);
    const { github, number, checkOf, app, settle, api, pull } = night;
    const { sha } = pull.head;
    github.faults.failNext({ graphql: "Guard" }, { kind: "answer", status: 502 }, 1);
    night.passOnGithub(2);
    github.as("otto").label(number, label);
    await github.waitFor(() => github.requests.entries.find(({ graphql }) => graphql === "Guard"));
    github.webhooks.hold();
    act(night);
    const discarded = async () =>
      (await (await fetch(`${app.url}/metrics`)).text()).includes(`discarded_total{why="${why}"} 1`);
    await until(discarded);
    const wasNeutral = api.checkRuns.some((run) => run.suite.headSha === sha && run.conclusion === "neutral");
    expect(wasNeutral).toBe(false);
    github.webhooks.release();
    await settle();
    expect(checkOf(number)).toMatchObject(red);
    expect(await night.told()).toEqual(told);
    expect(night.labels()).toEqual([]);
  });
});

describe("killed", () => {
  it.each([
    { name: "after the issue was filed", hang: { method: "GET", path: /\/issues\/\d+$/ } },
    { name: "after the grant was kept", hang: { graphql: "Guard" } },
  ])(
    "$name, the next one goes on: one issue, one grant, one neutral check",
    async ({ hang }) => {
      const stage = await emergencyStage({ isWithoutApp: true });
      const { github, database, checkOf, settle } = stage;
      const port = await aFreePort();
      let running = await serveProcess(stage, port);
      stage.install(webhookUrlOf(running));
      await settle();
      const pull = github.as("maria").openPullRequest({ title: "Fix checkout", files: list("1"), ...described });
      const { owed, told, ask: _, number } = nightOf(stage, pull);
      await settle();
      github.faults.failNext(hang, { kind: "hang" }, 100);
      stage.passOnGithub(2);
      github.as("otto").label(number, label);
      await github.webhooks.flush();
      await until(async () => owed().length === 1 && (hang.graphql === undefined || (await told()).length === 1));
      await running.kill("SIGKILL");
      expect(checkOf(number)).toMatchObject(red);
      github.faults.clear();
      await database.query("update jobs set lease_until = clock_timestamp() where lease_until is not null");
      running = await serveProcess(stage, port);
      await until(async () => checkOf(number).conclusion === "neutral");
      await settle();
      expect(owed()).toHaveLength(1);
      expect(await told()).toEqual(["granted"]);
      expect(await running.kill("SIGTERM")).toBe(0);
    },
    60_000,
  );
});

it("two processes grant once, and refuse once", async () => {
  const stage = await emergencyStage();
  const { github, checkOf, settle, settings, passOnGithub } = stage;
  await startTestApp(settings);
  const asked = Array.from({ length: 6 }, (_, index) =>
    github.as("maria").openPullRequest({ title: `Fix ${index}`, files: list(`${index}`), ...described }),
  );
  await settle();
  passOnGithub(2);
  asked.forEach(({ number }, index) => {
    github.as(index % 2 === 0 ? "otto" : "tria").label(number, label);
    github.as("bob").comment(number, "Oh");
    github.as("lena").comment(number, "On it");
  });
  await settle();
  const nights = asked.map((pull) => nightOf(stage, pull));
  expect(nights[0]?.owed()).toHaveLength(3);
  expect((await nights[0]?.told())?.sort()).toEqual([
    ...Array.from({ length: 3 }, () => "granted"),
    ...Array.from({ length: 3 }, () => "refused not_authorised"),
  ]);
  asked.forEach(({ number }, index) => {
    expect(checkOf(number)).toMatchObject(index % 2 === 0 ? open : red);
    expect(nights[index]?.answers()).toHaveLength(index % 2 === 0 ? 0 : 1);
  });
});

it("events that come again change nothing", async () => {
  const night = await atNight(described);
  const { github, number, checkOf, owed, told, answers, settle } = night;
  await night.ask();
  const labeled = github.world.deliveries.filter(({ action }) => action === "labeled");
  for (const { id } of labeled) github.webhooks.redeliver(id);
  await settle();
  expect(checkOf(number)).toMatchObject(open);
  github.as("bob").unlabel(number, label);
  await settle();
  for (const { id } of labeled) github.webhooks.redeliver(id);
  await settle();
  expect(checkOf(number)).toMatchObject(red);
  expect(owed()).toHaveLength(1);
  expect(await told()).toEqual(["granted", "ended unlabelled"]);
  expect(answers()).toHaveLength(1);
});

it("a merge queue's group with a member that is bypassed is as open as the member", async () => {
  const night = await atNight();
  const { github, api, number, say, settle } = night;
  await say("otto", command);
  const group = github.queue(api, [number], "olga");
  await settle();
  const check = api.checkRuns.find((run) => run.suite.headSha === group.headSha && run.name === "holdpoint: main");
  expect(check).toMatchObject(open);
});

describe("where nobody asks for a bypass, the policy's block costs nothing", () => {
  it("an opened pull request takes as many requests as without it, a review and a comment as few", async () => {
    const counts = async (policy: string) => {
      const { github, settle } = await emergencyStage({ policy });
      const { number: first } = github.as("maria").openPullRequest({ title: "One", files: list("0") });
      await settle();
      github.as("bob").approve(first);
      await settle();
      const spent: Record<string, number> = {};
      const measure = async (name: string, act: () => void) => {
        github.requests.clear();
        act();
        await settle();
        spent[name] = github.requests.entries.length;
      };
      let number = 0;
      await measure("opened", () => {
        number = github.as("maria").openPullRequest({ title: "Two", files: list("2") }).number;
      });
      await measure("review", () => github.as("bob").approve(number));
      await measure("comment", () => github.as("bob").comment(number, "Nice"));
      return spent;
    };
    const plain = await counts(emergencyPolicy().replace(/bypass:\n.*\n/, ""));
    expect(await counts(emergencyPolicy())).toEqual(plain);
    expect(plain).toMatchObject({ comment: 1 });
  });
});

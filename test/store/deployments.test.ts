import { describe, expect, it, onTestFinished } from "vitest";
import type { DeploymentVoice } from "../../src/core/deployment/deployment.ts";
import type { DeploymentStore, RequestKey } from "../../src/handlers/deployment-port.ts";
import { openStore } from "../../src/store/store.ts";
import { aPerson } from "../support/builders.ts";
import { createTestDatabase } from "../support/database.ts";
import { silentLog } from "../support/silent-log.ts";

const at = new Date("2026-11-20T16:00:00Z");

async function aStore() {
  const database = await createTestDatabase();
  let now = at;
  const store = await openStore({ databaseUrl: database.url, dataDir: "unused", log: silentLog, now: () => now });
  onTestFinished(async () => {
    await store.close();
    await database.drop();
  });
  const ledger = async () => (await store.ledger.list({ repositoryId: 1 })).map(({ kind }) => kind);
  return { store, deployments: store.deployments, ledger, pass: (ms: number) => (now = new Date(now.getTime() + ms)) };
}

const repository = { repositoryId: 1, installationId: 9, owner: "acme", name: "api" };
const key = (key: Partial<RequestKey> = {}): RequestKey => ({
  repositoryId: 1,
  runId: 7,
  attempt: 1,
  environment: "production",
  ...key,
});
const keep = (deployments: DeploymentStore, which: Partial<RequestKey> = {}, sha = "c") =>
  deployments.keepRequest({ ...repository, ...key(which), sha }, { sha });

describe("a request to deploy", () => {
  it("is kept once, with one entry in the ledger, and keeps its time", async () => {
    const { deployments, ledger, pass } = await aStore();
    const first = await keep(deployments);
    pass(60_000);
    expect(await keep(deployments)).toEqual(first);
    expect(first).toMatchObject({
      state: "waiting",
      requestedAt: at,
      reports: { count: 0, lastAt: null, digest: null },
    });
    expect(await ledger()).toEqual(["deployment_requested"]);
  });

  it("of a later attempt is another one, and ends the earlier", async () => {
    const { deployments, ledger } = await aStore();
    await keep(deployments);
    await keep(deployments, { environment: "staging" });
    await keep(deployments, { attempt: 2 });
    const waiting = await deployments.listWaitingRequests({ repositoryId: 1 });
    expect(waiting.map(({ attempt, environment }) => `${environment} ${attempt}`).sort()).toEqual([
      "production 2",
      "staging 1",
    ]);
    expect(await ledger()).toHaveLength(3);
  });

  it("ends once, and the first end stands in the ledger", async () => {
    const { deployments, ledger } = await aStore();
    await keep(deployments);
    const end = (state: "approved" | "rejected") =>
      deployments.settleRequest(key(), { state, kind: `deployment_${state}`, data: {} });
    expect(await end("approved")).toBe(true);
    expect(await end("rejected")).toBe(false);
    expect((await keep(deployments)).state).toBe("approved");
    expect(await ledger()).toEqual(["deployment_requested", "deployment_approved"]);
  });

  it("keeps an answer that was begun with what the ledger says of it, until it is dropped or settled", async () => {
    const { deployments } = await aStore();
    await keep(deployments);
    const answer = { state: "approved", kind: "deployment_overridden", data: { sha: "c" } } as const;
    await deployments.beginAnswer(key(), answer);
    expect((await keep(deployments)).answering).toEqual(answer);
    await deployments.dropAnswer(key());
    expect((await keep(deployments)).answering).toBeNull();
    await deployments.beginAnswer(key(), answer);
    await deployments.settleRequest(key(), answer);
    expect(await keep(deployments)).toMatchObject({ state: "approved", answering: null });
  });

  it("that was closed waits again when it is asked for again, and one that was answered does not", async () => {
    const { deployments, ledger } = await aStore();
    await keep(deployments);
    await deployments.settleRequest(key(), { state: "closed", kind: "deployment_closed", data: {} });
    expect(await keep(deployments)).toMatchObject({ state: "waiting", requestedAt: at });
    await deployments.settleRequest(key(), { state: "rejected", kind: "deployment_rejected", data: {} });
    expect((await keep(deployments)).state).toBe("rejected");
    expect(await ledger()).toEqual([
      "deployment_requested",
      "deployment_closed",
      "deployment_requested",
      "deployment_rejected",
    ]);
  });

  it("counts a report before it is sent, the same words once", async () => {
    const { deployments } = await aStore();
    await keep(deployments);
    expect(await deployments.claimReport(key(), { digest: "a", count: 0, at })).toBe(true);
    expect(await deployments.claimReport(key(), { digest: "b", count: 0, at })).toBe(false);
    expect(await deployments.claimReport(key(), { digest: "a", count: 1, at })).toBe(false);
    expect(await deployments.claimReport(key(), { digest: "b", count: 1, at })).toBe(true);
    expect((await keep(deployments)).reports).toEqual({ count: 2, lastAt: at, digest: "b" });
  });
});

it("what was released to an environment is told newest first", async () => {
  const { deployments, pass } = await aStore();
  for (const [runId, sha] of [
    [1, "a"],
    [2, "b"],
    [3, "a"],
    [4, "c"],
  ] as const) {
    await keep(deployments, { runId }, sha);
    pass(1_000);
    const state = sha === "c" ? "rejected" : "approved";
    await deployments.settleRequest(key({ runId }), { state, kind: "deployment", data: {} });
  }
  expect(await deployments.listReleased(1, "production")).toEqual(["a", "b"]);
  expect(await deployments.listReleased(1, "staging")).toEqual([]);
});

it("what was said is kept as it was first heard, whatever characters are in it", async () => {
  const { deployments } = await aStore();
  const voice: DeploymentVoice = {
    commentId: 5,
    number: 90,
    kind: "approve",
    environment: "production",
    sha: "c",
    requests: ["7-1"],
    person: aPerson("lena"),
    at,
    text: "fine\0 by me",
  };
  await deployments.saveVoice(1, voice);
  await deployments.saveVoice(1, { ...voice, text: "something else" });
  expect(await deployments.listVoices(1, "production", "c")).toEqual([{ ...voice, text: "fine by me" }]);
  expect(await deployments.listVoices(1, "production", "d")).toEqual([]);
});

it("checkpoints that a merge satisfied are found by its number", async () => {
  const { deployments } = await aStore();
  await deployments.saveSatisfied(1, 42, ["release"]);
  await deployments.saveSatisfied(1, 42, ["release", "security_review"]);
  expect(await deployments.listSatisfied(1, [41, 42])).toEqual(new Map([[42, ["release", "security_review"]]]));
});

it("repositories that deploy are those that asked of late, and those whose policy says so", async () => {
  const { store, deployments } = await aStore();
  await keep(deployments);
  await store.memory.savePullRequest({
    ...repository,
    repositoryId: 2,
    name: "web",
    number: 1,
    state: "open",
    baseRef: "main",
    headSha: "a",
  });
  const before = new Date(at.getTime() - 1);
  expect((await deployments.listDeploying(before)).map(({ name }) => name)).toEqual(["api"]);
  await store.memory.saveHints(2, { teams: [], organizations: [], deploys: true });
  expect((await deployments.listDeploying(before)).map(({ name }) => name)).toEqual(["api", "web"]);
  expect((await deployments.listDeploying(new Date(at.getTime() + 1))).map(({ name }) => name)).toEqual(["web"]);
});

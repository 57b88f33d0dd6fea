import { describe, expect, it } from "vitest";
import type { Payload } from "../../src/handlers/payload.ts";
import { subjectsOf } from "../../src/handlers/routes.ts";

const repository = { id: 11, full_name: "acme/api" };
const installation = { id: 3 };
const sha = "c".repeat(40);
const runs = "/repos/acme/api/actions/runs";
const callback = `https://api.github.com${runs}/77/deployment_protection_rule`;

function told(event: string, payload: Payload): unknown[] {
  const subjects = subjectsOf(event, { repository, installation, ...payload }, { appId: 1 });
  return subjects.map(({ ...subject }) => subject);
}

const where = { installationId: 3, repositoryId: 11, owner: "acme", name: "api" };

describe("a run that waits", () => {
  const requested = (payload: Payload) =>
    told("deployment_protection_rule", {
      action: "requested",
      environment: "production",
      deployment_callback_url: callback,
      deployment: { sha },
      ...payload,
    });

  it("is known by the number in its callback address, and nothing else of it", () => {
    const subject = { kind: "deployment", ...where, runId: 77, environment: "production", named: { sha } };
    expect(requested({})).toEqual([subject]);
    const evil = `https://evil.example/api/v3${runs}/77/deployment_protection_rule?to=me`;
    expect(requested({ deployment_callback_url: evil })).toEqual([subject]);
  });

  it.each([
    { name: "no address", deployment_callback_url: null },
    { name: "something that is none", deployment_callback_url: "77" },
    { name: "another path", deployment_callback_url: `https://api.github.com${runs}/77/cancel` },
    { name: "a number that is none", deployment_callback_url: callback.replace("77", "7e7") },
    { name: "a way out of the path", deployment_callback_url: callback.replace("/77/", "/77/../") },
    { name: "no environment", environment: "" },
    { name: "a name that is too long", environment: "x".repeat(256) },
    { name: "a name that no database takes", environment: "prod\0" },
  ])("with $name is nothing", ({ name: _, ...payload }) => {
    expect(requested(payload)).toEqual([]);
  });
});

it.each([
  { state: "failure", more: [{}] },
  { state: "error", more: [{}] },
  { state: "success", more: [{ hasSucceeded: true }] },
  { state: "in_progress", more: [] },
  { state: "waiting", more: [] },
])("a deployment that says $state", ({ state, more }) => {
  const payload = { action: "created", deployment_status: { state }, deployment: { id: 5, environment: "production" } };
  const about = { kind: "rollback", ...where, environment: "production", deploymentId: 5, askedBy: null };
  expect(told("deployment_status", payload)).toEqual(more.map((own) => ({ ...about, ...own })));
});

it.each([
  { name: "an environment", action: "rollback", client: { environment: "production" }, count: 1 },
  { name: "another event", action: "release", client: { environment: "production" }, count: 0 },
  { name: "no name", action: "rollback", client: { environment: 7 }, count: 0 },
  { name: "nothing", action: "rollback", client: null, count: 0 },
])("somebody who asks for $name to be taken back", ({ action, client, count }) => {
  const sender = { id: 9, login: "sam" };
  expect(told("repository_dispatch", { action, client_payload: client, sender })).toHaveLength(count);
});

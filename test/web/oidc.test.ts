import { afterAll, beforeAll, expect, it } from "vitest";
import { startSandbox } from "../../src/sandbox/main.ts";
import type { TokenOptions } from "../../src/sandbox/oidc/issuer.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { WorkflowRun } from "../../src/sandbox/state/workflows.ts";
import { createTokenVerifier } from "../../src/web/oidc.ts";
import { aFailedRun } from "../support/reports.ts";

const audience = "https://holdpoint.acme.dev";
let github: Sandbox;
let run: WorkflowRun;
let aheadMs = 0;

beforeAll(async () => {
  github = await startSandbox();
  const acme = github.createOrganisation("acme", { maria: "admin" });
  const api = github.createRepository(acme, "api", { files: { "README.md": "# api\n" } });
  run = aFailedRun({ github, api }).run;
});
afterAll(() => github.stop());

/** A verifier that knows no keys yet. */
function aVerifier() {
  aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  return createTokenVerifier({ issuer: github.oidc.url, audience, now });
}

const tokenFor = (options?: TokenOptions) => github.oidc.mint(run, audience, options);

it("a token of a workflow says which run it is", async () => {
  expect(await aVerifier()(tokenFor())).toMatchObject({
    kind: "verified",
    claims: {
      ...{ repositoryId: run.repository.id, owner: "acme", name: "api", runId: run.id, runAttempt: 1 },
      ...{ sha: run.headSha, ref: "refs/heads/main", event: "push", actorId: run.actor.id },
      jobWorkflowRef: "acme/api/.github/workflows/ci.yml@refs/heads/main",
    },
  });
});

it.each<{ name: string; token: () => string; found: string }>([
  { name: "nonsense", token: () => "abc", found: "not one of this GitHub's" },
  {
    name: "expired",
    token: () => tokenFor({ claims: { exp: seconds(-61), iat: seconds(-600), nbf: seconds(-900) } }),
    found: "expired",
  },
  {
    name: "not valid yet",
    token: () => tokenFor({ claims: { nbf: seconds(90) } }),
    found: "not valid yet",
  },
  {
    name: "issued in the future",
    token: () => tokenFor({ claims: { iat: seconds(90) } }),
    found: "future",
  },
  {
    name: "without an end",
    token: () => tokenFor({ claims: { exp: undefined } }),
    found: "exp",
  },
  {
    name: "without an id",
    token: () => tokenFor({ claims: { jti: undefined } }),
    found: "jti",
  },
  {
    name: "living for days",
    token: () => tokenFor({ claims: { exp: seconds(90_000) } }),
    found: "more than a day",
  },
  {
    name: "of another issuer",
    token: () => tokenFor({ claims: { iss: "https://token.actions.githubusercontent.com" } }),
    found: "not one of this GitHub's",
  },
  {
    name: "for somebody else",
    token: () => github.oidc.mint(run, "https://elsewhere.dev"),
    found: "somebody else",
  },
  {
    name: "for the repository's owner, GitHub's default",
    token: () => github.oidc.mint(run, null),
    found: "somebody else",
  },
  {
    name: "for us and others",
    token: () => tokenFor({ claims: { aud: [audience, "https://elsewhere.dev"] } }),
    found: "aud",
  },
  {
    name: "signed with another key",
    token: () => tokenFor({ forged: "other_key" }),
    found: "signature",
  },
  {
    name: "signed with a key that is not published",
    token: () => tokenFor({ forged: "unknown_key" }),
    found: "signature",
  },
  { name: "not signed", token: () => tokenFor({ forged: "none" }), found: "RS256" },
  {
    name: "signed with the public key as a password",
    token: () => tokenFor({ forged: "hs256" }),
    found: "RS256",
  },
  {
    name: "changed after it was signed",
    token: () => {
      const [head, , signature] = tokenFor().split(".");
      const [, claims] = tokenFor({ claims: { repository: "acme/other" } }).split(".");
      return [head, claims, signature].join(".");
    },
    found: "signature",
  },
  {
    name: "without a run",
    token: () => tokenFor({ claims: { run_id: undefined } }),
    found: "run_id",
  },
])("$name is refused", async ({ token, found }) => {
  const reading = await aVerifier()(token());
  expect(reading).toMatchObject({
    kind: "refused",
    found: expect.stringContaining(found),
    fix: expect.stringMatching(/./),
  });
});

it("within a minute clocks may differ", async () => {
  const ended = { exp: seconds(-50), iat: seconds(-600), nbf: seconds(-900) };
  expect(await aVerifier()(tokenFor({ claims: ended }))).toMatchObject({ kind: "verified" });
});

it("what somebody else issued costs no request", async () => {
  const verify = aVerifier();
  github.faults.failNext({ path: /openid-configuration$/ }, { kind: "answer", status: 500 });
  expect(await verify(tokenFor({ claims: { iss: "https://elsewhere.dev" } }))).toMatchObject({ kind: "refused" });
  github.faults.clear();
});

it("a new key is fetched when a token names it, once the known ones are half a minute old", async () => {
  const verify = aVerifier();
  await verify(tokenFor());
  github.oidc.rotate();
  expect(await verify(tokenFor())).toMatchObject({ kind: "refused" });
  aheadMs += 31_000;
  expect(await verify(tokenFor())).toMatchObject({ kind: "verified" });
});

it("a key that was taken back is no longer taken after ten minutes", async () => {
  const verify = aVerifier();
  const token = tokenFor();
  expect(await verify(token)).toMatchObject({ kind: "verified" });
  github.oidc.rotate({ isOldTakenBack: true });
  aheadMs += 10 * 60_000;
  expect(await verify(token)).toMatchObject({ kind: "refused" });
});

it.each([
  { name: "the issuer fails", path: /openid-configuration$/, body: undefined, status: 500 },
  { name: "its keys cannot be had", path: /jwks$/, body: undefined, status: 503 },
  { name: "its keys are none", path: /jwks$/, body: { keys: [] }, status: 200 },
  {
    name: "its keys are endless",
    path: /jwks$/,
    body: { keys: [{ kty: "RSA", kid: "x".repeat(300_000) }] },
    status: 200,
  },
  {
    name: "it names another issuer",
    path: /openid-configuration$/,
    body: { issuer: "https://a.dev", jwks_uri: "https://a.dev/jwks" },
    status: 200,
  },
])("while $name no token is taken, and none refused", async ({ path, body, status }) => {
  const verify = aVerifier();
  github.faults.failNext({ path }, { kind: "answer", status, body });
  expect(await verify(tokenFor())).toMatchObject({ kind: "unavailable" });
  aheadMs += 2_000;
  expect(await verify(tokenFor())).toMatchObject({ kind: "verified" });
});

it("keys that are known serve while the issuer fails", async () => {
  const verify = aVerifier();
  await verify(tokenFor());
  github.faults.failNext({ path: /openid-configuration$/ }, { kind: "answer", status: 500 });
  expect(await verify(tokenFor())).toMatchObject({ kind: "verified" });
  github.faults.clear();
});

it("many who ask at once cost one look at the keys", async () => {
  const verify = aVerifier();
  github.faults.failNext({ path: /jwks$/ }, { kind: "answer", status: 500 });
  const readings = await Promise.all([tokenFor(), tokenFor(), tokenFor()].map(verify));
  expect(readings.map(({ kind }) => kind)).toEqual(["unavailable", "unavailable", "unavailable"]);
});

function seconds(fromNow: number): number {
  return Math.floor(Date.now() / 1_000) + fromNow;
}

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import nock from "nock";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GithubClient } from "../../src/github/client.ts";
import { type GithubSettings, graphqlUrlOf } from "../../src/github/settings.ts";
import { privateKey } from "./stage.ts";

const api = "https://api.github.test";
const start = new Date("2026-01-01T12:00:00Z");
const inMinutes = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

// It stands in front of everybody's HTTP, also that of other files in the same process.
beforeAll(() => {
  if (!nock.isActive()) nock.activate();
});
afterAll(() => nock.restore());
beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const unused = nock.pendingMocks();
  nock.cleanAll();
  nock.enableNetConnect();
  expect(unused).toEqual([]);
});

function aClient(settings: Partial<GithubSettings> = {}) {
  const time = { now: start };
  const sleeps: number[] = [];
  const lines: string[] = [];
  const client = new GithubClient(
    { appId: 7, privateKey, apiUrl: api, ...settings },
    {
      log: pino({ level: "debug" }, { write: (line: string) => void lines.push(line) }),
      clock: { now: () => time.now },
      sleep: async (ms) => void sleeps.push(ms),
      random: () => 0.5,
    },
  );
  return { client, time, sleeps, lines, read: () => client.rest("GET /thing", {}, { installationId: 1 }) };
}

const tokenOf = (token: string, minutes = 60) =>
  nock(api)
    .post("/app/installations/1/access_tokens")
    .reply(201, { token, expires_at: inMinutes(minutes).toISOString() });

const headers = (of: Record<string, string>) => ({ "content-type": "application/json; charset=utf-8", ...of });
const resetIn = (minutes: number) => String(inMinutes(minutes).getTime() / 1000);

describe("graphqlUrlOf", () => {
  it.each([
    ["https://api.github.com", "https://api.github.com/graphql"],
    ["https://api.github.com/", "https://api.github.com/graphql"],
    ["https://github.acme.example/api/v3", "https://github.acme.example/api/graphql"],
    ["https://github.acme.example/api/v3/", "https://github.acme.example/api/graphql"],
    ["http://127.0.0.1:4000", "http://127.0.0.1:4000/graphql"],
  ])("%s → %s", (rest, graphql) => {
    expect(graphqlUrlOf(rest)).toBe(graphql);
  });
});

describe("tokens", () => {
  it("are not asked for where one was given", async () => {
    const { client } = aClient({ token: "given" });
    nock(api).get("/thing").times(2).matchHeader("authorization", "token given").reply(200, {});
    await client.rest("GET /thing", {}, { installationId: 1 });
    await client.rest("GET /thing", {}, { installationId: null });
  });

  it("are not tried again where the given one is refused: there is no other", async () => {
    const { read } = aClient({ token: "given" });
    nock(api).get("/thing").reply(401, { message: "Bad credentials" });
    await expect(read()).rejects.toMatchObject({ kind: "forbidden", status: 401 });
  });

  it("are asked for once and kept, also by requests at the same time", async () => {
    const { client } = aClient();
    tokenOf("one");
    nock(api).get("/thing").times(5).matchHeader("authorization", "token one").reply(200, {});
    await Promise.all(Array.from({ length: 5 }, () => client.rest("GET /thing", {}, { installationId: 1 })));
  });

  it("are asked for with a token of the App that GitHub can check", async () => {
    const { read } = aClient();
    let authorization = "";
    nock(api)
      .post("/app/installations/1/access_tokens")
      .matchHeader("authorization", (value) => {
        authorization = String(value);
        return true;
      })
      .reply(201, { token: "one", expires_at: inMinutes(60).toISOString() });
    nock(api).get("/thing").reply(200, {});
    await read();
    const claims = JSON.parse(Buffer.from(authorization.split(".")[1] ?? "", "base64url").toString());
    expect(claims.iss).toBe(7);
    expect(claims.exp - claims.iat).toBeLessThanOrEqual(600);
  });

  it("are renewed shortly before they end", async () => {
    const { read, time } = aClient();
    tokenOf("one");
    nock(api).get("/thing").matchHeader("authorization", "token one").reply(200, {});
    await read();
    time.now = inMinutes(56);
    tokenOf("two", 116);
    nock(api).get("/thing").matchHeader("authorization", "token two").reply(200, {});
    await read();
  });

  it("that GitHub refuses are renewed once", async () => {
    const { read } = aClient();
    tokenOf("one");
    nock(api).get("/thing").matchHeader("authorization", "token one").reply(401, { message: "Bad credentials" });
    tokenOf("two");
    nock(api).get("/thing").matchHeader("authorization", "token two").reply(200, { fine: true });
    expect(await read()).toMatchObject({ data: { fine: true } });
  });

  it("that GitHub refuses again are an error", async () => {
    const { read } = aClient();
    tokenOf("one");
    tokenOf("two");
    nock(api).get("/thing").twice().reply(401, { message: "Bad credentials" });
    await expect(read()).rejects.toMatchObject({ kind: "forbidden", status: 401 });
  });

  it("that could not be had are asked for again the next time", async () => {
    const { read } = aClient();
    nock(api).post("/app/installations/1/access_tokens").reply(404, { message: "Not Found" });
    await expect(read()).rejects.toMatchObject({ kind: "not_found" });
    tokenOf("one");
    nock(api).get("/thing").reply(200, {});
    await read();
  });

  it("never stand in the log, nor do bodies", async () => {
    const { client, lines } = aClient();
    tokenOf("very-secret");
    nock(api).post("/thing").reply(500, { message: "boom" });
    await expect(
      client.rest("POST /thing", { body: "private words" }, { installationId: 1, isIdempotent: false }),
    ).rejects.toThrow();
    expect(lines.length).toBe(2);
    expect(lines.join("")).not.toMatch(/very-secret|private words|bearer/);
  });
});

describe("retries", () => {
  it("ask again up to four times while GitHub is unavailable, with growing pauses", async () => {
    const { read, sleeps } = aClient();
    tokenOf("one");
    nock(api)
      .get("/thing")
      .reply(502)
      .get("/thing")
      .reply(503, "<html>")
      .get("/thing")
      .replyWithError("socket hang up");
    nock(api).get("/thing").reply(200, { fine: true });
    expect(await read()).toMatchObject({ data: { fine: true } });
    expect(sleeps).toEqual([250, 500, 1000]);
  });

  it("give up after that and name the route, the status and GitHub's id of the request", async () => {
    const { read } = aClient();
    tokenOf("one");
    nock(api).get("/thing").times(4).reply(504, { message: "too slow" }, { "x-github-request-id": "AB:12" });
    await expect(read()).rejects.toMatchObject({
      kind: "unavailable",
      status: 504,
      route: "GET /thing",
      requestId: "AB:12",
      retryAt: null,
      message: "GET /thing: 504 too slow",
    });
  });

  it("are not made where a second request would add something", async () => {
    const { client, sleeps } = aClient();
    tokenOf("one");
    nock(api).post("/thing").reply(502);
    await expect(client.rest("POST /thing", {}, { installationId: 1, isIdempotent: false })).rejects.toMatchObject({
      kind: "unavailable",
    });
    expect(sleeps).toEqual([]);
  });

  it("are not made when the answer would be the same", async () => {
    const { read } = aClient();
    tokenOf("one");
    nock(api)
      .get("/thing")
      .reply(422, { message: "Validation Failed", errors: [{ field: "x" }] });
    await expect(read()).rejects.toMatchObject({
      kind: "invalid",
      message: 'GET /thing: 422 Validation Failed: [{"field":"x"}]',
    });
  });

  it("end a request that never answers", async () => {
    nock.enableNetConnect("127.0.0.1");
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const { client } = aClient({ apiUrl: `http://127.0.0.1:${port}`, timeoutMs: 20 });
    const asApp = { installationId: null, isIdempotent: false };
    await expect(client.rest("POST /thing", {}, asApp)).rejects.toMatchObject({ kind: "unavailable", status: 0 });
    silent.closeAllConnections();
    silent.close();
  });
});

describe("answers that are no answers", () => {
  it.each([
    { name: "JSON cut in the middle", body: '[{"filename": "a.ts"}, {"fil', type: "application/json; charset=utf-8" },
    { name: "a proxy's page", body: "<html>please sign in</html>", type: "text/html" },
    { name: "nothing at all", body: "", type: "application/json" },
    { name: "a bare word", body: '"fine"', type: "application/json" },
    { name: "JSON without a type", body: "[]", type: "" },
  ])("$name with status 200 is an error", async ({ body, type }) => {
    const { read } = aClient();
    tokenOf("one");
    nock(api)
      .get("/thing")
      .times(4)
      .reply(200, body, type ? { "content-type": type } : {});
    await expect(read()).rejects.toMatchObject({ kind: "unavailable", status: 200 });
  });

  it("no content is one", async () => {
    const { client } = aClient();
    tokenOf("one");
    nock(api).delete("/thing").reply(204);
    expect((await client.rest("DELETE /thing", {}, { installationId: 1 })).status).toBe(204);
  });
});

describe("limits", () => {
  it.each([
    {
      name: "the hour's budget is spent",
      status: 403,
      of: { "x-ratelimit-limit": "5000", "x-ratelimit-remaining": "0", "x-ratelimit-reset": resetIn(30) },
      at: inMinutes(30),
    },
    { name: "a time to wait is named", status: 403, of: { "retry-after": "90" }, at: inMinutes(1.5) },
    { name: "a time to wait is named with 429", status: 429, of: { "retry-after": "120" }, at: inMinutes(2) },
    { name: "no time is named", status: 429, of: {}, at: inMinutes(1) },
    {
      name: "only the words tell",
      status: 403,
      of: {},
      message: "You have exceeded a secondary rate limit",
      at: inMinutes(1),
    },
  ])("say until when: $name", async ({ status, of, message, at }) => {
    const { read, sleeps } = aClient();
    tokenOf("one");
    nock(api)
      .get("/thing")
      .reply(status, { message: message ?? "no" }, headers(of as Record<string, string>));
    await expect(read()).rejects.toMatchObject({ kind: "rate_limited", status, retryAt: at });
    expect(sleeps).toEqual([]);
    // Until then nothing is sent at all: nock would refuse it.
    await expect(read()).rejects.toMatchObject({ kind: "rate_limited", status: 0, retryAt: at });
  });

  it("are over when their time is", async () => {
    const { read, time } = aClient();
    tokenOf("one");
    nock(api)
      .get("/thing")
      .reply(403, {}, headers({ "retry-after": "60" }));
    await expect(read()).rejects.toMatchObject({ kind: "rate_limited" });
    time.now = inMinutes(1);
    nock(api).get("/thing").reply(200, {});
    await read();
  });

  it("are waited for twice as long each time GitHub names none", async () => {
    const { read, time } = aClient();
    tokenOf("one");
    nock(api).get("/thing").twice().reply(429, {});
    await expect(read()).rejects.toMatchObject({ retryAt: inMinutes(1) });
    time.now = inMinutes(1);
    await expect(read()).rejects.toMatchObject({ retryAt: inMinutes(3) });
  });

  it("of one installation do not stop another", async () => {
    const { client, read } = aClient();
    tokenOf("one");
    nock(api)
      .get("/thing")
      .reply(429, {}, headers({ "retry-after": "60" }));
    await expect(read()).rejects.toMatchObject({ kind: "rate_limited" });
    nock(api)
      .post("/app/installations/2/access_tokens")
      .reply(201, { token: "two", expires_at: inMinutes(60).toISOString() });
    nock(api).get("/thing").reply(200, {});
    await client.rest("GET /thing", {}, { installationId: 2 });
  });

  it("leave 403 what it is where nothing speaks of a limit", async () => {
    const { read } = aClient();
    tokenOf("one");
    nock(api).get("/thing").reply(403, { message: "Resource not accessible by integration" });
    await expect(read()).rejects.toMatchObject({ kind: "forbidden", retryAt: null });
  });

  it("keep the last fifth of the budget for lowering checks", async () => {
    const { client, read } = aClient();
    tokenOf("one");
    const budget = (remaining: number) =>
      headers({
        "x-ratelimit-limit": "5000",
        "x-ratelimit-remaining": String(remaining),
        "x-ratelimit-reset": resetIn(20),
      });
    nock(api).get("/thing").reply(200, {}, budget(1001)).get("/thing").reply(200, {}, budget(1000));
    await read();
    await read();
    await expect(read()).rejects.toMatchObject({ kind: "rate_limited", retryAt: inMinutes(20) });
    nock(api).patch("/check").reply(200, {}, budget(0));
    const downgrade = () => client.rest("PATCH /check", {}, { installationId: 1, priority: "downgrade" });
    await downgrade();
    await expect(downgrade()).rejects.toMatchObject({ kind: "rate_limited", retryAt: inMinutes(20) });
  });

  it("of queries and of other requests are two", async () => {
    const { client, read } = aClient();
    tokenOf("one");
    const spent = headers({
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": resetIn(20),
      "x-ratelimit-resource": "graphql",
    });
    nock(api)
      .post("/graphql")
      .reply(200, { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] }, spent);
    const query = () =>
      client.graphql({ name: "Q", document: "query Q { viewer { login } }", variables: {} }, { installationId: 1 });
    await expect(query()).rejects.toMatchObject({ kind: "rate_limited", retryAt: inMinutes(20) });
    await expect(query()).rejects.toMatchObject({ status: 0, retryAt: inMinutes(20) });
    nock(api).get("/thing").reply(200, {});
    await read();
  });

  it("send one request at a time that people are told of", async () => {
    const { client } = aClient();
    tokenOf("one");
    let open = 0;
    let most = 0;
    nock(api)
      .post("/comment")
      .times(4)
      .reply(async () => {
        open += 1;
        most = Math.max(most, open);
        await new Promise((resolve) => setImmediate(resolve));
        open -= 1;
        return [201, {}];
      });
    const call = { installationId: 1, isContent: true };
    await Promise.all(Array.from({ length: 4 }, () => client.rest("POST /comment", {}, call)));
    expect(most).toBe(1);
  });
});

describe("queries", () => {
  const operation = { name: "Q", document: "query Q { viewer { login } }", variables: { a: 1 } };
  const ask = (client: GithubClient, tolerates = () => false) =>
    client.graphql({ ...operation, tolerates }, { installationId: 1 });

  it("go to the address that belongs to a GitHub Enterprise Server", async () => {
    const { client } = aClient({ apiUrl: "https://github.acme.test/api/v3" });
    const server = nock("https://github.acme.test");
    server
      .post("/api/v3/app/installations/1/access_tokens")
      .reply(201, { token: "one", expires_at: inMinutes(60).toISOString() });
    server
      .post("/api/graphql", { query: operation.document, operationName: "Q", variables: { a: 1 } })
      .reply(200, { data: { fine: true } });
    expect(await ask(client)).toEqual({ data: { fine: true }, problems: [] });
  });

  it.each([
    {
      name: "a problem beside data",
      body: { data: { viewer: null }, errors: [{ type: "FORBIDDEN", path: ["viewer"], message: "no" }] },
      kind: "forbidden",
    },
    {
      name: "something that is not there",
      body: { data: { viewer: null }, errors: [{ type: "NOT_FOUND", path: ["viewer"], message: "no" }] },
      kind: "not_found",
    },
    {
      name: "a query GitHub does not understand",
      body: { errors: [{ type: "undefinedField", path: ["query Q", "viewer"], message: "Field 'x' doesn't exist" }] },
      kind: "invalid",
    },
  ])("fail for $name", async ({ body, kind }) => {
    const { client } = aClient();
    tokenOf("one");
    nock(api).post("/graphql").reply(200, body);
    await expect(ask(client)).rejects.toMatchObject({ kind, route: "POST /graphql Q" });
  });

  it.each([
    {
      name: "a query GitHub gave up on",
      body: { data: null, errors: [{ message: "Something went wrong while executing your query." }] },
    },
    { name: "an answer without data", body: {} },
    {
      name: "half an answer with an untyped problem",
      body: { data: { a: 1 }, errors: [{ message: "timedout", path: ["b"] }] },
    },
  ])("are sent again after $name", async ({ body }) => {
    const { client, sleeps } = aClient();
    tokenOf("one");
    nock(api)
      .post("/graphql")
      .reply(200, body)
      .post("/graphql")
      .reply(200, { data: { fine: true } });
    expect((await ask(client)).data).toEqual({ fine: true });
    expect(sleeps).toHaveLength(1);
  });

  it("hand out the problems that are tolerated", async () => {
    const { client } = aClient();
    tokenOf("one");
    nock(api)
      .post("/graphql")
      .reply(200, { data: { team: null }, errors: [{ type: "NOT_FOUND", path: ["team"], message: "no" }] });
    const { problems } = await ask(client, () => true);
    expect(problems).toEqual([{ type: "NOT_FOUND", path: ["team"], message: "no" }]);
  });
});

describe("counters", () => {
  it("see every request with its route, status and installation", async () => {
    const seen: unknown[] = [];
    const { client } = aClient({ onRequest: ({ ms: _, ...request }) => seen.push(request) });
    tokenOf("one");
    nock(api).get("/repos/acme/api").reply(500).get("/repos/acme/api").reply(200, {});
    await client.rest("GET /repos/{owner}/{repo}", { owner: "acme", repo: "api" }, { installationId: 1 });
    const route = "GET /repos/{owner}/{repo}";
    expect(seen).toEqual([
      { route: "POST /app/installations/{installation_id}/access_tokens", status: 201, installationId: null },
      { route, status: 500, installationId: 1 },
      { route, status: 200, installationId: 1 },
    ]);
  });
});

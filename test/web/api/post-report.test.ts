import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { reportLimits } from "../../../src/core/failures/report-limits.ts";
import type { RunReport } from "../../../src/core/failures/run-report.ts";
import type { ReceivedReport, ReportOutcome } from "../../../src/handlers/keep-report.ts";
import { createApi } from "../../../src/web/api/api.ts";
import type { TokenReading } from "../../../src/web/oidc.ts";
import { createWebServer } from "../../../src/web/server.ts";
import { aReport, theClaims } from "../../support/reports.ts";

const log = pino({ level: "silent" });
const now = new Date("2026-11-21T10:00:00Z");
let reading: TokenReading;
let keep: (report: ReceivedReport) => Promise<ReportOutcome>;
let isAccepting = true;
let outcomes: string[] = [];

const server = createWebServer({
  api: createApi({
    reports: {
      verify: async () => reading,
      keep: (report) => keep(report),
      onAnswered: (outcome) => outcomes.push(outcome),
      now: () => now,
    },
    version: "1.2.3",
    publicUrl: "https://holdpoint.acme.dev",
    isAccepting: () => isAccepting,
    log,
  }),
  ingest: async () => {},
  readReadiness: async () => ({ ready: true, checks: {} }),
  renderMetrics: async () => ({ contentType: "text/plain", text: "" }),
  version: {},
  log,
});
let url: string;

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  reading = { kind: "verified", claims: theClaims };
  keep = async () => ({ kind: "kept", id: 3 });
  isAccepting = true;
  outcomes = [];
});

async function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/api/v1/reports`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", authorization: "Bearer abc", ...headers },
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

it("hands on the report, what the token says, and a digest of the unpacked body", async () => {
  const received: ReceivedReport[] = [];
  keep = async (report) => {
    received.push(report);
    return { kind: "kept", id: 3 };
  };
  const text = JSON.stringify(aReport());
  expect(await post(text)).toMatchObject({ status: 201, body: { id: 3, kept: "now" } });
  expect(await post(gzipSync(text), { "content-encoding": "gzip" })).toMatchObject({ status: 201 });
  const [plain, packed] = received;
  expect(plain).toEqual({ claims: theClaims, report: aReport(), digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(packed).toEqual(plain);
  expect(outcomes).toEqual(["kept", "kept"]);
});

it.each<{
  name: string;
  body: (report: RunReport) => string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  status: number;
  code: string;
}>([
  { name: "no JSON", body: () => "{", status: 400, code: "broken_json" },
  { name: "no UTF-8", body: () => new Uint8Array([0x22, 0xff, 0x22]), status: 400, code: "broken_json" },
  { name: "no report", body: () => "{}", status: 400, code: "not_a_report" },
  {
    name: "more than a report",
    body: (report) => JSON.stringify({ ...report, more: 1 }),
    status: 400,
    code: "not_a_report",
  },
  {
    name: "a line that is too long",
    body: (report) =>
      JSON.stringify({
        ...report,
        logs: [{ source: "a", lines: ["x".repeat(reportLimits.lineCharacters + 1)], lines_left_out: 0 }],
      }),
    status: 400,
    code: "not_a_report",
  },
  {
    name: "no JSON by its own word",
    body: () => "a=b",
    headers: { "content-type": "text/plain" },
    status: 415,
    code: "wrong_content_type",
  },
  {
    name: "packed in an unknown way",
    body: () => "x",
    headers: { "content-encoding": "br" },
    status: 415,
    code: "unknown_encoding",
  },
  {
    name: "not packed at all",
    body: () => "{}",
    headers: { "content-encoding": "gzip" },
    status: 400,
    code: "broken_gzip",
  },
  { name: "too large", body: () => `"${"x".repeat(reportLimits.bodyBytes)}"`, status: 413, code: "too_large" },
  {
    name: "small, and huge when unpacked",
    body: () => gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20)),
    headers: { "content-encoding": "gzip" },
    status: 413,
    code: "too_large",
  },
])("a body that is $name → $status", async ({ body, headers, status, code }) => {
  keep = async () => {
    throw new Error("A body that is refused is not to be kept");
  };
  expect(await post(body(aReport()), headers)).toMatchObject({
    status,
    body: { code, expected: expect.stringMatching(/./) },
  });
  expect(outcomes).toEqual([code]);
});

it.each<{ outcome: ReportOutcome; status: number; code: string }>([
  { outcome: { kind: "replayed" }, status: 409, code: "replayed" },
  { outcome: { kind: "not_installed" }, status: 403, code: "not_installed" },
  { outcome: { kind: "too_many", retryAt: new Date("2026-11-21T10:10:00Z") }, status: 429, code: "too_many" },
  {
    outcome: { kind: "mismatch", mismatch: { field: "run.id", found: "8", expected: "7" } },
    status: 403,
    code: "another_run",
  },
])("$outcome.kind → $status", async ({ outcome, status, code }) => {
  keep = async () => outcome;
  const answer = await post(JSON.stringify(aReport()));
  expect(answer).toMatchObject({
    status,
    body: { type: "about:blank", status, code, fix: expect.stringMatching(/./) },
  });
  expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  expect(answer.headers.get("retry-after")).toBe(outcome.kind === "too_many" ? "600" : null);
});

it("a report that was kept before is answered with its id", async () => {
  keep = async () => ({ kind: "known", id: 3 });
  expect(await post(JSON.stringify(aReport()))).toMatchObject({ status: 200, body: { id: 3, kept: "before" } });
});

it.each(["", "Bearer", "Basic abc", "Bearer a b"])("the header %j holds no token", async (authorization) => {
  expect(await post("{}", { authorization })).toMatchObject({ status: 401, body: { found: "there is no token" } });
});

it("what the report holds is not quoted in an answer about it", async () => {
  const wrong = { ...aReport(), exit_code: "hunter22" };
  const answer = await post(JSON.stringify(wrong));
  expect(answer.body).toMatchObject({ code: "not_a_report", found: expect.stringContaining("exit_code") });
  expect(JSON.stringify(answer.body)).not.toContain("hunter22");
});

it("while the database fails the workflow is told to come again, without saying why", async () => {
  keep = async () => {
    throw new Error("relation hunter22 does not exist");
  };
  const answer = await post(JSON.stringify(aReport()));
  expect(answer).toMatchObject({ status: 503, body: { code: "unavailable" } });
  expect(JSON.stringify(answer.body)).not.toContain("hunter22");
  expect(answer.headers.get("retry-after")).toBe("60");
  expect(outcomes).toEqual(["failed"]);
});

it("while starting and stopping nothing is taken, and the document can be read", async () => {
  isAccepting = false;
  expect(await post(JSON.stringify(aReport()))).toMatchObject({ status: 503, body: { code: "unavailable" } });
  expect((await fetch(`${url}/api/v1/openapi.json`)).status).toBe(200);
});

describe("the API's other addresses", () => {
  it("the document names every answer, and its schema of a report is the one that is checked with", async () => {
    const report = aReport();
    const document = await (await fetch(`${url}/api/v1/openapi.json`)).json();
    const properties = Object.fromEntries(Object.keys(report).map((key) => [key, expect.anything()]));
    expect(document).toMatchObject({
      openapi: "3.1.1",
      paths: {
        "/api/v1/reports": {
          post: {
            responses: { 200: {}, 201: {}, 401: {}, 403: {}, 409: {}, 413: {}, 429: {}, 503: {} },
            requestBody: { content: { "application/json": { schema: { properties } } } },
          },
        },
      },
      components: { schemas: { Problem: {} }, securitySchemes: { workflowToken: {} } },
    });
  });

  it.each([
    { method: "GET", path: "/api/v1/reports", status: 405 },
    { method: "GET", path: "/api/v1/nothing", status: 404 },
    { method: "POST", path: "/api/v1/openapi.json", status: 405 },
  ])("$method $path → $status", async ({ method, path, status }) => {
    const response = await fetch(`${url}${path}`, { method });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, fix: "See /api/v1/openapi.json." });
  });
});

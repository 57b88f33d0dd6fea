import { createHmac } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { pino } from "pino";
import { afterAll, beforeEach, expect, it } from "vitest";
import type { Subject } from "../../src/core/subject.ts";
import type { AcceptedDelivery, Arrivals } from "../../src/handlers/keep-delivery.ts";
import { bodyLimitBytes, createIngest, type IngestOutcome } from "../../src/web/ingest.ts";
import { createWebServer } from "../../src/web/server.ts";

const secret = "0123456789abcdef0123456789abcdef";
const sha = "a".repeat(40);
const pullRequestEvent = {
  action: "opened",
  installation: { id: 3 },
  repository: { id: 11, full_name: "acme/api" },
  pull_request: { number: 42, title: "Ünïcode \u0000 ☃", head: { sha }, base: { sha, ref: "main" } },
};

let kept: { delivery: AcceptedDelivery; subjects: readonly Subject[]; arrivals: Arrivals }[] = [];
let outcomes: IngestOutcome[] = [];
let isAccepting = true;
let keep: () => Promise<"accepted" | "resumed" | "duplicate"> = async () => "accepted";

const server = createWebServer({
  api: async () => {},
  ingest: createIngest({
    secrets: [secret],
    own: { appId: 7 },
    async accept(delivery, subjects, arrivals) {
      const outcome = await keep();
      kept.push({ delivery, subjects, arrivals });
      return outcome;
    },
    isAccepting: () => isAccepting,
    onAnswered: ({ outcome }) => outcomes.push(outcome),
    log: pino({ level: "silent" }),
  }),
  readReadiness: async () => ({ ready: true, checks: {} }),
  renderMetrics: async () => ({ contentType: "text/plain", text: "" }),
  version: { version: "0" },
  log: pino({ level: "silent" }),
});
await once(server.listen(0, "127.0.0.1"), "listening");
const port = (server.address() as AddressInfo).port;
const url = `http://127.0.0.1:${port}/api/github/webhooks`;
afterAll(() => server.close());

beforeEach(() => {
  kept = [];
  outcomes = [];
  isAccepting = true;
  keep = async () => "accepted";
});

function headersFor(body: string, overrides: Record<string, string | null> = {}): Record<string, string> {
  const all = {
    "content-type": "application/json",
    "x-github-event": "pull_request",
    "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    ...overrides,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null));
}

async function post(
  body: string,
  overrides?: Record<string, string | null>,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, { method: "POST", body, headers: headersFor(body, overrides) });
  return { status: response.status, body: await response.json() };
}

it("a delivery is kept as it came, with its work, before it is answered", async () => {
  const body = JSON.stringify(pullRequestEvent);
  expect(await post(body)).toEqual({ status: 202, body: { accepted: true } });
  expect(kept).toEqual([
    {
      delivery: {
        id: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        event: "pull_request",
        action: "opened",
        installationId: 3,
        repositoryId: 11,
        payload: body,
      },
      subjects: [expect.objectContaining({ kind: "pull_request", repositoryId: 11, number: 42 })],
      arrivals: { review: null, label: null },
    },
  ]);
});

it("a submitted review is kept with the commit that it was given on", async () => {
  const review = { id: 9, commit_id: sha };
  await post(JSON.stringify({ ...pullRequestEvent, action: "submitted", review }), {
    "x-github-event": "pull_request_review",
  });
  const kind = { repositoryId: 11, number: 42, headSha: sha };
  expect(kept[0]?.arrivals).toEqual({ review: { ...kind, reviewId: 9, baseSha: sha }, label: null });
});

it("a label is kept with the head that it was put on, who put it there and when", async () => {
  const pull_request = { ...pullRequestEvent.pull_request, updated_at: "2026-11-20T16:00:00Z" };
  const labeled = { action: "labeled", label: { name: "urgent" }, sender: { id: 5 }, pull_request };
  await post(JSON.stringify({ ...pullRequestEvent, ...labeled }));
  const at = new Date("2026-11-20T16:00:00Z");
  const label = { repositoryId: 11, number: 42, label: "urgent", personId: 5, headSha: sha, at };
  expect(kept[0]?.arrivals).toEqual({ review: null, label });
});

it.each<{
  name: string;
  body?: string;
  headers?: Record<string, string | null>;
  status: number;
  outcome: IngestOutcome;
}>([
  { name: "no signature", headers: { "x-hub-signature-256": null }, status: 401, outcome: "bad_signature" },
  {
    name: "only a SHA-1 signature",
    headers: { "x-hub-signature-256": null, "x-hub-signature": "sha1=00" },
    status: 401,
    outcome: "bad_signature",
  },
  {
    name: "a signature of something else",
    headers: { "x-hub-signature-256": `sha256=${"0".repeat(64)}` },
    status: 401,
    outcome: "bad_signature",
  },
  { name: "no event", headers: { "x-github-event": null }, status: 400, outcome: "bad_request" },
  { name: "no delivery id", headers: { "x-github-delivery": null }, status: 400, outcome: "bad_request" },
  {
    name: "a delivery id of odd characters",
    headers: { "x-github-delivery": "a b" },
    status: 400,
    outcome: "bad_request",
  },
  {
    name: "a form",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    status: 415,
    outcome: "bad_request",
  },
  { name: "malformed JSON", body: '{"action":', status: 400, outcome: "bad_request" },
  { name: "an empty body", body: "", status: 400, outcome: "bad_request" },
  { name: "JSON that is no object", body: "[1]", status: 400, outcome: "bad_request" },
  {
    name: "an event that nobody knows",
    headers: { "x-github-event": "tea_ready" },
    status: 202,
    outcome: "irrelevant",
  },
  { name: "an action that changes nothing", body: '{"action":"assigned"}', status: 202, outcome: "irrelevant" },
])(
  "$name → $status, and nothing is kept",
  async ({ body = JSON.stringify(pullRequestEvent), headers, status, outcome }) => {
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    if (status >= 400) expect(answer.body).toEqual({ error: expect.stringMatching(/^[A-Z][^\n]{10,100}$/) });
    expect(outcomes).toEqual([outcome]);
    expect(kept).toEqual([]);
  },
);

it("a delivery that was finished before is answered like any other", async () => {
  keep = async () => "duplicate";
  expect(await post(JSON.stringify(pullRequestEvent))).toEqual({ status: 202, body: { accepted: false } });
});

it("when the database does not take it, GitHub hears so", async () => {
  keep = () => Promise.reject(new Error("connect ECONNREFUSED 10.0.0.1:5432"));
  const answer = await post(JSON.stringify(pullRequestEvent));
  expect(answer).toEqual({ status: 503, body: { error: "Holdpoint cannot keep deliveries at the moment" } });
});

it("while stopping, nothing is taken in", async () => {
  isAccepting = false;
  expect((await post(JSON.stringify(pullRequestEvent))).status).toBe(503);
  expect(kept).toEqual([]);
});

/** Speaks HTTP by hand, so that what is sent can be wrong; resolves with the answer's first line. */
async function speak(lines: string, more?: () => string | null): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const answered = Promise.withResolvers<string>();
  let isAnswered = false;
  socket.on("error", answered.reject).setEncoding("utf8");
  socket.once("data", (text: string) => {
    isAnswered = true;
    answered.resolve(text.split("\r\n", 1)[0] ?? "");
  });
  const pump = (): void => {
    const chunk = isAnswered ? null : (more?.() ?? null);
    if (chunk !== null) socket.write(chunk, () => setImmediate(pump));
  };
  socket.write(lines, pump);
  const line = await answered.promise;
  socket.destroy();
  return line;
}

it("a body that says it is too large is refused before it is sent", async () => {
  const head = `POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\ncontent-length: ${bodyLimitBytes + 1}\r\n\r\n`;
  expect(await speak(head)).toBe("HTTP/1.1 413 Payload Too Large");
});

it("a body that never ends is refused at the limit", async () => {
  const chunk = `100000\r\n${"x".repeat(0x100000)}\r\n`;
  const head = "POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
  expect(await speak(head, () => chunk)).toBe("HTTP/1.1 413 Payload Too Large");
});

it("a sender that hangs up in the middle leaves nothing behind", async () => {
  const socket = connect(port, "127.0.0.1");
  socket.write("POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{");
  await once(socket, "connect");
  const answered = Promise.withResolvers<void>();
  const watch = setInterval(() => {
    if (outcomes.length > 0) answered.resolve();
  }, 5);
  socket.end();
  socket.destroy();
  await answered.promise;
  clearInterval(watch);
  expect(outcomes).toEqual(["aborted"]);
  expect((await post(JSON.stringify(pullRequestEvent))).status).toBe(202);
});

it.each([
  { method: "GET", path: "/api/github/webhooks", status: 405 },
  { method: "POST", path: "/", status: 404 },
  { method: "POST", path: "/api/github/webhooks/", status: 404 },
  { method: "GET", path: "/probot", status: 404 },
  { method: "GET", path: "/probot/setup", status: 404 },
  { method: "POST", path: "/probot/import", status: 404 },
  { method: "POST", path: "/healthz", status: 405 },
  { method: "GET", path: "/healthz?x=1", status: 200 },
  { method: "GET", path: "/version", status: 200 },
])("$method $path → $status", async ({ method, path, status }) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
  expect(response.status).toBe(status);
  const body = (await response.json()) as { error?: string };
  if (status >= 400) expect(body).toEqual({ error: expect.any(String) });
});

it("two thousand odd requests are all answered and none is kept", async () => {
  const odd = ["", "sha256=", "sha256=zz", `sha256=${"é".repeat(32)}`, `sha256=${"0".repeat(64)}`, "sha1=x", "\t"];
  const statuses = new Set<number>();
  await Promise.all(
    Array.from({ length: 20 }, async (_, worker) => {
      for (let i = 0; i < 100; i++) {
        const body = "x".repeat((i * 37 + worker) % 400);
        const signature = odd[(i + worker) % odd.length] ?? "";
        const response = await fetch(url, {
          method: "POST",
          body,
          headers: {
            "x-hub-signature-256": encodeURI(signature),
            "content-type": i % 2 ? "application/json" : "text/plain",
          },
        });
        statuses.add(response.status);
        await response.arrayBuffer();
      }
    }),
  );
  expect([...statuses]).toEqual([401]);
  expect(kept).toEqual([]);
}, 60_000);

import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Target } from "../../src/core/notifications/delivery.ts";
import type { Message } from "../../src/core/notifications/message.ts";
import type { OutgoingMessage } from "../../src/handlers/messages-port.ts";
import { createChannels } from "../../src/notify/channels.ts";
import { now } from "../support/builders.ts";
import { aChannelServer, aMailServer, channelSettings, withStatus } from "../support/channel-servers.ts";
import { aMessage, aTarget } from "../support/messages.ts";

const signingKey = "0123456789abcdef0123456789abcdef";
const nasty = "<!channel> <@U1> *bold* `code` @here &amp; [x](https://evil.test) :tada:\r\nBcc: eve@example.com";

function outgoing(target: Partial<Target>, message: Partial<Message> = {}): OutgoingMessage {
  return { message: aMessage(message), target: aTarget("leads", target), notes: [], idempotencyKey: "abc123" };
}

/** All channels, with one server behind every secret. */
async function aHouse(environment: Record<string, string> = {}) {
  const server = await aChannelServer();
  const settings = channelSettings({
    CHANNEL_SECRETS: "SLACK_URL,TEAMS_URL,HOOK,PAGERDUTY_KEY,UNSIGNED,EMPTY,acme:OURS,zeta:THEIRS,TWICE,acme:TWICE",
    SLACK_URL: server.url("/slack"),
    TEAMS_URL: server.url("/teams"),
    HOOK: server.url("/hook"),
    HOOK_SIGNING_KEY: signingKey,
    UNSIGNED: server.url("/unsigned"),
    OURS: server.url("/ours"),
    THEIRS: server.url("/theirs"),
    PAGERDUTY_KEY: "R0UT1NGKEY",
    PAGERDUTY_EVENTS_URL: server.url("/v2/enqueue"),
    ...environment,
  });
  const channels = createChannels(settings, { now: () => now });
  const { signal } = new AbortController();
  const send = (target: Partial<Target>, message: Partial<Message> = {}) =>
    channels.send(outgoing(target, message), signal);
  return { server, channels, settings, send };
}

describe("Slack", () => {
  it("gets blocks with the title, the body, the context and the link", async () => {
    const { server, send } = await aHouse();
    expect(
      await send({ type: "slack" }, { body: "- **sam** is asked by `x`\n- [here](https://github.com/a|b>c)" }),
    ).toEqual({ kind: "sent" });
    const { path, headers, json } = server.last();
    expect([path, headers["content-type"]]).toEqual(["/slack", "application/json; charset=utf-8"]);
    expect(json()).toEqual({
      text: "A review is overdue (High · acme/api#42)",
      parse: "none",
      link_names: false,
      unfurl_links: false,
      unfurl_media: false,
      blocks: [
        { type: "header", text: { type: "plain_text", text: "A review is overdue", emoji: false } },
        {
          type: "section",
          text: {
            type: "mrkdwn",
            text: "• *sam* is asked by `x`\n• <https://github.com/a%7Cb%3Ec|here>",
            verbatim: true,
          },
        },
        {
          type: "context",
          elements: [
            {
              type: "mrkdwn",
              text: "High · acme/api#42 · <https://github.com/acme/api/pull/42|Read on>",
              verbatim: true,
            },
          ],
        },
      ],
    });
  });

  it("neither mentions nor links nor formats by other people's words", async () => {
    const { server, channels } = await aHouse();
    const message = {
      ...outgoing({ type: "slack" }, { title: nasty, roles: ["<!here>"], body: "" }),
      notes: [{ channel: "<!channel>", reason: nasty }],
    };
    await channels.send(message, new AbortController().signal);
    const { blocks, text } = server.last().json<{ blocks: { type: string }[]; text: string }>();
    const parsed = JSON.stringify([text, blocks.filter(({ type }) => type !== "header")]);
    expect(parsed.replaceAll("<https://github.com/acme/api/pull/42|Read on>", "")).not.toMatch(
      /[<>]|(?<!\u200b)[*`]|:tada:/,
    );
    expect(parsed).toContain("&lt;!channel&gt;");
  });

  it("stays within Slack's limits", async () => {
    const { server, send } = await aHouse();
    const body = Array.from({ length: 3_000 }, (_, i) => `- **line** ${i} &lt;${"x".repeat(i % 700)}`).join("\n");
    await send({ type: "slack" }, { title: "t".repeat(5_000), body });
    const { blocks } = server.last().json<{ blocks: { text?: { text: string } }[] }>();
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(blocks[0]?.text?.text).toHaveLength(150);
    for (const { text } of blocks) expect(text?.text.length ?? 0).toBeLessThanOrEqual(3_000);
  });
});

describe("Teams", () => {
  it("gets an Adaptive Card in the envelope of a Workflow, as text runs, which format nothing", async () => {
    const { server, send } = await aHouse();
    expect(
      await send({ type: "teams", secret: "TEAMS_URL" }, { title: nasty, body: "## Open\n- **sam**\n- `x`" }),
    ).toEqual({ kind: "sent" });
    const { type, attachments } = server.last().json<{
      type: string;
      attachments: {
        contentType: string;
        content: { type: string; body: { type: string; inlines: object[] }[]; actions: object[] };
      }[];
    }>();
    const [{ contentType, content } = expect.fail()] = attachments;
    expect([type, contentType, content.type]).toEqual([
      "message",
      "application/vnd.microsoft.card.adaptive",
      "AdaptiveCard",
    ]);
    expect(new Set(content.body.map((block) => block.type))).toEqual(new Set(["RichTextBlock"]));
    expect(content.body.slice(2).map(({ inlines }) => inlines)).toEqual([
      [{ type: "TextRun", text: "Open", weight: "Bolder" }],
      [
        { type: "TextRun", text: "• " },
        { type: "TextRun", text: "sam", weight: "Bolder" },
      ],
      [
        { type: "TextRun", text: "• " },
        { type: "TextRun", text: "x", fontType: "Monospace" },
      ],
    ]);
    expect(content.actions).toEqual([
      { type: "Action.OpenUrl", title: "Read on", url: "https://github.com/acme/api/pull/42" },
    ]);
  });

  it("stays within what Teams takes", async () => {
    const { server, send } = await aHouse();
    await send({ type: "teams", secret: "TEAMS_URL" }, { body: `- ${"x".repeat(1_000)}\n`.repeat(1_000) });
    expect(server.last().text.length).toBeLessThan(28_000);
  });
});

describe("PagerDuty", () => {
  it("gets an event with the routing key, one incident for equal keys", async () => {
    const { server, send } = await aHouse();
    await send({ type: "pagerduty", secret: "PAGERDUTY_KEY" }, { severity: "critical", roles: ["executive"] });
    expect(server.received[0]).toMatchObject({ path: "/v2/enqueue" });
    expect(server.last().json()).toMatchObject({
      routing_key: "R0UT1NGKEY",
      event_action: "trigger",
      dedup_key: "holdpoint 7 overdue 42",
      payload: {
        summary: "A review is overdue",
        source: "acme/api",
        severity: "critical",
        timestamp: "2026-11-20T16:00:00.000Z",
        custom_details: { text: "It waits for sam.", roles: ["executive"] },
      },
      links: [{ href: "https://github.com/acme/api/pull/42" }],
    });
  });

  it("closes the incident of what is resolved", async () => {
    const { server, send } = await aHouse();
    await send({ type: "pagerduty", secret: "PAGERDUTY_KEY" }, { key: "over", resolves: "overdue 42" });
    expect(server.last().json()).toEqual({
      routing_key: "R0UT1NGKEY",
      event_action: "resolve",
      dedup_key: "holdpoint 7 overdue 42",
    });
  });

  it.each([
    ["low", "info"],
    ["medium", "warning"],
    ["high", "error"],
    ["critical", "critical"],
  ] as const)("%s is its %s", async (severity, theirs) => {
    const { server, send } = await aHouse();
    await send({ type: "pagerduty", secret: "PAGERDUTY_KEY" }, { severity, key: "k".repeat(300) });
    const { payload, dedup_key } = server.last().json<{
      payload: { severity: string };
      dedup_key: string;
    }>();
    expect([payload.severity, dedup_key.length]).toEqual([theirs, 64]);
  });
});

describe("the signed webhook", () => {
  it("says what it is about, and proves who sent it and when", async () => {
    const { server, send } = await aHouse();
    expect(await send({ type: "webhook", secret: "HOOK" })).toEqual({ kind: "sent" });
    const { headers, text, json } = server.last();
    const t = now.getTime() / 1_000;
    const v1 = createHmac("sha256", signingKey).update(`${t}.${text}`).digest("hex");
    expect(headers["x-holdpoint-signature"]).toBe(`t=${t},v1=${v1}`);
    expect(headers["idempotency-key"]).toBe("abc123");
    expect(json()).toEqual({
      id: "abc123",
      key: "overdue 42",
      resolves: null,
      severity: "high",
      roles: [],
      title: "A review is overdue",
      text: "It waits for sam.",
      markdown: "It waits for **sam**.",
      url: "https://github.com/acme/api/pull/42",
      repository: { id: 7, owner: "acme", name: "api" },
      number: 42,
      at: "2026-11-20T16:00:00.000Z",
      passed_over: [],
    });
  });

  it("sends nothing unsigned", async () => {
    const { server, send } = await aHouse();
    expect(await send({ type: "webhook", secret: "UNSIGNED" })).toEqual({
      kind: "refused",
      reason: "the secret UNSIGNED_SIGNING_KEY has no value",
    });
    expect(server.received).toEqual([]);
  });
});

describe("mail", () => {
  const from = { SMTP_FROM: "Holdpoint <holdpoint@example.com>", SMTP_RECIPIENT_DOMAINS: "example.com" };

  it("goes to those whom the policy names in the operator's domains, and those of the secret", async () => {
    const mail = await aMailServer();
    const { send } = await aHouse({
      ...from,
      SMTP_URL: mail.url.replace("//", "//holdpoint:let%2Fme%20in@"),
      SLACK_URL: "boss@elsewhere.test, ida@example.com",
    });
    expect(await send({ type: "email", to: ["ida@example.com", "sam@EXAMPLE.com"] })).toEqual({ kind: "sent" });
    expect(mail.mails).toMatchObject([
      { from: "holdpoint@example.com", to: ["boss@elsewhere.test", "ida@example.com", "sam@example.com"] },
    ]);
    const text = mail.mails[0]?.text ?? "";
    expect(text).toContain("Subject: [acme/api] A review is overdue\r\n");
    expect(text).toContain("Message-ID: <abc123@example.com>\r\n");
    expect(text).toContain("Auto-Submitted: auto-generated\r\n");
    expect(text).toContain("It waits for sam.\r\n");
    expect(text.replaceAll("=\r\n", "")).toContain("https://github.com/acme/api/pull/42");
  });

  it("has no header and no recipient by other people's words", async () => {
    const mail = await aMailServer();
    const { send } = await aHouse({ ...from, SMTP_URL: mail.url });
    await send(
      { type: "email", secret: null, to: ["ida@example.com"] },
      { title: nasty, owner: "acme\r\nBcc: eve@example.com" },
    );
    const [{ to, text } = expect.fail()] = mail.mails;
    const headers = text.slice(0, text.indexOf("\r\n\r\n"));
    expect(to).toEqual(["ida@example.com"]);
    expect(headers).not.toMatch(/^bcc:/im);
  });

  it.each([
    [
      "an address in another domain",
      ["eve@elsewhere.test"],
      /^eve@elsewhere.test is no address in a domain that the operator allows/,
    ],
    ["a domain below an allowed one", ["eve@sub.example.com"], /is no address in a domain/],
    ["an allowed domain in front of another", ["eve@example.com.test"], /is no address in a domain/],
    ["two addresses in one", ["ida@example.com,eve@elsewhere.test"], /is no address in a domain/],
    ["an address with a header behind it", ["ida@example.com\r\nBcc: eve@example.com"], /is no address in a domain/],
    ["an address with a name", ["Eve <ida@example.com>"], /is no address in a domain/],
    ["nobody", [], /^it names nobody$/],
  ])("refuses %s", async (_name, to, reason) => {
    const mail = await aMailServer();
    const { send } = await aHouse({ ...from, SMTP_URL: mail.url });
    expect(await send({ type: "email", secret: null, to })).toEqual({
      kind: "refused",
      reason: expect.stringMatching(reason),
    });
    expect(mail.mails).toEqual([]);
  });

  it("refuses where the operator has no mail server", async () => {
    const { send } = await aHouse();
    expect(await send({ type: "email", secret: null, to: ["ida@example.com"] })).toMatchObject({ kind: "refused" });
  });

  it.each([
    ["a full mailbox", { responseCode: 452 }, { kind: "failed", reason: "the mail server answers with 452" }],
    ["nobody of that name", { responseCode: 550 }, { kind: "refused", reason: "the mail server answers with 550" }],
  ])("tells %s by its number, not by the words of the server", async (_name, answer, expected) => {
    const mail = await aMailServer({
      onRcptTo: ({ address }, _, done) => done(Object.assign(new Error(`${address} secret words`), answer)),
    });
    const { send } = await aHouse({ ...from, SMTP_URL: mail.url });
    expect(await send({ type: "email", secret: null, to: ["ida@example.com"] })).toEqual(expected);
  });

  it("tells a sign-in that is not accepted, and nothing of it", async () => {
    const mail = await aMailServer();
    const { send } = await aHouse({ ...from, SMTP_URL: mail.url.replace("//", "//holdpoint:canary@") });
    expect(await send({ type: "email", secret: null, to: ["ida@example.com"] })).toEqual({
      kind: "refused",
      reason: "the mail server does not accept the sign-in",
    });
  });

  it("is encrypted, or is not sent: a server without TLS is refused unless it is this machine's, in tests", async () => {
    const mail = await aMailServer();
    const { settings } = await aHouse({ ...from, SMTP_URL: mail.url });
    const strict = createChannels({ ...settings, allowsLoopback: false }, { now: () => now });
    const message = outgoing({ type: "email", secret: null, to: ["ida@example.com"] });
    expect(await strict.send(message, new AbortController().signal)).toMatchObject({ kind: "refused" });
    expect(mail.mails).toEqual([]);
  });

  it("gives up on a server that says nothing", async () => {
    const mail = await aMailServer({ onConnect: () => {} });
    const { channels } = await aHouse({ ...from, SMTP_URL: mail.url });
    const stopping = new AbortController();
    const sending = channels.send(outgoing({ type: "email", secret: null, to: ["ida@example.com"] }), stopping.signal);
    stopping.abort(new Error("Holdpoint is stopping"));
    await expect(sending).rejects.toThrow("Holdpoint is stopping");
  });
});

describe("what an answer means", () => {
  it.each([
    [200, {}, { kind: "sent" }],
    [202, {}, { kind: "sent" }],
    [302, { location: "https://elsewhere.test" }, { kind: "refused", reason: "it answers with a redirect" }],
    [400, {}, { kind: "refused", reason: "it answers with status 400" }],
    [404, {}, { kind: "refused", reason: "it answers with status 404" }],
    [410, {}, { kind: "refused", reason: "it answers with status 410" }],
    [408, {}, { kind: "failed", reason: "it answers with status 408", retryAt: null }],
    [500, {}, { kind: "failed", reason: "it answers with status 500", retryAt: null }],
    [
      429,
      { "retry-after": "30" },
      { kind: "failed", reason: "it answers with status 429", retryAt: new Date("2026-11-20T16:00:30Z") },
    ],
    [
      503,
      { "retry-after": "Fri, 20 Nov 2026 16:02:00 GMT" },
      { kind: "failed", reason: "it answers with status 503", retryAt: new Date("2026-11-20T16:02:00Z") },
    ],
    [429, { "retry-after": "soon" }, { kind: "failed", reason: "it answers with status 429", retryAt: null }],
    [
      429,
      { "retry-after": "99999999999" },
      { kind: "failed", reason: "it answers with status 429", retryAt: new Date("2026-11-21T16:00:00Z") },
    ],
  ])("%i %o → %o", async (status, headers, expected) => {
    const { server, send } = await aHouse();
    server.answer = withStatus(status, headers as Record<string, string>);
    expect(await send({ type: "slack" })).toEqual(expected);
  });

  it("an answer that is cut off may pass", async () => {
    const { server, send } = await aHouse();
    server.answer = (_, response) => response.destroy();
    expect(await send({ type: "slack" })).toEqual({
      kind: "failed",
      reason: "it could not be reached: ECONNRESET (secret SLACK_URL)",
    });
  });

  it("no answer within five seconds may pass", async () => {
    const { server, send } = await aHouse();
    server.answer = () => {};
    expect(await send({ type: "slack" })).toEqual({ kind: "failed", reason: "it gave no answer within 5 seconds" });
  });
});

describe("whose secrets they are", () => {
  it.each([
    ["one that is not listed", "HOME", /^the operator offers acme no secret HOME$/],
    ["one of another owner", "THEIRS", /^the operator offers acme no secret THEIRS$/],
    ["a signing key", "HOOK_SIGNING_KEY", /^the operator offers acme no secret HOOK_SIGNING_KEY$/],
    ["one without a value", "EMPTY", /^the secret EMPTY has no value$/],
    ["none", null, /^the policy names no secret for it$/],
  ])("%s cannot be used", async (_name, secret, reason) => {
    const { server, send } = await aHouse();
    expect(await send({ type: "slack", secret })).toEqual({ kind: "refused", reason: expect.stringMatching(reason) });
    expect(server.received).toEqual([]);
  });

  it("one of this owner can, however its name is written", async () => {
    const { server, send } = await aHouse();
    expect(await send({ type: "slack", secret: "OURS" }, { owner: "ACME" })).toEqual({ kind: "sent" });
    expect(await send({ type: "slack", secret: "OURS" }, { owner: "zeta" })).toMatchObject({ kind: "refused" });
    expect(await send({ type: "slack", secret: "THEIRS" }, { owner: "zeta" })).toEqual({ kind: "sent" });
    expect(server.received.map(({ path }) => path)).toEqual(["/ours", "/theirs"]);
  });

  it("a channel that the policy does not declare has no way", async () => {
    const { send } = await aHouse();
    expect(await send({ type: "unknown" })).toMatchObject({ kind: "refused" });
  });
});

describe("a secret's value", () => {
  const canary = "canary-5f1d";

  it.each([
    ["a host that is not there", `https://${canary}.invalid/x`],
    ["a port that nobody listens on", `http://127.0.0.1:1/${canary}`],
    ["an address with a password", `https://me:${canary}@example.com/`],
    ["an inner address", `https://10.0.0.1/${canary}`],
    ["no address", canary],
    ["a header in the address", `http://127.0.0.1:1/\r\nx: ${canary}`],
    ["a broken address", `https://[${canary}`],
  ])("is told nowhere: %s", async (_name, value) => {
    const { settings } = await aHouse({ SLACK_URL: value });
    const lookup = (_: string, __: unknown, done: (error: Error, addresses: []) => void) =>
      done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${canary}`), { code: "ENOTFOUND", hostname: canary }), []);
    const channels = createChannels(settings, { now: () => now, lookup: lookup as never });
    for (const type of ["slack", "teams", "webhook", "email"] as const) {
      const outcome = await channels.send(outgoing({ type, to: [] }), new AbortController().signal);
      expect(outcome.kind).toMatch(/refused|failed/);
      expect(JSON.stringify(outcome)).not.toContain(canary);
    }
  });
});

/** Messages on their way: the real App, real servers in the place of chats, pagers and mail, the simulated GitHub, a clock that is moved. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Message } from "../../src/core/notifications/message.ts";
import type { Policy, PolicyInput } from "../../src/core/policy/schema.ts";
import { policySchema } from "../../src/core/policy/schema.ts";
import { tell } from "../../src/handlers/tell.ts";
import { serveProcess, startAppProcess } from "../support/app-process.ts";
import { aPerson } from "../support/builders.ts";
import {
  aChannelServer,
  aMailServer,
  type ChannelServer,
  channelSettings,
  withStatus,
} from "../support/channel-servers.ts";
import { openStoreOn } from "../support/database.ts";
import { aFreePort } from "../support/free-port.ts";
import { environmentFor, type StageOptions, setStage, startTestApp, webhookUrlOf } from "../support/holdpoint.ts";
import { aMessage } from "../support/messages.ts";
import { silentLog } from "../support/silent-log.ts";
import { until } from "../support/until.ts";

const channels: NonNullable<NonNullable<PolicyInput["notifications"]>["channels"]> = {
  leads: { type: "slack", secret: "SLACK_URL" },
  room: { type: "teams", secret: "TEAMS_URL" },
  pager: { type: "pagerduty", secret: "PAGERDUTY_KEY" },
  hook: { type: "webhook", secret: "HOOK" },
  mail: { type: "email", to: ["ida@example.com"] },
  nowhere: { type: "slack", secret: "NEVER_SET" },
};

/** Every channel of {@link channels} on servers of this machine; the environment that a process of its own would need. */
async function aNeighbourhood() {
  const [server, mail] = await Promise.all([aChannelServer(), aMailServer()]);
  const environment = {
    CHANNEL_SECRETS: "SLACK_URL,TEAMS_URL,PAGERDUTY_KEY,HOOK,NEVER_SET",
    SLACK_URL: server.url("/slack"),
    TEAMS_URL: server.url("/teams"),
    HOOK: server.url("/hook"),
    HOOK_SIGNING_KEY: "0123456789abcdef0123456789abcdef",
    PAGERDUTY_KEY: "canary",
    PAGERDUTY_EVENTS_URL: server.url("/pager"),
    SMTP_URL: mail.url,
    SMTP_FROM: "holdpoint@example.com",
    SMTP_RECIPIENT_DOMAINS: "example.com",
  };
  return { server, mail, environment };
}

async function aTown(options: StageOptions = {}) {
  const { server, mail, environment } = await aNeighbourhood();
  const stage = await setStage({ channels: channelSettings(environment), ...options });
  const store = await openStoreOn(stage.database, { now: stage.clock.now });
  const { number } = stage.github.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
  await stage.settle();
  const policyOf = (notifications: object = {}): Policy =>
    policySchema.parse({ notifications: { channels, ...notifications } });
  return {
    ...stage,
    server,
    mail,
    environment,
    store,
    number,
    tell(message: Partial<Message>, notifications?: object): Promise<void> {
      const [installation] = stage.github.world.installations.values();
      const where = { installationId: installation?.id ?? 0, repositoryId: stage.api.id, about: { number } };
      const whole = aMessage({ ...where, at: stage.clock.now(), ...message });
      return tell(whole, policyOf(notifications), {
        messages: store.messages,
        clock: stage.clock,
        log: silentLog as never,
      });
    },
    comments: () => (stage.api.issues.get(number)?.comments ?? []).map(({ body }) => body),
    states: async () => {
      const rows = await stage.database.query<{ channel: string; state: string }>(
        "select channel, state from messages order by id",
      );
      return rows.map(({ channel, state }) => `${channel}: ${state}`);
    },
    passSeconds: (seconds: number) => stage.pass(seconds / 3_600),
  };
}

function pathsOf({ received }: ChannelServer): string[] {
  return received.map(({ path }) => path).sort();
}

it("a message goes out over every channel that is meant, once, however often it is told", async () => {
  const { tell, settle, server, mail, comments, states, clock } = await aTown();
  const routes = [{ severity: "high", to: ["leads", "room", "pager", "hook", "mail", "github"] }];
  const message = { people: [aPerson("sam")], at: clock.now() };
  await Promise.all([tell(message, { routes }), tell(message, { routes })]);
  await settle();
  await tell(message, { routes });
  await settle();
  expect(pathsOf(server)).toEqual(["/hook", "/pager", "/slack", "/teams"]);
  expect(mail.mails).toMatchObject([{ to: ["ida@example.com"] }]);
  expect(comments()).toEqual([
    expect.stringMatching(/^\*\*A review is overdue\*\*\n.*For @sam\.\n\n<!-- holdpoint:message:\w+ -->\n$/s),
  ]);
  expect(await states()).toEqual(["leads", "room", "pager", "hook", "mail", "github"].map((name) => `${name}: sent`));
});

describe("a channel that fails", () => {
  it("answers 500 for an hour: nothing is lost, nothing comes twice, and no other channel waits", async () => {
    const { tell, settle, server, states, passSeconds } = await aTown();
    server.answer = (request, response) => withStatus(request.path === "/slack" ? 500 : 200)(request, response);
    const routes = [
      { severity: "high", to: "leads" },
      { severity: "high", to: "hook" },
    ];
    for (const key of ["a", "b", "c"]) await tell({ key, about: null }, { routes });
    await settle();
    expect(server.received.filter(({ path }) => path === "/hook")).toHaveLength(3);
    for (let minute = 0; minute < 60; minute += 5) {
      passSeconds(300);
      await settle();
    }
    expect(await states()).toEqual([
      "leads: waiting",
      "hook: sent",
      "leads: waiting",
      "hook: sent",
      "leads: waiting",
      "hook: sent",
    ]);
    const triedAt500 = server.received.filter(({ path }) => path === "/slack").length;
    expect(triedAt500).toBeLessThanOrEqual(3 * 6);
    server.answer = withStatus(200);
    for (const seconds of [7_200, 10]) {
      passSeconds(seconds);
      await settle(); // Two at a time; the third one has its turn a moment later.
    }
    expect(server.received.filter(({ path }) => path === "/slack")).toHaveLength(triedAt500 + 3);
    expect(new Set(await states())).toEqual(new Set(["leads: sent", "hook: sent"]));
  });

  it("fails three times: the next one gets the message, with the reason", async () => {
    const { tell, settle, server, comments, states, passSeconds } = await aTown();
    server.answer = withStatus(503);
    await tell({ channels: ["leads"] });
    for (const seconds of [0, 11, 61]) {
      passSeconds(seconds);
      await settle();
    }
    expect(server.received).toHaveLength(3);
    expect(comments()).toEqual([
      expect.stringContaining(
        "The channel `leads` did not take this message (it answers with status 503), so it is told here.",
      ),
    ]);
    expect(await states()).toEqual(["leads: passed_on", "github: sent"]);
  });

  it("has no secret, is not there or is not declared: the message falls through all of them at once", async () => {
    const { tell, settle, server, comments, states, database } = await aTown();
    server.answer = withStatus(404);
    await tell({ channels: ["unknown", "nowhere", "pager"] });
    await settle();
    expect(new Set(await states())).toEqual(
      new Set(["unknown: passed_on", "nowhere: passed_on", "pager: passed_on", "github: sent"]),
    );
    expect(comments().length).toBeLessThanOrEqual(2); // One; a second where a note came while the first was written.
    const told = comments().join("\n");
    expect(told).toContain("the policy declares no channel of that name");
    expect(told).toContain("the secret NEVER_SET has no value");
    expect(told).toContain("it answers with status 404");
    const kept = await database.query("select row_to_json(m)::text as text from messages m");
    expect(JSON.stringify(kept)).not.toContain("canary");
  });

  it("asks for patience: it is not tried before, and nothing is counted against it", async () => {
    const { tell, settle, server, states, passSeconds } = await aTown();
    server.answer = withStatus(429, { "retry-after": "120" });
    await tell({ channels: ["leads"] });
    await settle();
    passSeconds(110);
    await tell({ key: "another", channels: ["leads"] });
    await settle();
    expect(server.received).toHaveLength(1);
    server.answer = withStatus(200);
    passSeconds(20);
    await settle();
    expect(server.received).toHaveLength(3);
    expect(await states()).toEqual(["leads: sent", "leads: sent"]);
  });

  it("takes nothing for a day, and there is no other: the ledger says so", async () => {
    const { tell, settle, server, states, store, api, passSeconds } = await aTown();
    server.answer = withStatus(500);
    await tell({ channels: ["leads"], about: null });
    for (let tries = 0; tries < 12; tries += 1) {
      await settle();
      passSeconds(7_200);
    }
    await settle();
    expect(await states()).toEqual(["leads: undelivered"]);
    const entries = await store.ledger.list({ repositoryId: api.id, kind: "message_undelivered" });
    expect(entries.map(({ data }) => data)).toEqual([
      {
        key: "overdue 42",
        severity: "high",
        title: "A review is overdue",
        body: "It waits for **sam**.",
        channel: "leads",
        reason: "it answers with status 500",
      },
    ]);
  });

  it("is GitHub, which took the comment and lost the answer: there is one comment", async () => {
    const { tell, settle, github, number, comments, states, passSeconds } = await aTown();
    const path = `/repos/acme/api/issues/${number}/comments`;
    github.faults.failNext({ method: "POST", path }, { kind: "lose_answer" });
    await tell({});
    await settle();
    expect(await states()).toEqual(["github: waiting"]);
    github.as("bob").comment(number, comments()[0] ?? "");
    passSeconds(11);
    await settle();
    expect(comments()).toHaveLength(2);
    expect(await states()).toEqual(["github: sent"]);
  });

  it("is GitHub, where somebody else wrote down the marker: that is no comment of ours", async () => {
    const { tell, settle, github, number, comments, passSeconds } = await aTown();
    const path = `/repos/acme/api/issues/${number}/comments`;
    await tell({ key: "first" });
    await settle();
    const forged = comments()[0] ?? "";
    github.faults.failNext({ method: "POST", path }, { kind: "answer", status: 502 });
    await tell({ key: "second" });
    await settle();
    github.as("bob").comment(number, forged);
    passSeconds(11);
    await settle();
    expect(comments()).toHaveLength(3);
  });
});

describe("time", () => {
  it("has messages of the quiet hours wait for their end, and lets pass what is excepted", async () => {
    const { tell, settle, server, pass, clock } = await aTown();
    const hour = (shift: number) => new Date(clock.now().getTime() + shift * 3_600_000).toISOString().slice(11, 16);
    const quiet_hours = { from: hour(-1), to: hour(3), except: ["critical"] };
    await tell({ key: "a", channels: ["leads"] }, { quiet_hours });
    await tell({ key: "b", channels: ["room"], severity: "critical" }, { quiet_hours });
    await settle();
    expect(pathsOf(server)).toEqual(["/teams"]);
    pass(2.9);
    await settle();
    expect(pathsOf(server)).toEqual(["/teams"]);
    pass(0.1);
    await settle();
    expect(pathsOf(server)).toEqual(["/slack", "/teams"]);
  });

  it("gathers what is for the summary into one message a day", async () => {
    const { tell, settle, server, mail, states, pass, clock } = await aTown();
    const at = new Date(clock.now().getTime() + 3_600_000).toISOString().slice(11, 16);
    const rest = { routes: [{ severity: "low", to: "digest" }], digest: { at, to: ["mail", "leads"] } };
    for (const key of ["a", "b", "c"]) await tell({ key, title: `Message ${key}`, severity: "low" }, rest);
    await settle();
    expect([server.received, mail.mails]).toEqual([[], []]);
    pass(1);
    await settle();
    await tell({ key: "a", title: "Message a", severity: "low" }, rest);
    await tell({ key: "d", title: "Message d", severity: "low" }, rest);
    await settle();
    expect(server.received).toHaveLength(1);
    for (const title of ["Message a", "Message b", "Message c"]) expect(server.last().text).toContain(title);
    expect(mail.mails).toHaveLength(1);
    pass(24);
    await settle();
    expect(server.received).toHaveLength(2);
    expect(server.last().text).toContain("1 message for acme/api");
    expect(server.last().text).toContain("Message d");
    expect((await states()).filter((state) => state === "digest: in_digest")).toHaveLength(4);
  });

  it("keeps the summary in the ledger where it has no channel", async () => {
    const { tell, settle, store, api, pass, comments } = await aTown();
    const routes = [{ severity: "low", to: "digest" }];
    await tell({ title: "Message a", severity: "low" }, { routes, digest: { to: ["github"] } });
    pass(25);
    await settle();
    expect(comments()).toEqual([]);
    const entries = await store.ledger.list({ repositoryId: api.id, kind: "message_digest" });
    expect(entries).toMatchObject([{ data: { body: expect.stringContaining("Message a") } }]);
  });

  it("has a pager close what it opened, and lets it know nothing of what was over before", async () => {
    const { tell, settle, server, states, passSeconds } = await aTown();
    await tell({ key: "stuck", channels: ["pager"], about: null });
    await settle();
    server.answer = withStatus(500);
    await tell({ key: "late", channels: ["pager"], about: null });
    await settle();
    server.answer = withStatus(202);
    await tell({ key: "stuck over", resolves: "stuck", channels: ["pager"], about: null });
    await tell({ key: "late over", resolves: "late", channels: ["pager"], about: null });
    passSeconds(60);
    await settle();
    const events = server.received.map(({ json }) => json<{ event_action: string; dedup_key: string }>());
    expect(events.map(({ event_action, dedup_key }) => `${event_action} ${dedup_key.split(" ")[2]}`)).toEqual([
      "trigger stuck",
      "trigger late",
      "resolve stuck",
      "resolve late",
    ]);
    expect(await states()).toEqual(["pager: sent", "pager: dropped", "pager: sent", "pager: sent"]);
  });
});

it("the log warns of a secret without a value, and neither it nor the database ever holds one that has a value", async () => {
  const { environment } = await aNeighbourhood();
  const stage = await setStage({ isWithoutApp: true });
  const canaries = {
    SLACK_URL: "http://127.0.0.1:1/canary-path",
    TEAMS_URL: "https://canary-host.invalid/",
    PAGERDUTY_KEY: "canary-key",
    SMTP_URL: "smtp://canary-user:canary-pass@127.0.0.1:1",
    PAGERDUTY_EVENTS_URL: "http://127.0.0.1:1/",
  };
  const { said } = await startAppProcess({
    ...environmentFor(stage.settings),
    ...environment,
    ...canaries,
    CHANNELS_ALLOW_LOOPBACK: "1",
    LOG_LEVEL: "trace",
  });
  await until(() => said().includes("Holdpoint is ready"));
  expect(said()).toContain("A secret is listed in CHANNEL_SECRETS and has no value");
  expect(said()).toContain('"secret":"NEVER_SET"');
  const store = await openStoreOn(stage.database);
  const message = aMessage({ about: null, at: new Date() });
  const ports = { messages: store.messages, clock: stage.clock, log: silentLog as never };
  for (const name of ["leads", "room", "pager", "mail"]) {
    const policy = policySchema.parse({ notifications: { channels } });
    await tell({ ...message, key: name, channels: [name] }, policy, ports);
  }
  await until(() => said().split("it is tried again").length === 5);
  const tables = ["messages", "jobs", "ledger"].map((table) =>
    stage.database.query(`select row_to_json(t)::text as text from ${table} t`),
  );
  expect(JSON.stringify(await Promise.all(tables))).not.toContain("canary");
  expect(said()).not.toContain("canary");
});

describe("nothing is lost or doubled", () => {
  it("killed between the sending and its recording, it sends again under the same key", async () => {
    const { server, environment } = await aNeighbourhood();
    const stage = await setStage({ isWithoutApp: true, channels: channelSettings(environment) });
    const port = await aFreePort();
    const more = { ...environment, CHANNELS_ALLOW_LOOPBACK: "1" };
    const first = await serveProcess(stage, port, more);
    stage.install(webhookUrlOf(first));
    const store = await openStoreOn(stage.database);
    server.answer = () => {}; // It has the message, and its answer never comes.
    const policy = policySchema.parse({ notifications: { channels } });
    const message = aMessage({ channels: ["hook"], about: null, at: new Date() });
    await tell(message, policy, { messages: store.messages, clock: stage.clock, log: silentLog as never });
    await until(() => server.received.length === 1);
    await first.kill("SIGKILL");
    server.answer = withStatus(200);
    await stage.database.query("update jobs set lease_until = clock_timestamp() where lease_until is not null");
    const second = await serveProcess(stage, port, more);
    await until(async () => {
      const [row] = await stage.database.query<{ state: string }>("select state from messages");
      return row?.state === "sent";
    });
    const keys = server.received.map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(await second.kill("SIGTERM")).toBe(0);
  }, 120_000);

  it("with two processes and channels that fail as they please, every message is taken once by some channel", async () => {
    const town = await aTown();
    const { tell, settle, server, settings, clock, states, passSeconds, comments } = town;
    await startTestApp(settings, false, clock);
    const luck = fc.sample(fc.constantFrom(200, 200, 500, 429, 404), { numRuns: 400, seed: 4 });
    const taken: string[] = [];
    server.answer = (request, response) => {
      const status = luck.pop() ?? 200;
      const { id } = request.json<{ id: string }>();
      if (status === 200) taken.push(id);
      withStatus(status, status === 429 ? { "retry-after": "5" } : {})(request, response);
    };
    const keys = Array.from({ length: 40 }, (_, i) => `message ${i}`);
    const named = (key: string) => ({ key, title: key, channels: ["hook"] });
    await Promise.all([...keys, ...keys].map((key) => tell(named(key))));
    for (let round = 0; round < 40; round += 1) {
      await settle();
      passSeconds(round < 30 ? 15 : 120);
    }
    await settle();
    expect((await states()).filter((state) => /waiting|undelivered/.test(state))).toEqual([]);
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken.length + comments().length).toBe(keys.length);
    for (const key of keys) {
      const hooked = server.received
        .filter(({ json }) => json<{ key: string }>().key === key)
        .map(({ json }) => json<{ id: string }>().id);
      const isHooked = hooked.some((id) => taken.includes(id));
      expect([key, isHooked !== comments().some((body) => body.startsWith(`**${key}**`))]).toEqual([key, true]);
    }
  }, 120_000);
});

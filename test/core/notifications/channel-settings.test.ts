import { describe, expect, it } from "vitest";
import { readChannelSettings } from "../../../src/core/notifications/channel-settings.ts";

const smtp = { SMTP_URL: "smtps://me:pass@mail.example.com", SMTP_FROM: "Holdpoint <holdpoint@example.com>" };

describe("readChannelSettings", () => {
  it("offers what is listed and nothing else of the environment", () => {
    const { settings, problems } = readChannelSettings({
      CHANNEL_SECRETS: "SLACK_LEADS_URL, Acme:PAGERDUTY_KEY,HOOK,",
      SLACK_LEADS_URL: " https://hooks.slack.com/services/a ",
      PAGERDUTY_KEY: "key",
      HOOK: "",
      HOOK_SIGNING_KEY: "k".repeat(32),
      ANOTHER: "of somebody else",
    });
    expect(problems).toEqual([]);
    expect(settings.secrets).toEqual([
      { name: "SLACK_LEADS_URL", owner: null, value: "https://hooks.slack.com/services/a", signingKey: null },
      { name: "PAGERDUTY_KEY", owner: "acme", value: "key", signingKey: null },
      { name: "HOOK", owner: null, value: null, signingKey: "k".repeat(32) },
    ]);
    expect(JSON.stringify(settings)).not.toContain("somebody else");
  });

  it("is empty where nothing is set", () => {
    const { settings, problems } = readChannelSettings({});
    expect([settings.secrets, settings.smtp, settings.allowsLoopback, problems]).toEqual([[], null, false, []]);
    expect(settings.pagerdutyUrl).toBe("https://events.pagerduty.com/v2/enqueue");
  });

  it.each([
    "PRIVATE_KEY",
    "PRIVATE_KEY_PATH",
    "WEBHOOK_SECRET",
    "DATABASE_URL",
    "SMTP_URL",
    "SESSION_SECRET",
    "GITHUB_CLIENT_SECRET",
  ])("never offers %s, whatever the list says", (name) => {
    const { settings, problems } = readChannelSettings({ CHANNEL_SECRETS: name, [name]: "value" });
    expect(settings.secrets).toEqual([]);
    expect(problems).toEqual(expect.arrayContaining([`CHANNEL_SECRETS lists ${name}, which is Holdpoint's own`]));
  });

  it.each([
    [
      "a name that is none",
      { CHANNEL_SECRETS: "slack-url" },
      'CHANNEL_SECRETS has "slack-url", which is neither NAME nor owner:NAME',
    ],
    [
      "a signing key that can be guessed",
      { CHANNEL_SECRETS: "HOOK", HOOK: "https://x.test", HOOK_SIGNING_KEY: "short" },
      "HOOK_SIGNING_KEY is shorter than 32 characters: make one with `openssl rand -hex 32`",
    ],
    [
      "a mail server without a sender",
      { SMTP_URL: smtp.SMTP_URL },
      "SMTP_FROM is missing: set it to the sender of messages, such as Holdpoint <holdpoint@example.com>",
    ],
    [
      "a sender with another header",
      { ...smtp, SMTP_FROM: "a@example.com\nBcc: b@example.com" },
      "SMTP_FROM is missing: set it to the sender of messages, such as Holdpoint <holdpoint@example.com>",
    ],
    [
      "a mail server that is no address",
      { ...smtp, SMTP_URL: "https://mail.example.com" },
      "SMTP_URL is not an address such as smtps://user:password@host:465",
    ],
    [
      "a pager without TLS",
      { PAGERDUTY_EVENTS_URL: "http://events.example.com" },
      "PAGERDUTY_EVENTS_URL is not an https address",
    ],
    [
      "the test switch on a server that others reach",
      { CHANNELS_ALLOW_LOOPBACK: "1" },
      "CHANNELS_ALLOW_LOOPBACK is for tests: it needs HOST=127.0.0.1, ::1 or localhost",
    ],
    [
      "the test switch beside a public host",
      { CHANNELS_ALLOW_LOOPBACK: "1", HOST: "0.0.0.0" },
      "CHANNELS_ALLOW_LOOPBACK is for tests: it needs HOST=127.0.0.1, ::1 or localhost",
    ],
  ])("%s is told in a sentence", (_name, env, problem) => {
    expect(readChannelSettings(env).problems).toEqual([problem]);
  });

  it("takes the test switch where only this machine is listened to", () => {
    const { settings, problems } = readChannelSettings({ CHANNELS_ALLOW_LOOPBACK: "1", HOST: "127.0.0.1" });
    expect([settings.allowsLoopback, problems]).toEqual([true, []]);
  });

  it("reads the mail server, with the domains that policies may write to", () => {
    const { settings } = readChannelSettings({ ...smtp, SMTP_RECIPIENT_DOMAINS: "Example.com, @example.org" });
    expect(settings.smtp).toEqual({
      url: smtp.SMTP_URL,
      from: smtp.SMTP_FROM,
      recipientDomains: ["example.com", "example.org"],
    });
  });
});

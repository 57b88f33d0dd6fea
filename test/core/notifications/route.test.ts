import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Delivery } from "../../../src/core/notifications/delivery.ts";
import { type Message, severities } from "../../../src/core/notifications/message.ts";
import { route, routeDigest } from "../../../src/core/notifications/route.ts";
import { type Notifications, notificationsSchema } from "../../../src/core/policy/blocks/notifications.ts";
import { aMessage, aTarget } from "../../support/messages.ts";

const noon = new Date("2026-11-20T12:00:00Z");
const night = new Date("2026-11-20T22:00:00Z");

const channels = {
  leads: { type: "slack", secret: "SLACK_URL" },
  pager: { type: "pagerduty", secret: "PAGERDUTY_KEY" },
  mail: { type: "email", to: ["ida@example.com"] },
  thread: { type: "github" },
} as const;

function notifications(rest: object): Notifications {
  return notificationsSchema.parse({ channels, ...rest });
}

/** `pager > leads > github`: the channel and what stands behind it. */
function ways(deliveries: readonly Delivery[]): string[] {
  return deliveries.map(({ target, fallbacks }) => [target, ...fallbacks].map(({ channel }) => channel).join(" > "));
}

const routes = [
  { severity: "critical", to: ["pager", "leads"] },
  { severity: "critical", roles: ["security_team"], to: "mail" },
  { severity: "high", roles: ["technical_lead", "executive"], to: ["leads", "mail"] },
  { severity: "low", to: "digest" },
];

describe("route", () => {
  it.each<[string, Partial<Message>, string[]]>([
    [
      "by severity, each channel with the next behind it",
      { severity: "critical" },
      ["pager > leads > github", "leads > github"],
    ],
    [
      "all routes that fit, where a role fits too",
      { severity: "critical", roles: ["peer", "security_team"] },
      ["pager > leads > github", "leads > github", "mail > github"],
    ],
    ["no route for the severity", { severity: "medium" }, ["github"]],
    ["a route for roles, and a message for nobody in particular", { severity: "high" }, ["github"]],
    ["a route for roles, and another role", { severity: "high", roles: ["peer"] }, ["github"]],
    ["one of several roles", { severity: "high", roles: ["executive"] }, ["leads > mail > github", "mail > github"]],
    ["the summary stands alone", { severity: "low" }, ["digest"]],
    ["what the sender names, too", { severity: "low", channels: ["leads"] }, ["leads > github", "digest"]],
    [
      "a channel that is meant twice gets it once, with all that stands behind it",
      { severity: "critical", channels: ["leads", "mail"] },
      ["leads > mail > github", "mail > github", "pager > leads > github"],
    ],
    [
      "a name that is not declared, with what stands behind it",
      { channels: ["nobody", "leads"] },
      ["nobody > leads > github", "leads > github"],
    ],
    ["the comment by its own name", { channels: ["github", "leads"] }, ["github > leads", "leads > github"]],
    ["a declared channel of the same kind", { channels: ["thread"] }, ["thread"]],
    ["nothing on GitHub to comment on", { severity: "critical", about: null }, ["pager > leads", "leads"]],
    ["nothing on GitHub to comment on, and only the comment meant", { channels: ["github"], about: null }, []],
    ["nowhere to write", { severity: "medium", about: null }, []],
    [
      "names that every object has",
      { channels: ["constructor", "toString"] },
      ["constructor > toString > github", "toString > github"],
    ],
  ])("%s", (_name, message, expected) => {
    expect(ways(route(notifications({ routes }), aMessage(message), noon))).toEqual(expected);
  });

  it("uses nothing but the comment where the policy has no notifications", () => {
    const message = aMessage({ severity: "critical", channels: ["leads", "digest"] });
    expect(ways(route(undefined, message, night))).toEqual(["github"]);
    expect(route(undefined, { ...message, about: null }, night)).toEqual([]);
  });

  it("says what the channel needs, under keys that differ by channel", () => {
    const [pager, leads] = route(notifications({ routes }), aMessage({ severity: "critical" }), noon);
    expect(pager).toMatchObject({
      key: "overdue 42 pager",
      target: { channel: "pager", type: "pagerduty", secret: "PAGERDUTY_KEY", to: [] },
      notBefore: null,
      isDigest: false,
      notes: [],
    });
    expect(leads?.key).toBe("overdue 42 leads");
  });

  it("takes a name that is not declared for a channel that takes nothing", () => {
    const [unknown] = route(notifications({}), aMessage({ channels: ["nobody"] }), noon);
    expect(unknown?.target).toEqual({ channel: "nobody", type: "unknown", secret: null, to: [] });
  });

  it("has messages of the night wait, and the summary keep its own time", () => {
    const quiet_hours = { from: "20:00", to: "08:00", except: ["critical"] };
    const at = (severity: Message["severity"]) =>
      route(notifications({ routes, quiet_hours, digest: { at: "07:00" } }), aMessage({ severity }), night)[0]
        ?.notBefore;
    expect(at("critical")).toBeNull();
    expect(at("medium")).toEqual(new Date("2026-11-21T08:00:00Z"));
    expect(at("low")).toEqual(new Date("2026-11-21T07:00:00Z"));
  });

  it("has the summary remember where it goes", () => {
    const digest = { to: ["mail", "leads"] };
    const [delivery] = route(notifications({ routes, digest }), aMessage({ severity: "low" }), noon);
    expect(delivery).toMatchObject({ isDigest: true, fallbacks: [{ channel: "mail" }, { channel: "leads" }] });
  });

  it("gives each channel a message once at most, and never takes it for its own way out", () => {
    const names = fc.array(fc.constantFrom("leads", "pager", "mail", "thread", "github", "digest", "nobody"), {
      minLength: 1,
    });
    const aRoute = fc.record({ severity: fc.constantFrom(...severities), to: names });
    fc.assert(
      fc.property(
        fc.array(aRoute),
        names,
        fc.constantFrom(...severities),
        fc.boolean(),
        (some, named, severity, isAbout) => {
          const message = aMessage({ severity, channels: named, about: isAbout ? { number: 1 } : null });
          const deliveries = route(notifications({ routes: some }), message, noon);
          const targets = deliveries.map(({ target }) => target.channel);
          expect(new Set(targets).size).toBe(targets.length);
          expect(new Set(deliveries.map(({ key }) => key)).size).toBe(targets.length);
          if (isAbout) expect(targets.length).toBeGreaterThan(0);
          const meant = [...named, ...some.filter((one) => one.severity === severity).flatMap(({ to }) => to)];
          const possible = meant.filter((name) => isAbout || !["github", "thread"].includes(name));
          expect(new Set(targets)).toEqual(new Set(possible.length > 0 || !isAbout ? possible : ["github"]));
          for (const { target, fallbacks, isDigest } of deliveries) {
            if (isDigest) continue;
            const behind = fallbacks.map(({ channel }) => channel);
            expect(behind).not.toContain(target.channel);
            expect(behind).not.toContain("digest");
            expect(new Set(behind).size).toBe(behind.length);
          }
        },
      ),
    );
  });
});

describe("routeDigest", () => {
  const summary = aMessage({ key: "digest 9", about: null });

  it("goes to all of its channels, each with the next behind it", () => {
    const targets = [aTarget("leads"), aTarget("mail", { type: "email" })];
    expect(ways(routeDigest(targets, summary))).toEqual(["leads > mail", "mail"]);
  });

  it("has nowhere to write on GitHub", () => {
    expect(routeDigest([aTarget("github", { type: "github", secret: null })], summary)).toEqual([]);
    expect(routeDigest([], summary)).toEqual([]);
  });
});

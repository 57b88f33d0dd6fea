import { describe, expect, it } from "vitest";
import { decide } from "../../../src/core/gate/decide.ts";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import { explain } from "../../../src/core/report/explain.ts";
import { renderCheck } from "../../../src/core/report/render-check.ts";
import { renderSticky } from "../../../src/core/report/sticky-comment.ts";
import type { Telling } from "../../../src/core/report/telling.ts";
import { verdictJson } from "../../../src/core/report/verdict-json.ts";
import { aClassification, aFinding, aPerson, aReview, now } from "../../support/builders.ts";
import {
  aBypassCommand,
  aGrant,
  aLabel,
  anEmergency,
  aReason,
  type Emergency,
  emergency,
  minutesAgo,
  withEmergency,
} from "../../support/bypass.ts";

function told(given: Emergency) {
  const input = anEmergency(given);
  const verdict = decide(input);
  const { document, snapshot } = input;
  const telling: Telling = {
    document,
    snapshot,
    now: input.now,
    policyUrl: () => null,
    codeUrl: () => null,
    ruleUrl: () => null,
  };
  const urls = { details: null, policyUrl: () => null, codeUrl: () => null, ruleUrl: () => null };
  return { verdict, telling, check: renderCheck({ verdict, snapshot, document, now: input.now, urls }) };
}

const policy: PolicyInput = {
  ...emergency,
  checkpoints: { security_review: { approver: "security_team", criteria: ["rollback_plan"] } },
};
const classification = aClassification({ findings: [aFinding("security", { what: "`login` lost its check" })] });
const asked = { labels: [aLabel()], comments: [aReason()] };
const inForce: Emergency = {
  policy,
  classification,
  memory: { bypasses: [aGrant()] },
  snapshot: { labels: [aLabel()] },
};

describe("the check of a change with a bypass (B1)", () => {
  const pages: { name: string; given: Emergency }[] = [
    { name: "bypassed", given: inForce },
    {
      name: "bypassed-in-part",
      given: {
        ...inForce,
        memory: { bypasses: [aGrant({ scope: ["security_review"], secondPerson: aPerson("lena") })] },
      },
    },
    { name: "bypass-without-a-reason", given: { snapshot: { labels: [aLabel()] } } },
    { name: "bypass-over-budget", given: { snapshot: asked, memory: { merges: { all: 40, bypassed: 2 } } } },
    {
      name: "bypass-refused",
      given: {
        snapshot: {
          labels: [
            aLabel({ addedBy: aPerson("peer") }),
            aLabel({ name: "emergency: critical-bug", addedBy: null, addedAt: null }),
          ],
          comments: [aBypassCommand("otto", 'relase --reason "checkout fails for every customer"')],
        },
      },
    },
    {
      name: "bypass-under-the-ceiling",
      given: {
        snapshot: asked,
        classification: aClassification({ findings: [aFinding("security", { rule: "secret_added" })] }),
      },
    },
  ];
  it.each(pages)("$name", async ({ name, given }) => {
    const { check } = told(given);
    const head = `${check.status}${check.conclusion ? `, ${check.conclusion}` : ""}: ${check.title}`;
    const buttons = check.actions.map(({ label }) => label).join(" | ");
    await expect([head, "", check.summary, "---", buttons, ""].join("\n")).toMatchFileSnapshot(
      `../../fixtures/checks/${name}.md`,
    );
    expect(`${check.title}${check.summary}`).not.toMatch(/undefined|null|NaN|\[object|!/);
  });

  it.each([
    { name: "in force", given: inForce, conclusion: "neutral" },
    { name: "asked for", given: { snapshot: asked }, conclusion: null },
    {
      name: "in force for a part",
      given: { ...inForce, memory: { bypasses: [aGrant({ scope: ["security_review"] })] } },
      conclusion: null,
    },
    {
      name: "needless",
      given: { ...inForce, policy: emergency, snapshot: { labels: [aLabel()], reviews: [aReview("peer")] } },
      conclusion: "success",
    },
  ])("is $conclusion where it is $name", ({ given, conclusion }) => {
    expect(told(given).check.conclusion).toBe(conclusion);
  });

  it("says the date where it ends on another day", () => {
    const until = new Date("2026-11-21T03:40:00Z");
    const { check } = told({ ...inForce, memory: { bypasses: [aGrant({ until })] } });
    expect(check.title).toBe("Bypassed by @otto until 21 Nov 03:40 UTC, post-review #412");
  });

  it("offers the button only where the gate is shut and the policy knows bypasses", () => {
    const labels = (given: Emergency) => told(given).check.actions.map(({ label }) => label);
    expect(labels({})).toContain("Request bypass");
    expect(labels({ policy: { ...emergency, bypass: {} } })).not.toContain("Request bypass");
    expect(labels({ snapshot: { reviews: [aReview("peer")] } })).not.toContain("Request bypass");
  });

  it("keeps other people's words inert in the reason", () => {
    const reason = "closes #1, @everyone look: <img src=x> | [x](http://evil.example) `code`";
    const { check } = told({ ...inForce, memory: { bypasses: [aGrant({ reason })] } });
    expect(check.summary).not.toContain("<img");
    expect(check.summary).not.toMatch(/(^|[^`\\])@everyone/);
    expect(check.summary).not.toContain("](http://evil.example)");
  });

  it("says the same in the sticky comment, mentioning nobody", () => {
    const { verdict, telling } = told(inForce);
    const comment = renderSticky(verdict, telling, null);
    expect(comment).toContain("The gate is open by the bypass of");
    expect(comment).toContain("let through without being met");
    expect(comment).not.toMatch(/(^|[^`])@otto/);
  });

  it("is explained, and to those alone who may it is offered", () => {
    const { verdict, telling } = told({});
    const words = (about: string) => {
      const explained = explain(verdict, telling, about);
      return explained.kind === "found" ? explained.markdown : "";
    };
    expect(words("@otto")).toContain("/holdpoint bypass all");
    expect(words("@peer")).not.toContain("bypass");
    expect(words("")).not.toContain("bypass");
    const granted = told(inForce);
    const whole = explain(granted.verdict, granted.telling);
    expect(whole).toMatchObject({ markdown: expect.stringContaining("the review that it owes is") });
  });
});

describe("JSON of a bypass", () => {
  it("names the bypass as the workflow while it opens everything", () => {
    const { verdict, telling } = told(inForce);
    const json = verdictJson(verdict, telling);
    expect(json).toMatchObject({
      verdict: "open",
      state: "bypassed",
      workflow: "emergency_bypass",
      bypasses: [
        { state: "in_force", code: "HP-B01", by: "otto", scope: "all", cause: "production_issue", issue: 412 },
      ],
      openings: [{ kind: "bypass", by: "otto", scope: "all" }],
      bypass_budget: { bypassed: 1, all: 200, allowed: 10, over: false, near: false },
    });
    expect(json.requirements.find(({ state }) => state === "bypassed")).toMatchObject({
      opening: { kind: "bypass", issue: 412 },
    });
    expect(json.codes).toEqual(["HP-B01"]);
  });

  it("says what is missing and until when", () => {
    const { verdict, telling } = told({ snapshot: { labels: [aLabel()] } });
    expect(verdictJson(verdict, telling)).toMatchObject({
      workflow: "review",
      bypasses: [
        { state: "awaiting", missing: ["reason"], until: new Date(minutesAgo(5).getTime() + 900_000).toISOString() },
      ],
      codes: ["HP-B04", "HP-W01"],
    });
  });

  it("says why one is refused", () => {
    const policyWithout = withEmergency({ budget: { limit: "5%", over_budget: "refuse" } });
    const { verdict, telling } = told({ policy: policyWithout, snapshot: asked, memory: { merges: null }, now });
    expect(verdictJson(verdict, telling)).toMatchObject({
      bypasses: [{ state: "refused", why: "over_budget", code: "HP-B19" }],
    });
  });
});

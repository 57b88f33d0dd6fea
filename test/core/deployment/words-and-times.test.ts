import { describe, expect, it } from "vitest";
import { parseDeployCommand } from "../../../src/core/deployment/deploy-command.ts";
import { isNamed, looksProtected, ruleFor } from "../../../src/core/deployment/environment-rule.ts";
import { nextReportAt, reportsMax } from "../../../src/core/deployment/report-schedule.ts";
import { lastGood, newestOf, rollbackAsk, settledBy, weighDecision } from "../../../src/core/deployment/rollback.ts";
import { lookOf } from "../../../src/core/policy/environment-names.ts";
import { type PolicyInput, policySchema } from "../../../src/core/policy/schema.ts";
import { ago, aPerson, aSnapshot, now } from "../../support/builders.ts";
import { aPast, sha } from "./facts.ts";

const policyOf = (policy: PolicyInput) => policySchema.parse(policy);

describe("which entry of the policy an environment falls under", () => {
  const policy = policyOf({
    deployments: { "eu-*": { approvals: 2 }, "*-live": { approvals: 3 }, "eu-live": { approvals: 4 }, Production: {} },
  });
  it.each([
    { environment: "eu-live", name: "eu-live", isLookAlike: false },
    { environment: "eu-west", name: "eu-*", isLookAlike: false },
    { environment: "EU-West", name: "eu-*", isLookAlike: false },
    { environment: "us-live", name: "*-live", isLookAlike: false },
    { environment: "production", name: "Production", isLookAlike: false },
    { environment: "productiоn", name: "Production", isLookAlike: true },
    { environment: "production ", name: "Production", isLookAlike: true },
    { environment: "pr\u200boduction", name: "Production", isLookAlike: true },
    { environment: "product1on", name: "Production", isLookAlike: true },
    { environment: "Ｐroduction", name: "Production", isLookAlike: true },
    { environment: "staging", name: null, isLookAlike: false },
  ])("$environment → $name", ({ environment, ...as }) => {
    expect(ruleFor(policy, environment)).toMatchObject(as);
  });

  it("names that can be taken for a protected one are told from it, and from others", () => {
    expect(looksProtected(policy, "productiоn")).toBe(true);
    expect(looksProtected(policy, "PRODUCTION")).toBe(false);
    expect(looksProtected(policyOf({}), "prοd")).toBe(true);
    expect(looksProtected(policy, "preview-7")).toBe(false);
    expect(isNamed(policy, "PRODUCTION")).toBe(true);
    expect(isNamed(policy, "eu-west")).toBe(false);
    expect(lookOf("prevlew")).toBe(lookOf("preview"));
    expect(lookOf("staging-1")).not.toBe(lookOf("staging-2"));
  });
});

describe("/holdpoint deploy", () => {
  const at = (environment: string, start: string) => ({ environment, sha: sha(start), requestedAt: ago(1) });
  const one = [at("production", "c"), at("eu west", "d"), at("eu", "e")];
  const two = [at("production", "c"), at("production", "d")];
  const reason = "it breaks the invoices of last month";
  it.each([
    {
      rest: "approve production",
      waiting: one,
      as: { what: "approve", environment: "production", sha: sha("c"), text: "" },
    },
    { rest: "Approve PRODUCTION looks good", waiting: one, as: { environment: "production", text: "looks good" } },
    { rest: "approve eu west fine", waiting: one, as: { environment: "eu west", text: "fine" } },
    { rest: 'approve "eu" west', waiting: one, as: { environment: "eu", text: "west" } },
    { rest: `reject production ${reason}`, waiting: one, as: { what: "reject", text: reason } },
    { rest: "reject production no", waiting: one, as: { kind: "malformed", why: "reason" } },
    { rest: "override production no", waiting: one, as: { kind: "malformed", why: "reason" } },
    { rest: "ship production", waiting: one, as: { kind: "malformed", why: "what" } },
    { rest: "", waiting: one, as: { kind: "malformed", why: "what" } },
    { rest: "approve staging", waiting: one, as: { kind: "no_environment" } },
    { rest: "approve productionx", waiting: one, as: { kind: "no_environment" } },
    { rest: "approve production", waiting: [], as: { kind: "no_environment" } },
    { rest: "approve production", waiting: two, as: { kind: "which_commit", shas: [sha("c"), sha("d")] } },
    { rest: "approve production d000000 ok", waiting: two, as: { sha: sha("d"), text: "ok" } },
    { rest: "approve production eeeeeee", waiting: two, as: { kind: "which_commit" } },
  ])("$rest → $as", ({ rest, waiting, as }) => {
    expect(parseDeployCommand(rest, waiting)).toMatchObject(as);
  });
});

describe("reports", () => {
  it("the first is sent at once, later ones keep their distance, and there are ten", () => {
    expect(nextReportAt({ count: 0, lastAt: null })?.getTime()).toBe(0);
    expect(nextReportAt({ count: 1, lastAt: now })).toEqual(new Date(now.getTime() + 60_000));
    expect(nextReportAt({ count: reportsMax - 1, lastAt: now })).not.toBeNull();
    expect(nextReportAt({ count: reportsMax, lastAt: now })).toBeNull();
  });
});

describe("taking back", () => {
  it("what went wrong, and what went well before", () => {
    const past = [
      aPast("d", { id: 4, state: "waiting", createdAt: ago(1) }),
      aPast("c", { id: 3, state: "failed", createdAt: ago(2) }),
      aPast("b", { id: 2, createdAt: ago(3) }),
      aPast("a", { id: 1, createdAt: ago(4) }),
    ];
    expect(newestOf(past)?.id).toBe(3);
    expect(lastGood(past, sha("c"))?.id).toBe(2);
    expect(lastGood(past, sha("b"))?.id).toBe(1);
    expect(lastGood([], null)).toBeNull();
  });

  const about = { deploymentId: 3, openedAt: ago(2) };
  it.each([
    { name: "still failed", past: [aPast("c", { id: 3, state: "failed" as const })], by: null },
    { name: "the same one succeeded after all", past: [aPast("c", { id: 3, createdAt: ago(3) })], by: 3 },
    { name: "another one succeeded since", past: [aPast("c", { id: 5, createdAt: ago(1) })], by: 5 },
    { name: "an older one is the newest", past: [aPast("c", { id: 2, createdAt: ago(3) })], by: null },
    {
      name: "another one is under way",
      past: [aPast("c", { id: 5, createdAt: ago(1), state: "under_way" as const })],
      by: null,
    },
  ])("$name → settled by $by", ({ past, by }) => {
    expect(settledBy(past, about)?.id ?? null).toBe(by);
  });

  it("a technical lead and whoever is on call decide, unless the policy's checkpoint says otherwise", () => {
    const rule = ruleFor(policyOf({}), "production");
    expect(rollbackAsk(policyOf({}), rule).roles).toEqual(["technical_lead"]);
    expect(rollbackAsk(policyOf({ roles: { on_call: { users: ["otto"] } } }), rule).roles).toEqual([
      "technical_lead",
      "on_call",
    ]);
    const own = policyOf({ checkpoints: { undo: { trigger: "rollback_activated", approver: "ops", timeout: "1h" } } });
    expect(rollbackAsk(own, rule)).toEqual({ roles: ["ops"], timeoutMs: 3_600_000, escalation: "level_3" });
  });

  const facts = { roles: { ops: { users: ["otto"] } }, snapshot: aSnapshot() };
  const why = "orders are being lost since the deployment";
  it.each([
    { rest: `proceed ${why}`, by: "otto", as: { kind: "decided", choice: "proceed", rationale: why } },
    { rest: `Partial: because ${why}`, by: "otto", as: { kind: "decided", choice: "partial", rationale: why } },
    { rest: `abort ${why}`, by: "sam", as: { kind: "not_entitled", roles: ["ops"] } },
    { rest: `abort ${why}`, by: "otto[bot]", as: { kind: "bot" } },
    { rest: "abort no", by: "otto", as: { kind: "malformed", why: "rationale" } },
    { rest: `undo ${why}`, by: "otto", as: { kind: "malformed", why: "choice" } },
  ])("decide $rest by $by → $as.kind", ({ rest, by, as }) => {
    expect(weighDecision(rest, { user: aPerson(by) }, ["ops"], facts)).toEqual(as);
  });
});

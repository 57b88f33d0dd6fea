import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { renderTerminal } from "../../../src/core/report/render-terminal.ts";
import { verdictJson } from "../../../src/core/report/verdict-json.ts";
import { aClassification, aFinding, ago, aPerson, aReview } from "../../support/builders.ts";
import { judged } from "./telling.ts";

const input: Parameters<typeof judged>[0] = {
  policy: {
    roles: { security_team: { teams: ["acme/security"] } },
    checkpoints: { security_review: { approver: "security_team" }, rollback_decision: { approver: "technical_lead" } },
  },
  classification: aClassification({ findings: [aFinding("security")] }),
  snapshot: { reviews: [aReview("author")] },
};

it("tells programs the verdict, the classes, the checkpoints and each requirement", () => {
  const { verdict, telling } = judged(input);
  const json = JSON.parse(JSON.stringify(verdictJson(verdict, telling)));
  expect(json).toMatchObject({
    verdict: "held",
    state: "waiting",
    observed: false,
    workflow: "expert_review",
    risk: "medium",
    classes: {
      security: { present: true, confidence: 0.95, findings: [{ rule: "a_security_rule", path: "src/a.ts", line: 3 }] },
      breaking_change: { present: false, findings: [] },
    },
    checkpoints: [
      { name: "security_review", applies: true, state: "waiting" },
      { name: "rollback_decision", applies: false, state: "not_needed" },
    ],
    codes: ["HP-W01"],
    policy: { path: ".github/checkpoints.yml", mode: "enforce" },
    engine: expect.any(String),
  });
  expect(json.requirements[1]).toMatchObject({
    kind: "approvals",
    what: "security_review",
    state: "waiting",
    roles: ["security_team"],
    needed: 1,
    candidates: ["sam", "ida"],
    who: "any of @sam, @ida (security_team)",
  });
  expect(json.approvals).toMatchObject([{ user: "author", counts: false, outcome: "author" }]);
});

it("carries all that the page shows: what is said, whom to ask, what stands behind each code", () => {
  const { verdict, telling } = judged(input);
  expect(verdictJson(verdict, telling)).toMatchObject({
    title: "Waiting for senior_developer (1 of 1) and security_team (1 of 1)",
    says: expect.stringMatching(/^This change is security-relevant .* It opens when the two open points below are met/),
    unblock: {
      says: expect.stringMatching(/^Fastest way: ask @ida/),
      ask: [{ user: "ida", releases: ["security_review"], busy: false }],
    },
    reasons: [{ code: "HP-W01", title: "Waiting for approvals", url: "https://holdpoint.example/docs/codes/HP-W01" }],
    notes: ["Approvals that do not count: @author (the author's own)."],
    approvals: [{ user: "author", counts: false, freshness: null, why: "the author's own" }],
    asked: ["workflow:expert_review"],
  });
});

it("tells overdue approvals, and the ones that were dropped with the reason", () => {
  const { verdict, telling } = judged({
    policy: { checkpoints: { security_review: { approver: "peer", timeout: "1h" } } },
    classification: aClassification({ findings: [aFinding("security")] }),
    snapshot: { reviews: [aReview("author")] },
  });
  const { requirements } = verdictJson(verdict, telling);
  expect(requirements.find(({ what }) => what === "security_review")).toMatchObject({
    overdue: true,
    due_at: "2026-11-20T07:00:00.000Z",
    dropped: [{ user: "author", outcome: "author", why: "the author's own" }],
  });
});

it("tells what people said by command, each with its facts", () => {
  const person = aPerson("lena");
  const base = { state: "must_change", code: "HP-H01", holds: true, line: null, opening: null } as const;
  const { verdict, telling } = judged({}, [
    { ...base, id: "hold", name: "hold", kind: "hold", person, at: ago(1), reason: "legal" },
    {
      ...base,
      ...{ id: "conditions", name: "conditions", kind: "open_conditions", person, at: ago(1), unmet: "track" },
      items: [{ text: "add a test", isMet: false }],
    },
    {
      ...base,
      ...{ id: "decision", name: "rollback_decision", kind: "decision", roles: ["technical_lead"] },
      decision: { choice: "partial", person, at: ago(1), rationale: "half of it" },
    },
  ]);
  const byKind = Object.fromEntries(verdictJson(verdict, telling).requirements.map((one) => [one.kind, one]));
  const at = "2026-11-20T15:00:00.000Z";
  expect(byKind.hold).toMatchObject({ by: "lena", at, reason: "legal" });
  expect(byKind.open_conditions).toMatchObject({
    by: "lena",
    at,
    unmet: "track",
    items: [{ text: "add a test", met: false }],
  });
  expect(byKind.decision).toMatchObject({
    roles: ["technical_lead"],
    decision: { choice: "partial", by: "lena", at, rationale: "half of it" },
  });
});

it("is documented, key by key", () => {
  const { verdict, telling } = judged(input);
  const documented = readFileSync(new URL("../../../docs/verdict-json.md", import.meta.url), "utf8");
  const json = verdictJson(verdict, telling);
  const keys = [...Object.keys(json), ...json.requirements.flatMap((one) => Object.keys(one))];
  for (const key of keys) expect(documented).toContain(`\`${key}\``);
});

it("is open only where the gate is", () => {
  const open = judged({ snapshot: { reviews: [aReview("peer")] } });
  expect(verdictJson(open.verdict, open.telling)).toMatchObject({ verdict: "open", state: "approved" });
  const observed = judged({ policy: { mode: "observe" } });
  expect(verdictJson(observed.verdict, observed.telling)).toMatchObject({
    verdict: "open",
    state: "waiting",
    observed: true,
  });
});

it("says the same in a terminal, wrapped, without colours unless asked for", async () => {
  const { verdict, telling } = judged(input);
  const plain = renderTerminal(verdict, telling, { hasColour: false, width: 80 });
  await expect(plain).toMatchFileSnapshot("../../fixtures/checks/terminal.txt");
  expect(plain).not.toContain("\u001b");
  expect(renderTerminal(verdict, telling, { hasColour: true, width: 80 })).toContain("\u001b[");
});

it("lets nothing in a path steer the terminal", () => {
  const { verdict, telling } = judged({
    classification: aClassification({ findings: [aFinding("security", { path: "a\u001b[2J.ts" })] }),
  });
  expect(renderTerminal(verdict, telling, { hasColour: false, width: 80 })).toContain("a[U+001B][2J.ts");
});

it("tells what is left out among its class, by what and until when, and what was meant to be and is not", () => {
  const reason = "agreed with the security team";
  const mark = { line: 2, until: "2027-01-31", reason, fault: null };
  const { verdict, telling } = judged({
    ...input,
    classification: aClassification({
      findings: [
        aFinding("security", { id: "F-aaaaaa", mark: { ...mark, fault: "new" } }),
        aFinding("security", { id: "F-bbbbbb", mark }),
      ],
    }),
  });
  const { security } = verdictJson(verdict, telling).classes as Record<string, { findings: object[] }>;
  expect(security?.findings).toMatchObject([
    {
      id: "F-aaaaaa",
      suppressed: null,
      suppression_refused: { by: "code", reason, until: "2027-01-31", line: 2, why: "new" },
    },
    { id: "F-bbbbbb", suppressed: { by: "code", reason, until: "2027-01-31", line: 2 }, suppression_refused: null },
  ]);
  expect(security?.findings.some((finding) => "mark" in finding)).toBe(false);
});

import { expect, it } from "vitest";
import { renderTerminal } from "../../../src/core/report/render-terminal.ts";
import { verdictJson } from "../../../src/core/report/verdict-json.ts";
import { aClassification, aFinding, aReview } from "../../support/builders.ts";
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

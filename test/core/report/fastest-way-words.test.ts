import { expect, it } from "vitest";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import { fastestWayWords } from "../../../src/core/report/fastest-way-words.ts";
import { toPlain } from "../../../src/core/report/words.ts";
import { aClassification, aFinding, aPerson, aReview, aSnapshot } from "../../support/builders.ts";
import { judged } from "./telling.ts";

const security = { trigger: "security_related_change", approver: "security_team" } as const;
const policy = (more: PolicyInput = {}): PolicyInput => ({
  roles: { security_team: { users: ["sam", "ida"] }, peer: { users: ["sam", "lena"] } },
  checkpoints: { security_review: security },
  approval_workflows: { peer_review: { approver: "peer", approvals: 1 } },
  ...more,
});
const busy = (...logins: string[]) => ({
  directory: { ...aSnapshot().directory, busy: logins.map((login) => aPerson(login).id) },
});

it.each([
  {
    name: "one person serves all",
    input: { policy: policy() },
    says: "Fastest way: ask @sam, who can release peer_review and security_review.",
  },
  {
    name: "that person is busy: who could step in",
    input: { policy: policy(), snapshot: busy("sam") },
    says: "Fastest way: ask @sam, who can release peer_review and security_review. @sam is marked as busy; instead: @lena for peer_review, @ida for security_review.",
  },
  {
    name: "everybody is busy",
    input: {
      policy: policy({ roles: { security_team: { teams: ["acme/security"] }, peer: { teams: ["acme/security"] } } }),
      snapshot: busy("sam", "ida"),
    },
    says: "Fastest way: ask @ida, who can release peer_review and security_review. @ida is marked as busy; nobody else who could is known to be free.",
  },
  {
    name: "too few are known, but anyone with the permission will do",
    input: {
      policy: policy({
        roles: { security_team: { users: ["sam"] } },
        approval_workflows: { peer_review: { approver: "senior_developer", approvals: 1 } },
      }),
    },
    says: "Fastest way: ask @sam, who can release security_review; and anyone with maintain permission, for peer_review.",
  },
  { name: "nobody has to be asked", input: { policy: policy(), snapshot: { reviews: [aReview("sam")] } }, says: "" },
])("$name", ({ input, says }) => {
  const { verdict, telling } = judged({
    classification: aClassification({ findings: [aFinding("security")] }),
    ...input,
  });
  expect(toPlain(fastestWayWords(verdict, telling))).toBe(says);
});

it("says so when nobody who is known suffices", () => {
  const { verdict, telling } = judged({ policy: policy() });
  const [workflow] = verdict.requirements.filter((one) => one.kind === "workflow");
  const parts = workflow?.parts.map((part) => ({ ...part, candidates: [], anyoneWith: null })) ?? [];
  const stuck = { requirements: workflow ? [{ ...workflow, parts }] : [], fastestWay: [] };
  expect(toPlain(fastestWayWords(stuck, telling))).toBe(
    "Fastest way: too few people are known who could release peer_review; the row says why.",
  );
});

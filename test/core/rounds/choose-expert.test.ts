import { expect, it } from "vitest";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import { chooseExpert, expertRoles, groupsOfRoles } from "../../../src/core/rounds/choose-expert.ts";
import type { Snapshot } from "../../../src/core/snapshot.ts";
import { aClassification, aCommit, aDocument, aPerson, aReview, aSnapshot } from "../../support/builders.ts";

const policy: PolicyInput = {
  roles: { security_team: { teams: ["acme/security"] }, technical_lead: { users: ["lena"] } },
  approval_workflows: {
    peer_review: { criteria: ["documentation_only"], approver: "peer" },
    expert_review: { approver: "security_team", approvals: 2 },
  },
};

function expert(snapshot: Partial<Snapshot> = {}, load: Record<number, number> = {}): string | null {
  const facts = { policy: aDocument(policy).policy, snapshot: aSnapshot(snapshot), classification: aClassification() };
  return chooseExpert(expertRoles(facts), facts, load)?.login ?? null;
}

it("the roles of the strictest workflow come first, then the technical lead, each with its teams", () => {
  const facts = { policy: aDocument(policy).policy, snapshot: aSnapshot(), classification: aClassification() };
  expect(expertRoles(facts)).toEqual(["security_team", "technical_lead"]);
  expect(groupsOfRoles(["security_team", "senior_developer"], facts.policy, "acme")).toEqual({
    teams: ["acme/security", "acme/senior-developer"],
    organizations: [],
  });
});

it.each<{ name: string; snapshot?: Partial<Snapshot>; load?: Record<number, number>; asked: string | null }>([
  { name: "the first of the team", asked: "ida" },
  { name: "the one with least to review", load: { [aPerson("ida").id]: 3 }, asked: "sam" },
  { name: "not who is asked already", snapshot: { requestedReviewers: [aPerson("ida")] }, asked: "sam" },
  { name: "not who reviewed", snapshot: { reviews: [aReview("ida", { state: "commented" })] }, asked: "sam" },
  { name: "not who wrote a commit", snapshot: { commits: [aCommit({ by: "ida" })] }, asked: "sam" },
  { name: "not the author", snapshot: { author: aPerson("ida") }, asked: "sam" },
  {
    name: "the technical lead where the team is used up",
    snapshot: { requestedReviewers: [aPerson("ida"), aPerson("sam")] },
    asked: "lena",
  },
  {
    name: "nobody where all are used up",
    snapshot: { requestedReviewers: [aPerson("ida"), aPerson("sam"), aPerson("lena")] },
    asked: null,
  },
])("$name: $asked", ({ snapshot, load, asked }) => {
  expect(expert(snapshot, load)).toBe(asked);
});

it("who is busy only where nobody else can", () => {
  const { directory } = aSnapshot();
  expect(expert({ directory: { ...directory, busy: [aPerson("ida").id] } })).toBe("sam");
});

import { describe, expect, it } from "vitest";
import { brief, loaded, problemsOf } from "./load.ts";

describe("deployments", () => {
  it.each([
    {
      name: "an unknown level",
      text: "deployments: { production: { escalation: levl_3 } }",
      code: "HP-P13",
      says: "level_3",
    },
    {
      name: "one environment twice",
      text: "deployments: { production: {}, Production: {} }",
      code: "HP-P30",
      says: "keep one",
    },
    {
      name: "two that look alike",
      text: "deployments: { production: {}, productiоn: {} }",
      code: "HP-P30",
      says: "looks like",
    },
    {
      name: "one that is for tests as well",
      text: "bypass: { test_environments: { environments: [Staging] } }\ndeployments: { staging: {} }",
      code: "HP-P30",
      says: "is held to",
    },
    {
      name: "an unknown checkpoint",
      text: "deployments: { production: { checkpoints: [relese] } }",
      code: "HP-P19",
      says: "relese",
    },
    { name: "a glob that is none", text: 'deployments: { "eu-[": {} }', code: "HP-P10", says: "eu-[" },
    {
      name: "an unknown requirement",
      text: "deployments: { production: { require: [merged] } }",
      code: "HP-P08",
      says: "merged",
    },
  ])("$name is told", ({ text, code, says }) => {
    const found = problemsOf(`version: 1\n${text}\n`).filter((problem) => problem.code === code);
    expect(found.map(brief).join("\n")).toContain(says);
  });

  it("a full entry has nothing to mend", () => {
    const text = `version: 1
roles: { technical_lead: { users: [lena] }, qa: { users: [ida] } }
checkpoints: { release: { approver: qa } }
deployments:
  production: { checkpoints: [release], approver: technical_lead, approvals: 1, branches: [main, "release/*"],
    require: [merged_through_gate, post_reviews_closed], unknown_commits: block, timeout: 12h, escalation: level_2 }
  "eu-*": { approver: technical_lead }
`;
    expect(problemsOf(text).filter(({ severity }) => severity !== "note")).toEqual([]);
    expect(loaded(text).policy.deployments?.production).toMatchObject({
      timeout: 43_200_000,
      branches: ["main", "release/*"],
    });
  });
});

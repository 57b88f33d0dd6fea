import { expect, it } from "vitest";
import type { OpenConditionsRequirement } from "../../../src/core/gate/verdict.ts";
import { conditionIssues } from "../../../src/core/report/condition-issue.ts";
import { ago, aPerson, aSnapshot } from "../../support/builders.ts";

function conditions(login: string, set: Partial<OpenConditionsRequirement> = {}): OpenConditionsRequirement {
  return {
    kind: "open_conditions",
    id: `conditions:${login}`,
    name: "conditions",
    state: "satisfied",
    code: "HP-A02",
    holds: true,
    line: null,
    opening: null,
    person: aPerson(login),
    at: ago(2),
    items: [
      { text: "write a test", isMet: false },
      { text: "rename the flag", isMet: true },
      { text: "tell @everyone, closes #7", isMet: false },
    ],
    unmet: "track",
    ...set,
  };
}

it.each([
  {
    name: "what is open, not what is met",
    requirements: [conditions("sam")],
    markers: ["condition:1#42:3-1", "condition:1#42:3-3"],
  },
  {
    name: "what held the change and was left behind by a merge past the gate",
    requirements: [conditions("sam", { unmet: "hold", items: [{ text: "a", isMet: false }] })],
    markers: ["condition:1#42:3-1"],
  },
  {
    name: "that of two reviewers apart",
    requirements: [conditions("sam"), conditions("ida", { items: [{ text: "a", isMet: false }] })],
    markers: ["condition:1#42:3-1", "condition:1#42:3-3", "condition:1#42:4-1"],
  },
  { name: "nothing without conditions", requirements: [], markers: [] },
])("files $name → $markers (G8)", ({ requirements, markers }) => {
  expect(conditionIssues({ requirements }, aSnapshot()).map(({ marker }) => marker)).toEqual(markers);
});

it("says whose condition it was, and lets nobody's text mention or close", () => {
  const [first, second] = conditionIssues({ requirements: [conditions("sam")] }, aSnapshot({ title: "Sort *all*" }));
  expect(first?.title).toBe("write a test");
  expect(first?.body).toContain("@sam approved #42 (Sort \\*all\\*) under this condition");
  expect(first?.body).toContain("> write a test");
  expect(second?.body).not.toContain("@everyone");
  expect(second?.body).not.toContain("#7");
});

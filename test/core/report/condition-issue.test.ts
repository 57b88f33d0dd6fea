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
    name: "open ones that are to be tracked",
    requirements: [conditions("sam")],
    markers: ["condition:1#42:0", "condition:1#42:2"],
  },
  { name: "none that hold the change", requirements: [conditions("sam", { unmet: "hold" })], markers: [] },
  {
    name: "those of two reviewers, the earlier first whatever the order",
    requirements: [
      conditions("sam", { at: ago(1), items: [{ text: "b", isMet: false }] }),
      conditions("ida", { items: [{ text: "a", isMet: false }] }),
    ],
    markers: ["condition:1#42:0", "condition:1#42:1"],
  },
  { name: "nothing without conditions", requirements: [], markers: [] },
])("files $name → $markers (G8)", ({ requirements, markers }) => {
  expect(conditionIssues(requirements, aSnapshot()).map(({ marker }) => marker)).toEqual(markers);
});

it("says whose condition it was, and lets nobody's text mention or close", () => {
  const [first, second] = conditionIssues([conditions("sam")], aSnapshot({ title: "Sort *all*" }));
  expect(first?.title).toBe("write a test");
  expect(first?.body).toContain("@sam approved #42 (Sort \\*all\\*) under this condition");
  expect(first?.body).toContain("> write a test");
  expect(second?.body).not.toContain("@everyone");
  expect(second?.body).not.toContain("#7");
});

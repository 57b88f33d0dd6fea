import { describe, expect, it } from "vitest";
import { ruleFor } from "../../../src/core/deployment/environment-rule.ts";
import { type CommitFacts, judgeCommits, letsDeploy } from "../../../src/core/deployment/judge-commits.ts";
import { type PolicyInput, policySchema } from "../../../src/core/policy/schema.ts";
import { aMerge, anOrigin, aPull, sha } from "./facts.ts";

type Rule = NonNullable<PolicyInput["deployments"]>[string];

function judge({ rule = {}, ...facts }: Partial<Omit<CommitFacts, "rule">> & { rule?: Rule }) {
  const settled = ruleFor(policySchema.parse({ deployments: { production: rule } }), "production");
  const judged = judgeCommits({
    commits: [sha("c")],
    origins: [],
    merges: [],
    reviews: [],
    rule: settled,
    defaultBranch: "main",
    ...facts,
  });
  return {
    states: judged.pulls.map(({ number, state }) => `#${number} ${state}`),
    strays: judged.strays.map((stray) => stray.sha[0]),
    isLet: judged.strays.length === 0 && judged.pulls.every((pull) => letsDeploy(pull, settled)),
  };
}

const done = { pullRequest: 1, issue: 8, isDone: true };
const owed = { pullRequest: 1, issue: 8, isDone: false };

describe("each commit by the pull request it came of", () => {
  it.each([
    { name: "merged through the gate", merges: [aMerge(1, "c")], is: "#1 passed", isLet: true },
    { name: "merged in a window", merges: [aMerge(1, "c", { passage: "window" })], is: "#1 passed", isLet: true },
    {
      name: "merged by a bypass whose review is done",
      merges: [aMerge(1, "c", { passage: "bypass" })],
      reviews: [done],
      is: "#1 passed",
      isLet: true,
    },
    {
      name: "merged by a bypass whose review is owed",
      merges: [aMerge(1, "c", { passage: "bypass" })],
      reviews: [owed],
      is: "#1 review_owed",
      isLet: false,
    },
    {
      name: "merged by a bypass whose review nobody finds",
      merges: [aMerge(1, "c", { passage: "bypass" })],
      is: "#1 review_owed",
      isLet: false,
    },
    {
      name: "one of two reviews is owed",
      merges: [aMerge(1, "c", { passage: "bypass" })],
      reviews: [done, owed],
      is: "#1 review_owed",
      isLet: false,
    },
    {
      name: "a bypass's review, where reviews are not asked for",
      rule: { require: ["merged_through_gate" as const] },
      merges: [aMerge(1, "c", { passage: "bypass" })],
      reviews: [owed],
      is: "#1 passed",
      isLet: true,
    },
    {
      name: "merged around the gate, where reviews are not asked for",
      rule: { require: ["merged_through_gate" as const] },
      merges: [aMerge(1, "c", { passage: "around" })],
      is: "#1 review_owed",
      isLet: false,
    },
    {
      name: "merged around the gate and reviewed since",
      merges: [aMerge(1, "c", { passage: "around" })],
      reviews: [done],
      is: "#1 passed",
      isLet: true,
    },
    {
      name: "merged into a branch for trying things out",
      rule: { branches: ["sandbox/*"] },
      merges: [aMerge(1, "c", { baseRef: "sandbox/a", passage: "test_branch" })],
      is: "#1 aside",
      isLet: false,
    },
    {
      name: "merged into a branch whose policy the author may have written",
      merges: [aMerge(1, "c", { baseRef: "lax" })],
      is: "#1 other_branch",
      isLet: false,
    },
    {
      name: "merged into a branch that may be deployed",
      rule: { branches: ["main", "release/*"] },
      merges: [aMerge(1, "c", { baseRef: "release/2" })],
      is: "#1 passed",
      isLet: true,
    },
    {
      name: "the default branch, where only others may be deployed",
      rule: { branches: ["release/*"] },
      merges: [aMerge(1, "c")],
      is: "#1 other_branch",
      isLet: false,
    },
    {
      name: "a commit inside a pull request, without its merge",
      origins: [anOrigin("c", { pulls: [aPull(1)] })],
      merges: [aMerge(1, "d")],
      is: "#1 inside",
      isLet: false,
    },
    {
      name: "GitHub knows a merge that Holdpoint does not",
      origins: [anOrigin("c", { pulls: [aPull(1)] })],
      is: "#1 not_seen",
      isLet: false,
    },
    {
      name: "nothing is required",
      rule: { require: [] },
      origins: [anOrigin("c", { pulls: [aPull(1)] })],
      is: "#1 not_seen",
      isLet: true,
    },
  ])("$name: $is", ({ is, isLet, name: _, ...facts }) => {
    expect(judge(facts)).toEqual({ states: [is], strays: [], isLet });
  });

  it("takes the merge commit from GitHub where its event did not tell", () => {
    const merges = [aMerge(1, "c", { commitSha: null })];
    const told = anOrigin("c", { pulls: [aPull(1, { mergeSha: sha("c") })] });
    expect(judge({ merges, origins: [told] }).states).toEqual(["#1 passed"]);
    expect(judge({ merges, origins: [anOrigin("c", { pulls: [aPull(1)] })] }).states).toEqual(["#1 inside"]);
  });

  it("a merge brings its commits along, and pushed ones stand out", () => {
    const pulls = [aPull(1)];
    const origins = [anOrigin("a", { pulls }), anOrigin("b"), anOrigin("c", { pulls })];
    const commits = ["a", "b", "c"].map(sha);
    expect(judge({ commits, origins, merges: [aMerge(1, "c")] })).toEqual({
      states: ["#1 passed"],
      strays: ["b"],
      isLet: false,
    });
  });

  it("of two pull requests that hold a commit, one that passed is enough, and what holds stands first", () => {
    const pulls = [aPull(1), aPull(2)];
    const origins = [
      anOrigin("a", { pulls: [aPull(1)] }),
      anOrigin("c", { pulls }),
      anOrigin("d", { pulls: [aPull(3)] }),
    ];
    const merges = [aMerge(1, "c"), aMerge(2, "f"), aMerge(3, "d", { passage: "around" })];
    expect(judge({ commits: ["a", "c", "d"].map(sha), origins, merges }).states).toEqual([
      "#3 review_owed",
      "#1 passed",
    ]);
  });
});

import { describe, expect, it } from "vitest";
import type { Requirement } from "../../../src/core/gate/verdict.ts";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import { conclude } from "../../../src/core/report/conclusion.ts";
import { byteLength } from "../../../src/core/report/fit-bytes.ts";
import { emptyMemory } from "../../../src/core/snapshot.ts";
import { aClassification, aFile, aFinding, ago, aPerson, aReview, aSnapshot, headSha } from "../../support/builders.ts";
import { rendered } from "./telling.ts";

const policy: PolicyInput = {
  roles: { technical_lead: { users: ["lena"] }, security_team: { teams: ["acme/security"] } },
  checkpoints: {
    architecture_review: { trigger: "major_structural_change", approver: "senior_developer" },
    breaking_change: {
      trigger: "api_modification",
      approver: "technical_lead",
      criteria: ["migration_strategy", "rollback_plan"],
      timeout: "48_hours",
    },
    security_review: {
      trigger: "security_related_change",
      approver: "security_team",
      criteria: ["security_assessment", "vulnerability_analysis"],
      timeout: "24_hours",
    },
  },
};
const login = aFinding("security", {
  rule: "sensitive_path_changed",
  what: "`auth/login.ts` is about authentication",
  path: "auth/login.ts",
  line: null,
});
const parse = aFinding("breaking_change", {
  rule: "export_removed",
  what: "exported function `parse` was removed",
  path: "src/parse.ts",
  line: 3,
  side: "base",
  before: "export function parse(text) {",
});
const files = [
  aFile("auth/login.ts"),
  aFile("src/parse.ts", { patch: "@@ -1,4 +1,3 @@\n a\n b\n-export function parse(text) {\n c" }),
];
const classification = aClassification({ findings: [parse, login] });
const documentation = aClassification({ kinds: ["documentation_only"] });
const reason = "its users were asked and agreed";
const many = aClassification({
  findings: [
    {
      ...parse,
      id: "F-1a2b3c",
      symbol: "parse",
      reach: "public" as const,
      mark: { line: 2, until: null, reason, fault: "incomplete" as const },
    },
    aFinding("breaking_change", {
      id: "F-2a2b3c",
      rule: "parameter_default_changed",
      strength: "likely",
      what: "the default of `depth` changed",
      path: "src/walk.ts",
      line: 12,
      counterLine: 10,
      symbol: "walk",
      reach: "unknown",
      before: "function walk(tree, depth = 3)",
      after: "function walk(tree, depth = 5)",
    }),
    aFinding("breaking_change", {
      id: "F-3a2b3c",
      rule: "break_declared_in_title",
      what: "the title declares a breaking change",
      path: null,
      line: null,
      after: "feat!: a new parser",
      isDeclared: true,
    }),
    aFinding("breaking_change", { id: "F-4a2b3c", rule: "engines_raised", strength: "likely", path: "package.json" }),
    { ...login, id: "F-5a2b3c", mark: { line: 1, until: "2027-01-31", reason, fault: "new" as const }, line: 2 },
    ...Array.from({ length: 14 }, (_, at) =>
      aFinding("security", {
        id: `F-${600000 + at}`,
        rule: "dependency_added",
        strength: "hint",
        what: `dependency \`left-pad-${at}\` was added`,
        path: "package.json",
        line: 20 + at,
      }),
    ),
  ],
  notAnalysed: [
    { path: "assets/logo.bin", why: "it is a binary file" },
    { path: "src/generated/api.ts", why: "its patch was left out, as is done with large ones" },
  ],
});
const suppressing: PolicyInput = {
  ...policy,
  classification: {
    suppress: [
      { rule: "engines_raised", reason: "agreed with all who install it", until: "2027-03-31" },
      { rule: "parameter_default_changed", reason: "nobody set it so far", until: "2026-01-31" },
    ],
  },
};
const automatic: PolicyInput = {
  approval_workflows: { automatic: { criteria: ["documentation_only"], process: "automated_approval" } },
};

/** What an author sees, kept as one readable page each; read anew whenever one of them changes. */
const pages: { name: string; input: Parameters<typeof rendered>[0]; also?: Requirement[] }[] = [
  { name: "waiting-for-security-and-a-plan", input: { policy, classification, snapshot: { files } } },
  {
    name: "one-seat-filled-and-an-objection",
    input: {
      policy,
      classification,
      snapshot: {
        files,
        body: "## Rollback\nDeploy the release before.\n",
        reviews: [
          aReview("sam", { submittedAt: ago(2) }),
          aReview("author", { submittedAt: ago(3) }),
          aReview("peer", { state: "changes_requested", submittedAt: ago(1) }),
        ],
      },
    },
  },
  {
    name: "findings-of-many-kinds",
    input: { policy: suppressing, classification: many, snapshot: { title: "feat!: a new parser", files } },
  },
  { name: "waiting-for-a-peer", input: {} },
  { name: "approved-by-a-peer", input: { snapshot: { reviews: [aReview("peer")] } } },
  {
    name: "approved-before-a-rebase",
    input: {
      snapshot: { reviews: [aReview("peer", { headAtSubmission: "c".repeat(40) })] },
      memory: {
        ...emptyMemory,
        heads: {
          [headSha]: { patchDigest: "same", pathDigests: {}, firstSeenAt: ago(1) },
          ["c".repeat(40)]: { patchDigest: "same", pathDigests: {}, firstSeenAt: ago(5) },
        },
      },
    },
  },
  { name: "automatic", input: { policy: automatic, classification: documentation } },
  { name: "observed", input: { policy: { mode: "observe" } } },
  {
    name: "not-read-whole",
    input: { snapshot: { incomplete: [{ what: "files", reason: "3,412 files changed and GitHub lists 3,000" }] } },
  },
  { name: "nobody-can", input: { policy: { roles: { peer: { users: ["author"] } } } } },
  {
    name: "draft-that-edits-the-policy",
    input: { snapshot: { isDraft: true, files: [aFile(".github/checkpoints.yml")] } },
  },
  {
    name: "overdue-and-busy",
    input: {
      policy: { ...policy, checkpoints: { security_review: { approver: "security_team", timeout: "1h" } } },
      classification,
      snapshot: { directory: { ...aSnapshot().directory, busy: [aPerson("sam").id, aPerson("ida").id] } },
    },
  },
  {
    name: "held-with-conditions-and-a-decision",
    input: { snapshot: { reviews: [aReview("peer")] } },
    also: [
      {
        ...said("hold", "HP-H01", "must_change"),
        kind: "hold",
        person: aPerson("lena"),
        at: ago(2),
        reason: "legal reads `NOTICE`",
      },
      {
        ...said("conditions", "HP-A01", "waiting"),
        kind: "open_conditions",
        person: aPerson("peer"),
        at: ago(1),
        items: [
          { text: "add a test for the empty list", isMet: false },
          { text: "rename `parse` | fixes #12", isMet: true },
        ],
        unmet: "hold",
      },
      {
        ...said("rollback_decision", "HP-D01", "waiting"),
        kind: "decision",
        decision: null,
        roles: ["technical_lead"],
      },
    ],
  },
  {
    name: "decided-against",
    input: { snapshot: { reviews: [aReview("peer")] } },
    also: [
      {
        ...said("rollback_decision", "HP-D03", "must_change"),
        kind: "decision",
        decision: { choice: "abort", person: aPerson("lena"), at: ago(1), rationale: "the index is still rebuilding" },
        roles: ["technical_lead"],
      },
    ],
  },
];

function said(name: string, code: Requirement["code"], state: Requirement["state"]) {
  return { id: name, name, state, code, holds: true, line: null, opening: null };
}

describe("the check as its author sees it", () => {
  it.each(pages)("$name", async ({ name, input, also }) => {
    const check = rendered(input, also);
    const head = `${check.status}${check.conclusion ? `, ${check.conclusion}` : ""}: ${check.title}`;
    const annotations = check.annotations.map(
      (one) => `${one.path}:${one.startLine} ${one.level} ${one.title}\n${one.message}`,
    );
    const page = [head, "", check.summary, "---", check.text, "---", ...annotations, ""].join("\n");
    await expect(page).toMatchFileSnapshot(`../../fixtures/checks/${name}.md`);
    expect(check.title.length).toBeLessThanOrEqual(100);
    expect(`${check.title}${check.summary}`).not.toMatch(/undefined|null|NaN|\[object/);
    expect(check.summary).not.toContain("!");
  });
});

describe("the conclusion (G1)", () => {
  it.each([
    { state: "approved", isOpen: true, isObserved: false, status: "completed", conclusion: "success" },
    { state: "waiting", isOpen: false, isObserved: false, status: "in_progress", conclusion: null },
    { state: "must_change", isOpen: false, isObserved: false, status: "completed", conclusion: "failure" },
    { state: "error", isOpen: false, isObserved: false, status: "completed", conclusion: "failure" },
    { state: "approved", isOpen: true, isObserved: true, status: "completed", conclusion: "neutral" },
    { state: "waiting", isOpen: true, isObserved: true, status: "completed", conclusion: "neutral" },
    { state: "error", isOpen: true, isObserved: true, status: "completed", conclusion: "neutral" },
    // Verdicts that contradict themselves stay shut.
    { state: "approved", isOpen: false, isObserved: false, status: "completed", conclusion: "failure" },
    { state: "error", isOpen: true, isObserved: false, status: "completed", conclusion: "failure" },
    { state: "waiting", isOpen: false, isObserved: true, status: "in_progress", conclusion: null },
  ] as const)("$state, open: $isOpen, observed: $isObserved → $conclusion", ({ status, conclusion, ...verdict }) => {
    expect(conclude(verdict)).toEqual({ status, conclusion });
  });
});

describe("GitHub's limits", () => {
  it("leaves out the least important rows first and says so", () => {
    const quiet = Object.fromEntries(
      Array.from({ length: 1500 }, (_, index) => [
        `quiet_${index}`,
        { trigger: "rollback_activated" as const, approver: "peer" },
      ]),
    );
    const check = rendered({ policy: { checkpoints: { ...quiet, every_change: { approver: "security_team" } } } });
    expect(byteLength(check.summary)).toBeLessThanOrEqual(65_535);
    expect(byteLength(check.text)).toBeLessThanOrEqual(65_535);
    expect(check.summary).toContain("| ● | every_change |");
    expect(check.summary).toMatch(
      /Left out, because GitHub shows no more than 65,535 bytes: [\d,]+ rows of what is not needed\./,
    );
    expect(check.text).toMatch(/Left out, .*lines about rules/);
  });

  it("keeps to them with many open points and the longest names", () => {
    const checkpoints = Object.fromEntries(
      Array.from({ length: 900 }, (_, index) => [`open_${"x".repeat(50)}_${index}`, { approver: "security_team" }]),
    );
    const check = rendered({ policy: { checkpoints } });
    expect(byteLength(check.summary)).toBeLessThanOrEqual(65_535);
    expect(check.summary).toMatch(/rows of open points/);
    expect(check.title).toBe("Waiting for peer (1 of 1) and security_team (1 of 1)");
  });

  it("caps annotations, the strongest first, without doubles, and says how many are missing", () => {
    const findings = Array.from({ length: 260 }, (_, index) =>
      aFinding("security", { line: index + 1, strength: index < 255 ? "hint" : "proven" }),
    );
    const check = rendered({ classification: aClassification({ findings: [...findings, ...findings] }) });
    expect(check.annotations).toHaveLength(200);
    expect(check.annotations.slice(0, 6).map((one) => one.level)).toEqual([...Array(5).fill("warning"), "notice"]);
    expect(check.summary).toContain("60 more findings have no annotation; the details list them.");
  });

  it("offers at most three buttons within GitHub's lengths", () => {
    for (const action of rendered().actions) {
      expect(action.label.length).toBeLessThanOrEqual(20);
      expect(action.identifier.length).toBeLessThanOrEqual(20);
      expect(action.description.length).toBeLessThanOrEqual(40);
    }
    expect(rendered().actions.map((action) => action.identifier)).toEqual(["recheck", "explain", "hold"]);
  });
});

it("never lets a pull request's own text act", () => {
  const hostile = "@acme/all fixes #1 <img src=x> ](https://evil.example) | x";
  const check = rendered({
    classification: aClassification({
      findings: [aFinding("security", { what: hostile, path: `src/${hostile}.ts`, before: hostile, after: "`" })],
    }),
    snapshot: {
      title: hostile,
      body: hostile,
      files: [aFile(`src/${hostile}.ts`)],
      base: { ref: hostile, sha: "b".repeat(40) },
    },
    policy: { checkpoints: { security_review: { approver: "security_team" } } },
  });
  for (const markdown of [check.summary, check.text]) {
    const outsideCode = markdown.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, "");
    expect(outsideCode).not.toContain("@acme");
    expect(outsideCode).not.toMatch(/#1|<img|\]\(https:\/\/evil/);
  }
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loosenedGuards } from "../../../../../src/core/findings/security/guards/loosened-guards.ts";
import { type Change, classifyStory, findingsFrom, rulesFrom } from "../../../../support/changes.ts";

interface Row {
  name: string;
  files: Record<string, Change>;
  rules: string[];
}

const owners = (before: string | null, after: string | null) => ({ ".github/CODEOWNERS": [before, after] as Change });

describe("code owners", () => {
  it.each<Row>([
    { name: "a pattern without owners", files: owners("/a/ @x\n", "/a/\n"), rules: ["code_owner_removed proven"] },
    { name: "a line gone", files: owners("* @y\n/a/ @x\n", "* @y\n"), rules: ["code_owner_removed likely"] },
    { name: "one owner of two gone", files: owners("/a/ @x @y\n", "/a/ @y\n"), rules: ["code_owner_removed likely"] },
    { name: "one owner after another", files: owners("/a/ @x\n", "/a/ @y\n"), rules: ["code_owner_removed hint"] },
    { name: "the whole file gone", files: owners("/a/ @x\n", null), rules: ["code_owner_removed proven"] },
    {
      name: "the file moved to another place GitHub reads",
      files: { "CODEOWNERS => .github/CODEOWNERS": ["/a/ @x\n", "/a/ @x\n"] },
      rules: [],
    },
    {
      name: "the file moved to where nobody looks",
      files: { ".github/CODEOWNERS => old/CODEOWNERS.bak": ["/a/ @x\n", "/a/ @x\n"] },
      rules: ["code_owner_removed proven"],
    },
    { name: "an owner more, and another case", files: owners("/a/ @X\n", "/a/ @x @y\n"), rules: [] },
    { name: "another order and comments", files: owners("/a/ @x @y\n", "# who\n/a/ @y @x # both\n"), rules: [] },
    { name: "a pattern that had none", files: owners("/a/\n", "\n"), rules: [] },
    { name: "a new file", files: owners(null, "/a/ @x\n"), rules: [] },
  ])("$name → $rules", async ({ files, rules }) => {
    expect(await rulesFrom(loosenedGuards, { files })).toEqual(rules);
  });

  it("shows the line before and after", async () => {
    const [finding] = await findingsFrom(loosenedGuards, {
      files: owners("# all\n/a/ @x @o/t\n", "# all\n/a/ @o/t\n"),
    });
    expect(finding).toMatchObject({
      what: "@x no longer owns `/a/`",
      before: "/a/ @x @o/t",
      after: "/a/ @o/t",
      line: 2,
      path: ".github/CODEOWNERS",
    });
  });
});

const protection = (body: string) => `branches:\n  - name: main\n    protection:\n${body.replace(/^/gm, "      ")}\n`;
const settings = (before: string, after: string) => ({ ".github/settings.yml": [before, after] as Change });
const reviews = (count: number, more = "") =>
  protection(`required_pull_request_reviews:\n  required_approving_review_count: ${count}${more}`);
const ruleset = (more: object) =>
  JSON.stringify({ name: "main", enforcement: "active", bypass_actors: [], rules: [], ...more }, null, 2);
const rulesets = (before: object, after: object | null) => ({
  ".github/rulesets/main.json": [ruleset(before), after === null ? null : ruleset(after)] as Change,
});
const checked = (...contexts: string[]) => ({
  rules: [
    {
      type: "required_status_checks",
      parameters: { required_status_checks: contexts.map((context) => ({ context })) },
    },
  ],
});

describe("rules of branches", () => {
  it.each<Row>([
    { name: "fewer approvals", files: settings(reviews(2), reviews(1)), rules: ["branch_rules_weakened proven"] },
    { name: "more approvals", files: settings(reviews(1), reviews(2)), rules: [] },
    {
      name: "no reviews any more",
      files: settings(reviews(1), protection("enforce_admins: true")),
      rules: ["branch_rules_weakened proven"],
    },
    {
      name: "old approvals count on",
      files: settings(reviews(1, "\n  dismiss_stale_reviews: true"), reviews(1)),
      rules: ["branch_rules_weakened proven"],
    },
    {
      name: "a check no longer required",
      files: settings(
        protection("required_status_checks:\n  contexts: [test, lint]"),
        protection("required_status_checks:\n  contexts: [test]"),
      ),
      rules: ["branch_rules_weakened proven"],
    },
    {
      name: "administrators let through, forced pushes allowed",
      files: settings(
        protection("enforce_admins: true"),
        protection("enforce_admins: false\nallow_force_pushes: true"),
      ),
      rules: ["branch_rules_weakened proven", "branch_rules_weakened proven"],
    },
    {
      name: "no protection any more",
      files: settings(reviews(1), "branches:\n  - name: main\n    protection: null\n"),
      rules: ["branch_rules_weakened proven"],
    },
    { name: "labels of the same file", files: settings(`${reviews(1)}labels: []\n`, reviews(1)), rules: [] },
    {
      name: "a ruleset that only watches",
      files: rulesets({}, { enforcement: "evaluate" }),
      rules: ["branch_rules_weakened likely"],
    },
    {
      name: "somebody who may pass by",
      files: rulesets({}, { bypass_actors: [{ actor_id: 5 }] }),
      rules: ["branch_rules_weakened likely"],
    },
    {
      name: "a rule gone",
      files: rulesets({ rules: [{ type: "deletion" }] }, {}),
      rules: ["branch_rules_weakened likely"],
    },
    {
      name: "a check gone from a ruleset",
      files: rulesets(checked("test", "lint"), checked("test")),
      rules: ["branch_rules_weakened likely"],
    },
    { name: "a check more", files: rulesets(checked("test"), checked("test", "lint")), rules: [] },
    {
      name: "a branch left out",
      files: rulesets(
        { conditions: { ref_name: { include: ["~DEFAULT_BRANCH", "refs/heads/stable"] } } },
        { conditions: { ref_name: { include: ["~DEFAULT_BRANCH"] } } },
      ),
      rules: ["branch_rules_weakened likely"],
    },
    { name: "the ruleset gone", files: rulesets({}, null), rules: ["branch_rules_weakened likely"] },
    { name: "a ruleset of another order", files: rulesets({ id: 1 }, { id: 2 }), rules: [] },
  ])("$name → $rules", async ({ files, rules }) => {
    expect(await rulesFrom(loosenedGuards, { files })).toEqual(rules);
  });
});

const entry = (ecosystem: string, more = "") =>
  `  - package-ecosystem: ${ecosystem}\n    directory: /\n    schedule: { interval: weekly }\n${more}`;
const dependabot = (before: string, after: string | null) => ({
  ".github/dependabot.yml": [
    `version: 2\nupdates:\n${before}`,
    after === null ? null : `version: 2\nupdates:\n${after}`,
  ] as Change,
});
const renovate = (before: string, after: string | null) => ({ "renovate.json5": [before, after] as Change });

describe("updates of dependencies", () => {
  it.each<Row>([
    {
      name: "an ecosystem gone",
      files: dependabot(entry("npm") + entry("pip"), entry("npm")),
      rules: ["dependency_updates_weakened likely"],
    },
    {
      name: "no more pull requests",
      files: dependabot(entry("npm"), entry("npm", "    open-pull-requests-limit: 0\n")),
      rules: ["dependency_updates_weakened likely"],
    },
    {
      name: "a dependency left alone",
      files: dependabot(entry("npm"), entry("npm", "    ignore:\n      - dependency-name: left-pad\n")),
      rules: ["dependency_updates_weakened hint"],
    },
    { name: "another interval", files: dependabot(entry("npm"), entry("npm").replace("weekly", "daily")), rules: [] },
    {
      name: "a folder renamed",
      files: dependabot(entry("npm"), entry("npm").replace("directory: /", "directory: /app")),
      rules: ["dependency_updates_weakened hint"],
    },
    { name: "the file gone", files: dependabot(entry("npm"), null), rules: ["dependency_updates_weakened likely"] },
    {
      name: "the file gone, and another tool's there",
      files: { ...dependabot(entry("npm"), null), "renovate.json": [null, "{}"] },
      rules: ["dependency_updates_weakened hint"],
    },
    {
      name: "Renovate switched off, in a file with comments",
      files: renovate(
        "{\n\t// ours\n\textends: ['config:base'],\n}",
        "{\n\t// off // now\n\tenabled: false, /* why */\n}",
      ),
      rules: ["dependency_updates_weakened likely"],
    },
    {
      name: "known faults no longer mended",
      files: renovate("{}", '{"vulnerabilityAlerts": {"enabled": false}}'),
      rules: ["dependency_updates_weakened likely"],
    },
    {
      name: "updates merged by themselves, at once",
      files: renovate('{"minimumReleaseAge": "3 days"}', '{"automerge": true}'),
      rules: ["dependency_updates_weakened hint", "dependency_updates_weakened likely"],
    },
    { name: "another preset", files: renovate('{"extends": ["a"]}', '{"extends": ["https://x.org//b"]}'), rules: [] },
  ])("$name → $rules", async ({ files, rules }) => {
    expect(await rulesFrom(loosenedGuards, { files })).toEqual(rules);
  });
});

const steps = (...uses: string[]) =>
  `on: pull_request\njobs:\n  scan:\n    runs-on: ubuntu-latest\n    steps:\n${["actions/checkout@v4", ...uses].map((one) => `      - uses: ${one}\n`).join("")}`;
const analyze = "github/codeql-action/analyze@v3";

describe("code scanning", () => {
  it.each<Row>([
    {
      name: "the workflow gone",
      files: { ".github/workflows/codeql.yml": [steps(analyze), null] },
      rules: ["code_scanning_weakened likely"],
    },
    {
      name: "the step gone",
      files: { ".github/workflows/ci.yml": [steps(analyze), steps()] },
      rules: ["code_scanning_weakened likely"],
    },
    {
      name: "the step in another workflow",
      files: {
        ".github/workflows/codeql.yml": [steps(analyze), null],
        ".github/workflows/ci.yml": [steps(), steps(analyze)],
      },
      rules: [],
    },
    {
      name: "another version",
      files: { ".github/workflows/ci.yml": [steps(analyze), steps("github/codeql-action/analyze@v4")] },
      rules: [],
    },
    {
      name: "an action that does not scan gone",
      files: { ".github/workflows/ci.yml": [steps("actions/cache@v4"), steps()] },
      rules: [],
    },
    {
      name: "folders left alone",
      files: { ".github/codeql/codeql-config.yml": ["name: a\n", "name: a\npaths-ignore:\n  - src/legacy\n"] },
      rules: ["code_scanning_weakened likely"],
    },
    {
      name: "queries left out",
      files: {
        ".github/codeql-config.yml": [
          "name: a\n",
          "disable-default-queries: true\nquery-filters:\n  - exclude: { id: x }\n",
        ],
      },
      rules: ["code_scanning_weakened likely", "code_scanning_weakened likely"],
    },
  ])("$name → $rules", async ({ files, rules }) => {
    expect(await rulesFrom(loosenedGuards, { files })).toEqual(rules);
  });
});

it("names a file that it cannot read", async () => {
  const { notAnalysed, classes } = await classifyStory({ files: settings("branches: [", "branches: []") });
  expect(notAnalysed).toEqual([{ path: ".github/settings.yml", why: "it is no readable YAML or JSON" }]);
  expect(classes.security.findings.map(({ rule }) => rule)).not.toContain("branch_rules_weakened");
});

it("never fails, whatever the files hold", async () => {
  const paths = fc.constantFrom(
    ...[".github/CODEOWNERS", ".github/settings.yml", ".github/rulesets/a.json", ".github/dependabot.yml"],
    ...["renovate.json5", ".github/workflows/a.yml", ".github/codeql/a.yml"],
  );
  const text = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.json({ maxDepth: 3 }),
    fc.constantFrom("", "updates: [1, null, {}]", "branches: [null]", "rules: 3", "{updates: [{ignore: 1}]}"),
  );
  await fc.assert(
    fc.asyncProperty(paths, text, text, async (path, before, after) => {
      await rulesFrom(loosenedGuards, { files: { [path]: [before, after] } });
    }),
    { numRuns: 300 },
  );
});

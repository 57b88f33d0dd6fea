import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { starterPolicy } from "../../../src/cli/init/starter-policy.ts";
import { type Survey, surveyRepository } from "../../../src/cli/init/survey-repository.ts";
import { teamsByRole, teamsOfCodeowners } from "../../../src/cli/init/teams.ts";
import { parsePolicy } from "../../../src/core/policy/parse-policy.ts";
import { presets } from "../../../src/core/policy/presets/index.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "holdpoint-survey-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

function survey(files: Record<string, string>): Promise<Survey> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return surveyRepository(directory);
}

const empty = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, ""]));
const ci = (on: string, job = "runs-on: ubuntu-24.04") =>
  `on:\n  ${on}\njobs:\n  test:\n    ${job}\n    steps: [{ run: npm test }]\n`;

describe("what kind of repository it is", () => {
  it.each([
    { kind: "library", files: empty("package.json", "src/index.ts") },
    { kind: "library", files: empty("go.mod", "list.go") },
    { kind: "application", files: empty("go.mod", "cmd/api/main.go") },
    { kind: "application", files: empty("pyproject.toml", "manage.py", "shop/models.py") },
    { kind: "application", files: empty("Gemfile", "config/routes.rb", "app/models/user.rb") },
    {
      kind: "monorepo",
      files: empty("package.json", "packages/a/package.json", "packages/b/package.json", "packages/c/package.json"),
    },
    {
      kind: "library",
      files: empty("package.json", "examples/a/package.json", "examples/b/package.json", "examples/c/package.json"),
    },
    { kind: "infrastructure", files: empty(...Array.from({ length: 12 }, (_, at) => `modules/m${at}/main.tf`)) },
    { kind: "api_description", files: empty("specification/openapi.yml", "specification/pets.yml", "Makefile") },
    { kind: "other", files: empty("README.md") },
  ])("$kind: $files", async ({ kind, files }) => {
    expect((await survey(files)).kind).toBe(kind);
  });
});

describe("the workflow that every change can wait for", () => {
  const path = ".github/workflows/ci.yml";
  it.each([
    { name: "runs for every pull request", text: ci("pull_request:"), required: path },
    { name: "runs for those into the default branch", text: ci("pull_request: { branches: [trunk] }"), required: path },
    { name: "runs for those into another branch", text: ci("pull_request: { branches: [next] }"), required: null },
    { name: "runs for some files only", text: ci("pull_request: { paths: [src/**] }"), required: null },
    { name: "leaves some files out", text: ci("pull_request: { paths-ignore: [docs/**] }"), required: null },
    { name: "may skip its only job", text: ci("pull_request:", "if: github.actor != 'x'"), required: null },
    {
      name: "runs for pushes only, though it speaks of pull_request",
      text: ci("push: # no pull_request"),
      required: null,
    },
    { name: "is no YAML", text: `${ci("pull_request:")}\n  - [`, required: null },
  ])("$name → $required", async ({ text, required }) => {
    const found = await survey({ ".git/HEAD": "ref: refs/heads/trunk\n", [path]: text, "a.ts": "" });
    expect(found.requiredWorkflow).toBe(required);
    expect(found.testWorkflows).toEqual([path]);
  });

  it("comes before what is called otherwise or runs for some only", async () => {
    const found = await survey({
      ".github/workflows/a-deploy-preview.yml": ci("pull_request:"),
      ".github/workflows/b-docs.yml": ci("pull_request: { paths: [docs/**] }"),
      ".github/workflows/tests.yml": ci("pull_request:"),
    });
    expect(found.testWorkflows[0]).toBe(".github/workflows/tests.yml");
  });
});

describe("what deserves a closer look", () => {
  it("is found by the names of folders, and put together where there are many", async () => {
    const found = await survey(
      empty(
        "src/auth/login.ts",
        "src/auth/inner/crypto/a.ts",
        "test/auth/login.test.ts",
        "docs/security/a.md",
        ...["a", "b", "c", "d", "e", "f"].map((app) => `${app}/migrations/0001.py`),
        "docs/migrations/a.md",
      ),
    );
    expect(found.security).toEqual(["src/auth/**"]);
    expect(found.migrations).toEqual(["**/migrations/**"]);
  });

  it("is what has benchmarks, of packages", async () => {
    const found = await survey(
      empty("packages/core/package.json", "packages/core/bench/a.ts", "packages/core/src/a.ts"),
    );
    expect(found.hotPaths).toEqual(["packages/core/src/**"]);
  });

  it("is not what .gitattributes calls generated or vendored", async () => {
    const attributes =
      "*.pb.go linguist-generated=true\n/api/client/** linguist-generated\ndocs/*.md -linguist-generated\nlib/old/ linguist-vendored\n*.x text\n[ab].go linguist-generated\n";
    const found = await survey({ ".gitattributes": attributes });
    expect(found.generated).toEqual(["**/*.pb.go", "api/client/**"]);
    expect(found.vendored).toEqual(["lib/old/**"]);
  });
});

describe("teams", () => {
  it("are those that CODEOWNERS names", () => {
    const text = "# @acme/old\n* @lena @acme/core # @acme/no\n/infra/ @acme/platform @acme/core\n*.ts a@b.c\n";
    expect(teamsOfCodeowners(text)).toEqual(["acme/core", "acme/platform"]);
  });

  it("hold the roles that their names say, the plainest first", () => {
    expect(teamsByRole(["acme/core", "acme/tech-leads", "acme/appsec", "acme/sre", "acme/sectional"])).toEqual({
      technical_lead: "acme/tech-leads",
      senior_developer: "acme/core",
      security_team: "acme/appsec",
      infrastructure_team: "acme/sre",
    });
  });
});

describe("the policy that fits", () => {
  const everything = {
    ".git/HEAD": "ref: refs/heads/main\n",
    CODEOWNERS: "* @acme/core\n/infra/ @acme/platform-team\n",
    ".gitattributes": "*.pb.go linguist-generated\n",
    ".github/workflows/ci.yml": ci("pull_request:"),
    "packages/core/package.json": "{}",
    "packages/core/bench/a.ts": "",
    "packages/core/src/auth/a.ts": "",
    "packages/core/src/a.test.ts": "",
    "db/migrations/1.sql": "",
    "infra/main.tf": "",
  };

  it.each([null, ...Object.keys(presets)])("loads without a complaint, on the preset %s", async (preset) => {
    const text = starterPolicy(await survey(everything), { preset, mode: "observe" });
    const load = parsePolicy(text, { repository: "", path: "checkpoints.yml", commit: null, blobSha: null }, "acme");
    if (load.kind !== "loaded") throw new Error(JSON.stringify(load.problems));
    expect(load.document.problems.filter(({ severity }) => severity !== "note")).toEqual([]);
    expect(load.document.policy).toMatchObject({
      mode: "observe",
      classification: {
        security: { paths: ["packages/core/src/auth/**"] },
        performance: { hot_paths: ["packages/core/src/**"] },
        size: { generated: ["**/*.pb.go"] },
      },
      roles: { infrastructure_team: { teams: ["acme/platform-team"] } },
      checkpoints: {
        infrastructure_change: { approver: ["infrastructure_team"] },
        tests_passed: { approvals: 0, conditions: { workflows: { ".github/workflows/ci.yml": ["success"] } } },
        data_migration: {},
      },
    });
  });
});

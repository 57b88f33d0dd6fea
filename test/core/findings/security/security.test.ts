import { expect, it } from "vitest";
import { isPinned } from "../../../../src/core/findings/security/workflows/pinning.ts";
import { readWorkflow } from "../../../../src/core/findings/security/workflows/workflow-file.ts";
import { classifyStory, findingsOf, rulesOf, type Story } from "../../../support/changes.ts";

const code: [string, string] = ["a\n", "b\n"];

it.each([
  { path: "src/auth/login.ts", rules: ["sensitive_path_changed hint"] },
  { path: "src/OAuthClient.ts", rules: ["sensitive_path_changed hint"] },
  { path: "app/models/user_session.rb", rules: ["sensitive_path_changed hint"] },
  { path: "lib/csrf-guard.js", rules: ["sensitive_path_changed hint"] },
  { path: "pkg/rbac/role.go", rules: ["sensitive_path_changed hint"] },
  { path: "src/authors/list.ts", rules: [] },
  { path: "src/author.ts", rules: [] },
  { path: "src/tokenizer.ts", rules: [] },
  { path: "src/parser/token.ts", rules: [] },
  { path: "src/theme/tokens.ts", rules: [] },
  { path: "src/api/token.ts", rules: ["sensitive_path_changed hint"] },
  { path: "src/correspondence.ts", rules: [] },
  { path: "src/auth/login.test.ts", rules: [] },
  { path: "test/auth/login.ts", rules: [] },
  { path: "docs/auth/login.md", rules: [] },
  { path: "vendor/auth/login.go", rules: [] },
  { path: "src/auth/config.json", rules: ["sensitive_path_touched hint"] },
  { path: "examples/auth/index.js", rules: ["sensitive_path_touched hint"] },
  { path: "src/users/list.ts", rules: [] },
  { path: "src/accounts/list.ts", rules: ["sensitive_path_touched hint"] },
  { path: "src/auth/a.ts => src/plain/a.ts", rules: ["sensitive_path_changed hint"] },
  { path: "src/plain/a.ts => src/auth/a.ts", rules: ["sensitive_path_changed hint"] },
])("$path → $rules", async ({ path, rules }) => {
  expect(await rulesOf("security", { files: { [path]: code } })).toEqual(rules);
});

it("believes the policy's own paths, whatever they are called", async () => {
  const options = { security: { paths: ["billing/**", "!billing/docs/**"] } };
  expect(await rulesOf("security", { files: { "billing/a.txt": code }, options })).toEqual([
    "sensitive_path_configured proven",
  ]);
  expect(await rulesOf("security", { files: { "billing/docs/a.txt": code }, options })).toEqual([]);
});

it("leaves out what the policy ignores, but not what moved out of it", async () => {
  const options = { security: { ignore: ["legacy/**"] } };
  expect(await rulesOf("security", { files: { "legacy/auth.ts": code }, options })).toEqual([]);
  expect(await rulesOf("security", { files: { "legacy/auth.ts => src/auth.ts": code }, options })).toEqual([
    "sensitive_path_changed hint",
  ]);
});

/** Put together here, so that no scanner takes this file for a leak. */
const githubToken = ["ghp", "wJ1aZ9kQ3xV7bN5mL2pR8sT4yU6cD0eF1gHi"].join("_");
const databaseUrl = ["postgres://user:", "hunter2pw", "@db.acme.io/x"].join("");
const privateKey = [
  "-----BEGIN RSA PRIVATE",
  ` KEY-----\nMIIEow${"Ab3".repeat(120)}\n-----END RSA PRIVATE`,
  " KEY-----",
].join("");

it.each([
  { name: "a token in code", path: "src/a.ts", text: `const t = "${githubToken}";\n`, strength: "proven", line: 1 },
  {
    name: "a token behind a comment that switches scanners off",
    path: "src/a.ts",
    text: `// secretlint-disable\nconst t = "${githubToken}";\n`,
    strength: "proven",
    line: 2,
  },
  {
    name: "a token deep in one long line",
    path: "src/a.ts",
    text: `${"x ".repeat(9000)}"${githubToken}"\n`,
    strength: "proven",
    line: 1,
  },
  {
    name: "a database address with a password",
    path: "config.yml",
    text: `a: 1\nurl: ${databaseUrl}\n`,
    strength: "proven",
    line: 2,
  },
  { name: "a private key over several lines", path: "key.pem", text: `${privateKey}\n`, strength: "proven", line: 1 },
  {
    name: "a token in a fixture",
    path: "test/fixtures/a.json",
    text: `"${githubToken}"\n`,
    strength: "likely",
    line: 1,
  },
  { name: "a token in prose", path: "docs/a.md", text: `${githubToken}\n`, strength: "likely", line: 1 },
])("finds $name, and shows it nowhere", async ({ path, text, strength, line }) => {
  const classification = await classifyStory({ files: { "src/b.ts": code, [path]: [null, text] } });
  const found = classification.classes.security.findings.filter(({ rule }) => rule === "secret_added");
  expect(found).toMatchObject([{ strength, path, line, before: null }]);
  const said = JSON.stringify(classification);
  for (const secret of [githubToken, "hunter2pw", "MIIEow"]) expect(said).not.toContain(secret);
});

it.each([
  { name: "a secret that is taken away", files: { "src/a.ts": [`"${githubToken}"\n`, "\n"] } },
  { name: "the word token", files: { "src/a.ts": ["", "const token = process.env.TOKEN;\n"] } },
  { name: "a commit id", files: { "src/a.ts": ["", `const sha = "${"0a1b2c3d".repeat(5)}";\n`] } },
] as (Story & { name: string })[])("finds no secret in $name", async (story) => {
  const rules = await rulesOf("security", story);
  expect(rules.filter((rule) => rule.startsWith("secret_added"))).toEqual([]);
});

it("cuts secrets out of findings about something else", async () => {
  const options = { breaking_change: { public: ["src/index.ts"] } };
  const findings = await findingsOf("breaking_change", {
    files: {
      "src/index.ts": [
        `export const key = "${githubToken}";\nexport const odd = "Zx9kQ3xV7bN5mL2pR8sT4yU6cD0e";\n`,
        "export {};\n",
      ],
    },
    options,
  });
  expect(findings).toHaveLength(2);
  expect(JSON.stringify(findings)).not.toContain(githubToken);
  expect(JSON.stringify(findings)).not.toContain("Zx9kQ3xV7bN5mL2pR8sT4yU6cD0e");
  expect(findings[0]?.before).toContain("export const key");
});

const workflow = ".github/workflows/ci.yml";
const plain = "on: [push]\npermissions:\n  contents: read\njobs:\n  test:\n    runs-on: x\n    steps: []\n";
const sha = "a".repeat(40);
const raise = "workflow_permission_raised";
const seen = "workflow_changed hint";
const title = "{{ github.event.pull_request.title }}";

it.each([
  { name: "a comment", before: plain, after: `# ci\n${plain}`, rules: [seen] },
  {
    name: "read becomes write",
    before: plain,
    after: plain.replace("contents: read", "contents: write"),
    rules: [seen, `${raise} proven`],
  },
  { name: "write becomes read", before: plain.replace("read", "write"), after: plain, rules: [seen] },
  {
    name: "everything may be written",
    before: plain,
    after: plain.replace("\n  contents: read", " write-all"),
    rules: [seen, `${raise} proven`],
  },
  {
    name: "a job gets more than the workflow",
    before: plain,
    after: plain.replace("runs-on: x", "permissions: { id-token: write }\n    runs-on: x"),
    rules: [seen, `${raise} proven`],
  },
  {
    name: "permissions are no longer stated",
    before: plain,
    after: plain.replace("permissions:\n  contents: read\n", ""),
    rules: [seen, `${raise} likely`],
  },
  {
    name: "permissions are stated for the first time",
    before: plain.replace("permissions:\n  contents: read\n", ""),
    after: plain,
    rules: [seen],
  },
  { name: "a new workflow that reads", before: null, after: plain, rules: [seen] },
  {
    name: "a new workflow that writes",
    before: null,
    after: plain.replace("read", "write"),
    rules: [seen, `${raise} proven`],
  },
  {
    name: "runs on pull_request_target",
    before: plain,
    after: plain.replace("[push]", "[push, pull_request_target]"),
    rules: [seen, "workflow_privileged_trigger proven"],
  },
  {
    name: "runs on workflow_run, as a mapping",
    before: plain,
    after: plain.replace("[push]", "\n  workflow_run:\n    workflows: [a]"),
    rules: [seen, "workflow_privileged_trigger proven"],
  },
  {
    name: "ran on pull_request_target before",
    before: plain.replace("[push]", "pull_request_target"),
    after: plain.replace("[push]", "[pull_request_target, push]"),
    rules: [seen],
  },
  {
    name: "a pinned action becomes a tag",
    before: plain.replace("steps: []", `steps:\n      - uses: a/b@${sha}`),
    after: plain.replace("steps: []", "steps:\n      - uses: a/b@v4"),
    rules: ["workflow_action_unpinned proven", seen],
  },
  {
    name: "a pinned action is pinned to another commit",
    before: plain.replace("steps: []", `steps:\n      - uses: a/b@${sha}`),
    after: plain.replace("steps: []", `steps:\n      - uses: a/b@${"b".repeat(40)}`),
    rules: [seen],
  },
  {
    name: "secrets are handed over",
    before: plain,
    after: `${plain}  call:\n    uses: ./.github/workflows/x.yml\n    secrets: inherit\n`,
    rules: [seen, "workflow_secrets_inherited likely"],
  },
  {
    name: "a title is put into a script",
    before: plain,
    after: plain.replace("steps: []", `steps:\n      - run: echo "$${title}"`),
    rules: [seen, "workflow_expression_injected likely"],
  },
  {
    name: "a title is passed in env",
    before: plain,
    after: plain.replace("steps: []", `env:\n      TITLE: $${title}`),
    rules: [seen],
  },
])("workflow: $name → $rules", async ({ before, after, rules }) => {
  expect(await rulesOf("security", { files: { [workflow]: [before, after] } })).toEqual(rules.sort());
});

it("reads a broken or unread workflow from its patch, and says so", async () => {
  const after = `${plain.replace("contents: read", "contents: write")}  broken: [\n`;
  const { classes, notAnalysed } = await classifyStory({ files: { [workflow]: [plain, after] } });
  expect(classes.security.findings.map(({ rule }) => rule)).toContain(raise);
  expect(notAnalysed).toEqual([{ path: workflow, why: "the workflow is no readable YAML" }]);
  const unread = await classifyStory({
    files: { [workflow]: [plain, plain.replace("read", "write")] },
    isPatchOnly: true,
  });
  expect(unread.classes.security.findings.map(({ rule }) => rule)).toContain(raise);
  expect(unread.notAnalysed).toEqual([{ path: workflow, why: "the workflow's text was not read" }]);
});

it("reads no aliases of a workflow", () => {
  expect(readWorkflow("a: &a [x]\non: *a\n")).toMatchObject({ triggers: [] });
  expect(readWorkflow("- a\n")).toBeNull();
  expect(isPinned(`v${sha}`)).toBe(false);
});

const manifest = (json: object) => `${JSON.stringify(json, null, 2)}\n`;

it.each([
  {
    name: "a dependency is added",
    before: {},
    after: { dependencies: { a: "^1.0.0" } },
    rules: ["dependency_added likely"],
  },
  {
    name: "a development dependency is added",
    before: {},
    after: { devDependencies: { a: "^1.0.0" } },
    rules: ["dependency_added hint"],
  },
  { name: "a package of the workspace is added", before: {}, after: { dependencies: { a: "workspace:*" } }, rules: [] },
  {
    name: "a minor version",
    before: { dependencies: { a: "^1.0.0" } },
    after: { dependencies: { a: "^1.2.0" } },
    rules: [],
  },
  {
    name: "a major version",
    before: { dependencies: { a: "^1.0.0" } },
    after: { dependencies: { a: "^2.0.0" } },
    rules: ["dependency_major_changed hint"],
  },
  {
    name: "an address instead of the registry",
    before: { dependencies: { a: "^1.0.0" } },
    after: { dependencies: { a: "git+https://x.example/a.git" } },
    rules: ["dependency_source_changed proven"],
  },
  {
    name: "a fork by its short name",
    before: { dependencies: { a: "^1.0.0" } },
    after: { dependencies: { a: "evil/a#main" } },
    rules: ["dependency_source_changed proven"],
  },
  {
    name: "an install script is added",
    before: {},
    after: { scripts: { postinstall: "node x.js" } },
    rules: ["install_script_changed proven"],
  },
  { name: "an install script is taken away", before: { scripts: { postinstall: "node x.js" } }, after: {}, rules: [] },
  { name: "another script is added", before: {}, after: { scripts: { build: "node x.js" } }, rules: [] },
])("package.json: $name → $rules", async ({ before, after, rules }) => {
  expect(await rulesOf("security", { files: { "package.json": [manifest(before), manifest(after)] } })).toEqual(rules);
});

it.each([
  { name: "a lock file alone", files: { "package-lock.json": code }, rules: ["lock_changed_alone likely"] },
  {
    name: "a lock file with its manifest",
    files: { "package-lock.json": code, "package.json": ["{}", "{ }"] },
    rules: [],
  },
  {
    name: "a lock file with another's manifest",
    files: { "Cargo.lock": code, "package.json": ["{}", "{ }"] },
    rules: ["lock_changed_alone likely"],
  },
  {
    name: "a requirement is added",
    files: { "requirements.txt": ["a==1.0\n", "a==1.0\nb==2.0\n"] },
    rules: ["dependency_added likely"],
  },
  {
    name: "a requirement is bumped",
    files: { "requirements.txt": ["a==1.0\n", "a==1.1\n"] },
    rules: ["dependency_manifest_changed hint"],
  },
  {
    name: "a Go module is required",
    files: { "go.mod": ["module a\n", "module a\nrequire x.example/b v1.2.3\n"] },
    rules: ["dependency_added likely"],
  },
  {
    name: "a crate is bumped",
    files: { "Cargo.toml": ['serde = "1.0"\n', 'serde = "1.1"\n'] },
    rules: ["dependency_manifest_changed hint"],
  },
  { name: "the policy", files: { ".github/checkpoints.yml": code }, rules: ["policy_changed proven"] },
  {
    name: "the policy is moved away",
    files: { ".github/checkpoints.yml => old.yml": code },
    rules: ["policy_changed proven"],
  },
  { name: "the owners", files: { "docs/CODEOWNERS": code }, rules: ["codeowners_changed proven"] },
  { name: "the registry", files: { ".npmrc": code }, rules: ["code_source_changed proven"] },
  { name: "a container", files: { "docker/Dockerfile.prod": code }, rules: ["container_changed hint"] },
  { name: "infrastructure", files: { "infra/main.tf": code }, rules: ["infrastructure_changed hint"] },
] as (Story & { name: string; rules: string[] })[])("$name → $rules", async ({ rules, ...story }) => {
  expect(await rulesOf("security", story)).toEqual(rules);
});

it.each([
  { name: "a symbolic link", path: "a", listed: { mode: "120000" }, rules: ["symlink_changed proven"] },
  { name: "a submodule", path: "a", listed: { mode: "160000" }, rules: ["submodule_changed proven"] },
  {
    name: "a file that became a link",
    path: "a",
    listed: { status: "type_changed" as const },
    rules: ["entry_type_changed proven"],
  },
  {
    name: "a file made executable",
    path: "a",
    listed: { mode: "100755", patch: null, additions: 0, deletions: 0, baseSha: sha, headSha: sha },
    rules: ["executable_changed likely"],
  },
  { name: "a bidirectional character", path: "src/a\u202esj.ts", rules: ["suspicious_name proven"] },
  { name: "a trailing dot", path: "src/a.", rules: ["suspicious_name proven"] },
  { name: "a trailing space in a folder", path: "src /a.ts", rules: ["suspicious_name proven"] },
  { name: "a backslash", path: "src\\a.ts", rules: ["suspicious_name proven"] },
  { name: "two dots", path: "src/../a.ts", rules: ["suspicious_name proven"] },
  { name: "a Cyrillic а in a Latin word", path: "src/p\u0430th.ts", rules: ["suspicious_name proven"] },
  { name: "a Cyrillic word", path: "docs/привет-world.md", rules: [] },
  { name: "letters with marks", path: "src/größe/naïve.ts", rules: [] },
])("$name → $rules", async ({ path, listed, rules }) => {
  expect(await rulesOf("security", { files: { [path]: code }, listed: { [path]: listed ?? {} } })).toEqual(rules);
});

import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { main } from "../../../src/cli/main.ts";
import { startSandbox } from "../../../src/sandbox/main.ts";

const policy = `version: 1
approval_workflows:
  automatic:
    scope: documentation
    criteria: [documentation_only]
    process: automated_approval
  peer_review:
    scope: everything else
    approver: peer
    approvals: 1
`;

// The first run loads all there is; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 120_000 });

let sandbox: Awaited<ReturnType<typeof startSandbox>>;

beforeAll(async () => {
  sandbox = await startSandbox();
  const acme = sandbox.createOrganisation("acme", { olga: "admin", maria: "member", bob: "member" });
  acme.basePermission = "write";
  sandbox.createRepository(acme, "api", {
    files: { "README.md": "# api\n", ".github/checkpoints.yml": policy, "src/list.ts": "export const list = [];\n" },
  });
  const merged = (title: string, files: Record<string, string>, isApproved: boolean) => {
    const pull = sandbox.as("maria").openPullRequest({ title, commits: [{ message: title, files }] });
    if (isApproved) sandbox.as("bob").approve(pull.number);
    sandbox.as("maria").merge(pull.number);
    return pull.number;
  };
  merged("docs: say its name", { "README.md": "# The API\n" }, false);
  const approved = merged("feat: one more", { "src/list.ts": "export const list = [1];\n" }, true);
  merged("feat: another", { "src/other.ts": "export const other = 2;\n" }, false);
  const revert = sandbox.as("maria").openPullRequest({
    title: 'Revert "feat: one more"',
    body: `Reverts acme/api#${approved}`,
    commits: [{ message: "Revert", files: { "src/list.ts": "export const list = [];\n" } }],
  });
  sandbox.as("bob").approve(revert.number);
  sandbox.as("maria").merge(revert.number);
});
afterAll(() => sandbox.stop());

async function run(args: string[], env: NodeJS.ProcessEnv = {}) {
  let stdout = "";
  let stderr = "";
  const exitCode = await main(["backtest", "--github", "acme/api", ...args], {
    env: { PATH: process.env.PATH, GITHUB_TOKEN: sandbox.tokenFor("olga"), GITHUB_API_URL: sandbox.url, ...env },
    write: (text) => {
      stdout += text;
    },
    warn: (text) => {
      stderr += text;
    },
    readStdin: async () => "",
    hasColour: false,
    width: 100,
    canAsk: false,
    progressTo: null,
  });
  return { exitCode, stdout, stderr };
}

it("tells what the reviews of then released from what would have waited, and how long people took", async () => {
  const { stdout, stderr, exitCode } = await run(["--json"]);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({
    repository: "acme/api",
    branch: "main",
    source: "github",
    policy: ".github/checkpoints.yml",
  });
  expect(report.changes.map(({ title, answer }: { title: string; answer: string }) => [title, answer])).toEqual([
    ["docs: say its name", "opens"],
    ["feat: one more", "released"],
    ["feat: another", "waits"],
    ['Revert "feat: one more"', "released"],
  ]);
  expect(report.changes[1].fate.reverted_by).toMatchObject({ title: 'Revert "feat: one more"' });
  expect(report.changes[1].waits).toMatchObject({ first_approval_ms: expect.any(Number) });
  expect(report.summary.assumed.map(({ says }: { says: string }) => says).join("\n")).toContain(
    "Teams and permissions are those of today",
  );
  expect(sandbox.violations).toEqual([]);
});

it("stops where the requests are spent, and says so", async () => {
  const { stdout } = await run(["--max-requests", "3"]);
  expect(stdout.replace(/\s+/g, " ")).toMatch(
    /Only \d changes? of 4 or more could be read: the requests that --max-requests allows were spent\./,
  );
});

it.each([
  { name: "without a token", env: { GITHUB_TOKEN: "" }, args: [], exitCode: 2, says: "set GITHUB_TOKEN" },
  {
    name: "a name that is none",
    env: {},
    args: ["--github", "acme"],
    exitCode: 2,
    says: '"acme" is no repository: write owner/name',
  },
  {
    name: "a repository that is not there",
    env: {},
    args: ["--github", "acme/nothing", "--policy", "preset:startup"],
    exitCode: 3,
    says: "GitHub does not show it",
  },
  {
    name: "a time without merges",
    env: {},
    args: ["--until", "2001-01-01"],
    exitCode: 2,
    says: "No pull request of acme/api was merged",
  },
])("refuses by name: $name", async ({ env, args, exitCode, says }) => {
  const ran = await run(args, { ...env });
  expect(ran.stderr).toContain(says);
  expect(ran.exitCode).toBe(exitCode);
});

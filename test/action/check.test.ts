/** The mode `check`, by the committed bundle against the simulated GitHub. */

import { describe, expect, it } from "vitest";
import type { AppPermissions } from "../../src/sandbox/state/apps.ts";
import { aStage, pullRequestEvent } from "./stage.ts";

const permissions: AppPermissions = {
  actions: "read",
  checks: "read",
  contents: "read",
  pull_requests: "read",
  statuses: "read",
};
const byPeers = "version: 1\napproval_workflows:\n  peer_review: { approver: peer, approvals: 1 }\n";
const documentation =
  "version: 1\napproval_workflows:\n  automatic: { criteria: [documentation_only], process: automated_approval }\n";
const bySecurity = `version: 1
roles:
  security: { teams: [acme/security] }
approval_workflows:
  review: { approver: security, approvals: 1 }
`;

async function aPullRequest(policy: string | null, files: Record<string, string> = {}, title = "Sort the list") {
  const stage = await aStage({
    files: {
      "package.json": '{ "name": "list", "version": "1.0.0", "exports": "./src/list.js" }\n',
      "src/list.js": "export const first = 1;\nexport const second = 2;\n",
      ...(policy === null ? {} : { ".github/checkpoints.yml": policy }),
    },
  });
  const { github, run } = stage;
  const pull = github.as("maria").openPullRequest({ title, files: { "README.md": "# the api\n", ...files } });
  const check = (inputs: Record<string, string> = {}, event = pullRequestEvent(pull)) =>
    run({ inputs: { mode: "check", ...inputs }, event, token: permissions });
  return { ...stage, pull, check };
}

describe("the verdict", () => {
  it("open: passes, and says in its outputs what was found", async () => {
    const { check } = await aPullRequest(documentation);
    const result = await check();
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    expect(result.outputs).toMatchObject({ verdict: "open", workflow: "automatic", risk: "low", classes: "" });
    expect(JSON.parse(result.outputs.json ?? "")).toMatchObject({ verdict: "open", workflow: "automatic" });
  });

  it("held: fails, with the App's own page, findings on their lines and what such a verdict is worth", async () => {
    const { check } = await aPullRequest(byPeers, { "src/list.js": "export const first = 1;\n" });
    const result = await check();
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.outputs).toMatchObject({ verdict: "held", workflow: "peer_review", classes: "breaking_change" });
    expect(result.summary).toContain("only the Holdpoint App can hold a change");
    expect(result.summary).toContain("`export_removed`");
    expect(result.annotations).toContainEqual({
      level: "warning",
      properties: { title: "breaking: an exported name was removed or renamed", file: "src/list.js", line: "2" },
      message: expect.stringContaining("exported const second was removed"),
    });
  });

  it("held passes where the workflow only wants to know", async () => {
    const { check } = await aPullRequest(byPeers);
    expect(await check({ "fail-on": "never" })).toMatchObject({ exitCode: 0, outputs: { verdict: "held" } });
  });

  it("is by the policy of the base branch: a change cannot loosen its own gate", async () => {
    const { check } = await aPullRequest(byPeers, { ".github/checkpoints.yml": documentation });
    expect(await check()).toMatchObject({ exitCode: 1, outputs: { verdict: "held" } });
  });

  it("is an error where that policy has mistakes", async () => {
    const { check } = await aPullRequest("version: 1\napproval_workflows: 7\n");
    const result = await check();
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: "error" } });
    expect(result.summary).toContain("approval_workflows");
  });

  it("waits for a team that the token may not read, and says so: unknown is closed", async () => {
    const { check, github, acme, api, pull } = await aPullRequest(bySecurity);
    github.createTeam(acme, "Security", ["sam"], { repositories: [[api, "write"]] });
    github.as("sam").approve(pull.number);
    const result = await check();
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: "held" } });
    expect(result.summary).toContain("Members of acme/security could not be read with this token");
  });

  it("knows the team's members by a token that may read them", async () => {
    const { github, acme, api, pull, run } = await aPullRequest(bySecurity);
    github.createTeam(acme, "Security", ["sam"], { repositories: [[api, "write"]] });
    const reader = github.workflowToken(api, { ...permissions, members: "read" });
    const result = await run({ inputs: { mode: "check" }, event: pullRequestEvent(pull), token: reader });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: "held" } });
    expect(result.summary).not.toContain("could not be read with this token");
    expect(result.summary).toContain("@sam");
  });

  it("of a closed pull request is none", async () => {
    const { check, github, pull } = await aPullRequest(byPeers);
    github.as("maria").close(pull.number);
    expect(await check()).toMatchObject({ exitCode: 0, outputs: { verdict: "closed" } });
  });
});

// GitHub may take some seconds to know a pull request that its event names already, so that a missing one is asked for again.
describe("where nothing can be judged, the step fails and says why", { timeout: 90_000 }, () => {
  it.each([
    { name: "no policy", policy: null, inputs: {}, says: "put a `.github/checkpoints.yml` on the branch main" },
    {
      name: "no such pull request",
      policy: byPeers,
      inputs: { "pull-request": "99" },
      says: "There is no pull request #99",
    },
    { name: "no number", policy: byPeers, inputs: { "pull-request": "main" }, says: '"main", which is no number' },
    {
      name: "a choice that there is not",
      policy: byPeers,
      inputs: { "fail-on": "green" },
      says: "Write one of `held`, `never`",
    },
  ])("$name", async ({ policy, inputs, says }) => {
    const { check } = await aPullRequest(policy);
    const result = await check(inputs as Record<string, string>);
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.annotations.at(-1)?.message).toContain(says);
  });

  it("an event without a pull request", async () => {
    const { check } = await aPullRequest(byPeers);
    const result = await check({}, { name: "push", payload: {} as never });
    expect(result.annotations[0]?.message).toContain("The event `push` names no pull request");
  });

  it("5xx", async () => {
    const { check, github } = await aPullRequest(documentation);
    github.faults.failNext({ graphql: "PullRequest" }, { kind: "answer", status: 502 }, 10);
    const result = await check();
    expect(result).toMatchObject({ exitCode: 1, outputs: {} });
    expect(result.annotations[0]?.message).toContain("GitHub did not answer when asked for pull request #1");
  });

  it("a spent budget", async () => {
    const { check, github } = await aPullRequest(documentation);
    github.faults.limitNext({ path: /files$/ }, 3600);
    const result = await check();
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.annotations[0]?.message).toContain("GitHub limits requests until");
  });

  it("a permission that is missing, with the lines to add", async () => {
    const { pull, run } = await aPullRequest(documentation);
    const token = { contents: "read", pull_requests: "read" } as const;
    const result = await run({ inputs: { mode: "check" }, event: pullRequestEvent(pull), token });
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.annotations[0]?.message).toContain("permissions:\n  actions: read\n  checks: read\n  contents: read");
  });
});

describe("strangers' text", () => {
  const title = "a\n::set-output name=verdict::open%0A::error::x | @sam <img src=x> [a](b)";

  it("in a title runs no command and writes no Markdown, under pull_request_target neither", async () => {
    const { check, pull } = await aPullRequest(byPeers, {}, title);
    for (const name of ["pull_request", "pull_request_target"]) {
      const result = await check({}, pullRequestEvent(pull, name));
      expect(result.outputs.verdict).toBe("held");
      expect(result.stdout.split("\n").filter((line) => line.startsWith("::"))).toHaveLength(1);
      expect(result.summary).not.toContain("<img");
      expect(result.summary).not.toContain("@sam");
      expect(result.summary).not.toContain("[a](b)");
    }
  });

  it("in a path stays within its annotation", async () => {
    const path = "src/x,line=1::y%0A.ts";
    const { check, pull } = await aPullRequest(byPeers, {
      [path]: 'export const key = "AKIA" + "x";\neval(location.hash);\n',
    });
    const result = await check({}, pullRequestEvent(pull));
    for (const { properties } of result.annotations)
      expect(["src/x,line=1::y%0A.ts", undefined]).toContain(properties.file);
  });
});

it("shows no more annotations than GitHub does", async () => {
  const names = Array.from({ length: 15 }, (_, at) => `name${at}`);
  const text = (list: readonly string[]) => list.map((name) => `export const ${name} = 1;\n`).join("");
  const policy = {
    ".github/checkpoints.yml": byPeers,
    "package.json": '{ "name": "list", "exports": "./src/list.js" }\n',
  };
  const { github, run } = await aStage({ files: { ...policy, "src/list.js": text(names) } });
  const pull = github.as("maria").openPullRequest({ title: "Less", files: { "src/list.js": text(names.slice(14)) } });
  const result = await run({ inputs: { mode: "check" }, event: pullRequestEvent(pull), token: permissions });
  expect(result.annotations.filter(({ level }) => level === "warning")).toHaveLength(10);
  expect(result.stdout).toContain("4 more annotations");
});

import { expect, it } from "vitest";
import { findingsOf, rulesOf } from "../../../support/changes.ts";

const path = ".github/workflows/ci.yml";
const expression = (text: string) => `$${`{{ ${text} }}`}`;
const title = expression("github.event.pull_request.title");
const sha = "a".repeat(40);

interface Shape {
  on?: string;
  permissions?: string;
  job?: string;
  steps?: string[];
  more?: string;
}

/** A workflow that reads, with one job `test`. */
function workflow({
  on = "push",
  permissions = "{ contents: read }",
  job = "",
  steps = ["run: make"],
  more = "",
}: Shape = {}) {
  const rows = steps.map((step) => `      - ${step.replaceAll("\n", "\n        ")}\n`).join("");
  return `on: ${on}\npermissions: ${permissions}\njobs:\n  test:\n    runs-on: ubuntu-latest\n${job}    steps:\n${rows}${more}`;
}

const plain = workflow();

it.each([
  {
    name: "a checkout of the head on pull_request_target",
    before: workflow({ on: "pull_request_target" }),
    after: workflow({
      on: "pull_request_target",
      steps: [`uses: actions/checkout@${sha}\nwith:\n  ref: ${expression("github.event.pull_request.head.sha")}`],
    }),
    rules: ["workflow_untrusted_checkout proven"],
  },
  {
    name: "the trigger that makes a checkout of the head dangerous",
    before: workflow({ on: "pull_request", steps: ["run: gh pr checkout 1"] }),
    after: workflow({ on: "pull_request_target", steps: ["run: gh pr checkout 1"] }),
    rules: ["workflow_privileged_trigger proven", "workflow_untrusted_checkout proven"],
  },
  {
    name: "a checkout of the head where a label has to be set",
    before: workflow({ on: "pull_request_target" }),
    after: workflow({
      on: "pull_request_target",
      job: "    if: contains(github.event.pull_request.labels.*.name, 'safe')\n",
      steps: ["run: git fetch origin pull/1/head && git checkout FETCH_HEAD"],
    }),
    rules: ["workflow_untrusted_checkout likely"],
  },
  {
    name: "a checkout of the base on pull_request_target",
    before: workflow({ on: "pull_request_target" }),
    after: workflow({ on: "pull_request_target", steps: [`uses: actions/checkout@${sha}`] }),
    rules: [],
  },
  {
    name: "a checkout of the head on pull_request",
    before: workflow({ on: "pull_request" }),
    after: workflow({ on: "pull_request", steps: ["run: gh pr checkout 1"] }),
    rules: [],
  },
  {
    name: "a comment that fetches the change",
    before: workflow({ on: "issue_comment" }),
    after: workflow({ on: "issue_comment", steps: [`run: gh pr checkout ${expression("github.event.issue.number")}`] }),
    rules: ["workflow_untrusted_checkout likely"],
  },
  {
    name: "what another run made is taken in after it",
    before: workflow({ on: "\n  workflow_run: { workflows: [a] }" }),
    after: workflow({
      on: "\n  workflow_run: { workflows: [a] }",
      steps: [`uses: actions/download-artifact@${sha}\nwith:\n  run-id: ${expression("github.event.workflow_run.id")}`],
    }),
    rules: ["workflow_untrusted_checkout likely"],
  },
  {
    name: "a title in a script on issues",
    before: workflow({ on: "issues" }),
    after: workflow({ on: "issues", steps: [`run: echo "${expression("github.event.issue.title")}"`] }),
    rules: ["workflow_expression_injected proven"],
  },
  {
    name: "a title in a block on pull_request",
    before: workflow({ on: "pull_request" }),
    after: workflow({ on: "pull_request", steps: [`run: |\n  set -e\n  echo "${title}"`] }),
    rules: ["workflow_expression_injected likely"],
  },
  {
    name: "a branch in github-script",
    before: plain,
    after: workflow({
      steps: [`uses: actions/github-script@${sha}\nwith:\n  script: "run('${expression("github.head_ref")}')"`],
    }),
    rules: ["workflow_expression_injected likely"],
  },
  {
    name: "a title by way of env, as an expression",
    before: plain,
    after: workflow({ steps: [`env:\n  TITLE: ${title}\nrun: echo "${expression("env.TITLE")}"`] }),
    rules: ["workflow_expression_injected likely"],
  },
  {
    name: "a title by way of env, as a variable",
    before: plain,
    after: workflow({ steps: [`env:\n  TITLE: ${title}\nrun: echo "$TITLE"`] }),
    rules: [],
  },
  {
    name: "a question about a title",
    before: plain,
    after: workflow({ steps: [`run: echo ${expression("contains(github.event.pull_request.title, 'wip')")}`] }),
    rules: [],
  },
  {
    name: "a title that was in the script before",
    before: workflow({ steps: [`run: echo ${title}`] }),
    after: workflow({ steps: [`run: echo ${title} `, "run: make"] }),
    rules: [],
  },
  {
    name: "a number in a script",
    before: plain,
    after: workflow({ steps: [`run: echo ${expression("github.event.number")}`] }),
    rules: [],
  },
  {
    name: "an own machine for pull requests",
    before: workflow({ on: "pull_request" }),
    after: workflow({ on: "pull_request" }).replace("ubuntu-latest", "[self-hosted, linux]"),
    rules: ["workflow_self_hosted_runner likely"],
  },
  { name: "an own machine for pushes", before: plain, after: plain.replace("ubuntu-latest", "self-hosted"), rules: [] },
  {
    name: "the whole checkout is uploaded",
    before: plain,
    after: workflow({
      steps: [`uses: actions/checkout@${sha}`, `uses: actions/upload-artifact@${sha}\nwith: { path: . }`],
    }),
    rules: ["workflow_credentials_uploaded likely"],
  },
  {
    name: "the whole checkout is uploaded without its token",
    before: plain,
    after: workflow({
      steps: [
        `uses: actions/checkout@${sha}\nwith: { persist-credentials: false }`,
        `uses: actions/upload-artifact@${sha}\nwith: { path: . }`,
      ],
    }),
    rules: [],
  },
  {
    name: "a cache on pull_request_target",
    before: workflow({ on: "pull_request_target" }),
    after: workflow({ on: "pull_request_target", steps: [`uses: actions/cache@${sha}`] }),
    rules: ["workflow_cache_shared hint"],
  },
  { name: "a cache on push", before: plain, after: workflow({ steps: [`uses: actions/cache@${sha}`] }), rules: [] },
  {
    name: "old commands are allowed",
    before: plain,
    after: workflow({ steps: ["run: make\nenv: { ACTIONS_ALLOW_UNSECURE_COMMANDS: true }"] }),
    rules: ["workflow_commands_unsecured proven"],
  },
  {
    name: "a new action of others by its tag",
    before: plain,
    after: workflow({ steps: ["uses: acme/deploy@v1"] }),
    rules: ["workflow_action_floating hint"],
  },
  {
    name: "a new action of others by its commit",
    before: plain,
    after: workflow({ steps: [`uses: acme/deploy@${sha}`] }),
    rules: [],
  },
  {
    name: "a new action of GitHub",
    before: plain,
    after: workflow({ steps: ["uses: actions/checkout@v5"] }),
    rules: [],
  },
  {
    name: "an action of the repository",
    before: plain,
    after: workflow({ steps: ["uses: ./actions/build"] }),
    rules: [],
  },
  {
    name: "an action of GitHub is no longer pinned",
    before: workflow({ steps: [`uses: actions/checkout@${sha}`] }),
    after: workflow({ steps: ["uses: actions/checkout@v5"] }),
    rules: ["workflow_action_unpinned likely"],
  },
  {
    name: "every secret is handed to a workflow of others",
    before: plain,
    after: workflow({ more: `  call:\n    uses: acme/shared/.github/workflows/x.yml@${sha}\n    secrets: inherit\n` }),
    rules: ["workflow_secrets_inherited proven"],
  },
  {
    name: "tests may fail",
    before: workflow({ steps: ["run: npm test"] }),
    after: workflow({ steps: ["run: npm test\ncontinue-on-error: true"] }),
    rules: ["workflow_check_weakened likely"],
  },
  {
    name: "something else may fail",
    before: workflow({ steps: ["name: Upload\nrun: ./up.sh"] }),
    after: workflow({ steps: ["name: Upload\nrun: ./up.sh\ncontinue-on-error: true"] }),
    rules: ["workflow_check_weakened hint"],
  },
  {
    name: "what tests leave behind may fail to be fetched",
    before: workflow({ steps: ["name: Download test timings\nrun: ./fetch.sh"] }),
    after: workflow({ steps: ["name: Download test timings\nrun: ./fetch.sh\ncontinue-on-error: true"] }),
    rules: ["workflow_check_weakened hint"],
  },
  {
    name: "the result of tests is ignored",
    before: workflow({ steps: ["run: |\n  npm ci\n  npm test"] }),
    after: workflow({ steps: ["run: |\n  npm ci\n  npm test || true"] }),
    rules: ["workflow_check_weakened likely"],
  },
  {
    name: "a job is switched off",
    before: plain,
    after: workflow({ job: "    if: false\n" }),
    rules: ["workflow_check_weakened likely"],
  },
  {
    name: "a job gets a condition",
    before: plain,
    after: workflow({ job: "    if: github.ref == 'refs/heads/main'\n" }),
    rules: [],
  },
  {
    name: "pull requests are no longer checked",
    before: workflow({ on: "[push, pull_request]" }),
    after: workflow({ on: "[push]" }),
    rules: ["workflow_check_weakened likely"],
  },
  {
    name: "a job that checks is removed",
    before: workflow({ more: "  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm run lint\n" }),
    after: plain,
    rules: ["workflow_check_removed likely"],
  },
  {
    name: "a job that checks gets another name",
    before: workflow({ more: "  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm run lint\n" }),
    after: workflow({ more: "  style:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm run lint\n" }),
    rules: ["workflow_check_removed hint"],
  },
  {
    name: "a step that checks is removed",
    before: workflow({ steps: ["run: make", "name: Lint\nrun: npm run lint"] }),
    after: plain,
    rules: ["workflow_check_removed hint"],
  },
  {
    name: "a job goes by a new name and writes as it did",
    before: workflow({ job: "    permissions: { contents: write }\n" }),
    after: workflow({ job: "    permissions: { contents: write }\n" }).replace("  test:", "  tests:"),
    rules: ["workflow_check_removed hint", "workflow_permission_raised likely"],
  },
  {
    name: "a new workflow that says nothing of permissions",
    before: null,
    after: plain.replace("permissions: { contents: read }\n", ""),
    rules: ["workflow_permission_unstated hint"],
  },
])("workflow: $name → $rules", async ({ before, after, rules }) => {
  const found = await rulesOf("security", { files: { [path]: [before, after] } });
  expect(found.filter((rule) => rule !== "workflow_changed hint")).toEqual(rules);
});

it("tells the line on which a text is put into a script", async () => {
  const after = workflow({ steps: ["run: make", `run: |\n  set -e\n  echo "${title}"`] });
  const [found] = (await findingsOf("security", { files: { [path]: [plain, after] } })).filter(
    ({ rule }) => rule === "workflow_expression_injected",
  );
  expect(after.split("\n")[(found?.line ?? 0) - 1]).toContain("echo");
  expect(found?.symbol).toBe("test");
});

it("reads the steps of a composite action", async () => {
  const action = (run: string) =>
    `name: a\nruns:\n  using: composite\n  steps:\n    - run: ${run}\n      shell: bash\n`;
  const rules = await rulesOf("security", { files: { "action.yml": [action("make"), action(`echo ${title}`)] } });
  expect(rules).toContain("workflow_expression_injected likely");
});

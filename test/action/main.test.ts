/** What every mode has in common, and the mode `validate`: by the committed bundle. */

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { modes, runnerInputs, sharedInputs } from "../../action/modes.ts";
import { runAction } from "../support/action-runner.ts";

const root = join(import.meta.dirname, "../..");

async function aCheckout(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "checkout-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await Promise.all(Object.entries(files).map(([path, text]) => writeFile(join(folder, path), text)));
  return folder;
}

it.each([
  { name: "no mode", inputs: {}, says: "The input `mode` is missing. Write one of `gate`," },
  { name: "a mode that there is not", inputs: { mode: "gait" }, says: 'There is no mode "gait". Write one of `gate`,' },
  { name: "a mode of every object", inputs: { mode: "constructor" }, says: 'There is no mode "constructor".' },
  {
    name: "a misspelt input",
    inputs: { mode: "gate", "allow-bypased": "false" },
    says: 'The mode `gate` has no input "allow-bypased". Its inputs are `mode`, `token`, `sha`,',
  },
  {
    name: "an input of another mode",
    inputs: { mode: "validate", "fail-on": "never" },
    says: 'The mode `validate` has no input "fail-on".',
  },
  {
    name: "a switch that is none",
    inputs: { mode: "gate", "allow-bypassed": "maybe" },
    says: "Write `true` or `false`.",
  },
  { name: "a timeout without a unit", inputs: { mode: "gate", timeout: "10" }, says: "`timeout` is no duration" },
  { name: "a timeout of a year", inputs: { mode: "gate", timeout: "365 days" }, says: "of at most 6 hours" },
  {
    name: "a commit by half its id",
    inputs: { mode: "gate", sha: "abc1234" },
    says: '"abc1234" is no whole commit id',
  },
  { name: "no commit at all", inputs: { mode: "gate" }, says: "No commit is named" },
  { name: "an empty token", inputs: { mode: "gate", token: "" }, says: "The input `token` is empty." },
  {
    name: "a range of ranges",
    inputs: { mode: "gate", sha: "1".repeat(40), base: "main", since: "a...b" },
    says: '"a...b" is no commit.',
  },
])("$name: a sentence that says what to write", async ({ inputs, says }) => {
  const repository = { GITHUB_REPOSITORY: "acme/api", GITHUB_REPOSITORY_ID: "7" };
  const result = await runAction({ inputs: inputs as Record<string, string>, env: repository });
  expect(result.exitCode).toBe(1);
  expect(result.annotations).toEqual([{ level: "error", properties: {}, message: expect.stringContaining(says) }]);
});

it("outside a workflow it says where it belongs", async () => {
  const inputs = { mode: "gate" };
  const noRepository = await runAction({ inputs });
  expect(noRepository.annotations[0]?.message).toContain("Run this action as a step of a workflow");
  const env = { GITHUB_REPOSITORY: "acme/api", GITHUB_REPOSITORY_ID: "7", GITHUB_EVENT_PATH: undefined };
  const noEvent = await runAction({ inputs, env });
  expect(noEvent.annotations[0]?.message).toContain("GITHUB_EVENT_NAME and GITHUB_EVENT_PATH are not set.");
});

it("an event that is no JSON object stops it", async () => {
  const env = { GITHUB_REPOSITORY: "acme/api", GITHUB_REPOSITORY_ID: "7" };
  const result = await runAction({ inputs: { mode: "gate" }, env, event: { name: "push", payload: [1] } });
  expect(result.annotations[0]?.message).toBe("The event that started the workflow is no JSON object.");
});

it("action.yml lists the inputs that the modes take, and no mode is left out", async () => {
  const action = parse(await readFile(join(root, "action/action.yml"), "utf8"));
  const taken = new Set([
    ...sharedInputs,
    ...runnerInputs,
    ...Object.values(modes).flatMap((mode) => Object.keys(mode.inputs)),
  ]);
  expect(Object.keys(action.inputs).sort()).toEqual([...taken].sort());
  for (const [name, mode] of Object.entries(modes)) {
    expect(action.inputs.mode.description).toContain(`\`${name}\``);
    for (const [input, byDefault] of Object.entries(mode.inputs)) {
      expect(action.inputs[input].description).toContain(`\`${name}\``);
      // The default is the mode's own: an input that was not given is empty, so that one of another mode can be refused.
      expect(action.inputs[input].default).toBeUndefined();
      if (byDefault !== "") expect(action.inputs[input].description).toContain(byDefault);
    }
  }
  expect(action.runs).toEqual({ using: "node24", main: "dist/index.mjs" });
});

it("validate: every mistake on its line, and a red step", async () => {
  const policy =
    'version: 1\napproval_workflows:\n  peer_review: { approver: peer, approvals: "many" }\nsnacks: true\n';
  const workspace = await aCheckout({ "checkpoints.yml": policy });
  const inputs = { mode: "validate", policy: "checkpoints.yml" };
  const result = await runAction({ inputs, env: { GITHUB_WORKSPACE: workspace } });
  expect(result.exitCode).toBe(1);
  const lines = result.annotations.filter(({ properties }) => properties.file === "checkpoints.yml");
  expect(lines.map(({ properties }) => properties.line)).toEqual(expect.arrayContaining(["3", "4"]));
  expect(result.outputs).toEqual({ verdict: "invalid" });
  expect(result.summary).toContain("> 3 |");
});

it("validate: a good policy passes", async () => {
  const workspace = await aCheckout({
    "checkpoints.yml": "version: 1\napproval_workflows:\n  a: { approver: peer, approvals: 1 }\n",
  });
  const inputs = { mode: "validate", policy: "checkpoints.yml" };
  const result = await runAction({ inputs, env: { GITHUB_WORKSPACE: workspace } });
  expect(result).toMatchObject({ exitCode: 0, outputs: { verdict: "valid" }, annotations: [] });
});

it("validate: without a checkout it says which step is missing", async () => {
  const result = await runAction({ inputs: { mode: "validate" }, env: { GITHUB_WORKSPACE: await aCheckout({}) } });
  expect(result.exitCode).toBe(1);
  expect(result.annotations[0]?.message).toContain("Put a step with actions/checkout before this one.");
});

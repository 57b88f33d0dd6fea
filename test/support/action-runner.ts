/** Runs the committed bundle of the Action as a runner does: inputs and the event by environment and files, answers by files and commands. */

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { AppPermissions } from "../../src/sandbox/state/apps.ts";
import type { Repository } from "../../src/sandbox/state/repository.ts";

const bundle = join(import.meta.dirname, "../../action/dist/index.mjs");

export interface Step {
  inputs: Record<string, string>;
  github?: Sandbox;
  repository?: Repository;
  /** What the workflow gives its token; the token itself where it is a string. */
  token?: AppPermissions | string;
  event?: { name: string; payload: unknown };
  /** Of the runner, beside what every step has; `undefined` takes a variable away. */
  env?: Record<string, string | undefined>;
}

export interface StepResult {
  exitCode: number;
  /** What it wrote: the log, with its commands. */
  stdout: string;
  stderr: string;
  outputs: Record<string, string>;
  summary: string;
  /** `::error …::message`, as the runner reads them: unescaped. */
  annotations: { level: string; properties: Record<string, string>; message: string }[];
}

/** Resolves when the step has ended. */
export async function runAction(step: Step): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), "action-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = (name: string) => join(folder, name);
  await Promise.all([
    writeFile(file("event.json"), JSON.stringify(step.event?.payload ?? {})),
    writeFile(file("output"), ""),
    writeFile(file("summary"), ""),
  ]);
  const env = {
    ...runnerEnv(step),
    GITHUB_EVENT_PATH: file("event.json"),
    GITHUB_OUTPUT: file("output"),
    GITHUB_STEP_SUMMARY: file("summary"),
    RUNNER_TEMP: folder,
    ...step.env,
  };
  const { exitCode, stdout, stderr } = await run(env);
  const [outputs, summary] = await Promise.all([readFile(file("output"), "utf8"), readFile(file("summary"), "utf8")]);
  return { exitCode, stdout, stderr, outputs: parseOutputs(outputs), summary, annotations: parseAnnotations(stdout) };
}

function runnerEnv({ inputs, github, repository, token, event }: Step): Record<string, string> {
  const url = github?.url ?? "http://127.0.0.1:9";
  const given =
    typeof token === "string"
      ? token
      : github && repository
        ? github.workflowToken(repository, token ?? { checks: "read", contents: "read", pull_requests: "read" })
        : "ghs_unknown";
  const written = Object.entries({ token: given, ...inputs }).map(([name, value]) => [
    `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`,
    value,
  ]);
  return {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: url,
    GITHUB_GRAPHQL_URL: `${url}/graphql`,
    GITHUB_SERVER_URL: url,
    GITHUB_EVENT_NAME: event?.name ?? "push",
    GITHUB_WORKSPACE: tmpdir(),
    ...(repository && {
      GITHUB_REPOSITORY: `${repository.owner.login}/${repository.name}`,
      GITHUB_REPOSITORY_ID: String(repository.id),
    }),
    ...Object.fromEntries(written),
  };
}

function run(env: Record<string, string | undefined>) {
  return new Promise<{ exitCode: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(process.execPath, [bundle], { env, maxBuffer: 64 << 20 }, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

/** `name<<delimiter`, the value, `delimiter`; see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#multiline-strings */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const [name = "", delimiter] = (lines[at] ?? "").split("<<");
    if (delimiter === undefined) continue;
    const end = lines.indexOf(delimiter, at + 1);
    outputs[name] = lines.slice(at + 1, end).join("\n");
    at = end;
  }
  return outputs;
}

function parseAnnotations(stdout: string): StepResult["annotations"] {
  return [...stdout.matchAll(/^::(error|warning|notice)(?: ([^\n]*?))?::(.*)$/gm)].map(
    ([, level = "", list = "", message = ""]) => ({
      level,
      properties: Object.fromEntries(
        list.split(",").flatMap((pair) => {
          const [name, ...value] = pair.split("=");
          return name ? [[name, unescaped(value.join("="))]] : [];
        }),
      ),
      message: unescaped(message),
    }),
  );
}

function unescaped(text: string): string {
  return text
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%25", "%");
}

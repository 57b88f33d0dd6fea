/** What a repository's workflows do for its pull requests. */

import { parse } from "yaml";
import { textOf } from "./list-files.ts";

export interface TestWorkflow {
  path: string;
  /** It runs for every pull request, whatever that changes, so that waiting for it holds none for ever. */
  runsAlways: boolean;
}

export interface Workflows {
  tests: TestWorkflow[];
  /** One scans code, or reviews dependencies. */
  hasCodeScanning: boolean;
}

const workflowsMax = 50;

export async function readWorkflows(
  directory: string,
  paths: readonly string[],
  branch: string | null,
): Promise<Workflows> {
  const files = paths.filter((path) => /^\.github\/workflows\/[\w.-]+\.ya?ml$/.test(path)).slice(0, workflowsMax);
  const read = await Promise.all(files.map(async (path) => ({ path, text: await textOf(directory, path) })));
  const tests = read
    .filter(({ text }) => /\bpull_request\b/.test(text) && /\btests?\b/i.test(text))
    .map(({ path, text }) => ({ path, runsAlways: runsAlways(text, branch) }));
  return {
    // Those that always run and are called so come first; a nightly or a deployment comes last.
    tests: tests.sort((one, other) => rank(other) - rank(one) || (one.path < other.path ? -1 : 1)),
    hasCodeScanning: read.some(({ text }) => /github\/codeql-action|actions\/dependency-review-action/.test(text)),
  };
}

function rank({ path, runsAlways }: TestWorkflow): number {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.ya?ml$/, "");
  const isAside = /clean|deploy|nightly|release|bench|lint|comment|label|codeql|legacy|preview|docs?\b/i.test(name);
  const isMain = /^(ci|tests?|build|check|main|pr|tests-and-linters)$/i.test(name);
  return (runsAlways ? 4 : 0) + (isMain ? 2 : 0) - (isAside ? 3 : 0);
}

function runsAlways(text: string, branch: string | null): boolean {
  const workflow = asRecord(parsed(text));
  const jobs = Object.values(asRecord(workflow.jobs)).map(asRecord);
  // A workflow whose every job was skipped ends as skipped, which is not a success.
  if (!jobs.some((job) => job.if === undefined)) return false;
  const { on } = workflow;
  if (on === "pull_request" || (Array.isArray(on) && on.includes("pull_request"))) return true;
  if (typeof on !== "object" || on === null || !("pull_request" in on)) return false;
  const filter = asRecord(on.pull_request);
  if (filter.paths !== undefined || filter["paths-ignore"] !== undefined || filter.types !== undefined) return false;
  if (filter["branches-ignore"] !== undefined) return false;
  const branches = filter.branches === undefined ? null : [filter.branches].flat();
  return branches === null || branches.some((pattern) => pattern === "**" || pattern === "*" || pattern === branch);
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return null; // GitHub does not run what it cannot read, either.
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** acme/api on the simulated GitHub, with Holdpoint's App and whoever else publishes checks there. */

import { expect, onTestFinished } from "vitest";
import { startSandbox } from "../../src/sandbox/main.ts";
import type { App } from "../../src/sandbox/state/apps.ts";
import type { Conclusion } from "../../src/sandbox/state/checks.ts";
import type { PullRequest } from "../../src/sandbox/state/issues.ts";
import { runAction, type Step } from "../support/action-runner.ts";

export interface StageOptions {
  files?: Record<string, string>;
  isPrivate?: boolean;
}

export async function aStage({ files = {}, isPrivate = false }: StageOptions = {}) {
  const github = await startSandbox();
  onTestFinished(async () => {
    await github.stop();
    expect(github.violations).toEqual([]);
  });
  const acme = github.createOrganisation("acme", { olga: "admin", maria: "member", bob: "member", sam: "member" });
  acme.basePermission = "write";
  const api = github.createRepository(acme, "api", { files: { "README.md": "# api\n", ...files }, isPrivate });
  const holdpoint = github.installApp(acme, { appId: 4242, name: "Holdpoint" }).app;
  const other = github.installApp(acme, { appId: 5151, name: "Lookalike" }).app;
  /** Publishes a verdict; `null`: it has not ended. */
  const judge = (sha: string, conclusion: Conclusion | null, by: App = holdpoint, title = "Waiting for a peer") =>
    github.report(
      by,
      api,
      sha,
      {
        name: "holdpoint: main",
        output: { title, summary: "" },
        ...(conclusion === null ? { status: "in_progress" } : { status: "completed", conclusion }),
      },
      true,
    );
  return {
    github,
    acme,
    api,
    holdpoint,
    other,
    actions: github.actionsApp(),
    judge,
    open: (title = "Sort the list", path = "src/list.ts") =>
      github.as("maria").openPullRequest({ title, files: { [path]: `export const of = "${title}";\n` } }),
    run: (step: Omit<Step, "github" | "repository">) => runAction({ github, repository: api, ...step }),
  };
}

/** The event of a pull request, as far as anybody looks at it. */
export function pullRequestEvent(pull: PullRequest, name = "pull_request") {
  const payload = {
    action: "synchronize",
    number: pull.number,
    pull_request: { number: pull.number, head: { sha: pull.head.sha }, base: { ref: pull.base.ref } },
    repository: { id: pull.repository.id, default_branch: pull.repository.defaultBranch },
  };
  return { name, payload };
}

/** A push to the default branch: the runner's own variables name the commit. */
export function pushEvent(sha: string, branch = "main") {
  return {
    event: { name: "push", payload: { after: sha, repository: { default_branch: "main" } } },
    env: { GITHUB_SHA: sha, GITHUB_REF: `refs/heads/${branch}` },
  };
}

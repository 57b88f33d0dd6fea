/** Plays the story: somebody acts, and what must come of it is waited for and shown. */

import { setTimeout as sleep } from "node:timers/promises";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { CheckRun } from "../../sandbox/state/checks.ts";
import { type Deployment, latestStatus } from "../../sandbox/state/deployments.ts";
import { fullName, type Repository } from "../../sandbox/state/repository.ts";
import type { Narrator } from "./narrator.ts";
import {
  type Expected,
  type ExpectedCheck,
  type ExpectedDeployment,
  type ExpectedIssue,
  type Step,
  story,
} from "./story.ts";
import { waitUntil } from "./wait-until.ts";

/** Something did not come out as told. */
export class StoryError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "StoryError";
  }
}

/** How long it may take; a slow machine needs a second at most. */
const patienceMs = 60_000;

/**
 * @param signal ends the story early, without a word
 * @throws {StoryError} at the first step that does not lead to what it must
 */
export async function tellStory(
  github: Sandbox,
  repository: Repository,
  narrator: Narrator,
  signal: AbortSignal,
): Promise<void> {
  for (const { title, steps } of story) {
    narrator.chapter(title);
    for (const step of steps) {
      narrator.deed(step.deed, step.why);
      if (step.isLater) await sleep(1_100);
      step.act((login) => github.as(login, fullName(repository)), github);
      for (const expected of step.brings) {
        const scene = sceneOf(expected, github, repository);
        const tell = await waitUntil(github, () => scene.look(narrator), { signal, timeoutMs: patienceMs });
        if (signal.aborted) return;
        if (tell === undefined) throw brokenOff(step, scene);
        tell();
      }
    }
  }
}

interface Scene {
  /** How to tell it, once it is there. */
  look(narrator: Narrator): (() => void) | undefined;
  wanted: string;
  /** What is there instead. */
  stands(): string;
}

function brokenOff({ deed }: Step, { wanted, stands }: Scene): StoryError {
  return new StoryError(
    `The story broke off. After "${deed}", ${wanted}. After ${patienceMs / 1_000} s there is ${stands()}.`,
  );
}

function sceneOf(expected: Expected, github: Sandbox, repository: Repository): Scene {
  switch (expected.kind) {
    case "check":
      return checkScene(expected, github, repository);
    case "issue":
      return issueScene(expected, repository);
    case "deployment":
      return deploymentScene(expected, repository);
  }
}

function checkScene(check: ExpectedCheck, github: Sandbox, repository: Repository): Scene {
  const { pullRequest, state, title } = check;
  const runs = () => github.checksOf(repository, pullRequest);
  const isThere = () => check.isEverywhere !== true || areAll(state, github, repository);
  return {
    look(narrator) {
      const run = isThere() ? runs().find((one) => fits(one, check)) : undefined;
      return run && (() => narrator.check(run, pullRequest));
    },
    wanted: `the check of #${pullRequest} should have become ${state} with a title like ${title}`,
    stands: () =>
      runs()
        .map((run) => `"${run.output.title}" (${stateOf(run)})`)
        .join(", ") || "no check",
  };
}

function issueScene({ number, state, says }: ExpectedIssue, repository: Repository): Scene {
  const found = () => repository.issues.get(number);
  return {
    look(narrator) {
      const issue = found();
      if (issue?.state !== state) return undefined;
      const isSaid = says.test(issue.body ?? "") || says.test(issue.comments.at(-1)?.body ?? "");
      return isSaid ? () => narrator.issue(issue) : undefined;
    },
    wanted: `#${number} should have been ${state} and say something like ${says}`,
    stands() {
      const issue = found();
      return issue === undefined ? "no such issue" : `"${issue.title}" (${issue.state})`;
    },
  };
}

function deploymentScene({ environment, state, says }: ExpectedDeployment, repository: Repository): Scene {
  const found = () => repository.deployments.findLast((one) => one.environment === environment);
  const shown = (deployment: Deployment) => ({
    environment,
    sha: deployment.sha,
    state: latestStatus(deployment)?.state ?? "unknown",
    report: deployment.rules.at(-1)?.reports.at(-1) ?? "",
  });
  return {
    look(narrator) {
      const deployment = found();
      const now = deployment && shown(deployment);
      return now?.state === state && says.test(now.report) ? () => narrator.deployment(now) : undefined;
    },
    wanted: `the deployment to ${environment} should be ${state} with a report like ${says}`,
    stands() {
      const deployment = found();
      if (deployment === undefined) return "none";
      const { state: stands, report } = shown(deployment);
      return `one that is ${stands}: "${report}"`;
    },
  };
}

function areAll(state: ExpectedCheck["state"], github: Sandbox, repository: Repository): boolean {
  return [...repository.pulls.values()]
    .filter((pull) => pull.state === "open")
    .every(({ number }) => github.checksOf(repository, number).every((run) => stateOf(run) === state));
}

function stateOf({ status, conclusion }: CheckRun): string {
  return conclusion ?? status;
}

function fits(run: CheckRun, wanted: ExpectedCheck): boolean {
  return (
    stateOf(run) === wanted.state &&
    wanted.title.test(run.output.title ?? "") &&
    (wanted.summary?.test(run.output.summary ?? "") ?? true) &&
    run.annotations.length >= (wanted.annotationsMin ?? 0)
  );
}

/** Plays the story: somebody acts, the check is waited for and shown. */

import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { CheckRun } from "../../sandbox/state/checks.ts";
import { fullName, type Repository } from "../../sandbox/state/repository.ts";
import type { Narrator } from "./narrator.ts";
import { type ExpectedCheck, type Step, story } from "./story.ts";
import { waitUntil } from "./wait-until.ts";

/** A check did not come out as told. */
export class StoryError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "StoryError";
  }
}

/** How long a check may take; a slow machine needs a second at most. */
const checkMs = 60_000;

/**
 * @param signal ends the story early, without a word
 * @throws {StoryError} at the first step that does not lead to its check
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
      step.act((login) => github.as(login, fullName(repository)));
      const run = await waitForCheck(github, repository, step, signal);
      if (run === undefined) return;
      narrator.check(run, step.check.pullRequest);
    }
  }
}

async function waitForCheck(
  github: Sandbox,
  repository: Repository,
  { deed, check }: Step,
  signal: AbortSignal,
): Promise<CheckRun | undefined> {
  const runs = () => github.checksOf(repository, check.pullRequest);
  const isThere = () => check.isEverywhere !== true || areAll(check.state, github, repository);
  const look = () => (isThere() ? runs().find((run) => fits(run, check)) : undefined);
  const found = await waitUntil(github, look, { signal, timeoutMs: checkMs });
  if (found !== undefined || signal.aborted) return found;
  const stands = runs().map((run) => `"${run.output.title}" (${stateOf(run)})`);
  throw new StoryError(
    `The story broke off. After "${deed}", the check of #${check.pullRequest} should have become ${check.state} with ` +
      `a title like ${check.title}. After ${checkMs / 1_000} s there is ${stands.join(", ") || "no check"}.`,
  );
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
    run.annotations.length >= (wanted.annotationsMin ?? 0)
  );
}

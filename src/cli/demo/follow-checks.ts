/** Tells of every check that changes, whoever made it change, until nobody listens any more. */

import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { CheckRun } from "../../sandbox/state/checks.ts";
import type { Repository } from "../../sandbox/state/repository.ts";
import { waitUntil } from "./wait-until.ts";

export type OnChange = (run: CheckRun, pullRequest: number) => void;

/** Resolves when the signal is given. */
export async function followChecks(
  github: Sandbox,
  repository: Repository,
  onChange: OnChange,
  signal: AbortSignal,
): Promise<void> {
  const seen = new Map(openChecks(github, repository).map(({ run }) => [run.id, digestOf(run)]));
  const findChanged = () => {
    const changed = openChecks(github, repository).filter(({ run }) => seen.get(run.id) !== digestOf(run));
    return changed.length > 0 ? changed : undefined;
  };
  while (!signal.aborted) {
    for (const { run, number } of (await waitUntil(github, findChanged, { signal })) ?? []) {
      seen.set(run.id, digestOf(run));
      onChange(run, number);
    }
  }
}

function openChecks(github: Sandbox, repository: Repository): { run: CheckRun; number: number }[] {
  return [...repository.pulls.values()]
    .filter(({ state }) => state === "open")
    .flatMap(({ number }) => github.checksOf(repository, number).map((run) => ({ run, number })));
}

function digestOf({ status, conclusion, output }: CheckRun): string {
  return JSON.stringify([status, conclusion, output]);
}

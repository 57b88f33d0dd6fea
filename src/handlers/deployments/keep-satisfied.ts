/** Which checkpoints a pull request satisfied when it was merged: a deployment that brings it along need not ask for them again. */

import type { PullRequestSubject } from "../../core/subject.ts";
import type { Judgement } from "../judge-pull-request.ts";
import type { Ports } from "../ports.ts";

/** One statement, and none where no environment asks for a checkpoint. */
export async function keepSatisfied(
  { repositoryId, number }: PullRequestSubject,
  { verdict, telling }: Judgement,
  { deployments }: Pick<Ports, "deployments">,
): Promise<void> {
  const environments = Object.values(telling?.document.policy.deployments ?? {});
  const asked = new Set(environments.flatMap(({ checkpoints = [] }) => checkpoints));
  if (asked.size === 0 || verdict === null) return;
  // One that did not apply was not looked at by anybody.
  const satisfied = verdict.requirements.filter(
    ({ kind, name, state }) => kind === "checkpoint" && state === "satisfied" && asked.has(name),
  );
  await deployments.saveSatisfied(
    repositoryId,
    number,
    satisfied.map(({ name }) => name),
  );
}

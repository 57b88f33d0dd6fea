/** Who started a deployment, and so does not approve it: the rule that four eyes see it must not be met by one person and a bot. */

import type { Person } from "../snapshot.ts";
import type { CommitOrigin, DeployingRun } from "./deployment.ts";

/**
 * The run's actor and whoever started this attempt. Where either is a bot, or GitHub does not tell, whoever brought the deployed commit about counts
 * as well: who merged it; where that was a bot too, who wrote the pull request; without a pull request, whom the commit names.
 */
export function startersOf({ actor, triggeringActor }: DeployingRun, deployed: CommitOrigin | undefined): Person[] {
  const direct = [actor, triggeringActor];
  const starters = direct.filter((person) => person !== null);
  if (direct.every((person) => person?.kind === "user")) return unique(starters);
  const pulls = deployed?.pulls ?? [];
  if (deployed !== undefined && pulls.length === 0) starters.push(...deployed.people);
  for (const { mergedBy, author } of pulls) {
    if (mergedBy !== null) starters.push(mergedBy);
    if (mergedBy?.kind !== "user" && author !== null) starters.push(author);
  }
  return unique(starters);
}

function unique(people: readonly Person[]): Person[] {
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

/** Words by which a pull request or a commit closes issues. */
import type { Issue } from "./issues.ts";
import { isPull } from "./issues.ts";
import type { Repository } from "./repository.ts";
import { fullName } from "./repository.ts";

/** @see https://docs.github.com/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue */
const KEYWORDS = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+([\w.-]+\/[\w.-]+)?#(\d+)/gi;

/** Issues of the repository that a text closes once it reaches the default branch; those of other repositories stay open here. */
export function issuesClosedBy(repository: Repository, text: string): Issue[] {
  const found: Issue[] = [];
  for (const [, name, number] of text.matchAll(KEYWORDS)) {
    const issue = repository.issues.get(Number(number));
    const isHere = name === undefined || name.toLowerCase() === fullName(repository).toLowerCase();
    if (isHere && issue !== undefined && !isPull(issue) && !found.includes(issue)) found.push(issue);
  }
  return found;
}

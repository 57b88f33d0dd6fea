/** What the App needs on GitHub, as app.yml asks for it, and what stops working without it. */

export type Level = "read" | "write";

export interface WantedPermission {
  level: Level;
  /** What does not work without it, as a sentence. */
  without: string;
  /** Everything else goes on without it. */
  isOptional?: true;
}

export const wantedPermissions: Readonly<Record<string, WantedPermission>> = {
  metadata: { level: "read", without: "nothing can be read" },
  checks: { level: "write", without: "no check can be written, so that no gate opens" },
  pull_requests: { level: "write", without: "pull requests cannot be read, nor reviewers asked" },
  contents: { level: "read", without: "neither the policy nor changed files can be read" },
  issues: { level: "write", without: "commands are not answered, and reviews that bypasses owe are not written down" },
  members: { level: "read", without: "rules that name teams stay shut" },
  statuses: { level: "read", without: "commit statuses that a policy asks for stay unknown" },
  actions: { level: "read", without: "workflow runs that a policy asks for stay unknown" },
  deployments: { level: "write", without: "deployments are neither released nor stopped" },
  security_events: { level: "read", without: "alerts of code scanning are no evidence", isOptional: true },
  merge_queues: { level: "read", without: "merge groups cannot be judged" },
};

/** Events and what is not noticed at once without them. */
export const wantedEvents: Readonly<Record<string, string>> = {
  check_run: "results of checks and the buttons of our own",
  check_suite: "a wish to run our check again",
  deployment_protection_rule: "requests to deploy",
  deployment_status: "deployments that failed",
  issue_comment: "comments and commands",
  issues: "what becomes of issues that Holdpoint keeps",
  label: "labels that were renamed",
  member: "people who came or went",
  membership: "people who joined or left a team",
  merge_group: "merge queues, which then wait for a check that never comes",
  organization: "people who joined or left the organisation",
  pull_request: "pull requests, none of which is judged then",
  pull_request_review: "reviews, so that approvals open nothing until the next sweep",
  push: "changes of the policy",
  repository: "repositories that were renamed or moved",
  repository_dispatch: "wishes to take a deployment back",
  status: "commit statuses",
  team: "teams that were changed",
  workflow_run: "workflows that ended",
};

const levels = ["none", "read", "write", "admin"];

/** Names of permissions that are missing or too low. */
export function missingPermissions(given: Readonly<Record<string, string>>): string[] {
  return Object.entries(wantedPermissions)
    .filter(([name, { level }]) => levels.indexOf(given[name] ?? "none") < levels.indexOf(level))
    .map(([name]) => name);
}

export function missingEvents(given: readonly string[]): string[] {
  return Object.keys(wantedEvents).filter((name) => !given.includes(name));
}

/** The one table from events to what there is to look at again. What is not in it costs nothing. */

import type { PullRequestSubject, Subject } from "../core/subject.ts";
import { checkRunSubjects, suiteSubjects } from "./check-events.ts";
import { commitSubjects } from "./commit-subjects.ts";
import { askedRollbacks, endedDeployments, requestedDeployments } from "./deployment-events.ts";
import { idAt, isObject, listAt, type Payload, repositoryIn, shaAt, splitName, textAt, valueAt } from "./payload.ts";
import { commandIn } from "./people-ask.ts";
import { touchesPolicy } from "./touches-policy.ts";

interface Route {
  /** `null`: the event has no actions, or every one of them matters. */
  actions: readonly string[] | null;
  /** The subscription that the App's manifest needs; `null` for events that every App gets. */
  subscription: string | null;
  subjects(payload: Payload, own: OwnApp): Subject[];
}

/** Who we are, so that what we wrote ourselves does not wake us. */
export interface OwnApp {
  appId: number;
}

export const routes: Readonly<Record<string, Route>> = {
  pull_request: {
    actions: [
      "opened",
      "reopened",
      "synchronize",
      "edited",
      "labeled",
      "unlabeled",
      "ready_for_review",
      "converted_to_draft",
      "closed",
    ],
    subscription: "pull_request",
    subjects: (payload) => pullRequestIn(payload),
  },
  pull_request_review: {
    actions: ["submitted", "edited", "dismissed"],
    subscription: "pull_request_review",
    subjects: reviewSubjects,
  },
  issue_comment: {
    actions: ["created", "edited", "deleted"],
    subscription: "issue_comment",
    subjects: commentSubjects,
  },
  issues: {
    actions: ["closed", "reopened", "deleted", "transferred", "edited", "labeled", "unlabeled"],
    subscription: "issues",
    subjects: issueSubjects,
  },
  check_run: {
    actions: ["completed", "rerequested", "requested_action"],
    subscription: "check_run",
    subjects: checkRunSubjects,
  },
  check_suite: {
    actions: ["rerequested"],
    subscription: "check_suite",
    subjects: (payload, own) =>
      idAt(payload, "check_suite", "app", "id") === own.appId ? suiteSubjects(payload, "check_suite") : [],
  },
  status: { actions: null, subscription: "status", subjects: (payload) => commitSubjects(payload, ["sha"]) },
  workflow_run: {
    actions: ["completed"],
    subscription: "workflow_run",
    subjects: workflowRunSubjects,
  },
  push: { actions: null, subscription: "push", subjects: pushSubjects },
  merge_group: { actions: ["checks_requested"], subscription: "merge_group", subjects: mergeGroupSubjects },
  deployment_protection_rule: {
    actions: ["requested"],
    subscription: "deployment_protection_rule",
    subjects: requestedDeployments,
  },
  deployment_status: { actions: ["created"], subscription: "deployment_status", subjects: endedDeployments },
  repository_dispatch: { actions: ["rollback"], subscription: "repository_dispatch", subjects: askedRollbacks },
  label: {
    // A renamed label appears on pull requests without anybody having put it there.
    actions: ["edited", "deleted"],
    subscription: "label",
    subjects: (payload) => wholeRepository(payload, { isOnlyKnown: true }),
  },
  repository: {
    actions: ["renamed", "edited", "transferred", "publicized", "privatized"],
    subscription: "repository",
    subjects: (payload) => wholeRepository(payload),
  },
  member: {
    actions: null,
    subscription: "member",
    subjects: (payload) => wholeRepository(payload, { isOnlyKnown: true }),
  },
  membership: {
    actions: null,
    subscription: "membership",
    subjects: (payload) => wholeInstallation(payload, { isOnlyKnown: true }),
  },
  team: {
    actions: ["created", "deleted", "edited", "added_to_repository", "removed_from_repository"],
    subscription: "team",
    subjects: (payload) => wholeInstallation(payload, { isOnlyKnown: true }),
  },
  organization: {
    actions: ["member_added", "member_removed", "renamed"],
    subscription: "organization",
    subjects: (payload) => wholeInstallation(payload, { isOnlyKnown: true }),
  },
  installation: {
    actions: ["created", "unsuspend", "new_permissions_accepted"],
    subscription: null,
    subjects: (payload) => wholeInstallation(payload),
  },
  installation_repositories: { actions: ["added", "removed"], subscription: null, subjects: movedRepositories },
};

/**
 * What an event asks to look at again; empty for everything that cannot change an answer.
 *
 * @param event the `X-GitHub-Event` header
 */
export function subjectsOf(event: string, payload: Payload, own: OwnApp): Subject[] {
  const route = Object.hasOwn(routes, event) ? routes[event] : undefined;
  if (!route) return [];
  const action = textAt(payload, "action");
  if (route.actions !== null && (action === null || !route.actions.includes(action))) return [];
  return route.subjects(payload, own);
}

function pullRequestIn(payload: Payload): PullRequestSubject[] {
  const repository = repositoryIn(payload);
  const number = idAt(payload, "pull_request", "number");
  if (repository === null || number === null) return [];
  const headSha = shaAt(payload, "pull_request", "head", "sha");
  const baseSha = shaAt(payload, "pull_request", "base", "sha");
  const named = headSha !== null && baseSha !== null ? { named: { headSha, baseSha } } : {};
  return [{ kind: "pull_request", ...repository, number, ...named }];
}

function reviewSubjects(payload: Payload): Subject[] {
  const subjects: Subject[] = pullRequestIn(payload);
  const [pullRequest] = pullRequestIn(payload);
  const command = textAt(payload, "action") === "submitted" ? commandIn(payload, "review") : null;
  if (pullRequest !== undefined && command !== null) {
    const { named: _, ...where } = pullRequest;
    subjects.push({ ...where, ...command, kind: "command", source: "review" });
  }
  return subjects;
}

function commentSubjects(payload: Payload, own: OwnApp): Subject[] {
  const repository = repositoryIn(payload);
  const number = idAt(payload, "issue", "number");
  if (repository === null || number === null) return [];
  if (idAt(payload, "comment", "performed_via_github_app", "id") === own.appId) return [];
  if (!isObject(valueAt(payload, "issue", "pull_request"))) return issueSubjects(payload);
  const subjects: Subject[] = [{ kind: "pull_request", ...repository, number }];
  // An edited comment is never a command: whoever edited it may not be who wrote it.
  const command = textAt(payload, "action") === "created" ? commandIn(payload, "comment") : null;
  if (command !== null) subjects.push({ kind: "command", ...repository, number, ...command });
  return subjects;
}

/** What we keep, an App opened; whether it was us, the database knows. */
function issueSubjects(payload: Payload): Subject[] {
  const repository = repositoryIn(payload);
  const number = idAt(payload, "issue", "number");
  if (repository === null || number === null || textAt(payload, "issue", "user", "type") !== "Bot") return [];
  return [{ kind: "issue", ...repository, number }];
}

/** Runs for pull requests are on their heads; others may be the first on a merged commit. */
function workflowRunSubjects(payload: Payload): Subject[] {
  const isForPull = textAt(payload, "workflow_run", "event")?.startsWith("pull_request") ?? false;
  const branch = textAt(payload, "workflow_run", "head_branch");
  const options = isForPull || branch === null ? {} : { ranOnBranch: branch };
  return commitSubjects(payload, ["workflow_run", "head_sha"], options);
}

function mergeGroupSubjects(payload: Payload): Subject[] {
  const repository = repositoryIn(payload);
  const headSha = shaAt(payload, "merge_group", "head_sha");
  const baseRef = branchOf(textAt(payload, "merge_group", "base_ref"));
  if (repository === null || headSha === null || baseRef === null) return [];
  return [{ kind: "merge_group", ...repository, headSha, baseRef }];
}

function pushSubjects(payload: Payload): Subject[] {
  const repository = repositoryIn(payload);
  const branch = branchOf(textAt(payload, "ref"));
  if (repository === null || branch === null || !touchesPolicy(payload)) return [];
  const kinds = ["repository", "schedule"] as const;
  const subjects: Subject[] = kinds.map((kind) => ({ kind, ...repository, baseRef: branch }));
  if (repository.name.toLowerCase() === ".github") subjects.push(...wholeInstallation(payload));
  return subjects;
}

interface Extent {
  isOnlyKnown?: true;
}

function wholeRepository(payload: Payload, extent: Extent = {}): Subject[] {
  const repository = repositoryIn(payload);
  return repository === null ? [] : [{ kind: "repository", ...repository, baseRef: null, ...extent }];
}

function wholeInstallation(payload: Payload, extent: Extent = {}): Subject[] {
  const installationId = idAt(payload, "installation", "id");
  return installationId === null ? [] : [{ kind: "installation", installationId, ...extent }];
}

/** Those that came have pull requests to judge; those that went are found gone, and their gates are taken off. */
function movedRepositories(payload: Payload): Subject[] {
  const installationId = idAt(payload, "installation", "id");
  if (installationId === null) return [];
  const moved = [...listAt(payload, "repositories_added"), ...listAt(payload, "repositories_removed")];
  return moved.flatMap((repository): Subject[] => {
    const repositoryId = idAt(repository, "id");
    const fullName = splitName(textAt(repository, "full_name"));
    if (repositoryId === null || fullName === null) return [];
    return [{ kind: "repository", installationId, repositoryId, ...fullName, baseRef: null }];
  });
}

function branchOf(ref: string | null): string | null {
  const prefix = "refs/heads/";
  return ref?.startsWith(prefix) && ref.length > prefix.length ? ref.slice(prefix.length) : null;
}

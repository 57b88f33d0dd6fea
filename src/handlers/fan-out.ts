/** From subjects that name many pull requests to the pull requests. */

import type { Repository } from "../core/snapshot.ts";
import type {
  CommitSubject,
  InstallationSubject,
  IssueSubject,
  PullRequestSubject,
  RepositorySubject,
  Subject,
} from "../core/subject.ts";
import type { KeptIssue } from "./exceptions-port.ts";
import type { Ports, RunResult } from "./ports.ts";
import { spread } from "./spread.ts";
import type { KnownPullRequest } from "./store-port.ts";

export async function fanOutInstallation(subject: InstallationSubject, ports: Ports): Promise<RunResult> {
  const { github, store } = ports;
  const { installationId } = subject;
  github.forgetDirectory(installationId);
  if (subject.isOnlyKnown) {
    await store.enqueue((await store.listPullRequests({ installationId })).map(subjectOf));
    return {};
  }
  const repositories = await github.listRepositories(installationId);
  await store.enqueue(
    repositories.map((repository): Subject => ({ kind: "repository", installationId, ...repository, baseRef: null })),
  );
  return {};
}

export async function fanOutRepository(subject: RepositorySubject, ports: Ports): Promise<RunResult> {
  const { github, store, log } = ports;
  const { repositoryId, baseRef } = subject;
  github.forgetDirectory(subject.installationId);
  const known = await store.listPullRequests(baseRef === null ? { repositoryId } : { repositoryId, baseRef });
  if (subject.isOnlyKnown) {
    await store.enqueue(known.map(subjectOf));
    return {};
  }
  const repository = await github.readRepository(subject);
  if (repository === "gone" || repository.id !== repositoryId) {
    // Taken off on purpose: if it comes back, its policy speaks for itself.
    if (repository === "gone") await store.forgetGates(repositoryId);
    log.info({ repositoryId }, "A repository is not Holdpoint's to look at any more");
    return {};
  }
  const open = await github.listOpenPullRequests({ ...subject, owner: repository.owner, name: repository.name });
  // Those that are known but not listed were closed while nobody listened.
  const listed = new Set(open.map(({ number }) => number));
  const all = [...open, ...known.filter(({ number }) => !listed.has(number)).map(subjectOf)];
  if (subject.isSweep) {
    await enqueueSpread(all, ports);
    return {};
  }
  await store.enqueue(baseRef === null ? [...all, ...(await schedulesOf(subject, repository, ports))] : all);
  return {};
}

/** Of the branches that have a policy as far as is known; a pull request brings the others. */
async function schedulesOf(
  { installationId, repositoryId }: RepositorySubject,
  { owner, name, defaultBranch }: Repository,
  { store }: Ports,
): Promise<Subject[]> {
  const branches = new Set([defaultBranch, ...(await store.listGates(repositoryId))]);
  return [...branches].map((baseRef) => ({ kind: "schedule", installationId, repositoryId, owner, name, baseRef }));
}

/** Looks that nobody waits for: they leave GitHub's budget to events. */
export async function enqueueSpread(
  all: readonly PullRequestSubject[],
  { store, clock }: Pick<Ports, "store" | "clock">,
): Promise<void> {
  const now = clock.now().getTime();
  for (const [delayMs, together] of Map.groupBy(spread(all), (one) => one.delayMs)) {
    const subjects = together.map(({ item }) => item);
    await store.enqueue(subjects, delayMs === 0 ? undefined : new Date(now + delayMs));
  }
}

/** A check, status or workflow of somebody else came to an end: it matters only to policies that ask for it. */
export async function fanOutCommit(subject: CommitSubject, ports: Ports): Promise<RunResult> {
  const { github, store } = ports;
  const { repositoryId, sha } = subject;
  const [hints, gates, known] = await Promise.all([
    store.loadHints(repositoryId),
    store.listGates(repositoryId),
    store.listPullRequests({ repositoryId, headSha: sha }),
  ]);
  if (subject.ranOnBranch !== undefined && gates.includes(subject.ranOnBranch)) {
    const issues = await store.listIssues({ repositoryId, state: "open", commitSha: sha });
    await store.enqueue(issues.map(issueSubjectOf));
  }
  const isOfUse = subject.always || (gates.length > 0 && (hints.looksAtChecks !== false || subject.isScan));
  if (!isOfUse) return {};
  const found = known.length > 0 ? known.map(subjectOf) : await github.listPullRequestsOfCommit(subject);
  await store.enqueue(found);
  return {};
}

function issueSubjectOf({ installationId, repositoryId, owner, name, number }: KeptIssue): IssueSubject {
  return { kind: "issue", installationId, repositoryId, owner, name, number };
}

export function subjectOf({ installationId, repositoryId, owner, name, number }: KnownPullRequest): PullRequestSubject {
  return { kind: "pull_request", installationId, repositoryId, owner, name, number };
}

/** Check runs and suites: what their events ask to look at. */

import { isScanner } from "../core/code-scanning.ts";
import type { Subject } from "../core/subject.ts";
import { commitSubjects } from "./commit-subjects.ts";
import { idAt, listAt, type Payload, type RepositoryInPayload, repositoryIn, shaAt, textAt } from "./payload.ts";
import { buttonIn } from "./people-ask.ts";

/** Another check came to an end, or somebody asked for ours again or pressed one of its buttons. */
export function checkRunSubjects(payload: Payload, own: { appId: number }): Subject[] {
  const isOwn = idAt(payload, "check_run", "app", "id") === own.appId;
  const isCompleted = textAt(payload, "action") === "completed";
  if (isCompleted) {
    const isScan = isScanner(textAt(payload, "check_run", "app", "slug"));
    return isOwn ? [] : commitSubjects(payload, ["check_run", "head_sha"], isScan ? { isScan } : {});
  }
  return isOwn ? ownRunSubjects(payload) : [];
}

/** Somebody asked for our own check again. Only we can have written its external id: `repository/pull request/base`. */
function ownRunSubjects(payload: Payload): Subject[] {
  const repository = repositoryIn(payload);
  const match = /^(\d+)\/(\d+)\//.exec(textAt(payload, "check_run", "external_id") ?? "");
  if (repository === null || match === null || Number(match[1]) !== repository.repositoryId) {
    return suiteSubjects(payload, "check_run");
  }
  const number = Number(match[2]);
  if (number === 0) return suiteSubjects(payload, "check_run");
  return [buttonIn(payload, repository, number) ?? { kind: "pull_request", ...repository, number }];
}

/** Pull requests as the event lists them; those of forks are not listed, and merge groups have none. */
export function suiteSubjects(payload: Payload, key: "check_suite" | "check_run"): Subject[] {
  const repository = repositoryIn(payload);
  if (repository === null) return [];
  const group = mergeGroupOfSuite(payload, key, repository);
  if (group !== null) return [group];
  const listed = listAt(payload, key, "pull_requests").flatMap((pullRequest): Subject[] => {
    const number = idAt(pullRequest, "number");
    const isHere = idAt(pullRequest, "base", "repo", "id") === repository.repositoryId;
    return number !== null && isHere ? [{ kind: "pull_request", ...repository, number }] : [];
  });
  return listed.length > 0 ? listed : commitSubjects(payload, [key, "head_sha"], { always: true });
}

function mergeGroupOfSuite(
  payload: Payload,
  key: "check_suite" | "check_run",
  repository: RepositoryInPayload,
): Subject | null {
  const branch =
    key === "check_suite"
      ? textAt(payload, "check_suite", "head_branch")
      : textAt(payload, "check_run", "check_suite", "head_branch");
  const headSha = shaAt(payload, key, "head_sha");
  // The branch's name is a hint: which pull requests are in the group is asked of GitHub.
  const match = /^gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]{40}$/.exec(branch ?? "");
  if (headSha === null || !match?.[1]) return null;
  return { kind: "merge_group", ...repository, headSha, baseRef: match[1] };
}

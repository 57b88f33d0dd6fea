/** GitHub's issues, labels and runs as the handlers see them, beside what `github-port.ts` has for pull requests. */

import type { Comment, Person } from "../core/snapshot.ts";
import type { RepositoryRef } from "../core/subject.ts";

/** An issue or a pull request by its number. */
export interface IssueRef extends RepositoryRef {
  number: number;
}

export interface IssueReading {
  state: "open" | "closed";
  title: string;
  body: string;
  /** Who closed it; `null` while it is open, or where GitHub does not tell. */
  closedBy: Person | null;
  closedAt: Date | null;
  assignees: Person[];
  labels: string[];
  /** All of them, oldest first. */
  comments: Comment[];
}

/** What is left out stays as it is. */
export interface IssueChange {
  state?: "open" | "closed";
  /** With `closed`; left out: completed. */
  reason?: "completed" | "not_planned";
  title?: string;
  body?: string;
  /** Those whom GitHub does not let be assigned are left out. */
  assignees?: string[];
}

export interface IssuesPort {
  /** @returns `gone`: deleted, transferred to another repository, or issues are off. @throws {GithubError} when GitHub fails, or not all could be read */
  readIssue(issue: IssueRef): Promise<IssueReading | "gone">;
  /** Look first: GitHub leads a write on to where an issue was transferred. */
  changeIssue(issue: IssueRef, change: IssueChange): Promise<"changed" | "refused" | "gone">;
  addLabels(issue: IssueRef, labels: string[]): Promise<"added" | "refused">;
  /** One that is not there is removed already. */
  removeLabel(issue: IssueRef, label: string): Promise<"removed" | "refused">;
  addAssignees(issue: IssueRef, logins: string[]): Promise<"added" | "refused">;
  /** A comment on a commit of the base branch; one of ours that bears the marker already is left as it is. */
  commentOnCommit(
    repository: RepositoryRef,
    commit: { sha: string; body: string; marker: string },
  ): Promise<"written" | "refused">;
  /**
   * What `head` has that `base` has not, as GitHub compares them.
   *
   * @param range commits or branches
   * @returns `null` where the two have no history in common, or one of them is not there
   */
  readComparison(repository: RepositoryRef, range: { base: string; head: string }): Promise<Comparison | null>;
  /** Runs of workflows on a commit, newest attempt of each. */
  listRuns(repository: RepositoryRef, headSha: string): Promise<RunReading[]>;
  /** Runs the failed jobs of a finished run again. `refused`: it still runs, it is too old, or the App may not. */
  rerunFailedJobs(repository: RepositoryRef, runId: number): Promise<"asked" | "refused">;
}

export interface Comparison {
  mergeBaseSha: string;
  /** Changed since the merge base, old names included. */
  paths: string[];
  /** GitHub lists 300 files at most; where there are more, some are missing. */
  isWhole: boolean;
}

/** The newest attempt of a workflow run. */
export interface RunReading {
  id: number;
  name: string;
  path: string;
  event: string;
  headBranch: string | null;
  attempt: number;
  /** `null` while it is not finished. */
  conclusion: string | null;
  url: string;
}

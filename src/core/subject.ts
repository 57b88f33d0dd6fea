/** What there is to look at again: a webhook never carries a decision, only a subject. */

/** A repository as one installation sees it. */
export interface RepositoryRef {
  installationId: number;
  repositoryId: number;
  owner: string;
  name: string;
}

export interface PullRequestSubject extends RepositoryRef {
  kind: "pull_request";
  number: number;
  /** Head and base that the event named, so that their change can be read at once. Only a hint: what is judged is read anew. */
  named?: { headSha: string; baseSha: string };
}

/** A comment that addresses Holdpoint, to be answered. */
export interface CommandSubject extends RepositoryRef {
  kind: "command";
  number: number;
  /** Of the comment, or of the review. */
  commentId: number;
  /** Left out for a comment in the conversation. */
  source?: "review";
  /** It asks for nothing but another look, which its event brings by itself. */
  isRecheck?: true;
}

/** Somebody pressed a button of our check. */
export interface ButtonSubject extends RepositoryRef {
  kind: "button";
  number: number;
  button: "explain" | "hold" | "unhold" | "bypass";
  /** Who they are and what they may is asked of GitHub. */
  presser: { id: number; login: string };
}

/** A merge queue's candidate commit; every pull request in it is judged and the worst verdict stands for all. */
export interface MergeGroupSubject extends RepositoryRef {
  kind: "merge_group";
  headSha: string;
  baseRef: string;
}

/** All open pull requests of a repository, or those of one base branch: fans out to their subjects. */
export interface RepositorySubject extends RepositoryRef {
  kind: "repository";
  /** Branch name without `refs/heads/`; `null` for every branch. */
  baseRef: string | null;
  /** Only pull requests that were judged before: for events that cannot put a new gate up. */
  isOnlyKnown?: true;
  /** Nothing is known to have happened: the looks are spread so that they leave GitHub's budget to events. */
  isSweep?: true;
}

/** Pull requests whose head is this commit, for events that name only a commit. */
export interface CommitSubject extends RepositoryRef {
  kind: "commit";
  sha: string;
  /** Look also where the policy does not ask for checks: a person asked. */
  always?: true;
  /** A scan of the code ended on it: its alerts are evidence for every policy. */
  isScan?: true;
  /** Where a workflow ended on it that was not for a pull request: an issue about a merge may wait for that. */
  ranOnBranch?: string;
}

/** All repositories of an installation, for changes of teams and members. */
export interface InstallationSubject {
  kind: "installation";
  installationId: number;
  /** Only pull requests that were judged before: for events that cannot put a new gate up. */
  isOnlyKnown?: true;
}

/** An issue that Holdpoint keeps: the review that a bypass owes, a window's validation, a rollback or a deployment to decide about. */
export interface IssueSubject extends RepositoryRef {
  kind: "issue";
  number: number;
}

/** What the policy of a base branch has planned: maintenance windows to announce, to open, to close and to look back on. */
export interface ScheduleSubject extends RepositoryRef {
  kind: "schedule";
  baseRef: string;
}

/** Something stuck that is being escalated. */
export interface EscalationSubject extends RepositoryRef {
  kind: "escalation";
  /** Of what is stuck, unique in the repository. */
  key: string;
}

/** A workflow run that waits to deploy to an environment. */
export interface DeploymentSubject extends RepositoryRef {
  kind: "deployment";
  runId: number;
  environment: string;
  /** The commit of GitHub's deployment, as its event told: only ever a reason to hold it. */
  named?: { sha: string };
}

/** An environment whose last deployment failed, or that somebody asked to take back: to be decided about. */
export interface RollbackSubject extends RepositoryRef {
  kind: "rollback";
  environment: string;
  /** The deployment that failed; `null` where somebody asked by `repository_dispatch`. */
  deploymentId: number | null;
  /** Who asked, where somebody did. */
  askedBy: { id: number; login: string } | null;
  /** Something succeeded there: it asks for nothing, and may settle a question that is open. */
  hasSucceeded?: true;
}

/** A message on its way over one channel. */
export interface MessageSubject extends RepositoryRef {
  kind: "message";
  messageId: number;
}

/** The day's summary of what was told in a repository. */
export interface DigestSubject extends RepositoryRef {
  kind: "digest";
}

/** A pull request that changes the policy: what was merged before is replayed under both. */
export interface PolicyReplaySubject extends RepositoryRef {
  kind: "policy_replay";
  number: number;
}

export type Subject =
  | PolicyReplaySubject
  | IssueSubject
  | ScheduleSubject
  | EscalationSubject
  | DeploymentSubject
  | RollbackSubject
  | PullRequestSubject
  | CommandSubject
  | ButtonSubject
  | MergeGroupSubject
  | RepositorySubject
  | CommitSubject
  | InstallationSubject
  | MessageSubject
  | DigestSubject;

/** The key under which work on a subject is serialised; equal subjects have equal keys, also after a repository was renamed. */
export function subjectKey(subject: Subject): string {
  switch (subject.kind) {
    case "pull_request":
      return `pr:${subject.repositoryId}#${subject.number}`;
    case "command":
      return `command:${subject.repositoryId}#${subject.source === "review" ? "review:" : ""}${subject.commentId}`;
    case "button":
      return `button:${subject.repositoryId}#${subject.number}:${subject.button}:${subject.presser.id}`;
    case "issue":
      return `issue:${subject.repositoryId}#${subject.number}`;
    case "schedule":
      return `schedule:${subject.repositoryId}:${subject.baseRef}`;
    case "escalation":
      return `escalation:${subject.repositoryId}:${subject.key}`;
    case "deployment":
      return `deployment:${subject.repositoryId}:${subject.runId}:${subject.environment}`;
    case "rollback":
      return `rollback:${subject.repositoryId}:${subject.environment}${subject.hasSucceeded ? "+" : subject.askedBy === null ? "" : "?"}`;
    case "merge_group":
      return `mg:${subject.repositoryId}@${subject.headSha}`;
    case "repository":
      return `repo:${subject.repositoryId}:${subject.baseRef ?? "*"}${subject.isOnlyKnown ? "?" : ""}${subject.isSweep ? "~" : ""}`;
    case "commit":
      return `commit:${subject.repositoryId}@${subject.sha}${subject.always ? "!" : ""}${subject.isScan ? "s" : ""}${subject.ranOnBranch === undefined ? "" : `+${subject.ranOnBranch}`}`;
    case "policy_replay":
      return `replay:${subject.repositoryId}#${subject.number}`;
    case "message":
      return `message:${subject.messageId}`;
    case "digest":
      return `digest:${subject.repositoryId}`;
    case "installation":
      return `inst:${subject.installationId}${subject.isOnlyKnown ? "?" : ""}`;
  }
}

/** What there is to look at again: a webhook never carries a decision, only a subject. */

interface RepositoryRef {
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
  button: "explain" | "hold" | "unhold";
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
}

/** All repositories of an installation, for changes of teams and members. */
export interface InstallationSubject {
  kind: "installation";
  installationId: number;
  /** Only pull requests that were judged before: for events that cannot put a new gate up. */
  isOnlyKnown?: true;
}

export type Subject =
  | PullRequestSubject
  | CommandSubject
  | ButtonSubject
  | MergeGroupSubject
  | RepositorySubject
  | CommitSubject
  | InstallationSubject;

/** The key under which work on a subject is serialised; equal subjects have equal keys, also after a repository was renamed. */
export function subjectKey(subject: Subject): string {
  switch (subject.kind) {
    case "pull_request":
      return `pr:${subject.repositoryId}#${subject.number}`;
    case "command":
      return `command:${subject.repositoryId}#${subject.source === "review" ? "review:" : ""}${subject.commentId}`;
    case "button":
      return `button:${subject.repositoryId}#${subject.number}:${subject.button}:${subject.presser.id}`;
    case "merge_group":
      return `mg:${subject.repositoryId}@${subject.headSha}`;
    case "repository":
      return `repo:${subject.repositoryId}:${subject.baseRef ?? "*"}${subject.isOnlyKnown ? "?" : ""}${subject.isSweep ? "~" : ""}`;
    case "commit":
      return `commit:${subject.repositoryId}@${subject.sha}${subject.always ? "!" : ""}`;
    case "installation":
      return `inst:${subject.installationId}${subject.isOnlyKnown ? "?" : ""}`;
  }
}

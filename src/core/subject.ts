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
}

/** Pull requests whose head is this commit, for events that name only a commit. */
export interface CommitSubject extends RepositoryRef {
  kind: "commit";
  sha: string;
}

/** All repositories of an installation, for changes of teams and members. */
export interface InstallationSubject {
  kind: "installation";
  installationId: number;
}

export type Subject = PullRequestSubject | MergeGroupSubject | RepositorySubject | CommitSubject | InstallationSubject;

/** The key under which work on a subject is serialised; equal subjects have equal keys, also after a repository was renamed. */
export function subjectKey(subject: Subject): string {
  switch (subject.kind) {
    case "pull_request":
      return `pr:${subject.repositoryId}#${subject.number}`;
    case "merge_group":
      return `mg:${subject.repositoryId}@${subject.headSha}`;
    case "repository":
      return `repo:${subject.repositoryId}:${subject.baseRef ?? "*"}`;
    case "commit":
      return `commit:${subject.repositoryId}@${subject.sha}`;
    case "installation":
      return `inst:${subject.installationId}`;
  }
}

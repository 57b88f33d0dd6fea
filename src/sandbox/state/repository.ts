/** A repository and everything that lives under it. */
import type { Account, Permission } from "./accounts.ts";
import type { CheckRun, CheckSuite, CommitStatus } from "./checks.ts";
import type { Deployment, Environment } from "./deployments.ts";
import type { CommitComment, Departure, Issue, IssueComment, Label, MergeMethod, PullRequest } from "./issues.ts";
import type { Workflow, WorkflowRun } from "./workflows.ts";

export interface Repository {
  id: number;
  nodeId: string;
  owner: Account;
  name: string;
  description: string | null;
  isPrivate: boolean;
  isArchived: boolean;
  hasIssues: boolean;
  /** A setting of the repository; without it nobody arms auto-merge. */
  allowsAutoMerge: boolean;
  /** The ways of merging that its settings allow. */
  mergeMethods: Set<MergeMethod>;
  parent: Repository | null;
  defaultBranch: string;
  /** `refs/heads/main` → commit sha. */
  refs: Map<string, string>;
  pushes: Push[];
  collaborators: Map<number, Permission>;
  labels: Label[];
  issues: Map<number, Issue>;
  /** Numbers that once were issues here. */
  departed: Map<number, Departure>;
  pulls: Map<number, PullRequest>;
  comments: Map<number, IssueComment>;
  commitComments: CommitComment[];
  checkSuites: CheckSuite[];
  checkRuns: CheckRun[];
  statuses: CommitStatus[];
  environments: Environment[];
  /** Oldest first. */
  deployments: Deployment[];
  workflows: Workflow[];
  workflowRuns: WorkflowRun[];
  protections: Map<string, Protection>;
  mergeGroups: MergeGroup[];
  properties: Map<string, string | string[]>;
  /** What dependency review says of every range; `null`: the repository has none. */
  dependencyReview: DependencyChange[] | null;
  /** What code scanning found, by the ref that was scanned; `null`: it is switched off. */
  codeScanning: Map<string, ScanAlert[]> | null;
  lastNumber: number;
  createdAt: Date;
  updatedAt: Date;
  pushedAt: Date;
}

/** A package that a change puts in or takes out, as GitHub's dependency review tells it. */
export interface DependencyChange {
  change_type: "added" | "removed";
  manifest: string;
  ecosystem: string;
  name: string;
  version: string;
  package_url: string | null;
  license: string | null;
  source_repository_url: string | null;
  scope: "unknown" | "runtime" | "development";
  vulnerabilities: {
    severity: string;
    advisory_ghsa_id: string;
    advisory_summary: string;
    advisory_url: string;
  }[];
}

/** What a scan found, as it stands at one ref. */
export interface ScanAlert {
  number: number;
  tool: string;
  rule: string;
  description: string;
  message: string;
  severity: "critical" | "high" | "medium" | "low" | null;
  state: "open" | "dismissed" | "fixed";
  path: string;
  line: number;
}

export interface Push {
  ref: string;
  before: string;
  after: string;
  by: Account;
  at: Date;
  isForced: boolean;
}

/** What a branch asks of a merge. */
export interface Protection {
  /** A required check with a null App is satisfied by any App or status of that name. */
  requiredChecks: { context: string; appId: number | null }[];
  requiredApprovals: number;
  dismissStaleReviews: boolean;
  /** The base must be contained in the head. */
  isStrict: boolean;
  hasMergeQueue: boolean;
}

/** Pull requests that the merge queue tests together on a temporary branch. */
export interface MergeGroup {
  nodeId: string;
  baseRef: string;
  baseSha: string;
  headRef: string;
  headSha: string;
  pullNumbers: number[];
  createdAt: Date;
  enqueuedBy: Account;
}

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

export function branchSha(repository: Repository, branch: string): string | undefined {
  return repository.refs.get(`refs/heads/${branch}`);
}

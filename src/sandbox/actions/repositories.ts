/** Repositories are made, forked and protected. */
import type { FileContent } from "../git/objects.ts";
import type { Account } from "../state/accounts.ts";
import type { Protection, Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { register } from "../state/world.ts";
import { createLabel } from "./labels.ts";

export interface RepositoryOptions {
  files?: Record<string, FileContent>;
  isPrivate?: boolean;
  defaultBranch?: string;
  description?: string;
  labels?: string[];
  hasIssues?: boolean;
}

/** A repository with one first commit on its default branch. */
export function createRepository(
  world: World,
  owner: Account,
  name: string,
  options: RepositoryOptions = {},
): Repository {
  const repository = keepRepository(world, owner, name, options, null);
  const when = world.now();
  const signer = { name: owner.name ?? owner.login, email: owner.email ?? `${owner.login}@example.com`, date: when };
  const first = world.objects.putCommit({
    tree: world.objects.changeFiles(null, options.files ?? { "README.md": `# ${name}\n` }),
    parents: [],
    author: signer,
    committer: signer,
    message: "Initial commit",
    viaWeb: true,
    signature: null,
  });
  repository.refs.set(`refs/heads/${repository.defaultBranch}`, first.sha);
  for (const label of options.labels ?? []) createLabel(world, repository, { name: label }, owner);
  return repository;
}

/** A fork starts with the parent's default branch. */
export function forkRepository(world: World, parent: Repository, owner: Account): Repository {
  const options = { isPrivate: parent.isPrivate, defaultBranch: parent.defaultBranch, hasIssues: false };
  const fork = keepRepository(world, owner, parent.name, options, parent);
  const tip = parent.refs.get(`refs/heads/${parent.defaultBranch}`);
  if (tip !== undefined) fork.refs.set(`refs/heads/${parent.defaultBranch}`, tip);
  return fork;
}

export function protectBranch(repository: Repository, branch: string, rule: Partial<Protection>): void {
  repository.protections.set(branch, {
    requiredChecks: [],
    requiredApprovals: 0,
    dismissStaleReviews: false,
    isStrict: false,
    hasMergeQueue: false,
    ...rule,
  });
}

function keepRepository(
  world: World,
  owner: Account,
  name: string,
  options: RepositoryOptions,
  parent: Repository | null,
): Repository {
  const repository: Repository = register(world, "Repository", {
    id: 0,
    nodeId: "",
    owner,
    name,
    description: options.description ?? null,
    isPrivate: options.isPrivate ?? true,
    isArchived: false,
    hasIssues: options.hasIssues ?? true,
    allowsAutoMerge: true,
    mergeMethods: new Set(["merge", "squash", "rebase"] as const),
    parent,
    defaultBranch: options.defaultBranch ?? "main",
    refs: new Map(),
    pushes: [],
    collaborators: new Map(),
    labels: [],
    issues: new Map(),
    departed: new Map(),
    pulls: new Map(),
    comments: new Map(),
    commitComments: [],
    checkSuites: [],
    checkRuns: [],
    statuses: [],
    environments: [],
    deployments: [],
    workflows: [],
    workflowRuns: [],
    protections: new Map(),
    mergeGroups: [],
    properties: new Map(),
    dependencyReview: [],
    codeScanning: null,
    lastNumber: 0,
    createdAt: world.now(),
    updatedAt: world.now(),
    pushedAt: world.now(),
  });
  world.repositories.set(repository.id, repository);
  return repository;
}

/** Repositories: what they hold and who may work on them. */
import { repositoryPage } from "../../bodies/repository.ts";
import { resolveRevision } from "../../git/revision.ts";
import { isCollaborator, permissionOf } from "../../state/accounts.ts";
import type { PullRequest } from "../../state/issues.ts";
import { isMerged, isPull } from "../../state/issues.ts";
import { nodeId } from "../../state/node-id.ts";
import type { Repository } from "../../state/repository.ts";
import { fullName } from "../../state/repository.ts";
import { iso } from "../../state/world.ts";
import { connection } from "../connection.ts";
import type { Args, GraphQLContext, GraphQLNode } from "../context.ts";
import { refuse, requirePermission, text } from "../context.ts";
import { actorNode } from "./actor.ts";
import { objectNode } from "./commit.ts";
import { deploymentNodes } from "./deployment.ts";
import { issueNode } from "./issue.ts";
import { labelNode } from "./label.ts";
import { mergeQueueNode } from "./merge-queue.ts";
import { refNode } from "./ref.ts";

export function repositoryNode(context: GraphQLContext, repository: Repository): GraphQLNode {
  const { world } = context;
  return {
    __typename: "Repository",
    id: repository.nodeId,
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    description: repository.description,
    url: repositoryPage(world, repository),
    resourcePath: `/${fullName(repository)}`,
    isPrivate: repository.isPrivate,
    isFork: repository.parent !== null,
    isArchived: repository.isArchived,
    isDisabled: false,
    isEmpty: repository.refs.size === 0,
    isTemplate: false,
    hasIssuesEnabled: repository.hasIssues,
    visibility: repository.isPrivate ? "PRIVATE" : "PUBLIC",
    viewerPermission: null,
    autoMergeAllowed: true,
    createdAt: iso(repository.createdAt),
    updatedAt: iso(repository.updatedAt),
    pushedAt: iso(repository.pushedAt),
    owner: () => actorNode(context, repository.owner),
    parent: () => (repository.parent === null ? null : repositoryNode(context, repository.parent)),
    ...gitFields(context, repository),
    ...issueFields(context, repository),
    deployments: (args: Args) => deploymentNodes(context, repository, args),
    mergeQueue: (args: Args) => mergeQueueNode(context, repository, text(args, "branch") || repository.defaultBranch),
    branchProtectionRules: (args: Args) => protectionNodes(repository, args),
    collaborators: (args: Args) => {
      const people = [...world.accounts.values()].filter(
        (account) => account.kind === "User" && !account.isDeleted && isCollaborator(account, repository),
      );
      return connection(
        "RepositoryCollaboratorConnection",
        "collaborators",
        args,
        people,
        (person) => actorNode(context, person),
        {
          edge: (person) => ({ permission: (permissionOf(person, repository) ?? "read").toUpperCase() }),
        },
      );
    },
  };
}

function gitFields(context: GraphQLContext, repository: Repository): Record<string, unknown> {
  const { world } = context;
  return {
    defaultBranchRef: () => refNode(context, repository, `refs/heads/${repository.defaultBranch}`),
    ref: (args: Args) => {
      requirePermission(context, "contents:read");
      const name = text(args, "qualifiedName");
      return refNode(context, repository, name) ?? refNode(context, repository, `refs/heads/${name}`);
    },
    refs: (args: Args) => {
      const prefix = text(args, "refPrefix");
      const names = [...repository.refs.keys()].filter((name) => name.startsWith(prefix)).sort();
      return connection("RefConnection", "refs", args, names, (name) => refNode(context, repository, name, prefix));
    },
    object: (args: Args) => {
      requirePermission(context, "contents:read");
      const expression = text(args, "expression");
      if (expression === "") return objectNode(context, repository, text(args, "oid"));
      const [revision = "", ...rest] = expression.split(":");
      const sha = resolveRevision(world, repository, revision);
      if (!expression.includes(":")) return objectNode(context, repository, sha ?? revision);
      return sha === null ? null : objectAtPath(context, repository, sha, rest.join(":"));
    },
  };
}

function issueFields(context: GraphQLContext, repository: Repository): Record<string, unknown> {
  const { world } = context;
  const readPull = (args: Args) => {
    requirePermission(context, "pull_requests:read");
    const pull = repository.pulls.get(Number(args.number));
    if (pull === undefined) {
      throw refuse("NOT_FOUND", `Could not resolve to a PullRequest with the number of ${String(args.number)}.`);
    }
    return context.nodes.pull(pull);
  };
  const issues = () => [...repository.issues.values()].filter((issue) => !isPull(issue) && repository.hasIssues);
  return {
    pullRequest: readPull,
    pullRequests: (args: Args) => {
      requirePermission(context, "pull_requests:read");
      const found = [...repository.pulls.values()].filter((pull) => isWanted(pull, args));
      return connection("PullRequestConnection", "pullRequests", args, sorted(found, args), (pull) =>
        context.nodes.pull(pull),
      );
    },
    issue: (args: Args) => {
      const issue = repository.issues.get(Number(args.number));
      if (issue === undefined || isPull(issue) || !repository.hasIssues) {
        throw refuse("NOT_FOUND", `Could not resolve to an Issue with the number of ${String(args.number)}.`);
      }
      return issueNode(context, issue);
    },
    issueOrPullRequest: (args: Args) => {
      const issue = repository.issues.get(Number(args.number));
      if (issue === undefined || (!isPull(issue) && !repository.hasIssues)) {
        throw refuse(
          "NOT_FOUND",
          `Could not resolve to an issue or pull request with the number of ${String(args.number)}.`,
        );
      }
      return isPull(issue) ? context.nodes.pull(issue) : issueNode(context, issue);
    },
    issues: (args: Args) => {
      const labels = (args.labels ?? null) as string[] | null;
      const states = (args.states ?? null) as string[] | null;
      const found = issues().filter(
        (issue) =>
          (states?.includes(issue.state.toUpperCase()) ?? true) &&
          (labels?.some((name) => [...issue.labels].some((label) => label.name === name)) ?? true),
      );
      return connection("IssueConnection", "issues", args, sorted(found, args), (issue) => issueNode(context, issue));
    },
    label: (args: Args) => {
      const label = repository.labels.find(({ name }) => name.toLowerCase() === text(args, "name").toLowerCase());
      return label === undefined ? null : labelNode(label);
    },
    labels: (args: Args) => connection("LabelConnection", "labels", args, repository.labels, labelNode),
    assignableUsers: (args: Args) => {
      const people = [...world.accounts.values()].filter((account) => isCollaborator(account, repository));
      return connection("UserConnection", "assignableUsers", args, people, (person) => actorNode(context, person));
    },
  };
}

function protectionNodes(repository: Repository, args: Args): GraphQLNode {
  return connection(
    "BranchProtectionRuleConnection",
    "branchProtectionRules",
    args,
    [...repository.protections],
    ([branch, rule]) => ({
      __typename: "BranchProtectionRule",
      id: nodeId("BranchProtectionRule", `${repository.id}:${branch}`),
      pattern: branch,
      requiresStatusChecks: rule.requiredChecks.length > 0,
      requiresStrictStatusChecks: rule.isStrict,
      requiredStatusCheckContexts: rule.requiredChecks.map(({ context: name }) => name),
      requiresApprovingReviews: rule.requiredApprovals > 0,
      requiredApprovingReviewCount: rule.requiredApprovals,
      dismissesStaleReviews: rule.dismissStaleReviews,
    }),
  );
}

function objectAtPath(
  context: GraphQLContext,
  repository: Repository,
  commitSha: string,
  path: string,
): GraphQLNode | null {
  const { objects } = context.world;
  const entry = objects.entryAt(objects.commit(commitSha).tree, path);
  return entry === undefined ? null : objectNode(context, repository, entry.sha);
}

function isWanted(pull: PullRequest, args: Args): boolean {
  const state = isMerged(pull) ? "MERGED" : pull.state.toUpperCase();
  const labels = (args.labels ?? null) as string[] | null;
  return (
    ((args.states ?? null) === null || (args.states as string[]).includes(state)) &&
    ((args.baseRefName ?? null) === null || pull.base.ref === args.baseRefName) &&
    ((args.headRefName ?? null) === null || pull.head.ref === args.headRefName) &&
    (labels === null || labels.some((name) => [...pull.labels].some((label) => label.name === name)))
  );
}

function sorted<Item extends { updatedAt: Date; createdAt: Date; number: number }>(items: Item[], args: Args): Item[] {
  const order = args.orderBy as { field: string; direction: string } | null | undefined;
  const key = order?.field === "UPDATED_AT" ? "updatedAt" : "createdAt";
  const found = [...items].sort((a, b) => a[key].getTime() - b[key].getTime() || a.number - b.number);
  return order?.direction === "DESC" ? found.reverse() : found;
}

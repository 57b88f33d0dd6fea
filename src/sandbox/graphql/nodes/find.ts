/** Finds what a global id names. */
import { canSee } from "../../http/caller.ts";
import type { Account, Organisation, Team } from "../../state/accounts.ts";
import type { App } from "../../state/apps.ts";
import type { CheckRun, CheckSuite } from "../../state/checks.ts";
import type { Deployment } from "../../state/deployments.ts";
import type { Issue, IssueComment, PullRequest, Review, ReviewComment } from "../../state/issues.ts";
import { threadId } from "../../state/issues.ts";
import type { Repository } from "../../state/repository.ts";
import type { GraphQLContext, GraphQLNode } from "../context.ts";
import { actorNode, appNode, organisationNode, teamNode } from "./actor.ts";
import { runNode, suiteNode } from "./checks.ts";
import { deploymentNode } from "./deployment.ts";
import { commentNode, issueNode } from "./issue.ts";
import { reviewNode } from "./review.ts";

type Render = (context: GraphQLContext, value: never) => GraphQLNode | null;

const RENDERERS: Readonly<Record<string, Render>> = {
  User: (context, account: Account) => actorNode(context, account),
  Bot: (context, account: Account) => actorNode(context, account),
  Organization: (context, organisation: Organisation) => organisationNode(context, organisation),
  Team: (context, team: Team) => teamNode(context, team),
  App: (context, app: App) => appNode(context, app),
  Repository: (context, repository: Repository) =>
    visible(context, repository, () => context.nodes.repository(repository)),
  PullRequest: (context, pull: PullRequest) => visible(context, pull.repository, () => context.nodes.pull(pull)),
  Issue: (context, issue: Issue) => visible(context, issue.repository, () => issueNode(context, issue)),
  IssueComment: (context, comment: IssueComment) =>
    visible(context, comment.issue.repository, () => commentNode(context, comment)),
  CheckRun: (context, run: CheckRun) => visible(context, run.suite.repository, () => runNode(context, run)),
  CheckSuite: (context, suite: CheckSuite) => visible(context, suite.repository, () => suiteNode(context, suite)),
  Deployment: (context, deployment: Deployment) =>
    visible(context, deployment.repository, () => deploymentNode(context, deployment)),
  PullRequestReview: (context, review: Review) => {
    const pull = findPullOf(context, review);
    return pull === null ? null : visible(context, pull.repository, () => reviewNode(context, pull, review));
  },
};

export function findNode(context: GraphQLContext, id: string): GraphQLNode | null {
  const entry = context.world.nodes.get(id);
  if (entry === undefined) return null;
  return RENDERERS[entry.type]?.(context, entry.value as never) ?? null;
}

export function findPullOf(context: GraphQLContext, review: Review): PullRequest | null {
  for (const repository of context.world.repositories.values()) {
    for (const pull of repository.pulls.values()) if (pull.reviews.includes(review)) return pull;
  }
  return null;
}

/** A thread's id is that of its first comment. */
export function findThread(
  { world }: GraphQLContext,
  id: string,
): { pull: PullRequest; comment: ReviewComment } | null {
  for (const repository of world.repositories.values()) {
    for (const pull of repository.pulls.values()) {
      const comments = pull.reviews.flatMap((review) => review.comments);
      const comment = comments.find((one) => threadId(one) === id);
      if (comment !== undefined) return { pull, comment };
    }
  }
  return null;
}

function visible(context: GraphQLContext, repository: Repository, render: () => GraphQLNode): GraphQLNode | null {
  return canSee(context.caller, repository) ? render() : null;
}

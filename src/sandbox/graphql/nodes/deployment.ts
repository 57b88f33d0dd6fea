/** Deployments and their statuses. */
import type { Deployment, DeploymentStatus } from "../../state/deployments.ts";
import { latestStatus } from "../../state/deployments.ts";
import type { Repository } from "../../state/repository.ts";
import { iso } from "../../state/world.ts";
import { connection } from "../connection.ts";
import type { Args, GraphQLContext, GraphQLNode } from "../context.ts";
import { requirePermission } from "../context.ts";
import { actorNode } from "./actor.ts";
import { refNode } from "./ref.ts";

export function deploymentNodes(context: GraphQLContext, repository: Repository, args: Args): GraphQLNode {
  requirePermission(context, "deployments:read");
  const environments = (args.environments ?? null) as string[] | null;
  const found = repository.deployments.filter(({ environment }) => environments?.includes(environment) ?? true);
  const order = args.orderBy as { direction: string } | null | undefined;
  if (order?.direction === "DESC") found.reverse();
  return connection("DeploymentConnection", "deployments", args, found, (deployment) =>
    deploymentNode(context, deployment),
  );
}

export function deploymentNode(context: GraphQLContext, deployment: Deployment): GraphQLNode {
  const { world } = context;
  const { repository, environment } = deployment;
  const commit = world.objects.findCommit(deployment.sha);
  const latest = latestStatus(deployment);
  return {
    __typename: "Deployment",
    id: deployment.nodeId,
    databaseId: deployment.id,
    commitOid: deployment.sha,
    environment,
    latestEnvironment: environment,
    originalEnvironment: environment,
    description: deployment.description,
    payload: null,
    task: "deploy",
    state: deploymentState(latest),
    createdAt: iso(deployment.createdAt),
    updatedAt: iso(deployment.updatedAt),
    commit: () => (commit === undefined ? null : context.nodes.commit(repository, commit)),
    ref: () => refNode(context, repository, `refs/heads/${deployment.ref}`),
    repository: () => context.nodes.repository(repository),
    creator: () => actorNode(context, deployment.creator),
    latestStatus: () => (latest === undefined ? null : statusNode(context, deployment, latest)),
    statuses: (args: Args) =>
      connection(
        "DeploymentStatusConnection",
        "statuses",
        args,
        // Newest first, as REST lists them.
        [...deployment.statuses].reverse(),
        (status) => statusNode(context, deployment, status),
      ),
  };
}

function statusNode(context: GraphQLContext, deployment: Deployment, status: DeploymentStatus): GraphQLNode {
  return {
    __typename: "DeploymentStatus",
    id: status.nodeId,
    state: status.state.toUpperCase(),
    description: status.description,
    environment: deployment.environment,
    environmentUrl: null,
    logUrl: status.logUrl,
    createdAt: iso(status.createdAt),
    updatedAt: iso(status.createdAt),
    creator: () => actorNode(context, status.creator),
    deployment: () => deploymentNode(context, deployment),
  };
}

/** What succeeded and was not replaced since is active. */
function deploymentState(latest: DeploymentStatus | undefined): string {
  if (latest === undefined) return "PENDING";
  return latest.state === "success" ? "ACTIVE" : latest.state.toUpperCase();
}

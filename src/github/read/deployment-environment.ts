/** An environment with its deployments, and the policy at the tip of the default branch, in one query. */

import type { PastDeployment } from "../../core/deployment/deployment.ts";
import type { RepositoryRef } from "../../core/subject.ts";
import type { EnvironmentReading } from "../../handlers/deployment-port.ts";
import type { GithubClient } from "../client.ts";
import { isGithubError } from "../errors.ts";
import { type Connection, nodesOf, pageInfoFields } from "./connection.ts";
import { policyFileFields } from "./map-policy-file.ts";
import { mapRepository, organizationPolicyOf, policyOf } from "./pull-request.ts";
import {
  organizationPolicyPath,
  organizationRepository,
  policyAt,
  type RawRepository,
  type RawTip,
  repositoryPolicyPath,
} from "./pull-request-query.ts";

const deploymentsOf = `deployments(environments: $environments, first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { databaseId commitOid state createdAt latestStatus { state } statuses(first: 30) { nodes { state } } }
      pageInfo { ...PageFields }
    }`;

export const environmentDocument = `query Environment($owner: String!, $name: String!, $environments: [String!]!) {
  repository(owner: $owner, name: $name) {
    databaseId name owner { login } isPrivate
    defaultBranchRef { name ${policyAt(repositoryPolicyPath)} }
    ${deploymentsOf}
  }
  organizationDefault: repository(owner: $owner, name: "${organizationRepository}") {
    defaultBranchRef { ${policyAt(organizationPolicyPath)} }
  }
}${policyFileFields}${pageInfoFields}`;

interface RawDeployment {
  databaseId: number | null;
  commitOid: string;
  state: string | null;
  createdAt: string;
  latestStatus: { state: string } | null;
  /** Newest first. */
  statuses: { nodes: ({ state: string } | null)[] | null } | null;
}

interface EnvironmentAnswer {
  repository:
    | (Omit<RawRepository, "defaultBranchRef"> & {
        defaultBranchRef: (RawTip & { name: string }) | null;
        deployments: Connection<RawDeployment>;
      })
    | null;
  organizationDefault: { defaultBranchRef: RawTip | null } | null;
}

/** @returns `gone` when the repository does not exist (any more) for this installation. @throws {GithubError} when GitHub fails */
export async function readEnvironment(
  client: GithubClient,
  subject: RepositoryRef,
  environment: string,
): Promise<EnvironmentReading | "gone" | { kind: "refused"; needs: string }> {
  const { owner, name, installationId, repositoryId } = subject;
  try {
    const { data, problems } = await client.graphql<EnvironmentAnswer>(
      {
        name: "Environment",
        document: environmentDocument,
        variables: { owner, name, environments: [environment] },
        tolerates: ({ path }) => path[0] === "organizationDefault",
      },
      { installationId },
    );
    const { repository } = data;
    if (repository?.databaseId !== repositoryId) return "gone";
    return {
      repository: mapRepository(repository),
      policies: {
        repository: policyOf(repository.defaultBranchRef),
        organization: organizationPolicyOf(data.organizationDefault, problems),
      },
      past: nodesOf(repository.deployments).map(mapDeployment),
      isWhole: !repository.deployments.pageInfo.hasNextPage,
    };
  } catch (error) {
    if (isGithubError(error, "not_found")) return "gone";
    if (isGithubError(error, "forbidden")) return { kind: "refused", needs: "Deployments: read and write" };
    throw error;
  }
}

/** @see https://docs.github.com/graphql/reference/enums#deploymentstate */
const states: Readonly<Record<string, PastDeployment["state"]>> = {
  ACTIVE: "ran",
  SUCCESS: "ran",
  INACTIVE: "ran", // only one that succeeded is made inactive by its successor
  DESTROYED: "ran",
  ERROR: "failed",
  FAILURE: "failed",
  ABANDONED: "failed",
  WAITING: "waiting",
};

function mapDeployment(raw: RawDeployment): PastDeployment {
  const { databaseId, commitOid, createdAt } = raw;
  const state = states[raw.state ?? raw.latestStatus?.state ?? "PENDING"] ?? "under_way";
  return {
    id: databaseId ?? 0,
    sha: commitOid,
    state: state === "failed" && !hasBegun(raw) ? "stopped" : state,
    createdAt: new Date(createdAt),
  };
}

/** What had to wait began when it was let go; what never waited began at once. */
function hasBegun({ statuses }: RawDeployment): boolean {
  const words = nodesOf(statuses).map(({ state }) => state);
  return !words.includes("WAITING") || words.some((word) => word === "IN_PROGRESS" || word === "SUCCESS");
}

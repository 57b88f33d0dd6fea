/** Rows of requests to deploy. */

import type { Json } from "../core/report/ledger-hash.ts";
import type { DeploymentAnswer, KeptRequest } from "../handlers/deployment-port.ts";
import type { Queryable } from "./queryable.ts";

export interface RequestRow extends Omit<KeptRequest, "reports" | "answering"> {
  answering: "approved" | "rejected" | null;
  answer: DeploymentAnswer | null;
  reportCount: number;
  reportedAt: Date | null;
  reportDigest: string | null;
  view: Json;
}

export const requestColumns = `repository_id as "repositoryId", run_id as "runId", attempt, environment,
  installation_id as "installationId", owner, name, sha, state, requested_at as "requestedAt", answering, answer,
  reports as "reportCount", reported_at as "reportedAt", report_digest as "reportDigest", view`;

export function toRequest(row: RequestRow): KeptRequest {
  const { reportCount: count, reportedAt: lastAt, reportDigest: digest, answering, answer, ...request } = row;
  return { ...request, answering: answerOf({ answering, answer }), reports: { count, lastAt, digest } };
}

/** The version before keeps no more than the state. */
function answerOf({ answering: state, answer }: Pick<RequestRow, "answering" | "answer">): DeploymentAnswer | null {
  if (state === null) return null;
  return answer?.state === state ? answer : { state, kind: `deployment_${state}`, data: {} };
}

/** Oldest first. */
export async function listWaiting(
  db: Queryable,
  { repositoryId, environment, runId }: { repositoryId?: number; environment?: string; runId?: number },
): Promise<KeptRequest[]> {
  const { rows } = await db.query<RequestRow>({
    name: "list-waiting-requests",
    text: `select ${requestColumns} from deployment_requests where state = 'waiting'
        and ($1::bigint is null or repository_id = $1) and ($2::text is null or environment = $2)
        and ($3::bigint is null or run_id = $3) order by requested_at, run_id, environment`,
    values: [repositoryId ?? null, environment ?? null, runId ?? null],
  });
  return rows.map(toRequest);
}

/** Requests to deploy: each begins and ends together with its entry in the ledger. */

import type pg from "pg";
import type { DeploymentVoice } from "../core/deployment/deployment.ts";
import type { Json } from "../core/report/ledger-hash.ts";
import type { Person } from "../core/snapshot.ts";
import type { RepositoryRef } from "../core/subject.ts";
import type { DeploymentStore, KeptRequest, RequestKey } from "../handlers/deployment-port.ts";
import { listWaiting, type RequestRow, requestColumns, toRequest } from "./deployment-requests.ts";
import { appendStatements } from "./ledger.ts";
import { inTransaction } from "./transaction.ts";

export function createDeployments(pool: pg.Pool, now: () => Date): DeploymentStore {
  return {
    keepRequest: (request, data) => keepRequest(pool, request, data, now()),
    listWaitingRequests: (query = {}) => listWaiting(pool, query),
    async listReleased(repositoryId, environment) {
      const { rows } = await pool.query<{ sha: string }>({
        name: "list-released",
        text: `select sha from deployment_requests where repository_id = $1 and environment = $2 and state = 'approved'
          group by sha order by max(updated_at) desc limit $3`,
        values: [repositoryId, environment, releasedMax],
      });
      return rows.map(({ sha }) => sha);
    },
    async saveRequestView(key, view) {
      await pool.query({
        name: "save-request-view",
        text: `update deployment_requests set view = $5, updated_at = $6 where ${isKey} and state = 'waiting'`,
        values: [...keyOf(key), JSON.stringify(view), now()],
      });
    },
    async claimReport(key, { digest, count, at }) {
      const { rowCount } = await pool.query({
        name: "claim-deployment-report",
        text: `update deployment_requests set reports = reports + 1, reported_at = $7, report_digest = $5
          where ${isKey} and state = 'waiting' and reports = $6 and report_digest is distinct from $5`,
        values: [...keyOf(key), digest, count, at],
      });
      return rowCount === 1;
    },
    async beginAnswer(key, answer) {
      await pool.query({
        name: "begin-deployment-answer",
        text: `update deployment_requests set answering = $5, answer = $6, updated_at = $7 where ${isKey} and state = 'waiting'`,
        values: [...keyOf(key), answer.state, JSON.stringify(answer), now()],
      });
    },
    async dropAnswer(key) {
      await pool.query({
        name: "drop-deployment-answer",
        text: `update deployment_requests set answering = null, answer = null where ${isKey} and state = 'waiting'`,
        values: keyOf(key),
      });
    },
    settleRequest: (key, end) => settleRequest(pool, key, end, now()),
    saveVoice: (repositoryId, voice) => saveVoice(pool, repositoryId, voice),
    listVoices: (repositoryId, environment, sha) => listVoices(pool, repositoryId, environment, sha),
    async saveSatisfied(repositoryId, number, checkpoints) {
      await pool.query({
        name: "save-satisfied",
        text: `insert into merged_checkpoints (repository_id, number, names) values ($1, $2, $3)
          on conflict (repository_id, number) do update set names = excluded.names`,
        values: [repositoryId, number, JSON.stringify(checkpoints)],
      });
    },
    async listSatisfied(repositoryId, numbers) {
      const { rows } = await pool.query<{ number: number; names: string[] }>({
        name: "list-satisfied",
        text: "select number, names from merged_checkpoints where repository_id = $1 and number = any($2)",
        values: [repositoryId, numbers],
      });
      return new Map(rows.map(({ number, names }) => [number, names]));
    },
    listDeploying: (since) => listDeploying(pool, since),
  };
}

/** What ran longer ago is judged anew. */
const releasedMax = 200;

const isKey = "repository_id = $1 and run_id = $2 and attempt = $3 and environment = $4";

function keyOf({ repositoryId, runId, attempt, environment }: RequestKey): unknown[] {
  return [repositoryId, runId, attempt, environment];
}

async function keepRequest(
  pool: pg.Pool,
  request: RepositoryRef & RequestKey & { sha: string },
  data: Json,
  at: Date,
): Promise<KeptRequest> {
  const { repositoryId, installationId, owner, name, sha } = request;
  return inTransaction(pool, async (session) => {
    const { rowCount } = await session.query(
      `insert into deployment_requests (repository_id, run_id, attempt, environment, installation_id, owner, name, sha,
          state, requested_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $9)
        on conflict (repository_id, run_id, attempt, environment) do update set state = 'waiting', updated_at = $9
          where deployment_requests.state = 'closed'`,
      [...keyOf(request), installationId, owner, name, sha, at],
    );
    if (rowCount === 1) {
      // A run has one attempt at a time: what it asked for before is asked for no more.
      await session.query(
        `update deployment_requests set state = 'closed', updated_at = $5
          where repository_id = $1 and run_id = $2 and attempt < $3 and environment = $4 and state = 'waiting'`,
        [...keyOf(request), at],
      );
      await session.query(appendStatements({ repositoryId, at, kind: "deployment_requested", data }).join(";\n"));
    }
    const { rows } = await session.query<RequestRow>(
      `select ${requestColumns} from deployment_requests where ${isKey}`,
      keyOf(request),
    );
    if (rows[0] === undefined) throw new Error("The database took a request to deploy and does not have it");
    return toRequest(rows[0]);
  });
}

async function settleRequest(
  pool: pg.Pool,
  key: RequestKey,
  { state, kind, data }: { state: KeptRequest["state"]; kind: string; data: Json },
  at: Date,
): Promise<boolean> {
  return inTransaction(pool, async (session) => {
    const { rowCount } = await session.query(
      `update deployment_requests set state = $5, answering = null, answer = null, updated_at = $6 where ${isKey} and state = 'waiting'`,
      [...keyOf(key), state, at],
    );
    if (rowCount !== 1) return false;
    await session.query(appendStatements({ repositoryId: key.repositoryId, at, kind, data }).join(";\n"));
    return true;
  });
}

async function saveVoice(pool: pg.Pool, repositoryId: number, voice: DeploymentVoice): Promise<void> {
  const { commentId, environment, kind, sha, requests, number, person, at, text } = voice;
  await pool.query({
    name: "save-deployment-voice",
    text: `insert into deployment_voices (repository_id, comment_id, environment, kind, sha, number, person, at, text, requests)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    // PostgreSQL takes no NUL in a text.
    values: [
      repositoryId,
      commentId,
      environment,
      kind,
      sha,
      number,
      JSON.stringify(person),
      at,
      text.replaceAll("\0", ""),
      JSON.stringify(requests),
    ],
  });
}

async function listVoices(
  pool: pg.Pool,
  repositoryId: number,
  environment: string,
  sha: string,
): Promise<DeploymentVoice[]> {
  const { rows } = await pool.query<Omit<DeploymentVoice, "person"> & { person: Person }>({
    name: "list-deployment-voices",
    text: `select comment_id as "commentId", environment, kind, sha, requests, number, person, at, text from deployment_voices
      where repository_id = $1 and environment = $2 and sha = $3 order by at, comment_id`,
    values: [repositoryId, environment, sha],
  });
  return rows;
}

async function listDeploying(pool: pg.Pool, since: Date): Promise<RepositoryRef[]> {
  const { rows } = await pool.query<RepositoryRef>({
    name: "list-deploying",
    text: `select distinct on (repository_id) repository_id as "repositoryId", installation_id as "installationId", owner, name
      from (
        select repository_id, installation_id, owner, name, updated_at from deployment_requests where updated_at > $1
        union all
        select p.repository_id, p.installation_id, p.owner, p.name, p.updated_at from pull_requests p
          join reading_hints h using (repository_id) where h.hints->>'deploys' = 'true') as met
      order by repository_id, updated_at desc`,
    values: [since],
  });
  return rows;
}

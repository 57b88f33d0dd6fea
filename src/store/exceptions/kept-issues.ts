/** Issues that Holdpoint filed and answers for. */

import type pg from "pg";
import type { Json } from "../../core/report/ledger-hash.ts";
import type { KeptIssue, KeptIssueKind } from "../../handlers/exceptions-port.ts";
import { appendStatements } from "../ledger.ts";
import type { Queryable } from "../queryable.ts";
import { inTransaction } from "../transaction.ts";

/** One key, one issue; where its issue had to be made anew, the new number counts. */
export async function keepIssue(db: Queryable, issue: KeptIssue): Promise<void> {
  await db.query({
    name: "keep-issue",
    text: `insert into kept_issues (repository_id, key, number, installation_id, owner, name, kind, state, pull_request,
        commit_sha, due_at, data, updated_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, now())
      on conflict (repository_id, key) do update set number = excluded.number,
        installation_id = excluded.installation_id, owner = excluded.owner, name = excluded.name, kind = excluded.kind,
        state = excluded.state, pull_request = excluded.pull_request, commit_sha = excluded.commit_sha,
        due_at = excluded.due_at, data = excluded.data, updated_at = now()`,
    values: [
      issue.repositoryId,
      issue.key,
      issue.number,
      issue.installationId,
      issue.owner,
      issue.name,
      issue.kind,
      issue.state,
      issue.pullRequest,
      issue.commitSha,
      issue.dueAt,
      JSON.stringify(issue.data),
    ],
  });
}

/** With its entry in the ledger, once for an issue that is done. */
export async function recordIssue(
  pool: pg.Pool,
  issue: KeptIssue,
  entry: { kind: string; data: Json },
  at: Date,
): Promise<void> {
  await inTransaction(pool, async (session) => {
    const { rows } = await session.query<{ state: KeptIssue["state"] }>(
      "select state from kept_issues where repository_id = $1 and key = $2 for update",
      [issue.repositoryId, issue.key],
    );
    if (rows[0]?.state === "done" && issue.state === "done") return;
    await keepIssue(session, issue);
    await session.query(appendStatements({ repositoryId: issue.repositoryId, at, ...entry }).join(";\n"));
  });
}

const columns = `repository_id as "repositoryId", key, number, installation_id as "installationId", owner, name, kind,
  state, pull_request as "pullRequest", commit_sha as "commitSha", due_at as "dueAt", data`;

export async function loadIssue(
  db: Queryable,
  repositoryId: number,
  which: { number: number } | { key: string },
): Promise<KeptIssue | null> {
  const [column, value] = "number" in which ? ["number", which.number] : ["key", which.key];
  const { rows } = await db.query<KeptIssue>({
    name: `load-kept-issue-by-${column}`,
    text: `select ${columns} from kept_issues where repository_id = $1 and ${column} = $2`,
    values: [repositoryId, value],
  });
  return rows[0] ?? null;
}

export async function listIssues(
  db: Queryable,
  query: {
    repositoryId: number;
    kind?: KeptIssueKind;
    state?: KeptIssue["state"];
    pullRequest?: number;
    commitSha?: string;
  },
): Promise<KeptIssue[]> {
  const { rows } = await db.query<KeptIssue>({
    name: "list-kept-issues",
    text: `select ${columns} from kept_issues where repository_id = $1 and ($2::text is null or kind = $2)
        and ($3::text is null or state = $3) and ($4::integer is null or pull_request = $4)
        and ($5::text is null or commit_sha = $5) order by number`,
    values: [
      query.repositoryId,
      query.kind ?? null,
      query.state ?? null,
      query.pullRequest ?? null,
      query.commitSha ?? null,
    ],
  });
  return rows;
}

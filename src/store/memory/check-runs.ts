/** The check runs written so far. Writing goes through `publishUnderFence`; this is for reading. */

import type { Kysely } from "kysely";
import type { CheckRunRecord } from "../jobs/publication.ts";
import type { Tables } from "../tables.ts";

export async function listCheckRuns(
  db: Kysely<Tables>,
  repositoryId: number,
  headSha: string,
): Promise<CheckRunRecord[]> {
  const rows = await db
    .selectFrom("check_runs")
    .selectAll()
    .where("repository_id", "=", repositoryId)
    .where("head_sha", "=", headSha)
    .orderBy("name")
    .execute();
  return rows.map((row) => ({
    repositoryId: row.repository_id,
    headSha: row.head_sha,
    name: row.name,
    checkRunId: row.check_run_id,
    externalId: row.external_id,
    digest: row.digest,
  }));
}

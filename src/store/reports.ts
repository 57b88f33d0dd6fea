/** Reports of workflows: each kept once, each token used once, and of a repository no more than it may. */

import type pg from "pg";
import type { RunReport } from "../core/failures/run-report.ts";
import type { WorkflowClaims } from "../core/failures/workflow-claims.ts";
import type { Admission, Keeping, KeptReport, NewReport, ReportStore } from "../handlers/report-port.ts";
import type { Queryable } from "./queryable.ts";
import { inTransaction } from "./transaction.ts";

export interface Reports extends ReportStore {
  /** Forgets reports received before, and tokens that nobody would take any more. @returns how many reports */
  prune(receivedBefore: Date): Promise<number>;
}

/** Of one repository in an hour: as many as the jobs of one matrix, and some. @see https://docs.github.com/actions/reference/limits (256 jobs) */
export const reportsPerHour = 300;
const hourMs = 3_600_000;

/** A token that ended is taken a little longer, as clocks differ. */
const tokenGraceMs = 10 * 60_000;

export function createReports(pool: pg.Pool, now: () => Date): Reports {
  return {
    admitReport: (report) => admit(pool, report, now()),
    keepReport: (report) => inTransaction(pool, (session) => keep(session, report, now())),
    listReports: (repositoryId, runId) => list(pool, repositoryId, runId ?? null),
    async prune(receivedBefore) {
      await pool.query("delete from report_tokens where expires_at < $1", [new Date(now().getTime() - tokenGraceMs)]);
      const { rowCount } = await pool.query("delete from failure_reports where received_at < $1", [receivedBefore]);
      return rowCount ?? 0;
    },
  };
}

async function admit(
  db: Queryable,
  { claims, digest }: Pick<NewReport, "claims" | "digest">,
  now: Date,
): Promise<Admission> {
  const { rows } = await db.query<{
    used: string | null;
    used_id: string | null;
    same_id: string | null;
    full_since: Date | null;
  }>(
    `select t.digest as used, t.report_id as used_id,
        (select id from failure_reports where repository_id = $1 and run_id = $2 and run_attempt = $3 and digest = $4) as same_id,
        (select received_at from failure_reports where repository_id = $1 and received_at > $6
          order by received_at desc offset $7 limit 1) as full_since
      from (select $5::text as id) as asked left join report_tokens t using (id)`,
    [
      claims.repositoryId,
      claims.runId,
      claims.runAttempt,
      digest,
      claims.tokenId,
      new Date(now.getTime() - hourMs),
      reportsPerHour - 1,
    ],
  );
  const found = rows[0];
  if (found === undefined) throw new Error("A query of one row returned none");
  if (found.used !== null && found.used !== digest) return { kind: "replayed" };
  const known = found.used_id ?? found.same_id;
  if (known !== null) return { kind: "known", id: Number(known) };
  // As soon as the oldest of those that fill the hour is an hour old.
  if (found.full_since !== null) return { kind: "too_many", retryAt: new Date(found.full_since.getTime() + hourMs) };
  return { kind: "open" };
}

async function keep(session: Queryable, report: NewReport, now: Date): Promise<Keeping> {
  const { claims, digest, installationId } = report;
  // Those of one repository come one after the other, so that none slips by while the others are counted.
  await session.query("select pg_advisory_xact_lock(hashtextextended('failure_reports', $1))", [claims.repositoryId]);
  const admission = await admit(session, report, now);
  if (admission.kind !== "open") return admission;
  const { rows } = await session.query<{ id: string }>(
    `with kept as (
        insert into failure_reports (repository_id, installation_id, run_id, run_attempt, digest, claims, report, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8) returning id)
      insert into report_tokens (id, report_id, digest, expires_at) select $9, id, $5, $10 from kept returning report_id as id`,
    [
      claims.repositoryId,
      installationId,
      claims.runId,
      claims.runAttempt,
      digest,
      JSON.stringify(claims),
      JSON.stringify(report.report),
      now,
      claims.tokenId,
      claims.expiresAt,
    ],
  );
  return { kind: "kept", id: Number(rows[0]?.id) };
}

interface Row {
  id: string;
  repository_id: string;
  installation_id: string;
  run_id: string;
  run_attempt: number;
  claims: Omit<WorkflowClaims, "expiresAt"> & { expiresAt: string };
  report: RunReport;
  received_at: Date;
}

async function list(db: Queryable, repositoryId: number, runId: number | null): Promise<KeptReport[]> {
  const { rows } = await db.query<Row>(
    `select id, repository_id, installation_id, run_id, run_attempt, claims, report, received_at from failure_reports
      where repository_id = $1 and ($2::bigint is null or run_id = $2) order by received_at desc, id desc`,
    [repositoryId, runId],
  );
  return rows.map((row) => ({
    id: Number(row.id),
    repositoryId: Number(row.repository_id),
    installationId: Number(row.installation_id),
    runId: Number(row.run_id),
    runAttempt: row.run_attempt,
    claims: { ...row.claims, expiresAt: new Date(row.claims.expiresAt) },
    report: row.report,
    receivedAt: row.received_at,
  }));
}

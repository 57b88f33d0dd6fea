/** What workflows hand over about their runs, and the tokens that were used for it. */

import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table failure_reports (
    id bigint generated always as identity primary key,
    repository_id bigint not null,
    installation_id bigint not null,
    run_id bigint not null,
    run_attempt integer not null,
    digest text not null,
    claims json not null,
    report json not null,
    received_at timestamptz not null,
    unique (repository_id, run_id, run_attempt, digest)
  )`,
  "create index failure_reports_received on failure_reports (repository_id, received_at)",
  `create table report_tokens (
    id text primary key,
    report_id bigint not null references failure_reports on delete cascade,
    digest text not null,
    expires_at timestamptz not null
  )`,
  "create index report_tokens_expires on report_tokens (expires_at)",
  "create index report_tokens_report on report_tokens (report_id)",
];

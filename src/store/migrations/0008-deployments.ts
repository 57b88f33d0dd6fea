/** Requests to deploy, what people said about them, and which checkpoints a pull request satisfied when it was merged. */

import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table deployment_requests (
    repository_id bigint not null,
    run_id bigint not null,
    attempt integer not null,
    environment text not null,
    installation_id bigint not null,
    owner text not null,
    name text not null,
    sha text not null,
    state text not null check (state in ('waiting', 'approved', 'rejected', 'closed')),
    requested_at timestamptz not null,
    answering text check (answering in ('approved', 'rejected')),
    reports integer not null default 0,
    reported_at timestamptz,
    report_digest text,
    view json,
    updated_at timestamptz not null,
    primary key (repository_id, run_id, attempt, environment)
  )`,
  "create index deployment_requests_waiting on deployment_requests (repository_id, environment) where state = 'waiting'",
  "create index deployment_requests_released on deployment_requests (repository_id, environment, sha) where state = 'approved'",
  `create table deployment_voices (
    repository_id bigint not null,
    comment_id bigint not null,
    environment text not null,
    kind text not null check (kind in ('approve', 'reject', 'override')),
    sha text not null,
    requests json not null,
    number integer not null,
    person json not null,
    at timestamptz not null,
    text text not null,
    primary key (repository_id, comment_id, environment, kind)
  )`,
  "create index deployment_voices_commit on deployment_voices (repository_id, environment, sha)",
  `create table merged_checkpoints (
    repository_id bigint not null,
    number integer not null,
    names json not null,
    primary key (repository_id, number)
  )`,
];

/** What a review loop remembers: whom it asked and when, the commands it saw, and where each session stands. */

import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table requirements_asked (
    repository_id bigint not null,
    number integer not null,
    requirement_id text not null,
    asked_at timestamptz not null,
    primary key (repository_id, number, requirement_id)
  )`,
  `create table reviewers_asked (
    repository_id bigint not null,
    number integer not null,
    person_id bigint not null,
    login text not null,
    asked_at timestamptz not null,
    head_sha text not null,
    off_at timestamptz,
    primary key (repository_id, number, person_id)
  )`,
  // For how busy people are: read from this index alone, once for each open pull request of an installation.
  "create index reviewers_asked_waiting on reviewers_asked (repository_id, number, person_id) where off_at is null",
  `create index pull_requests_open on pull_requests (installation_id, repository_id, number) where state = 'open'`,
  `create table commands_seen (
    repository_id bigint not null,
    comment_id bigint not null,
    text_digest text not null,
    number integer not null,
    person_id bigint not null,
    login text not null,
    person_kind text not null,
    at timestamptz not null,
    text json not null,
    head_sha text not null,
    primary key (repository_id, comment_id, text_digest)
  )`,
  "create index commands_seen_pull_request on commands_seen (repository_id, number)",
  `create table review_sessions (
    repository_id bigint not null,
    number integer not null,
    state text not null,
    data text not null,
    updated_at timestamptz not null default now(),
    primary key (repository_id, number)
  )`,
  "create index review_sessions_state on review_sessions (state, updated_at)",
];

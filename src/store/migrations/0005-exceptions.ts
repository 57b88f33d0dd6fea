/** Exceptions from the gate: bypasses and what they owe, merges, labels as they were put on, maintenance windows, issues that are kept. */

import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table bypasses (
    repository_id bigint not null,
    number integer not null,
    id text not null,
    outcome text not null check (outcome in ('granted', 'refused')),
    head_sha text not null,
    data json not null,
    at timestamptz not null,
    ended_at timestamptz,
    ended_why text,
    primary key (repository_id, number, id, head_sha)
  )`,
  "create index bypasses_time on bypasses (repository_id, at)",
  `create table labels_seen (
    repository_id bigint not null,
    number integer not null,
    label text not null,
    person_id bigint not null,
    head_sha text not null,
    at timestamptz not null,
    primary key (repository_id, number, label)
  )`,
  `create table merges (
    repository_id bigint not null,
    number integer not null,
    base_ref text not null,
    head_sha text not null,
    commit_sha text,
    merged_at timestamptz not null,
    merged_by text,
    standing text,
    passage text not null check (passage in ('gate', 'bypass', 'window', 'test_branch', 'around')),
    bypass_id text,
    primary key (repository_id, number)
  )`,
  "create index merges_commit on merges (repository_id, commit_sha)",
  "create index merges_time on merges (repository_id, merged_at)",
  `create table windows_seen (
    repository_id bigint not null,
    base_ref text not null,
    digest text not null,
    since timestamptz not null,
    primary key (repository_id, base_ref, digest)
  )`,
  `create table kept_issues (
    repository_id bigint not null,
    key text not null,
    number integer not null,
    installation_id bigint not null,
    owner text not null,
    name text not null,
    kind text not null check (kind in ('post_review', 'window', 'rollback', 'deployment')),
    state text not null check (state in ('open', 'done')),
    pull_request integer,
    commit_sha text,
    due_at timestamptz,
    data json not null,
    updated_at timestamptz not null default now(),
    primary key (repository_id, key)
  )`,
  "create unique index kept_issues_number on kept_issues (repository_id, number)",
  "create index kept_issues_open on kept_issues (repository_id, kind) where state = 'open'",
];

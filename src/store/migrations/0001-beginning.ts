/** Deliveries, work, memory, ledger and settings. */

import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...work, ...memory, ...ledger]) await sql.raw(statement).execute(db);
}

const work = [
  `create table deliveries (
    id text primary key,
    event text not null,
    action text,
    installation_id bigint,
    repository_id bigint,
    payload text not null,
    received_at timestamptz not null default now(),
    redelivered_at timestamptz,
    status text not null check (status in ('queued', 'done', 'dead')),
    open_subjects integer not null,
    finished_at timestamptz
  )`,
  "create index deliveries_unfinished on deliveries (received_at) where status <> 'done'",
  "create index deliveries_finished on deliveries (finished_at) where status = 'done'",
  "create sequence job_fences",
  `create table jobs (
    subject_key text primary key,
    kind text not null,
    subject json not null,
    generation bigint not null,
    due_at timestamptz,
    not_before timestamptz,
    holder text,
    lease_until timestamptz,
    fence bigint,
    attempts integer not null default 0,
    failing_since timestamptz,
    last_error text,
    dead_at timestamptz
  ) with (fillfactor = 70)`,
  "create index jobs_due on jobs (due_at) where due_at is not null and lease_until is null",
  "create index jobs_leased on jobs (lease_until) where lease_until is not null",
  "create index jobs_dead on jobs (dead_at) where dead_at is not null",
  `create table delivery_subjects (
    subject_key text not null,
    generation bigint not null,
    delivery_id text not null,
    primary key (subject_key, generation)
  )`,
  "create index delivery_subjects_delivery on delivery_subjects (delivery_id)",
];

const memory = [
  `create table pull_requests (
    repository_id bigint not null,
    number integer not null,
    installation_id bigint not null,
    owner text not null,
    name text not null,
    state text not null check (state in ('open', 'closed')),
    base_ref text not null,
    head_sha text not null,
    updated_at timestamptz not null default now(),
    primary key (repository_id, number)
  )`,
  "create index pull_requests_head on pull_requests (repository_id, head_sha)",
  "create index pull_requests_installation on pull_requests (installation_id) where state = 'open'",
  `create table heads (
    repository_id bigint not null,
    number integer not null,
    head_sha text not null,
    base_sha text not null,
    patch_digest text,
    path_digests json not null,
    first_seen_at timestamptz not null,
    primary key (repository_id, number, head_sha, base_sha)
  )`,
  `create table reviews_seen (
    review_id bigint primary key,
    repository_id bigint not null,
    number integer not null,
    head_sha text not null,
    arrived_at timestamptz not null
  )`,
  "create index reviews_seen_pull_request on reviews_seen (repository_id, number)",
  `create table remembered_changes (
    repository_id bigint not null,
    base_sha text not null,
    head_sha text not null,
    engine_version text not null,
    remembered json not null,
    created_at timestamptz not null default now(),
    primary key (repository_id, base_sha, head_sha, engine_version)
  )`,
  `create table known_gates (
    repository_id bigint not null,
    base_ref text not null,
    seen_at timestamptz not null default now(),
    primary key (repository_id, base_ref)
  )`,
  `create table policies (
    blob_sha text primary key,
    text text not null,
    seen_at timestamptz not null default now()
  )`,
  `create table check_runs (
    repository_id bigint not null,
    head_sha text not null,
    name text not null,
    check_run_id bigint,
    digest text,
    fence bigint not null,
    updated_at timestamptz not null default now(),
    primary key (repository_id, head_sha, name)
  )`,
  `create table verdicts (
    repository_id bigint not null,
    head_sha text not null,
    check_name text not null,
    number integer not null,
    state text not null,
    updated_at timestamptz not null default now(),
    primary key (repository_id, head_sha, check_name, number)
  )`,
  "create index verdicts_pull_request on verdicts (repository_id, number)",
  "create table reading_hints (repository_id bigint primary key, hints json not null)",
  "create table settings (key text primary key, value json not null, updated_at timestamptz not null default now())",
];

const ledger = [
  `create table ledger (
    repository_id bigint not null,
    seq bigint not null,
    at timestamptz not null,
    kind text not null,
    data json not null,
    previous_hash text not null,
    hash text not null,
    primary key (repository_id, seq)
  )`,
  `create function refuse_ledger_change() returns trigger language plpgsql as $$
  begin
    raise exception 'The ledger is append-only: % is refused', tg_op using errcode = 'restrict_violation';
  end
  $$`,
  `create trigger ledger_append_only before update or delete on ledger
    for each row execute function refuse_ledger_change()`,
  `create trigger ledger_no_truncate before truncate on ledger
    for each statement execute function refuse_ledger_change()`,
];

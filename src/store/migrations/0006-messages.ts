/** What people are told, one row for each message and channel. */

import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table messages (
    id bigint generated always as identity primary key,
    repository_id bigint not null,
    key text not null,
    message_key text not null,
    channel text not null,
    type text not null,
    is_digest boolean not null,
    state text not null check (state in ('waiting', 'sent', 'passed_on', 'undelivered', 'in_digest', 'dropped')),
    message json,
    target json not null,
    fallbacks json not null,
    notes json not null,
    not_before timestamptz,
    begun_at timestamptz,
    attempts integer not null default 0,
    failing_since timestamptz,
    last_error text,
    created_at timestamptz not null,
    finished_at timestamptz,
    unique (repository_id, key)
  )`,
  "create index messages_of on messages (repository_id, message_key)",
  "create index messages_digest on messages (repository_id) where is_digest and state = 'waiting'",
  "create index messages_finished on messages (finished_at) where message is not null",
];

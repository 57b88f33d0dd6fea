/** What is stuck and how far its escalation has come, and whose turn it is to write to GitHub. */

import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table escalations (
    repository_id bigint not null,
    key text not null,
    kind text not null,
    number integer not null,
    stuck json not null,
    since timestamptz not null,
    level text,
    level_at timestamptz,
    state json not null,
    next_at timestamptz,
    opened_at timestamptz not null,
    closed_at timestamptz,
    primary key (repository_id, key)
  )`,
  "create index escalations_open on escalations (repository_id, number) where closed_at is null",
  "create index escalations_due on escalations (next_at) where closed_at is null",
  `create table write_turns (
    installation_id bigint not null,
    lane text not null,
    free_at timestamptz not null,
    primary key (installation_id, lane)
  )`,
];

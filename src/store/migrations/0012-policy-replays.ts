/** What replaying merged pull requests under two policies brought. */

import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table policy_replays (
    repository_id bigint not null,
    key text not null,
    replay json not null,
    created_at timestamptz not null default now(),
    primary key (repository_id, key)
  )`,
  "create index policy_replays_created on policy_replays (created_at)",
];

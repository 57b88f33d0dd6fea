/** Findings that people called wrong, for the scorecard of each rule. */

import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table disagreements (
    repository_id bigint not null,
    number integer not null,
    finding_id text not null,
    person_id bigint not null,
    rule text not null,
    strength text not null,
    is_held boolean not null,
    data json not null,
    at timestamptz not null,
    primary key (repository_id, number, finding_id, person_id)
  )`,
  "create index disagreements_rule on disagreements (repository_id, rule)",
];

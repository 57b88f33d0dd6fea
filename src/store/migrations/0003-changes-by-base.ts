/** When a head was met as the change it is from one base: taken to another base, it may bring more along. */

import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw("alter table heads add column met_at timestamptz not null default now()").execute(db);
}

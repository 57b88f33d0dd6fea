/** An answer that was begun is kept with what the ledger says of it, so that a crash loses none of that. */

import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw("alter table deployment_requests add column answer json").execute(db);
}

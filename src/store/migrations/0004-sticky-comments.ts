/** What the one comment on each pull request last said. */

import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table sticky_comments (
        repository_id bigint not null,
        number integer not null,
        state text not null,
        primary key (repository_id, number)
      )`,
    )
    .execute(db);
}

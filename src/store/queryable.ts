/** Whatever statements can be sent to: a pool, or one connection of it within a transaction. */

import type pg from "pg";

export type Queryable = Pick<pg.Pool, "query">;

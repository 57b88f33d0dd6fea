/** The rules about SQL migrations, as people read them. */

import type { Rule } from "../../../detector.ts";

const steps = "Take it in two releases: first no program uses it any more, then it goes.";

export const sqlRules: Record<string, Rule> = {
  sql_object_dropped: {
    title: "a table, view, type or schema is dropped",
    why: "Programs that still run with the schema before fail, and what a table held is gone.",
    fix: steps,
    looksAt:
      "Added migrations in PostgreSQL's language, their way up alone, and `schema.sql` or `structure.sql`. What the same change makes again is not gone. A function is a hint.",
    example: { language: "sql", diff: "+DROP TABLE coupons;" },
  },
  sql_column_dropped: {
    title: "a column is dropped",
    why: "Programs that still read or write it fail, and what it held is gone.",
    fix: steps,
    example: { language: "sql", diff: "+ALTER TABLE orders DROP COLUMN note;" },
  },
  sql_renamed: {
    title: "a table, column, type or enum value is renamed",
    why: "Programs that still use the old name fail until all are replaced.",
    fix: "Add the new one beside the old one, fill both, and drop the old one later.",
    example: { language: "sql", diff: "+ALTER TABLE orders RENAME COLUMN note TO remark;" },
  },
  sql_column_type_changed: {
    title: "a column changes its type",
    why: "Values may not fit, programs may read something else, and the table is locked while it is written anew.",
    fix: "Add a column of the new type, fill both, and change over.",
    looksAt: "A hint for types that hold nearly everything, such as `text` and `bigint`, and in written-out schemas.",
    example: { language: "sql", diff: "+ALTER TABLE orders ALTER COLUMN total TYPE integer;" },
  },
  sql_column_not_null: {
    title: "a column has to be filled",
    why: "Programs that do not fill it yet fail when they write.",
    fix: "Give it a default, or let it be null until every program fills it.",
    looksAt:
      "`SET NOT NULL`, and columns added as `NOT NULL` without a default. Tables made in the same change are nobody's yet.",
    example: { language: "sql", diff: "+ALTER TABLE orders ADD COLUMN region text NOT NULL;" },
  },
  sql_default_dropped: {
    title: "a column loses its default",
    why: "Programs that left it out write null, or fail.",
    fix: "Keep the default until every program fills the column.",
  },
  sql_constraint_added: {
    title: "rows have to keep to a new constraint",
    why: "Programs that write what it forbids fail, and so does the migration where such rows exist.",
    fix: "Add checks and foreign keys as `NOT VALID` and validate them later.",
    looksAt: "Unique constraints and indexes, checks and foreign keys that are checked at once.",
  },
};

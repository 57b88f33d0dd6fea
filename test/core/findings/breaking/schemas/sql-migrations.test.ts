import fc from "fast-check";
import { expect, it } from "vitest";
import { sqlMigrations } from "../../../../../src/core/findings/breaking/schemas/sql-migrations.ts";
import { type Change, classifyStory, findingsOf, rulesFrom } from "../../../../support/changes.ts";

const migrated = (sql: string): { files: Record<string, Change> } => ({
  files: { "migrations/0042_next.sql": [null, sql] },
});

it.each([
  { name: "a table is dropped", sql: "DROP TABLE a;", rules: ["sql_object_dropped likely"] },
  {
    name: "two tables are dropped",
    sql: "DROP TABLE IF EXISTS a, b CASCADE;",
    rules: ["sql_object_dropped likely", "sql_object_dropped likely"],
  },
  { name: "a view is dropped", sql: "DROP VIEW a;", rules: ["sql_object_dropped likely"] },
  { name: "a view is made anew", sql: "DROP VIEW a; CREATE VIEW a AS SELECT 1;", rules: [] },
  { name: "a type is dropped", sql: "DROP TYPE a;", rules: ["sql_object_dropped likely"] },
  {
    name: "a type is made anew",
    sql: "ALTER TYPE a RENAME TO a_old; CREATE TYPE a AS ENUM ('x'); DROP TYPE a_old;",
    rules: [],
  },
  { name: "a schema is dropped", sql: "DROP SCHEMA a CASCADE;", rules: ["sql_object_dropped likely"] },
  { name: "a function is dropped", sql: "DROP FUNCTION a(int);", rules: ["sql_object_dropped hint"] },
  { name: "an index is dropped", sql: "DROP INDEX a;", rules: [] },
  {
    name: "a table is made by way of another",
    sql: "CREATE TABLE new_a (b int); DROP TABLE a; ALTER TABLE new_a RENAME TO a;",
    rules: [],
  },
  { name: "a column is dropped", sql: "ALTER TABLE a DROP COLUMN b;", rules: ["sql_column_dropped likely"] },
  {
    name: "a column of a new table is dropped",
    sql: "CREATE TABLE a (b int, c int); ALTER TABLE a DROP COLUMN b;",
    rules: [],
  },
  { name: "a table is renamed", sql: "ALTER TABLE a RENAME TO b;", rules: ["sql_renamed likely"] },
  { name: "a column is renamed", sql: "ALTER TABLE a RENAME COLUMN b TO c;", rules: ["sql_renamed likely"] },
  { name: "an index is renamed", sql: "ALTER INDEX a RENAME TO b;", rules: [] },
  { name: "a constraint is renamed", sql: "ALTER TABLE a RENAME CONSTRAINT b TO c;", rules: [] },
  {
    name: "a value of an enum is renamed",
    sql: "ALTER TYPE a RENAME VALUE 'x' TO 'y';",
    rules: ["sql_renamed likely"],
  },
  { name: "a value of an enum is added", sql: "ALTER TYPE a ADD VALUE 'x';", rules: [] },
  {
    name: "a column gets a narrower type",
    sql: "ALTER TABLE a ALTER COLUMN b TYPE varchar(20);",
    rules: ["sql_column_type_changed likely"],
  },
  {
    name: "a column gets a roomy type",
    sql: "ALTER TABLE a ALTER COLUMN b TYPE bigint;",
    rules: ["sql_column_type_changed hint"],
  },
  {
    name: "a column takes no null",
    sql: "ALTER TABLE a ALTER COLUMN b SET NOT NULL;",
    rules: ["sql_column_not_null likely"],
  },
  {
    name: "a column that must be filled is added",
    sql: "ALTER TABLE a ADD COLUMN b int NOT NULL;",
    rules: ["sql_column_not_null likely"],
  },
  { name: "a column with a default is added", sql: "ALTER TABLE a ADD COLUMN b int NOT NULL DEFAULT 0;", rules: [] },
  { name: "a counted column is added", sql: "ALTER TABLE a ADD COLUMN b bigserial NOT NULL;", rules: [] },
  { name: "a column that may be null is added", sql: "ALTER TABLE a ADD COLUMN b int;", rules: [] },
  {
    name: "an added column is filled and then takes no null",
    sql: "ALTER TABLE a ADD COLUMN b int; UPDATE a SET b = 1; ALTER TABLE a ALTER COLUMN b SET NOT NULL;",
    rules: [],
  },
  {
    name: "a column loses its default",
    sql: "ALTER TABLE a ALTER COLUMN b DROP DEFAULT;",
    rules: ["sql_default_dropped hint"],
  },
  { name: "a column gets a default", sql: "ALTER TABLE a ALTER COLUMN b SET DEFAULT 1;", rules: [] },
  {
    name: "a check is added",
    sql: "ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0);",
    rules: ["sql_constraint_added hint"],
  },
  {
    name: "a check is added that is checked later",
    sql: "ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0) NOT VALID;",
    rules: [],
  },
  {
    name: "rows have to be unique",
    sql: "ALTER TABLE a ADD CONSTRAINT c UNIQUE (b);",
    rules: ["sql_constraint_added hint"],
  },
  { name: "a unique index stands ready", sql: "ALTER TABLE a ADD CONSTRAINT c UNIQUE USING INDEX i;", rules: [] },
  { name: "rows are changed", sql: "UPDATE a SET b = 1; DELETE FROM a; INSERT INTO a VALUES (1);", rules: [] },
  { name: "a table is made", sql: "CREATE TABLE a (b int NOT NULL); CREATE VIEW v AS SELECT b FROM a;", rules: [] },
  {
    name: "the way down drops a table (goose)",
    sql: "-- +goose Up\nCREATE TABLE a (b int);\n-- +goose Down\nDROP TABLE c;",
    rules: [],
  },
  {
    name: "the way up drops a table (dbmate)",
    sql: "-- migrate:up\nDROP TABLE c;\n\n-- migrate:down\nCREATE TABLE c (b int);",
    rules: ["sql_object_dropped likely"],
  },
  { name: "a comment speaks of dropping", sql: "-- DROP TABLE a;\nSELECT 1;", rules: [] },
  { name: "nothing stands in it", sql: "\n", rules: [] },
])("$name → $rules", async ({ sql, rules }) => {
  expect(await rulesFrom(sqlMigrations, migrated(sql))).toEqual(rules);
});

it.each([
  { path: "db/migrate/20260101_x.sql", isRead: true },
  { path: "prisma/migrations/20260101_x/migration.sql", isRead: true },
  { path: "src/main/resources/db/migration/V2__x.sql", isRead: true },
  { path: "sql/000003_x.up.sql", isRead: true },
  { path: "V3.1__x.sql", isRead: true },
  { path: "migrations/000003_x.down.sql", isRead: false },
  { path: "migrations/2026-01-01_x/down.sql", isRead: false },
  { path: "db/migration/U2__x.sql", isRead: false },
  { path: "db/seeds/x.sql", isRead: false },
  { path: "reports/monthly.sql", isRead: false },
  { path: "src/sql/procedures/list_orders.sql", isRead: false },
  { path: "test/migrations/1_x.sql", isRead: false },
])("a migration at $path is read: $isRead", async ({ path, isRead }) => {
  const findings = await findingsOf("breaking_change", { files: { [path]: [null, "DROP TABLE a;"] } });
  expect(findings.length > 0).toBe(isRead);
});

it("looks at added migrations alone: those that ran are history", async () => {
  const files: Record<string, Change> = { "migrations/1_a.sql": ["SELECT 1;", "DROP TABLE a;"] };
  expect(await rulesFrom(sqlMigrations, { files })).toEqual([]);
});

it("knows a table that another migration of the change makes", async () => {
  const files: Record<string, Change> = {
    "migrations/1_a.sql": [null, "CREATE TABLE public.a (b int);"],
    "migrations/2_a.sql": [null, "ALTER TABLE a DROP COLUMN b;"],
  };
  expect(await rulesFrom(sqlMigrations, { files })).toEqual([]);
});

it("reads a new file from its patch, without asking for its text", async () => {
  expect(await rulesFrom(sqlMigrations, { ...migrated("DROP TABLE a;"), isPatchOnly: true })).toEqual([
    "sql_object_dropped likely",
  ]);
});

it("shows the line behind comments and letters of many bytes", async () => {
  const sql =
    "-- Größe: note\nSELECT 'é';\n\n-- drops note\nALTER TABLE shop.orders\n  DROP COLUMN note,\n  DROP COLUMN size;\n";
  expect(await findingsOf("breaking_change", migrated(sql))).toMatchObject([
    {
      what: "column `shop.orders.note` is dropped",
      line: 6,
      side: "head",
      after: "DROP COLUMN note,",
      symbol: "shop.orders.note",
      reach: "unknown",
    },
    { line: 7, after: "DROP COLUMN size;" },
  ]);
});

const dump = (columns: string) =>
  `\\restrict x\nCREATE TABLE public.a (\n    id bigint NOT NULL,\n    ${columns}\n);\nCREATE TABLE public.b (id bigint);\n`;

it.each<{ name: string; files: Record<string, Change>; rules: string[] }>([
  {
    name: "a column is gone",
    files: { "db/structure.sql": [dump("c text"), dump("d text")] },
    rules: ["sql_column_dropped likely"],
  },
  {
    name: "a table is gone",
    files: { "db/structure.sql": [`${dump("c text")}CREATE TABLE e (f int);`, dump("c text")] },
    rules: ["sql_object_dropped likely"],
  },
  {
    name: "a type changes",
    files: { "schema.sql": [dump("c text"), dump("c integer")] },
    rules: ["sql_column_type_changed hint"],
  },
  { name: "a column is added", files: { "schema.sql": [dump("c text"), dump("c text, d text")] }, rules: [] },
  {
    name: "a migration already said it",
    files: {
      "db/structure.sql": [dump("c text"), dump("d text")],
      "db/migrate/1_c.sql": [null, "ALTER TABLE a DROP COLUMN c;"],
    },
    rules: ["sql_column_dropped likely"],
  },
])("in a written-out schema $name → $rules", async ({ files, rules }) => {
  expect(await rulesFrom(sqlMigrations, { files })).toEqual(rules);
});

it("shows the line of a written-out schema before the change", async () => {
  const files: Record<string, Change> = { "db/structure.sql": [dump("c text"), dump("d text")] };
  expect(await findingsOf("breaking_change", { files })).toMatchObject([
    { line: 4, side: "base", before: "c text", symbol: "a.c" },
  ]);
});

it.each([
  "ALTER TABLE `a` DROP COLUMN `b`;",
  "EXEC sp_rename 'a', 'b'; GO",
  "CREATE TABLE a (",
  `SELECT ${"(".repeat(100_000)}`,
  `${"/*".repeat(100_000)}${"*/".repeat(100_000)} SELECT 1;`,
  "\u0000DROP",
])("names a migration that PostgreSQL does not understand: %.40j", async (sql) => {
  const { notAnalysed } = await classifyStory(migrated(sql));
  expect(notAnalysed).toEqual([{ path: "migrations/0042_next.sql", why: "not parsed: it is not PostgreSQL" }]);
});

it("never throws", async () => {
  const words = [
    "ALTER",
    "TABLE",
    "DROP",
    "COLUMN",
    "a",
    "b",
    ";",
    ",",
    "RENAME",
    "TO",
    "TYPE",
    "CREATE",
    "(",
    ")",
    "int",
    "NOT",
    "NULL",
    "--",
    "\n",
    "'",
    "$$",
    "ADD",
    "VIEW",
    "AS",
    "SELECT",
    "1",
    "-- +goose Down\n",
  ];
  const text = fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((parts) => parts.join(" "));
  await fc.assert(
    fc.asyncProperty(text, text, async (sql, other) => {
      await classifyStory({ files: { "migrations/1_a.sql": [null, sql], "schema.sql": [other, sql] } });
    }),
    { numRuns: 60 },
  );
});

import { defineDetector, type Observation } from "../detector.ts";
import { isTest } from "../file-role.ts";

const migration = /\.sql$|(^|\/)(migrations?|migrate|alembic|db)\//i;
const dropped = /\bdrop\s+index\b|\b(remove|drop)_index\b|\bdropIndex\s*\(/i;
const created = /\bcreate\s+(unique\s+)?index\b|\b(add|create)_index\b|\bcreateIndex\s*\(/i;

/** Reports migrations that drop or build indexes (C5). */
export const databaseIndexes = defineDetector({
  id: "database_indexes",
  class: "performance",
  title: "database indexes",
  why: "Queries that leaned on an index read whole tables without it; building one locks or loads the table.",
  rules: {
    index_dropped: {
      title: "an index is dropped",
      why: "Queries that leaned on it read whole tables.",
      fix: "Name the queries that used it, and drop it in a change of its own.",
      looksAt: "`drop index` in added lines of SQL files and migrations.",
    },
    index_created: {
      title: "an index is built",
      why: "Building it loads the table, and without `CONCURRENTLY` locks it against writes.",
      fix: "Write `create index concurrently`, outside of a transaction.",
      looksAt: "`create index` in added lines of SQL files and migrations.",
    },
  },
  detect: ({ files }) => ({
    observations: files.flatMap((file) => {
      if (file.leftOut !== null || !migration.test(file.path) || isTest(file.path)) return [];
      return file.lines.flatMap(({ kind, text, line }): Observation[] => {
        if (kind !== "added") return [];
        const at = { path: file.path, line, after: text.trim() };
        const written = text.slice(0, 2000);
        if (dropped.test(written))
          return [{ rule: "index_dropped", strength: "likely", what: "an index is dropped", ...at }];
        return created.test(written)
          ? [{ rule: "index_created", strength: "hint", what: "an index is built", ...at }]
          : [];
      });
    }),
  }),
});

/** Tables and columns that a written-out schema had and has no longer. */

import type { CreateStmt } from "libpg-query";
import type { SqlChange } from "./migration-changes.ts";
import type { Statement } from "./read-sql.ts";
import { lastName, tableName, typeText } from "./sql-names.ts";

interface Table {
  statement: Statement;
  /** Name → type. */
  columns: Map<string, string>;
}

/** Lines are those before the change. */
export function compareDumps(before: readonly Statement[], after: readonly Statement[]): SqlChange[] {
  const [was, is] = [readTables(before), readTables(after)];
  return [...was].flatMap(([name, table]): SqlChange[] => {
    const now = is.get(name);
    const { lineOf } = table.statement;
    if (!now) {
      const what = `table \`${name}\` is dropped`;
      return [{ rule: "sql_object_dropped", strength: "likely", what, symbol: name, line: lineOf(lastName(name)) }];
    }
    return [...table.columns].flatMap(([column, type]): SqlChange[] => {
      const symbol = `${name}.${column}`;
      const other = now.columns.get(column);
      if (other === undefined) {
        const what = `column \`${symbol}\` is dropped`;
        return [{ rule: "sql_column_dropped", strength: "likely", what, symbol, line: lineOf(column) }];
      }
      if (other === type) return [];
      const what = `column \`${symbol}\` changes its type from \`${type}\` to \`${other}\``;
      return [{ rule: "sql_column_type_changed", strength: "hint", what, symbol, line: lineOf(column) }];
    });
  });
}

function readTables(statements: readonly Statement[]): Map<string, Table> {
  const tables = new Map<string, Table>();
  for (const statement of statements) {
    if (!("CreateStmt" in statement.node)) continue;
    const { CreateStmt: made } = statement.node;
    tables.set(tableName(made.relation), { statement, columns: columnsOf(made) });
  }
  return tables;
}

function columnsOf({ tableElts }: CreateStmt): Map<string, string> {
  const columns = new Map<string, string>();
  for (const element of tableElts ?? []) {
    if ("ColumnDef" in element) columns.set(element.ColumnDef.colname ?? "", typeText(element.ColumnDef.typeName));
  }
  return columns;
}

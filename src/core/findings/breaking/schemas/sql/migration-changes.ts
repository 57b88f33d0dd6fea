/** What a migration takes from the programs that still run with the schema before it. */

import type { AlterTableCmd, AlterTableStmt, ColumnDef, ConstrType, DropStmt, Node, RenameStmt } from "libpg-query";
import type { Strength } from "../../../finding.ts";
import type { Statement } from "./read-sql.ts";
import { lastName, namesOf, objectName, tableName, typeText } from "./sql-names.ts";

export interface SqlChange {
  rule: string;
  strength: Strength;
  what: string;
  /** `orders.note`. */
  symbol: string;
  line: number | null;
}

/** What the change itself makes; nobody uses it yet. Names of tables, and of columns as `table.column`. */
export type Made = ReadonlySet<string>;

export function madeBy(statements: readonly Statement[]): Set<string> {
  const made = new Set<string>();
  for (const { node } of statements) {
    if ("CreateStmt" in node) made.add(tableName(node.CreateStmt.relation));
    else if ("CreateTableAsStmt" in node) made.add(tableName(node.CreateTableAsStmt.into?.rel));
    else if ("ViewStmt" in node) made.add(tableName(node.ViewStmt.view));
    else if ("CreateEnumStmt" in node) made.add(namesOf(node.CreateEnumStmt.typeName));
    else if ("CompositeTypeStmt" in node) made.add(tableName(node.CompositeTypeStmt.typevar));
    else if ("CreateFunctionStmt" in node) made.add(namesOf(node.CreateFunctionStmt.funcname));
    else if ("CreateDomainStmt" in node) made.add(namesOf(node.CreateDomainStmt.domainname));
    else if ("CreateSchemaStmt" in node) made.add(node.CreateSchemaStmt.schemaname ?? "");
    else if ("RenameStmt" in node) made.add(renamedTo(node.RenameStmt));
    else if ("AlterTableStmt" in node) {
      const table = tableName(node.AlterTableStmt.relation);
      for (const { subtype, def } of commandsOf(node.AlterTableStmt)) {
        if (subtype === "AT_AddColumn") made.add(`${table}.${columnOf(def)?.colname ?? ""}`);
      }
    }
  }
  return made;
}

function renamedTo({ renameType, relation, object, newname = "" }: RenameStmt): string {
  if (renameType === "OBJECT_COLUMN") return `${tableName(relation)}.${newname}`;
  const schema = relation ? tableName(relation) : objectName(object ?? ({ String: {} } as Node));
  return schema.includes(".") ? `${schema.slice(0, schema.lastIndexOf("."))}.${newname}` : newname;
}

export function sqlChanges({ node, lineOf }: Statement, made: Made): SqlChange[] {
  const told = findings(node, made);
  return told.map((change) => ({ ...change, line: lineOf(lastName(change.symbol)) }));
}

type Told = Omit<SqlChange, "line">;

function findings(node: Node, made: Made): Told[] {
  if ("AlterTableStmt" in node) return alterings(node.AlterTableStmt, made);
  if ("DropStmt" in node) return drops(node.DropStmt, made);
  if ("RenameStmt" in node) return renames(node.RenameStmt, made);
  if ("AlterEnumStmt" in node && node.AlterEnumStmt.oldVal !== undefined) {
    const symbol = namesOf(node.AlterEnumStmt.typeName);
    const what = `value \`${node.AlterEnumStmt.oldVal}\` of enum \`${symbol}\` is renamed to \`${node.AlterEnumStmt.newVal}\``;
    return [{ rule: "sql_renamed", strength: "likely", what, symbol }];
  }
  if ("IndexStmt" in node && node.IndexStmt.unique === true && !made.has(tableName(node.IndexStmt.relation))) {
    return [unique(tableName(node.IndexStmt.relation), node.IndexStmt.idxname)];
  }
  return [];
}

function unique(table: string, name: string | undefined): Told {
  const what = `rows of \`${table}\` have to be unique now${named(name)}`;
  return {
    rule: "sql_constraint_added",
    strength: "hint",
    what,
    symbol: name === undefined ? table : `${table}.${name}`,
  };
}

function named(name: string | undefined): string {
  return name === undefined ? "" : ` by \`${name}\``;
}

const droppable: Readonly<Record<string, string>> = {
  OBJECT_TABLE: "table",
  OBJECT_VIEW: "view",
  OBJECT_MATVIEW: "materialized view",
  OBJECT_TYPE: "type",
  OBJECT_DOMAIN: "domain",
  OBJECT_FUNCTION: "function",
  OBJECT_PROCEDURE: "procedure",
  OBJECT_SCHEMA: "schema",
};

function drops({ removeType, objects }: DropStmt, made: Made): Told[] {
  const kind = droppable[removeType ?? ""];
  if (kind === undefined) return [];
  // Trigger functions and the like are called by the database itself more often than by programs.
  const strength: Strength = kind === "function" || kind === "procedure" ? "hint" : "likely";
  return (objects ?? []).flatMap((object): Told[] => {
    const symbol = objectName(object);
    if (symbol === "" || made.has(symbol)) return [];
    return [{ rule: "sql_object_dropped", strength, what: `${kind} \`${symbol}\` is dropped`, symbol }];
  });
}

function renames(
  { renameType, relationType, relation, object, subname = "", newname = "" }: RenameStmt,
  made: Made,
): Told[] {
  const table = tableName(relation);
  const rename = (kind: string, symbol: string): Told[] =>
    made.has(symbol) || made.has(table)
      ? []
      : [
          {
            rule: "sql_renamed",
            strength: "likely",
            what: `${kind} \`${symbol}\` is renamed to \`${newname}\``,
            symbol,
          },
        ];
  if (renameType === "OBJECT_COLUMN" && relationType !== "OBJECT_VIEW") return rename("column", `${table}.${subname}`);
  const kind = droppable[renameType ?? ""];
  if (kind === undefined || kind === "function") return [];
  return rename(kind, relation ? table : objectName(object ?? { String: {} }));
}

function commandsOf({ cmds }: AlterTableStmt): AlterTableCmd[] {
  return (cmds ?? []).flatMap((node) => ("AlterTableCmd" in node ? [node.AlterTableCmd] : []));
}

function columnOf(def: Node | undefined): ColumnDef | null {
  return def && "ColumnDef" in def ? def.ColumnDef : null;
}

function alterings(statement: AlterTableStmt, made: Made): Told[] {
  const table = tableName(statement.relation);
  if (statement.objtype !== "OBJECT_TABLE" || made.has(table)) return [];
  return commandsOf(statement).flatMap((command): Told[] => {
    const column = command.name ?? columnOf(command.def)?.colname ?? "";
    const symbol = `${table}.${column}`;
    if (command.subtype !== "AT_AddColumn" && made.has(symbol)) return [];
    return altering(command, symbol, table);
  });
}

function altering({ subtype, def }: AlterTableCmd, symbol: string, table: string): Told[] {
  switch (subtype) {
    case "AT_DropColumn":
      return [{ rule: "sql_column_dropped", strength: "likely", what: `column \`${symbol}\` is dropped`, symbol }];
    case "AT_AlterColumnType": {
      const type = typeText(columnOf(def)?.typeName);
      const what = `column \`${symbol}\` changes its type to \`${type}\``;
      return [{ rule: "sql_column_type_changed", strength: roomy.has(type) ? "hint" : "likely", what, symbol }];
    }
    case "AT_SetNotNull":
      return [
        {
          rule: "sql_column_not_null",
          strength: "likely",
          what: `column \`${symbol}\` takes no null any more`,
          symbol,
        },
      ];
    case "AT_AddColumn":
      return addedColumn(columnOf(def), symbol);
    case "AT_ColumnDefault": {
      const what = `column \`${symbol}\` loses its default`;
      return def === undefined ? [{ rule: "sql_default_dropped", strength: "hint", what, symbol }] : [];
    }
    case "AT_AddConstraint":
      return addedConstraint(def, table);
    default:
      return [];
  }
}

/** Types that hold nearly everything the usual smaller ones do. */
const roomy = new Set(["text", "int8", "numeric", "float8", "jsonb", "timestamptz", "varchar"]);

function addedColumn(column: ColumnDef | null, symbol: string): Told[] {
  const has = (...types: ConstrType[]) =>
    (column?.constraints ?? []).some(
      (node) => "Constraint" in node && types.includes(node.Constraint.contype ?? "CONSTR_NULL"),
    );
  const isFilled =
    has("CONSTR_DEFAULT", "CONSTR_IDENTITY", "CONSTR_GENERATED") ||
    /^(big|small)?serial/.test(typeText(column?.typeName));
  if (!has("CONSTR_NOTNULL", "CONSTR_PRIMARY") || isFilled) return [];
  const what = `column \`${symbol}\` is added, takes no null and has no default`;
  return [{ rule: "sql_column_not_null", strength: "likely", what, symbol }];
}

function addedConstraint(def: Node | undefined, table: string): Told[] {
  const constraint = def && "Constraint" in def ? def.Constraint : null;
  if (!constraint || constraint.indexname !== undefined) return [];
  const name = constraint.conname;
  if (constraint.contype === "CONSTR_UNIQUE" || constraint.contype === "CONSTR_PRIMARY") return [unique(table, name)];
  const isChecked = constraint.contype === "CONSTR_CHECK" || constraint.contype === "CONSTR_FOREIGN";
  if (!isChecked || constraint.skip_validation === true) return [];
  const what = `rows of \`${table}\` have to keep to a new constraint${named(name)}, which is checked at once`;
  return [
    { rule: "sql_constraint_added", strength: "hint", what, symbol: name === undefined ? table : `${table}.${name}` },
  ];
}

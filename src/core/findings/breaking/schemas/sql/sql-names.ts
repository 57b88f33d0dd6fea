/** Names of tables, columns and types in PostgreSQL's syntax tree. */

import type { Node, RangeVar, TypeName } from "libpg-query";

/** `public` is where a table without a schema usually lies. */
export function tableName(relation: Pick<RangeVar, "schemaname" | "relname"> | undefined): string {
  const { schemaname, relname = "" } = relation ?? {};
  return schemaname === undefined || schemaname === "public" ? relname : `${schemaname}.${relname}`;
}

export function namesOf(nodes: readonly Node[] | undefined): string {
  const names = (nodes ?? []).flatMap((node) => ("String" in node ? [node.String.sval ?? ""] : []));
  return (names[0] === "public" ? names.slice(1) : names).join(".");
}

/** What a `DROP` names: a list of words, a type, a function with its arguments, or one word. */
export function objectName(node: Node): string {
  if ("List" in node) return namesOf(node.List.items);
  if ("TypeName" in node) return namesOf(node.TypeName.names);
  if ("ObjectWithArgs" in node) return namesOf(node.ObjectWithArgs.objname);
  return "String" in node ? (node.String.sval ?? "") : "";
}

/** `bigint` is `int8` inside; limits such as `varchar(20)` are kept. */
export function typeText(type: TypeName | undefined): string {
  const name = namesOf(type?.names).replace(/^pg_catalog\./, "");
  const limits = (type?.typmods ?? []).flatMap((node) => ("A_Const" in node ? [node.A_Const.ival?.ival ?? 0] : []));
  return `${name}${limits.length > 0 ? `(${limits.join(", ")})` : ""}${type?.arrayBounds ? "[]" : ""}`;
}

export function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

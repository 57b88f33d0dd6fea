/** What changed between two schemas, with where it stands. Loaded only where a change has schemas: its libraries are large. */

import { type Change, type CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildASTSchema, type GraphQLSchema, Kind } from "graphql";
import type { Strength } from "../../../finding.ts";
import { changedParts, joinParts, type SchemaPart } from "./schema-parts.ts";
import { namedIn, type Place, placesOf, warnedTypes } from "./schema-places.ts";

export { definedIn, readSchemaPart } from "./schema-parts.ts";

export interface SchemaChange {
  rule: string;
  strength: Strength;
  what: string;
  symbol: string;
  base: Place | null;
  head: Place | null;
}

/** @returns `null` where the parts make no schema together */
export async function compareSchemas(
  before: readonly SchemaPart[],
  after: readonly SchemaPart[],
): Promise<SchemaChange[] | null> {
  const [old, young] = changedParts(before, after);
  const [was, is] = [joinParts(old), joinParts(young)];
  let changes: Change[];
  let base: GraphQLSchema;
  try {
    base = buildASTSchema(was.document, { assumeValid: true, assumeValidSDL: true });
    changes = await diff(base, buildASTSchema(is.document, { assumeValid: true, assumeValidSDL: true }));
  } catch {
    return null;
  }
  const [had, has] = [placesOf(old), placesOf(young)];
  const warned = warnedTypes(old, new Set([...had.keys()].filter((name) => !has.has(name))));
  const isAnyGone = changes.some(({ type }) => type === "TYPE_REMOVED");
  const named = new Set(isAnyGone ? after.flatMap((part) => part.definitions).flatMap(namedIn) : []);
  return changes.flatMap((change) => {
    const symbol = symbolOf(change);
    // A type that only now stands among the changed files was defined elsewhere before.
    if (was.stubs.has(symbol)) return [];
    const judged = judge(change, base, change.type === "TYPE_REMOVED" ? named : is.stubs);
    if (!judged) return [];
    const place = had.get(symbol) ?? null;
    const isWarned = place?.isDeprecated || warned.has(symbol);
    const strength = judged.strength === "proven" && isWarned ? "likely" : judged.strength;
    return [{ ...judged, strength, symbol, base: place, head: has.get(symbol) ?? null }];
  });
}

/** Paths of the library name the union, not the member. */
function symbolOf({ path, meta }: Change): string {
  const member = metaText(meta, "removedUnionMemberTypeName") ?? metaText(meta, "addedUnionMemberTypeName");
  return member === null ? (path ?? "schema") : `${path}.${member}`;
}

function metaText(meta: unknown, key: string): string | null {
  const value = typeof meta === "object" && meta !== null ? (meta as Record<string, unknown>)[key] : null;
  return typeof value === "string" ? value : null;
}

type Judged = Pick<SchemaChange, "rule" | "strength" | "what">;

const ruleOf: Readonly<Record<string, string>> = {
  TYPE_REMOVED: "graphql_type_removed",
  TYPE_KIND_CHANGED: "graphql_type_removed",
  SCHEMA_QUERY_TYPE_CHANGED: "graphql_type_removed",
  SCHEMA_MUTATION_TYPE_CHANGED: "graphql_type_removed",
  SCHEMA_SUBSCRIPTION_TYPE_CHANGED: "graphql_type_removed",
  FIELD_REMOVED: "graphql_field_removed",
  INPUT_FIELD_REMOVED: "graphql_field_removed",
  FIELD_ARGUMENT_REMOVED: "graphql_field_removed",
  FIELD_TYPE_CHANGED: "graphql_field_type_changed",
  FIELD_ARGUMENT_ADDED: "graphql_input_narrowed",
  FIELD_ARGUMENT_TYPE_CHANGED: "graphql_input_narrowed",
  INPUT_FIELD_ADDED: "graphql_input_narrowed",
  INPUT_FIELD_TYPE_CHANGED: "graphql_input_narrowed",
  UNION_MEMBER_REMOVED: "graphql_member_removed",
  OBJECT_TYPE_INTERFACE_REMOVED: "graphql_member_removed",
  ENUM_VALUE_REMOVED: "graphql_member_removed",
  DIRECTIVE_REMOVED: "graphql_directive_changed",
  DIRECTIVE_LOCATION_REMOVED: "graphql_directive_changed",
  DIRECTIVE_ARGUMENT_REMOVED: "graphql_directive_changed",
  DIRECTIVE_ARGUMENT_ADDED: "graphql_directive_changed",
  DIRECTIVE_ARGUMENT_TYPE_CHANGED: "graphql_directive_changed",
};

const dangerousRuleOf: Readonly<Record<string, { rule: string; strength: Strength }>> = {
  FIELD_ARGUMENT_DEFAULT_CHANGED: { rule: "graphql_default_changed", strength: "likely" },
  INPUT_FIELD_DEFAULT_VALUE_CHANGED: { rule: "graphql_default_changed", strength: "likely" },
  ENUM_VALUE_ADDED: { rule: "graphql_value_added", strength: "hint" },
  UNION_MEMBER_ADDED: { rule: "graphql_value_added", strength: "hint" },
};

const breaking: `${CriticalityLevel}` = "BREAKING";
const dangerous: `${CriticalityLevel}` = "DANGEROUS";

/**
 * The library's levels, a step lower where only generated types change; `null` for what harms nobody.
 *
 * @param missing types that are named after the change, and not defined where we looked
 */
function judge(change: Change, base: GraphQLSchema, missing: ReadonlySet<string>): Judged | null {
  const { type, criticality, path } = change;
  const what = phrase(change.message);
  if (criticality.level === dangerous) {
    const known = dangerousRuleOf[type];
    return known ? { ...known, what } : null;
  }
  const rule = ruleOf[type];
  if (criticality.level !== breaking || rule === undefined) return null;
  if (rule === "graphql_directive_changed") return isForClients(base, path) ? { rule, strength: "likely", what } : null;
  if ((type === "TYPE_REMOVED" || type === "TYPE_KIND_CHANGED") && missing.has(path ?? "")) {
    return { rule, strength: "likely", what: `type \`${path}\` was removed and is still used` };
  }
  return { rule, strength: isNullable(change) ? "likely" : "proven", what };
}

/** `User!` → `User`: queries still run, but programs that never looked for `null` meet it. */
function isNullable({ type, meta }: Change): boolean {
  if (type !== "FIELD_TYPE_CHANGED") return false;
  const [was, is] = [metaText(meta, "oldFieldType"), metaText(meta, "newFieldType")];
  return was !== null && was.replaceAll("!", "") === is?.replaceAll("!", "");
}

/** @see https://spec.graphql.org/October2021/#ExecutableDirectiveLocation */
const executable = new Set<string>([
  "QUERY",
  "MUTATION",
  "SUBSCRIPTION",
  "FIELD",
  "FRAGMENT_DEFINITION",
  "FRAGMENT_SPREAD",
  "INLINE_FRAGMENT",
  "VARIABLE_DEFINITION",
]);

/** Directives on the schema itself are the server's own affair. */
function isForClients(base: GraphQLSchema, path: string | undefined): boolean {
  const name = /^@(\w{1,200})/.exec(path ?? "")?.[1];
  const directive = base.getDirective(name ?? "");
  return directive?.astNode?.kind === Kind.DIRECTIVE_DEFINITION && directive.locations.some((at) => executable.has(at));
}

/** Messages begin with a capital and put names in single quotes. */
function phrase(message: string): string {
  const text = message.slice(0, 400).replaceAll("'", "`");
  return /^[A-Z][a-z]/.test(text) ? `${text[0]?.toLowerCase()}${text.slice(1)}` : text;
}

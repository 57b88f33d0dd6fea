/** What changed between two JSON Schemas. */

import { compareLimits } from "./compare-limits.ts";
import { newlyRequired, removedProperty } from "./compare-properties.ts";
import { below, type Part } from "./references.ts";
import { type Comparison, type Direction, propertyName, type SchemaDifference } from "./schema-difference.ts";
import { isHidden, type SchemaView, viewSchema } from "./schema-view.ts";

const depthMax = 40;

export function compareSchemas(
  comparison: Comparison,
  base: Part,
  head: Part,
  name = "",
  depth = 0,
): SchemaDifference[] {
  const { before, after, direction, seen } = comparison;
  const [was, is] = [viewSchema(before.value, base), viewSchema(after.value, head)];
  if (!was || !is || depth > depthMax) return [];
  const pair = `${direction} ${was.part.path.join("/")} ${is.part.path.join("/")}`;
  if (seen.has(pair)) return [];
  seen.add(pair);
  const typed = compareTypes(comparison, was, is, name);
  if (typed.length > 0) return typed;
  const found = [
    ...compareValues(direction, was, is, name),
    ...compareLimits(comparison, was, is, name),
    ...compareOptions(comparison, was, is, name),
    ...compareProperties(comparison, was, is, name, depth),
  ];
  if (was.items && is.items) found.push(...compareSchemas(comparison, was.items, is.items, `${name}[]`, depth + 1));
  for (const [pattern, base] of was.patterns) {
    const head = is.patterns.get(pattern);
    if (head) found.push(...compareSchemas(comparison, base, head, propertyName(name, "*"), depth + 1));
  }
  if (was.others && is.others)
    found.push(...compareSchemas(comparison, was.others, is.others, propertyName(name, "*"), depth + 1));
  return found;
}

function compareTypes({ direction }: Comparison, was: SchemaView, is: SchemaView, name: string): SchemaDifference[] {
  const [narrow, wide] = direction === "in" ? [is, was] : [was, is];
  // Where the other side allows anything, or says it in alternatives, types alone tell little.
  if (narrow.types === null || narrow.options.length > 0 || wide.options.length > 0) return [];
  const at = { kind: "type_changed" as const, name, base: below(was.part, "type"), head: below(is.part, "type") };
  if (wide.types === null) {
    const isAny =
      wide.values === null && wide.properties.size === 0 && wide.items === null && wide.part.node !== undefined;
    if (!isAny || direction === "out") return [];
    return [
      {
        ...at,
        strength: "likely",
        what: `takes only ${typeText(is)} now, where it took anything`,
        base: was.part,
      },
    ];
  }
  const lost = [...wide.types].filter((type) => !takes(narrow.types, type));
  if (lost.length === 0) return [];
  if (lost.length === 1 && lost[0] === "null") {
    const what = direction === "in" ? "takes no null any more" : "can be null now";
    const nullable = below(is.part, "nullable");
    return [{ ...at, strength: "likely", what, ...(nullable.node === true ? { head: nullable } : {}) }];
  }
  return [{ ...at, strength: "proven", what: `changed its type from ${typeText(was)} to ${typeText(is)}` }];
}

function takes(types: Set<string> | null, type: string): boolean {
  return types === null || types.has(type) || (type === "integer" && types.has("number"));
}

function typeText({ types }: SchemaView): string {
  return types === null
    ? "anything"
    : [...types]
        .sort()
        .map((type) => `\`${type}\``)
        .join(" or ");
}

function compareValues(direction: Direction, was: SchemaView, is: SchemaView, name: string): SchemaDifference[] {
  if (direction === "out") {
    if (!was.values || !is.values) return [];
    return [...is.values].flatMap(([value, head]): SchemaDifference[] => {
      if (was.values?.has(value) || value === "null") return [];
      return [{ kind: "value_added", strength: "hint", name, what: `can be \`${value}\` now`, base: null, head }];
    });
  }
  if (!is.values) return [];
  if (!was.values) {
    // Alternatives, or a schema without any type, may have said the same otherwise.
    if (was.options.length > 0 || was.types === null) return [];
    return [
      {
        kind: "value_removed",
        strength: "likely",
        name,
        what: "takes only listed values now",
        base: was.part,
        head: below(is.part, "enum"),
      },
    ];
  }
  return [...was.values].flatMap(([value, base]): SchemaDifference[] => {
    if (is.values?.has(value)) return [];
    const strength = value === "null" ? "likely" : "proven";
    return [
      { kind: "value_removed", strength, name, what: `takes \`${value.slice(0, 80)}\` no more`, base, head: null },
    ];
  });
}

/** Alternatives are matched by what they refer to, else by how they are written. */
function compareOptions(comparison: Comparison, was: SchemaView, is: SchemaView, name: string): SchemaDifference[] {
  if (was.options.length === 0 || is.options.length === 0 || comparison.direction === "out") return [];
  const now = new Set(is.options.map(written));
  const lost = was.options.filter((option) => !now.has(written(option)));
  // One that was rewritten in place is not gone; what changed in it cannot be told surely.
  if (lost.length === 0 || is.options.length >= was.options.length) return [];
  return lost.slice(0, was.options.length - is.options.length).map((base) => ({
    kind: "option_removed",
    strength: "likely",
    name,
    what: "lost one of its alternatives",
    base,
    head: null,
  }));
}

function written({ node }: Part): string {
  return JSON.stringify(node) ?? "";
}

function compareProperties(
  comparison: Comparison,
  was: SchemaView,
  is: SchemaView,
  outer: string,
  depth: number,
): SchemaDifference[] {
  const { direction, before } = comparison;
  const found: SchemaDifference[] = [];
  for (const [key, base] of was.properties) {
    const name = propertyName(outer, key);
    const head = is.properties.get(key);
    if (isHidden(before.value, base, direction)) continue;
    if (!head) {
      found.push(...removedProperty(comparison, was, is, key, name));
      continue;
    }
    if (direction === "out" && was.required.has(key) && !is.required.has(key)) {
      found.push({ kind: "property_optional", strength: "likely", name, what: "may be missing now", base, head });
    }
    found.push(...compareSchemas(comparison, base, head, name, depth + 1));
  }
  if (direction === "out") return found;
  found.push(...newlyRequired(comparison, was, is, outer));
  if (!was.isClosed && is.isClosed && was.properties.size > 0) {
    const head = below(is.part, "additionalProperties");
    const what = "refuses properties that it does not list";
    found.push({
      kind: "closed",
      strength: "likely",
      name: outer,
      what,
      base: was.part,
      head,
    });
  }
  return found;
}

/** Properties that went away, and those that have to be there now. */

import { RE2JS } from "re2js";
import { below, follow } from "./references.ts";
import { type Comparison, propertyName, type SchemaDifference } from "./schema-difference.ts";
import { isHidden, type SchemaView, viewSchema } from "./schema-view.ts";

/** Values that have the property are refused, or those who read it go without. */
export function removedProperty(
  { direction, before }: Comparison,
  was: SchemaView,
  is: SchemaView,
  key: string,
  name: string,
): SchemaDifference[] {
  const base = was.properties.get(key) ?? was.part;
  const isDeprecated = viewSchema(before.value, base)?.isDeprecated === true;
  // It may now stand in an alternative, or fit a pattern.
  if (is.options.length > 0 || (direction === "in" && (is.others || fitsPattern(is, key)))) return [];
  const isLost = direction === "out" ? was.required.has(key) : is.isClosed;
  const strength = isLost && !isDeprecated ? "proven" : "likely";
  return [{ kind: "property_removed", strength, name, what: "was removed", base, head: null }];
}

/** Patterns that take long to try are not tried. Ours. */
const programMax = 5000;

/** A pattern that cannot be read may fit. */
function fitsPattern({ patterns }: SchemaView, key: string): boolean {
  return [...patterns.keys()].some((pattern) => {
    if (pattern.length > 500) return true;
    try {
      const compiled = RE2JS.compile(pattern);
      return compiled.programSize() > programMax || compiled.matcher(key.slice(0, 200)).find();
    } catch {
      return true;
    }
  });
}

export function newlyRequired(
  { before, after }: Comparison,
  was: SchemaView,
  is: SchemaView,
  outer: string,
): SchemaDifference[] {
  return [...is.required].flatMap((key): SchemaDifference[] => {
    const head = is.properties.get(key);
    // What one alternative requires may be required by all together now.
    if (was.required.has(key) || was.options.length > 0) return [];
    if (head && isHidden(after.value, head, "in")) return [];
    const base = was.properties.get(key) ?? null;
    const target = head ? follow(after.value, head) : null;
    const hasDefault = target !== null && below(target, "default").node !== undefined;
    const wasUnknown = base !== null && viewSchema(before.value, base) === null;
    return [
      {
        kind: "property_required",
        strength: hasDefault || wasUnknown ? "likely" : "proven",
        name: propertyName(outer, key),
        what: base ? "is required now" : "was added and is required",
        base,
        head: head ?? below(is.part, "required"),
      },
    ];
  });
}

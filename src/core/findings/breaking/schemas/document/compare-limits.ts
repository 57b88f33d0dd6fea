/** Limits of a JSON Schema that let less through than before. */

import type { Strength } from "../../../finding.ts";
import type { Comparison, SchemaDifference } from "./schema-difference.ts";
import type { SchemaView } from "./schema-view.ts";

/** Keywords and which way they narrow. */
const narrowing: Readonly<Record<string, "up" | "down">> = {
  minimum: "up",
  exclusiveMinimum: "up",
  minLength: "up",
  minItems: "up",
  minProperties: "up",
  maximum: "down",
  exclusiveMaximum: "down",
  maxLength: "down",
  maxItems: "down",
  maxProperties: "down",
};

/** Only what people send can be too large; that what they read got a new limit harms nobody. */
export function compareLimits(
  { direction }: Comparison,
  was: SchemaView,
  is: SchemaView,
  name: string,
): SchemaDifference[] {
  const found: SchemaDifference[] = [];
  // A list of values that became a limit most likely became wider.
  if (was.values && !is.values) return found;
  for (const [word, head] of is.limits) {
    const base = was.limits.get(word) ?? null;
    const say = (strength: Strength, what: string) => {
      found.push({ kind: "limit_narrowed", strength, name, what, base: base ?? was.part, head });
    };
    if (word === "format") {
      const isOther = base !== null && base.node !== head.node;
      if (isOther) say("likely", `changed its format from \`${text(base.node)}\` to \`${text(head.node)}\``);
      else if (base === null && direction === "in") say("hint", `must have the format \`${text(head.node)}\` now`);
      continue;
    }
    if (direction === "out") continue;
    const way = narrowing[word];
    if (way === undefined) {
      const isSame = base !== null && JSON.stringify(base.node) === JSON.stringify(head.node);
      if (isSame || head.node === false) continue;
      if (base === null) say("likely", `must keep to \`${word}: ${text(head.node)}\` now`);
      else say("hint", `changed \`${word}\` from \`${text(base.node)}\` to \`${text(head.node)}\``);
    } else if (typeof head.node === "number") {
      const had = typeof base?.node === "number" ? base.node : null;
      if (had === null ? isNothing(word, head.node) : way === "up" ? head.node <= had : head.node >= had) continue;
      const strength = had === null ? "likely" : "proven";
      say(strength, `is limited by \`${word}: ${head.node}\`${had === null ? " now" : ` instead of ${had}`}`);
    }
  }
  return found;
}

/** A length of at least 0 is no limit. */
function isNothing(word: string, value: number): boolean {
  return value <= 0 && (word === "minLength" || word === "minItems" || word === "minProperties");
}

function text(value: unknown): string {
  return (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).slice(0, 80);
}

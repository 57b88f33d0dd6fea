/** Every key of the policy language, read from its schema: for the reference, and for the test of the annotated example. */

import { z } from "zod";
import { approvalOptions } from "../src/core/policy/blocks/approvals.ts";
import { duration, glob, login, name, namePattern, teamName, textPattern } from "../src/core/policy/blocks/values.ts";
import { conditionSchema } from "../src/core/policy/condition.ts";
import { policySchema } from "../src/core/policy/schema.ts";
import { alternatives } from "../src/core/policy/schema-walk.ts";

type Schema = z.core.$ZodType;

export interface PolicyKey {
  /** Dotted; `*` for a name that users choose, `[]` for an entry of a list. */
  path: string;
  /** What kind of value stands there, in words. */
  kind: string;
  /** As YAML; `null` where there is none. */
  standard: string | null;
  description: string;
}

/** Schemas that many keys share, by what they are called. */
const shared = new Map<Schema, string>([
  [duration, "duration"],
  [glob, "glob"],
  [login, "login"],
  [name, "name"],
  [namePattern, "pattern"],
  [teamName, "team"],
  [textPattern, "pattern"],
]);

/** Keys of the policy; conditions and evidence have their own lists. */
export function policyKeys(): PolicyKey[] {
  return keysOf(policySchema, "");
}

/** Predicates and `all`, `any`, `none`, with what stands in them. */
export function conditionKeys(): PolicyKey[] {
  const [block] = alternatives(conditionSchema);
  return block ? keysOf(block, "") : [];
}

export function evidenceKeys(evidence: Schema): PolicyKey[] {
  const keys = alternatives(evidence).flatMap((one) => keysOf(one, ""));
  return [...new Map(keys.map((key) => [key.path, key])).values()];
}

function keysOf(schema: Schema, path: string): PolicyKey[] {
  if (path !== "" && /^(list of )?(condition|evidence)\b/.test(kindOf(schema))) return [];
  return alternatives(schema).flatMap((one) => {
    if (one instanceof z.ZodObject) {
      return Object.entries<Schema>(one.shape).flatMap(([key, child]) => {
        const here = path === "" ? key : `${path}.${key}`;
        // A checkpoint or workflow takes every option of `approvals`: they are described there.
        if (/^(checkpoints|approval_workflows)\.\*\.[a-z_]+$/.test(here) && Object.hasOwn(approvalOptions, key))
          return [];
        const own = { path: here, kind: kindOf(child), standard: standardOf(child), description: descriptionOf(child) };
        return [own, ...keysOf(child, here)];
      });
    }
    if (one instanceof z.ZodRecord) return keysOf(one.valueType, `${path}.*`);
    if (one instanceof z.ZodArray) return keysOf(one.element, `${path}[]`);
    return [];
  });
}

/** The kind of a value in words, e.g. `glob or list of globs`. */
export function kindOf(schema: Schema): string {
  const id = idOf(schema);
  if (id !== null) return id;
  const { parent } = schema._zod; // a described copy
  const known = shared.get(schema) ?? (parent && shared.get(parent));
  if (known !== undefined) return known;
  const { def } = schema._zod as unknown as { def: Record<string, unknown> & { type: string } };
  const inner = (def.innerType ?? def.in) as Schema | undefined;
  if (inner) return kindOf(inner);
  switch (def.type) {
    case "union":
      return joined([...new Set((def.options as Schema[]).map(kindOf))]);
    case "array":
      return `list of ${kindOf(def.element as Schema)}`;
    case "record":
      return `names, each with ${kindOf(def.valueType as Schema)}`;
    case "enum":
      return Object.values(def.entries as Record<string, string>)
        .map((value) => `\`${value}\``)
        .join(", ");
    case "literal":
      return (def.values as unknown[]).map((value) => `\`${String(value)}\``).join(", ");
    case "object":
      return "keys";
    case "string":
      return "text";
    case "boolean":
      return "`true`, `false`";
    default:
      return def.type;
  }
}

function joined(kinds: string[]): string {
  const [one, many] = kinds;
  return kinds.length === 2 && many === `list of ${one}` ? `${one}, or a list` : kinds.join(" or ");
}

function idOf(schema: Schema): string | null {
  return (z.globalRegistry.get(schema) as { id?: string } | undefined)?.id ?? null;
}

function standardOf(schema: Schema): string | null {
  const { def } = schema._zod as unknown as { def: Record<string, unknown> & { type: string } };
  if (def.type === "default") {
    return typeof def.defaultValue === "string" ? def.defaultValue : JSON.stringify(def.defaultValue);
  }
  return def.type === "pipe" ? standardOf(def.in as Schema) : null;
}

function descriptionOf(schema: Schema): string {
  const own = (z.globalRegistry.get(schema) as { description?: string } | undefined)?.description;
  if (own !== undefined) return own;
  const { def } = schema._zod as unknown as { def: { innerType?: Schema; in?: Schema } };
  const inner = def.innerType ?? def.in;
  return inner ? descriptionOf(inner) : "";
}

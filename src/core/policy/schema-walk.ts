/** Looks into the policy's schema: which keys a place knows. For suggestions, the reference and its tests. */

import { z } from "zod";

/** The schema under wrappers (optional, default, transform, lazy), as the alternatives it offers. */
export function alternatives(schema: z.core.$ZodType): z.core.$ZodType[] {
  const { def } = schema._zod as unknown as { def: Record<string, unknown> & { type: string } };
  switch (def.type) {
    case "optional":
    case "default":
    case "nullable":
    case "readonly":
      return alternatives(def.innerType as z.core.$ZodType);
    case "pipe":
      return alternatives(def.in as z.core.$ZodType);
    case "lazy":
      return alternatives((schema as unknown as { unwrap(): z.core.$ZodType }).unwrap());
    case "union":
      return (def.options as z.core.$ZodType[]).flatMap(alternatives);
    default:
      return [schema];
  }
}

/** Schemas of what stands at a path below a schema; several where alternatives differ. */
export function schemasAt(schema: z.core.$ZodType, path: readonly (string | number)[]): z.core.$ZodType[] {
  let here = alternatives(schema);
  for (const step of path) here = here.flatMap((candidate) => children(candidate, step)).flatMap(alternatives);
  return here;
}

function children(schema: z.core.$ZodType, step: string | number): z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) {
    const child = Object.hasOwn(schema.shape, step) ? schema.shape[step] : undefined;
    return child ? [child] : [];
  }
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (schema instanceof z.ZodArray && typeof step === "number") return [schema.element];
  return [];
}

/** Keys that the mapping at a path knows; empty where names are free. */
export function keysAt(schema: z.core.$ZodType, path: readonly (string | number)[]): string[] {
  const keys = schemasAt(schema, path).flatMap((found) =>
    found instanceof z.ZodObject ? Object.keys(found.shape) : [],
  );
  return [...new Set(keys)];
}

/** Digests of plain values: equal values have equal digests, whatever the order of their keys. */

import { createHash } from "node:crypto";

export function digestOf(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("hex");
}

/** Of frozen values, which never change. */
const known = new WeakMap<object, string>();

/** The same, worked out once for a frozen value. */
export function digestOfShared(value: object): string {
  const digest = known.get(value) ?? digestOf(value);
  if (Object.isFrozen(value)) known.set(value, digest);
  return digest;
}

/** What `JSON.stringify` would say, with the keys of objects in order. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null || value instanceof Date) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  let members = "";
  for (const [key, inner] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (inner === undefined) continue;
    members += `${members === "" ? "" : ","}${JSON.stringify(key)}:${canonical(inner)}`;
  }
  return `{${members}}`;
}

/** Reads fields of entries that any version of Holdpoint may have written: what is not there is `null`, never an error. */

import type { Json } from "../ledger-hash.ts";

export function fieldAt(data: Json, ...keys: string[]): Json {
  let value: Json = data;
  for (const key of keys) {
    if (value === null || typeof value !== "object" || Array.isArray(value) || !Object.hasOwn(value, key)) return null;
    value = value[key] ?? null;
  }
  return value;
}

/** Text or a number, as text. */
export function textAt(data: Json, ...keys: string[]): string | null {
  const value = fieldAt(data, ...keys);
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}

export function momentAt(data: Json, ...keys: string[]): Date | null {
  const text = fieldAt(data, ...keys);
  const at = typeof text === "string" ? new Date(text) : null;
  return at === null || Number.isNaN(at.getTime()) ? null : at;
}

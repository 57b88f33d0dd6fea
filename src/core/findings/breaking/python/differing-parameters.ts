/** Shows what differs between two long lists of parameters, rather than twice the same beginning. */

import type { PlacedChange } from "../api/api-language.ts";
import type { ApiParameter, ApiSymbol } from "../api/api-surface.ts";

/** Heads up to here are read at a glance. */
const shortMax = 120;

/** Gives a change of parameters what to show before and after. */
export function withDifference(change: PlacedChange): PlacedChange {
  const { base, head, rule } = change;
  if (!rule.startsWith("parameter_") || base === null || head === null) return change;
  if (base.text.length <= shortMax && head.text.length <= shortMax && base.text !== head.text) return change;
  const was = writtenParameters(base);
  const is = writtenParameters(head);
  if (was === null || is === null) return change;
  let start = 0;
  while (start < was.length && was[start] === is[start]) start++;
  let end = 0;
  while (end < Math.min(was.length, is.length) - start && was.at(-1 - end) === is.at(-1 - end)) end++;
  return { ...change, before: shown(base, was, start, end), after: shown(head, is, start, end) };
}

/** @returns `null` for what may be called in several ways */
function writtenParameters({ signatures }: ApiSymbol): string[] | null {
  const [only, another] = signatures;
  return only === undefined || another !== undefined ? null : only.parameters.map(written);
}

function written({ name, type, default: value, passing }: ApiParameter): string {
  const stars = passing === "rest" ? "*" : passing === "keywords" ? "**" : "";
  return `${stars}${name}${type === null ? "" : `: ${type}`}${value === null ? "" : ` = ${value}`}`;
}

function shown({ id }: ApiSymbol, all: readonly string[], start: number, end: number): string {
  const parts = all.slice(start, all.length - end);
  if (parts.length === 0) return `${id}(…)`;
  return `${id}(${[...(start > 0 ? ["…"] : []), ...parts, ...(end > 0 ? ["…"] : [])].join(", ")})`.slice(0, 300);
}

/** Which comments of a kept issue were heard. */

import type { Json } from "../../core/report/ledger-hash.ts";
import type { KeptIssue } from "../exceptions-port.ts";

/** More than this many commands on one issue are not remembered; their answers still are found by their markers. */
const heardMax = 1_000;

export function heardIn(data: Json): number[] {
  const heard = isObject(data) ? data.heard : undefined;
  return Array.isArray(heard) ? heard.filter((id) => typeof id === "number") : [];
}

export function withHeard(kept: KeptIssue, commentId: number): KeptIssue {
  const heard = [...heardIn(kept.data), commentId].slice(-heardMax);
  return { ...kept, data: { ...(isObject(kept.data) ? kept.data : {}), heard } };
}

function isObject(data: Json): data is { [key: string]: Json } {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

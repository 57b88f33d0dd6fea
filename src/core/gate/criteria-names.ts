/** Which criteria a policy asks for by name: commands that speak of another one are refused with what was probably meant. */

import type { Policy } from "../policy/schema.ts";
import { suggest } from "../policy/suggest.ts";

/** @returns ids of the criteria of all checkpoints, each once, in the policy's order */
export function criteriaOf({ checkpoints }: Pick<Policy, "checkpoints">): string[] {
  const ids = Object.values(checkpoints).flatMap(({ criteria }) => criteria.map(({ id }) => id));
  return [...new Set(ids)];
}

export type NamedCriterion =
  | { kind: "known"; id: string }
  /** `near`: the one that was probably meant; `null` where nothing is near. */
  | { kind: "unknown"; near: string | null; known: string[] };

/** What a word in a command means: case does not count, as in the commands that the gate weighs. */
export function findCriterion(policy: Pick<Policy, "checkpoints">, word: string): NamedCriterion {
  const known = criteriaOf(policy);
  const id = known.find((candidate) => candidate.toLowerCase() === word.toLowerCase());
  return id === undefined ? { kind: "unknown", near: suggest(word, known), known } : { kind: "known", id };
}

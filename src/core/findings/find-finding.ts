import type { Classification, Finding } from "./finding.ts";
import { findingClasses } from "./finding.ts";

/** Every finding, the strongest of each class first, what is left out last. */
export function allFindings({ classes, suppressed }: Pick<Classification, "classes" | "suppressed">): Finding[] {
  return [...findingClasses.flatMap((name) => classes[name].findings), ...suppressed];
}

/** @param id as {@link Finding} bears it */
export function findFinding(classification: Classification, id: string): Finding | null {
  return allFindings(classification).find((finding) => finding.id === id) ?? null;
}

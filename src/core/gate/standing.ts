/** What a verdict comes to for a merge, so that the worst of several can stand for all. */

/** Best first. `bypassed`: what is not met is passed all the same. `observed`: the policy only watches. */
export const standings = ["approved", "bypassed", "observed", "waiting", "must_change", "error"] as const;
export type Standing = (typeof standings)[number];

/** Holds when a merge may go through. */
export function letsThrough(standing: Standing): boolean {
  return standing === "approved" || standing === "bypassed" || standing === "observed";
}

export function isWorse(one: Standing, other: Standing): boolean {
  return standings.indexOf(one) > standings.indexOf(other);
}

/** The same break seen in the sources and in what is written down about them. */

import type { Observation } from "../../detector.ts";
import { strengths } from "../../finding.ts";

/**
 * What was seen in the sources stays, with the line of code, and is as strong as the stronger of the two: that a list of the public
 * interface has lost it tells who could reach it.
 *
 * @param retold of lists of an interface; several may have the same thing
 */
export function toldOnce(seen: readonly Observation[], retold: readonly Observation[]): Observation[] {
  const all = [...seen];
  const placeOf = new Map<string, number>();
  for (const [at, one] of seen.entries())
    if (typeof one.symbol === "string") placeOf.set(`${one.rule} ${one.symbol}`, at);
  for (const one of retold) {
    const asSeen = `${one.rule} ${one.symbol}`;
    const asListed = JSON.stringify([one.rule, one.symbol, one.before, one.after]);
    const at = placeOf.get(asSeen) ?? placeOf.get(asListed);
    const known = at === undefined ? undefined : all[at];
    if (at === undefined || known === undefined) {
      placeOf.set(asListed, all.length);
      all.push(one);
    } else if (strengths.indexOf(one.strength) > strengths.indexOf(known.strength)) {
      all[at] = { ...known, strength: one.strength, reach: one.reach ?? null };
    }
  }
  return all;
}

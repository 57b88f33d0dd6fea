/** What a change brings and takes, out of what its files say before and after. */

import type { CodeRule, Sighting } from "./code-rule.ts";
import type { Fact } from "./facts.ts";

/** What one side of a file says on lines that the change touches. */
export interface Side {
  path: string;
  facts: readonly Fact[];
  /** Of each rule that sees something here. */
  sightings: ReadonlyMap<CodeRule, readonly Sighting[]>;
  /** The whole text. */
  text: string;
}

export interface Comparison {
  sighting: Sighting;
  side: Side;
  /** Of what fell: how it was. */
  was: Fact | null;
}

/** What stands on both sides, in whichever files, is only moved. */
export function compareFacts(rules: readonly CodeRule[], base: readonly Side[], head: readonly Side[]): Comparison[] {
  return rules.flatMap((rule) => compareBy(rule, base, head));
}

function compareBy(rule: CodeRule, base: readonly Side[], head: readonly Side[]): Comparison[] {
  const before = sightings(rule, base);
  const after = sightings(rule, head);
  switch (rule.when) {
    case "appears":
      return without(after, before);
    case "disappears":
      return without(before, after).filter((gone) => isStillDue(gone, after, head));
    case "falls":
      return fallen(rule, before, after);
    case "touches":
      return once(after);
  }
}

function sightings(rule: CodeRule, sides: readonly Side[]): Comparison[] {
  return sides.flatMap((side) => (side.sightings.get(rule) ?? []).map((sighting) => ({ sighting, side, was: null })));
}

function once(all: readonly Comparison[]): Comparison[] {
  const first = new Map<string, Comparison>();
  for (const one of all) {
    const key = `${one.side.path} ${one.sighting.key}`;
    const known = first.get(key);
    if (known === undefined || one.sighting.fact.start < known.sighting.fact.start) first.set(key, one);
  }
  return [...first.values()];
}

/** Each of the others takes one away. */
function without(all: readonly Comparison[], others: readonly Comparison[]): Comparison[] {
  const counts = new Map<string, number>();
  for (const { sighting } of others) counts.set(sighting.key, (counts.get(sighting.key) ?? 0) + 1);
  return all.filter(({ sighting }) => {
    const count = counts.get(sighting.key) ?? 0;
    counts.set(sighting.key, count - 1);
    return count <= 0;
  });
}

/**
 * A guard that is gone is missed only where what it guarded is still there, and nothing of its kind took its place: the definition or
 * the route by its name in the same file, else the file.
 */
function isStillDue({ sighting, side }: Comparison, after: readonly Comparison[], head: readonly Side[]): boolean {
  const { fact, rule } = sighting;
  const same = head.find(({ path }) => path === side.path);
  if (same === undefined) return false;
  const guarded = guardedBy(fact);
  if (guarded === null && hasWord(same.text, lastName(rule.subject?.(fact) ?? fact.name))) return false;
  if (guarded !== null && !hasWord(same.text, guarded)) return false;
  const isSame = ({ name, within }: Fact) => name === fact.owner && within === fact.within;
  if (rule.needsOwner === true && !same.facts.some(isSame)) return false;
  return !after.some((other) => {
    const place = guardedBy(other.sighting.fact);
    if (guarded !== null && other.side.path === side.path && other.sighting.fact.within.split(".").includes(guarded))
      return true;
    // A guard of the whole class stands for those of its methods, and they for it.
    return (
      other.side.path === side.path && (place === guarded || (place !== null && fact.within.split(".").includes(place)))
    );
  });
}

function lastName(name: string): string {
  return /[\w$]+$/.exec(name.slice(-100))?.[0] ?? name;
}

/** @returns `null` for what stands by itself in its file */
export function guardedBy(fact: Fact): string | null {
  if (fact.kind === "mark") return fact.owner === "" ? null : fact.owner;
  const route = fact.args.find(({ kind, literal }) => kind === "text" && literal !== null && literal.startsWith("/"));
  if (route !== undefined) return route.literal;
  return fact.within === "" ? null : (fact.within.split(".").at(-1) ?? null);
}

function hasWord(text: string, word: string): boolean {
  if (word === "") return false;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!/[\w$]/.test(text.charAt(at - 1)) && !/[\w$]/.test(text.charAt(at + word.length))) return true;
  }
  return false;
}

/** Numbers of the same thing in the same place, paired in their order. */
function fallen(rule: CodeRule, before: readonly Comparison[], after: readonly Comparison[]): Comparison[] {
  const taken = new Set<Comparison>();
  return after.flatMap((now) => {
    const ranked = rule.rank?.(now.sighting.fact) ?? null;
    if (ranked === null) return [];
    const was = before.find((candidate) => {
      if (taken.has(candidate) || candidate.side.path !== now.side.path) return false;
      return (
        candidate.sighting.fact.within === now.sighting.fact.within &&
        rule.rank?.(candidate.sighting.fact)?.of === ranked.of
      );
    });
    if (was === undefined) return [];
    taken.add(was);
    const earlier = rule.rank?.(was.sighting.fact)?.rank ?? 0;
    return ranked.rank < earlier ? [{ ...now, was: was.sighting.fact }] : [];
  });
}

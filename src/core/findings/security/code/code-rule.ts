/** What a rule over source code is: its words for people, and a table of patterns, one row per way to write it. */

import type { Rule } from "../../detector.ts";
import type { Strength } from "../../finding.ts";
import type { Fact, FactKind, Family, Value } from "./facts.ts";

export interface Pattern {
  on: FactKind;
  /** Languages; all where left out. */
  in?: readonly Family[];
  /** Of the fact's dotted name. Patterns meet texts of 300 characters at most. */
  name?: RegExp;
  /** Of the call or type that a pair belongs to, or the definition that a mark stands on. */
  owner?: RegExp;
  /** Of the content of a pair's value or of a text; a constant's word as written. */
  value?: RegExp;
  /** Of the arguments as written, joined by `, `. */
  args?: RegExp;
  /** Of the whole as written: then it does not hold. */
  unless?: RegExp;
  /** Whatever else it takes. */
  test?: (fact: Fact) => boolean;
  /** The rule's own where left out. */
  strength?: Strength;
}

export interface CodeRule {
  id: string;
  rule: Rule;
  strength: Strength;
  /**
   * `appears`: the change brings one more. `disappears`: what the patterns know is good is gone, and what it stood for is not. `falls`: a
   * number or an algorithm, see `rank`, is lower than before. `touches`: the change is there, once for each key and file.
   */
  when: "appears" | "disappears" | "falls" | "touches";
  /**
   * What stands in a changed line, or beside one, wherever the rule may see something: files without it are not read. Of `disappears` and
   * `falls` in a removed line.
   */
  near: RegExp;
  patterns: readonly Pattern[];
  /** The finding's `what`. */
  says: (fact: Fact) => string;
  /** Of `falls`: the number to compare, and what it is a number of. */
  rank?: (fact: Fact) => { of: string; rank: number } | null;
  /** Of `disappears`: the name of what is gone, where it is not the fact's. */
  subject?: (fact: Fact) => string;
  /** Of `disappears`: what it was a part of has to be there still. */
  needsOwner?: boolean;
  /** What tells two sightings apart when before and after are compared; what it says where left out. */
  key?: (fact: Fact) => string;
}

export interface Sighting {
  rule: CodeRule;
  fact: Fact;
  strength: Strength;
  key: string;
}

/** The first pattern that fits decides. */
export function sightingOf(rule: CodeRule, fact: Fact, family: Family): Sighting | null {
  const pattern = rule.patterns.find((candidate) => fits(candidate, fact, family));
  if (pattern === undefined) return null;
  return {
    rule,
    fact,
    strength: pattern.strength ?? rule.strength,
    key: `${rule.id} ${(rule.key ?? rule.says)(fact)}`,
  };
}

function fits(pattern: Pattern, fact: Fact, family: Family): boolean {
  return (
    pattern.on === fact.kind &&
    (pattern.in?.includes(family) ?? true) &&
    (pattern.name?.test(fact.name) ?? true) &&
    (pattern.owner?.test(fact.owner) ?? true) &&
    (pattern.value?.test(wordOf(fact.value)) ?? true) &&
    (pattern.args?.test(argsOf(fact)) ?? true) &&
    !(pattern.unless?.test(fact.source) ?? false) &&
    (pattern.test?.(fact) ?? true)
  );
}

/** A value's content, or what is written where it has none. */
export function wordOf(value: Value | null | undefined): string {
  return value?.literal ?? value?.source ?? "";
}

export function argsOf({ args }: Fact): string {
  return args.map(({ key, source }) => (key === null ? source : `${key}=${source}`)).join(", ");
}

/** Holds for names written as constants are: what stands behind them was written by the authors. */
export function isConstantName(source: string): boolean {
  return /^(?:[\w$]{1,80}\.|[\w$]{1,80}::|self\.|\$this->){0,4}_{0,2}[A-Z][A-Z0-9_]*$/.test(source);
}

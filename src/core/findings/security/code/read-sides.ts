/** Reads as few sides of the changed files as tell what the change brings and takes: parsing is most of the work. */

import { grammarOf } from "../../syntax/grammars.ts";
import { readTree } from "../../syntax/read-tree.ts";
import { type CodeRule, type Sighting, sightingOf } from "./code-rule.ts";
import type { Side } from "./compare-facts.ts";
import { familyOfGrammar } from "./facts.ts";
import type { Near } from "./near-lines.ts";
import type { TouchedLines } from "./touched-lines.ts";
import { treeFacts } from "./tree-facts.ts";

/** One side of a changed file that can be read. */
export interface Candidate {
  /** Of the file, whichever name this side has. */
  path: string;
  /** The name of this side, which tells its language. */
  writtenAs: string;
  text: string;
  touched: TouchedLines;
  /** What of the change stands on this side, each row by itself; `null` where nobody knows: then any rule may see something. */
  rows: readonly string[] | null;
}

export interface CandidatePair extends Near {
  base: Candidate | null;
  head: Candidate | null;
}

export interface ReadSides {
  base: Side[];
  head: Side[];
  /** Sides that could not be read, or not whole. */
  unread: { path: string; why: string }[];
}

/**
 * What may be new is read as it is now, what may be gone as it was. The other sides only matter where something was seen: in the same file,
 * or where the same may have come from or gone to.
 */
export function readSides(rules: readonly CodeRule[], pairs: readonly CandidatePair[]): ReadSides {
  const read = new Map<Candidate, Side | null>();
  const unread: ReadSides["unread"] = [];
  const sideOf = (candidate: Candidate | null): Side | null => {
    if (candidate === null) return null;
    const known = read.get(candidate);
    if (known !== undefined) return known;
    const { side, why } = readSide(rules, candidate);
    read.set(candidate, side);
    if (why !== null) unread.push({ path: candidate.path, why });
    return side;
  };
  const come = seenIn(pairs.flatMap(({ head, mayCome }) => (mayCome ? (sideOf(head) ?? []) : [])));
  const gone = seenIn(pairs.flatMap(({ base, mayGo }) => (mayGo ? (sideOf(base) ?? []) : [])));
  for (const { base, head } of pairs) {
    if (matters(base, head, come, read)) sideOf(base);
    if (matters(head, base, gone, read)) sideOf(head);
  }
  const inOrder = (candidates: readonly (Candidate | null)[]) =>
    candidates.flatMap((candidate) => (candidate === null ? [] : (read.get(candidate) ?? [])));
  return {
    base: inOrder(pairs.map(({ base }) => base)),
    head: inOrder(pairs.map(({ head }) => head)),
    unread,
  };
}

function seenIn(sides: readonly Side[]): ReadonlySet<CodeRule> {
  return new Set(sides.flatMap(({ sightings }) => [...sightings.keys()]));
}

function matters(
  candidate: Candidate | null,
  other: Candidate | null,
  seen: ReadonlySet<CodeRule>,
  read: ReadonlyMap<Candidate, Side | null>,
): boolean {
  if (candidate === null || seen.size === 0) return false;
  const beside = other === null ? undefined : read.get(other);
  if (candidate.rows === null || (beside?.sightings.size ?? 0) > 0) return true;
  return [...seen].some(({ near }) => candidate.rows?.some((row) => near.test(row)));
}

/** @returns also why it could not be read whole; `null` when it was */
function readSide(
  rules: readonly CodeRule[],
  { path, writtenAs, text, touched }: Candidate,
): { side: Side | null; why: string | null } {
  const grammar = grammarOf(writtenAs);
  const family = familyOfGrammar(grammar);
  if (grammar === null || family === null) return { side: null, why: null };
  const tree = readTree(grammar, text, (root) => treeFacts(root, family, touched));
  if (tree === null) return { side: null, why: "it is too long or too tangled to be read as code" };
  const placed = tree.facts.map((fact) => ({ ...fact, start: touched.firstIn(fact.start, fact.end) }));
  const sightings = new Map<CodeRule, Sighting[]>();
  for (const rule of rules) {
    const seen = placed.flatMap((fact) => sightingOf(rule, fact, family) ?? []);
    if (seen.length > 0) sightings.set(rule, seen);
  }
  return { side: { path, facts: placed, text, sightings }, why: tree.unread };
}

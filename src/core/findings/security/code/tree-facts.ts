/** Reads the facts of a syntax tree that a change touches. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import type { Dialect, Shape } from "./dialect.ts";
import { dialects } from "./dialects.ts";
import { dottedName } from "./dotted-name.ts";
import { type Fact, type Family, oneLine, type Value } from "./facts.ts";
import { argumentsOf, partOf, readText, readValue, unwrap } from "./read-value.ts";
import type { TouchedLines } from "./touched-lines.ts";

/** Facts of one side of a file looked at; what has more was not written by hand. */
const factsMax = 50_000;

/** Nodes within nodes looked at; deeper ones stand only in nonsense, and cost more the deeper they are. */
const depthMax = 600;

/** The nodes around one. They are remembered on the way down: asking the tree for them costs more the deeper it is, and fails in broken ones. */
interface Surroundings {
  parent: SyntaxNode | null;
  /** Of the parent. */
  outer: Surroundings | null;
  siblings: readonly (SyntaxNode | null)[];
  /** Of the node among its siblings. */
  at: number;
}

/** Where a node stands. */
interface Place {
  owner: string;
  around: string;
  within: string;
  /** Inside a text, whose parts are no texts of their own; or inside one that a function of its own makes safe (`` sql`…` ``). */
  isInText: boolean;
  /** The node type of a chain of signs that was seen to join no text; its parts of the same type join none either. */
  plain: string | null;
}

export interface TreeFacts {
  /** Those that touch changed lines, in no particular order. */
  facts: Fact[];
  /** Why some of the changed lines were not understood; `null` when all were. */
  unread: string | null;
}

export function treeFacts(root: SyntaxNode, family: Family, touched: TouchedLines): TreeFacts {
  const dialect = dialects[family];
  const facts: Fact[] = [];
  const hasErrors = root.hasError;
  let unread: string | null = null;
  // A stack of our own: strangers' texts nest deeper than the engine's.
  const open: Step[] = [{ node: root, place: outermost, around: nowhere, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, place, around, depth } = next;
    if (!touched.touches(node.startPosition.row + 1, node.endPosition.row + 1)) continue;
    if (depth > depthMax || facts.length >= factsMax) {
      unread = "a part of it nests too deep, or is too much, to be read as code";
      continue;
    }
    const inside = read(node, { place, around }, dialect, facts);
    const siblings = node.namedChildren;
    if (hasErrors && node.hasError && !siblings.some((child) => child?.hasError))
      unread ??= "a part of what changed could not be understood as code";
    for (const [at, child] of siblings.entries()) {
      if (child === null) continue;
      open.push({
        node: child,
        place: inside,
        around: { parent: node, outer: around, siblings, at },
        depth: depth + 1,
      });
    }
  }
  return { facts, unread };
}

interface Step {
  node: SyntaxNode;
  place: Place;
  around: Surroundings;
  depth: number;
}

const outermost: Place = { owner: "", around: "", within: "", isInText: false, plain: null };
const nowhere: Surroundings = { parent: null, outer: null, siblings: [], at: 0 };

/** Adds what the node itself says. */
function read(
  node: SyntaxNode,
  { place, around }: Pick<Step, "place" | "around">,
  dialect: Dialect,
  facts: Fact[],
): Place {
  const shape = Object.hasOwn(dialect.shapes, node.type) ? dialect.shapes[node.type] : undefined;
  const signs = Object.hasOwn(dialect.joins, node.type) ? dialect.joins[node.type] : undefined;
  const isChain = signs?.includes(node.child(1)?.type ?? "") ?? false;
  const isPlain = isChain && place.plain === node.type;
  const isText = !isPlain && !place.isInText && addText(node, place, dialect, facts);
  const here = { ...place, isInText: place.isInText || isText, plain: isChain ? node.type : null };
  if (dialect.functions.includes(node.type)) return { ...here, owner: "", around: "", isInText: false, plain: null };
  if (shape?.is === "mark") {
    facts.push(readMark(node, { place: here, around }, dialect));
    return here;
  }
  if (shape !== undefined) return readShape(node, shape, here, dialect, facts);
  if (
    dialect.hasBareCalls &&
    node.type === "identifier" &&
    /statement$|^program$|^then$/.test(around.parent?.type ?? "")
  )
    facts.push(fact(node, "call", dottedName(node.text), here));
  return here;
}

function readShape(
  node: SyntaxNode,
  shape: Exclude<Shape, { is: "mark" }>,
  place: Place,
  dialect: Dialect,
  facts: Fact[],
): Place {
  switch (shape.is) {
    case "call":
      return readCall(node, shape, place, dialect, facts);
    case "pair": {
      const key = partOf(node, shape.key);
      const value = partOf(node, shape.value);
      if (key === null || value === null || key.equals(value)) return place;
      const name = dottedName(key.text.replace(/^["'`:]|["'`:]$/g, ""));
      facts.push({ ...fact(node, "pair", name, place), value: readValue(value, dialect) });
      return place.owner === "" ? { ...place, owner: name } : place;
    }
    case "import":
      facts.push(fact(node, "import", oneLine(node.text).replace(/^(?:import|using|use|from)\s|;$/g, ""), place));
      return place;
    case "definition": {
      const name = dottedName(partOf(node, shape.name)?.text ?? "");
      return { owner: "", around: "", within: inner(place.within, name), isInText: false, plain: null };
    }
  }
}

function inner(within: string, name: string): string {
  return within === "" ? name : `${within}.${name}`;
}

function readCall(
  node: SyntaxNode,
  shape: Extract<Shape, { is: "call" }>,
  place: Place,
  dialect: Dialect,
  facts: Fact[],
): Place {
  const name = shape.callee
    .map((part) => dottedName(partOf(node, part)?.text ?? ""))
    .filter((part) => part !== "")
    .join(".");
  const isTagged = shape.args !== undefined && partOf(node, shape.args)?.type === "template_string";
  const args = isTagged ? [] : argumentsOf(node, shape.args).map((arg) => readArgument(arg, dialect));
  facts.push({ ...fact(node, "call", name, place), args });
  // What a route's handler does is done within the route, as in a definition of that name.
  const [first] = args;
  const isNamed = first?.kind === "text" && args.some(({ kind }) => kind === "function");
  const within = isNamed ? inner(place.within, first.literal ?? "") : place.within;
  return { owner: name, around: oneLine(node.text), within, isInText: place.isInText || isTagged, plain: null };
}

function readArgument(node: SyntaxNode, dialect: Dialect): Value {
  const shape = Object.hasOwn(dialect.shapes, node.type) ? dialect.shapes[node.type] : undefined;
  if (shape?.is === "pair") {
    const key = partOf(node, shape.key)?.text.replace(/^["'`:]|["'`:]$/g, "") ?? null;
    return readValue(partOf(node, shape.value), dialect, key);
  }
  const name = node.type.endsWith("argument") ? node.childForFieldName("name") : null;
  return readValue(node, dialect, name?.text ?? null);
}

function addText(node: SyntaxNode, place: Place, dialect: Dialect, facts: Fact[]): boolean {
  if (unwrap(node, dialect).id !== node.id || readText(node, dialect, 0) === null) return false;
  facts.push({ ...fact(node, "text", "", place), value: readValue(node, dialect) });
  return true;
}

/** Decorators and annotations: a call or a name behind a sign, and the definition they stand on. */
function readMark(node: SyntaxNode, { place, around }: Pick<Step, "place" | "around">, dialect: Dialect): Fact {
  const inner = node.namedChild(0);
  const named = node.childForFieldName("name") ?? inner?.childForFieldName("function") ?? inner;
  const list =
    node.childForFieldName("arguments") ??
    node.childForFieldName("parameters") ??
    inner?.childForFieldName("arguments") ??
    node.namedChildren.find((child) => child?.type.endsWith("argument_list")) ??
    null;
  const args = list?.namedChildren.filter((child) => child !== null).map((arg) => readArgument(arg, dialect)) ?? [];
  return { ...fact(node, "mark", dottedName(named?.text ?? ""), place), owner: markedBy(around), args };
}

/** The next thing beside it that has a name, else the first around it. */
function markedBy({ parent, outer, siblings, at }: Surroundings): string {
  for (const after of siblings.slice(at + 1, at + 11)) {
    const name = after?.childForFieldName("name");
    if (name) return dottedName(name.text);
  }
  for (let steps = 0, node = parent, next = outer; node !== null && steps < 4; steps++) {
    const name = (node.childForFieldName("definition") ?? node).childForFieldName("name");
    if (name !== null) return dottedName(name.text);
    node = next?.parent ?? null;
    next = next?.outer ?? null;
  }
  return "";
}

function fact(node: SyntaxNode, kind: Fact["kind"], name: string, { owner, around, within }: Place): Fact {
  return {
    kind,
    name,
    owner,
    around,
    within,
    args: [],
    value: null,
    start: node.startPosition.row + 1,
    end: node.endPosition.row + 1,
    source: oneLine(node.text),
  };
}

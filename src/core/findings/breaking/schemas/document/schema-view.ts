/** A JSON Schema as its readers see it: `$ref` followed, `allOf` joined, the ways to write "or null" made one. */

import { isRecord } from "./read-document.ts";
import { below, entriesOf, follow, itemsOf, type Part } from "./references.ts";
import type { Direction } from "./schema-difference.ts";

export interface SchemaView {
  /** Where it stands, references followed. */
  part: Part;
  /** `null`: any. */
  types: Set<string> | null;
  /** Values it is limited to, as JSON; `null`: not limited. */
  values: Map<string, Part> | null;
  properties: Map<string, Part>;
  required: Set<string>;
  /** Other properties are refused. */
  isClosed: boolean;
  /** What holds for properties whose names match, by pattern. */
  patterns: Map<string, Part>;
  items: Part | null;
  /** What holds for the values of properties that are not named. */
  others: Part | null;
  /** Alternatives of `oneOf` and `anyOf`, the one that is only `null` left out. */
  options: Part[];
  /** Limits and the like, by keyword. */
  limits: Map<string, Part>;
  isReadOnly: boolean;
  isWriteOnly: boolean;
  isDeprecated: boolean;
}

const limitWords = [
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
  "multipleOf",
  "pattern",
  "format",
  "uniqueItems",
];

/** @returns `null` where it cannot be known: it stands in another file or is no schema */
export function viewSchema(root: Record<string, unknown>, part: Part): SchemaView | null {
  const target = follow(root, part);
  if (!target || !isRecord(target.node)) return null;
  const view: SchemaView = {
    part: target,
    types: null,
    values: null,
    properties: new Map(),
    required: new Set(),
    isClosed: false,
    patterns: new Map(),
    items: null,
    others: null,
    options: [],
    limits: new Map(),
    isReadOnly: false,
    isWriteOnly: false,
    isDeprecated: false,
  };
  return add(root, target, view, 0) ? view : null;
}

/** Holds for what those who write values never send, or those who read them never get. */
export function isHidden(root: Record<string, unknown>, part: Part, direction: Direction): boolean {
  const view = viewSchema(root, part);
  return view !== null && (direction === "in" ? view.isReadOnly : view.isWriteOnly);
}

const depthMax = 12;

/** @returns whether all of it could be read */
function add(root: Record<string, unknown>, part: Part, view: SchemaView, depth: number): boolean {
  if (!isRecord(part.node) || depth > depthMax) return false;
  const { node } = part;
  addTypes(part, view);
  addObject(part, view);
  for (const word of limitWords) if (node[word] !== undefined) view.limits.set(word, below(part, word));
  if (node.items !== undefined) view.items = below(part, "items");
  view.isReadOnly ||= node.readOnly === true;
  view.isWriteOnly ||= node.writeOnly === true;
  view.isDeprecated ||= node.deprecated === true;
  for (const member of itemsOf(below(part, "allOf"))) {
    const target = follow(root, member);
    if (!target || !add(root, target, view, depth + 1)) return false;
  }
  return addOptions(root, part, view, depth);
}

function addTypes({ node, path }: Part, view: SchemaView): void {
  if (!isRecord(node)) return;
  const { type } = node;
  const types =
    typeof type === "string" ? [type] : Array.isArray(type) ? type.filter((one) => typeof one === "string") : [];
  if (types.length > 0) view.types = new Set([...(view.types ?? []), ...types]);
  const values = node.const !== undefined ? [node.const] : Array.isArray(node.enum) ? node.enum : null;
  if (values) {
    const steps = (at: number) => (node.const !== undefined ? ["const"] : ["enum", String(at)]);
    view.values = new Map(
      values.map((value: unknown, at) => [JSON.stringify(value), { node: value, path: [...path, ...steps(at)] }]),
    );
  }
  if (node.nullable === true) addNull(view);
}

function addNull(view: SchemaView): void {
  view.types?.add("null");
  if (view.values && !view.values.has("null")) view.values.set("null", view.part);
}

function addObject(part: Part, view: SchemaView): void {
  for (const [name, property] of entriesOf(below(part, "properties"))) view.properties.set(name, property);
  for (const { node } of itemsOf(below(part, "required"))) if (typeof node === "string") view.required.add(node);
  for (const [pattern, property] of entriesOf(below(part, "patternProperties"))) view.patterns.set(pattern, property);
  const others = below(part, "additionalProperties");
  if (others.node === false || below(part, "unevaluatedProperties").node === false) view.isClosed = true;
  if (isRecord(others.node)) view.others = others;
}

/** `anyOf: [X, null]` is X or null, as generators write an optional value. */
function addOptions(root: Record<string, unknown>, part: Part, view: SchemaView, depth: number): boolean {
  for (const word of ["oneOf", "anyOf"]) {
    const members = itemsOf(below(part, word));
    if (members.length === 0) continue;
    const rest = members.filter(({ node }) => !(isRecord(node) && node.type === "null"));
    const only = rest[0];
    if (rest.length === 1 && only && view.options.length === 0) {
      const target = follow(root, only);
      if (!target || !add(root, target, view, depth + 1)) return false;
    } else view.options.push(...rest);
    if (rest.length < members.length) addNull(view);
  }
  return true;
}

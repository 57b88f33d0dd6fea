/** Rust items as symbols: with their members, and with marks for what only Rust knows. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import { type ApiSymbol, aSymbol, normalised, type SymbolKind } from "../api/api-surface.ts";
import type { RustAttributes } from "./rust-attributes.ts";
import { addSymbol, idOf, itemsOf, placeOf, type Reading, type RustModule } from "./rust-reading.ts";
import { genericsOf, modifiersOf, readSignature, withoutLifetimes } from "./rust-signature.ts";

export function visibilityOf(node: SyntaxNode): "public" | "restricted" | "none" {
  const modifier = node.namedChildren.find((child) => child?.type === "visibility_modifier");
  if (!modifier) return "none";
  return modifier.text === "pub" ? "public" : "restricted";
}

type Place = Pick<Reading, "path" | "lines" | "hidden">;

/** The symbol of an item that is offered, and those of its members. */
export function symbolsOf(node: SyntaxNode, attributes: RustAttributes, id: string, place: Place): ApiSymbol[] {
  const symbols = plainSymbolsOf(node, attributes, id, place);
  const marks = promiseOf(attributes);
  return marks.length === 0 ? symbols : symbols.map((symbol) => ({ ...symbol, marks: [...symbol.marks, ...marks] }));
}

/** The mark of what can be used though nothing is promised about it. */
export const unpromised = "doc hidden";

export function promiseOf({ isUnpromised }: RustAttributes): string[] {
  return isUnpromised ? [unpromised] : [];
}

function plainSymbolsOf(node: SyntaxNode, attributes: RustAttributes, id: string, place: Place): ApiSymbol[] {
  const make = (kind: SymbolKind, more: Partial<ApiSymbol> = {}) =>
    aSymbol({ id, kind, ...placeOf(node, place), isDeprecated: attributes.isDeprecated, ...more });
  switch (node.type) {
    case "function_item":
    case "function_signature_item":
      if (attributes.procMacro !== null) {
        return [make("macro", attributes.procMacro === "" ? {} : { id: attributes.procMacro })];
      }
      return [make("function", { signatures: [readSignature(node, null)], marks: modifiersOf(node) })];
    case "struct_item":
    case "union_item":
      return structOf(node, attributes, make("struct"), place);
    case "enum_item":
      return enumOf(node, attributes, make("enum"), place);
    case "trait_item":
      return traitOf(node, make("trait"), place);
    case "type_item":
      return [make("type", { type: typeText(node.childForFieldName("type")), marks: genericMarks(node) })];
    case "const_item":
    case "static_item":
      return [make("constant", constantOf(node))];
    case "macro_definition":
      return [make("macro")];
    default:
      return [];
  }
}

function structOf(node: SyntaxNode, attributes: RustAttributes, struct: ApiSymbol, place: Place): ApiSymbol[] {
  const body = node.childForFieldName("body");
  const fields = body === null ? [] : body.type === "field_declaration_list" ? namedFields(body) : placedFields(body);
  const members: ApiSymbol[] = [];
  for (const field of fields) {
    // A method may bear the name of a field.
    const id = `${struct.id}.${field.name}`;
    if (!field.isPublic) place.hidden.add(id);
    else {
      const { type, marks } = field;
      members.push(aSymbol({ id, kind: "field", owner: struct.id, type, marks, ...placeOf(field.node, place) }));
    }
  }
  const marks = [...typeMarks(node, attributes), ...fields.map(({ name }) => `field ${name}`)];
  if (fields.every(({ isPublic }) => isPublic) && node.type === "struct_item") marks.push("open");
  return [{ ...struct, marks }, ...members];
}

interface Field {
  name: string;
  isPublic: boolean;
  type: string | null;
  node: SyntaxNode;
  marks: string[];
}

function namedFields(body: SyntaxNode): Field[] {
  const found: Field[] = [];
  for (const { node, attributes } of itemsOf(body)) {
    const name = node.childForFieldName("name")?.text;
    if (node.type !== "field_declaration" || name === undefined) continue;
    const isPublic = visibilityOf(node) === "public" && !attributes.isHidden;
    found.push({ name, isPublic, type: typeText(node.childForFieldName("type")), node, marks: promiseOf(attributes) });
  }
  return found;
}

/** Fields of a tuple struct, called `0`, `1`, …. */
function placedFields(body: SyntaxNode): Field[] {
  const found: Field[] = [];
  let isPublic = false;
  for (const child of body.namedChildren) {
    if (child.type === "visibility_modifier") isPublic = child.text === "pub";
    else if (child.type !== "attribute_item" && !child.type.endsWith("_comment")) {
      found.push({ name: `${found.length}`, isPublic, type: typeText(child), node: child, marks: [] });
      isPublic = false;
    }
  }
  return found;
}

function enumOf(node: SyntaxNode, attributes: RustAttributes, one: ApiSymbol, place: Place): ApiSymbol[] {
  const marks = typeMarks(node, attributes);
  const members: ApiSymbol[] = [];
  const body = node.childForFieldName("body");
  for (const { node: variant, attributes: own } of body ? itemsOf(body) : []) {
    const name = variant.childForFieldName("name")?.text;
    if (variant.type !== "enum_variant" || name === undefined) continue;
    const id = `${one.id}::${name}`;
    if (!own.isUnpromised) marks.push(`variant ${name}`);
    if (own.isHidden) place.hidden.add(id);
    else {
      members.push(
        aSymbol({
          id,
          kind: "enum_member",
          owner: one.id,
          type: typeText(variant.childForFieldName("body")) ?? "",
          isDeprecated: own.isDeprecated,
          marks: promiseOf(own),
          ...placeOf(variant, place),
        }),
      );
    }
  }
  return [{ ...one, marks }, ...members];
}

function traitOf(node: SyntaxNode, trait: ApiSymbol, place: Place): ApiSymbol[] {
  const bounds = withoutLifetimes(normalised(node.childForFieldName("bounds")?.text ?? "").replace(/^: ?/, ""));
  const supers = bounds === "" ? [] : bounds.split("+").map((one) => `super ${one.trim().replace(/^.*::/, "")}`);
  // Nobody outside can implement a sealed trait.
  const isSealed = /sealed/i.test(bounds);
  const members: ApiSymbol[] = [];
  const body = node.childForFieldName("body");
  for (const { node: item, attributes } of body ? itemsOf(body) : []) {
    const name = item.childForFieldName("name")?.text;
    if (name === undefined) continue;
    const id = `${trait.id}::${name}`;
    if (attributes.isHidden) {
      place.hidden.add(id);
      continue;
    }
    const [symbol] = item.type === "associated_type" ? [] : symbolsOf(item, attributes, id, place);
    members.push({
      ...(symbol ?? aSymbol({ id, kind: "type", ...placeOf(item, place) })),
      kind: symbol === undefined ? "type" : symbol.kind === "function" ? "method" : symbol.kind,
      owner: trait.id,
      isAbstract: !isSealed && !attributes.isUnpromised && isLeftOpen(item),
    });
  }
  return [{ ...trait, marks: [...genericMarks(node), ...(isSealed ? [] : supers)] }, ...members];
}

function isLeftOpen(item: SyntaxNode): boolean {
  const isConstant = item.type === "const_item" && item.childForFieldName("value") === null;
  return isConstant || item.type === "function_signature_item" || item.type === "associated_type";
}

/** Methods of a type, and the traits it has. The type may stand in another file. */
export function readImpl(node: SyntaxNode, prefix: string, module: RustModule, reading: Reading): void {
  const type = node.childForFieldName("type");
  const name = type === null ? null : nameOfType(type);
  if (type === null || name === null) return;
  const owner = idOf(prefix, name);
  const trait = node.childForFieldName("trait");
  if (trait !== null) {
    const known = reading.symbols.get(owner);
    const traitName = plainName(withoutLifetimes(normalised(trait.text)));
    if (known) reading.symbols.set(owner, { ...known, marks: [...known.marks, `impl ${traitName}`] });
    return;
  }
  const isHidden = module.names.get(name) === false;
  const self = withoutLifetimes(normalised(type.text));
  const body = node.childForFieldName("body");
  for (const { node: item, attributes } of body ? itemsOf(body) : []) {
    const member = item.childForFieldName("name")?.text;
    if (member === undefined) continue;
    const id = `${owner}::${member}`;
    if (isHidden || attributes.isHidden || visibilityOf(item) !== "public") reading.hidden.add(id);
    else {
      const [symbol] = symbolsOf(item, attributes, id, reading);
      if (!symbol) continue;
      const isMethod = symbol.kind === "function";
      const signatures = isMethod ? [readSignature(item, self)] : [];
      const isPromised = !reading.symbols.get(owner)?.marks.includes(unpromised);
      const marks = isPromised ? symbol.marks : [...symbol.marks, unpromised];
      addSymbol({ ...symbol, kind: isMethod ? "method" : symbol.kind, owner, signatures, marks }, reading);
    }
  }
}

function nameOfType(type: SyntaxNode): string | null {
  if (type.type === "type_identifier") return type.text;
  if (type.type !== "generic_type") return null;
  const inner = type.childForFieldName("type");
  return inner?.type === "type_identifier" ? inner.text : null;
}

function typeMarks(node: SyntaxNode, attributes: RustAttributes): string[] {
  const marks = [...genericMarks(node), ...attributes.derives.map((name) => `impl ${name}`)];
  if (attributes.isNonExhaustive) marks.push("non_exhaustive");
  if (attributes.repr !== null) marks.push(`repr ${attributes.repr}`);
  return marks;
}

function genericMarks(node: SyntaxNode): string[] {
  const { arity, text } = genericsOf(node);
  return [`arity ${arity}`, `generics ${text.trim()}`];
}

function constantOf(node: SyntaxNode): Partial<ApiSymbol> {
  const value = node.childForFieldName("value");
  const isLiteral = value !== null && /literal$/.test(value.type);
  return { type: typeText(node.childForFieldName("type")), value: isLiteral ? normalised(value.text) : null };
}

function typeText(node: SyntaxNode | null): string | null {
  return node === null ? null : withoutLifetimes(normalised(node.text).replace(/#\[[^\]]{0,200}\] ?/g, ""));
}

/** `std::convert::From<T>` is `From<T>` to whoever imported it. */
function plainName(text: string): string {
  return text.replace(/\b(?:\w{1,60}::)+(?=\w)/g, "");
}

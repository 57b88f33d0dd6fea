/** What a Kotlin file offers. @see https://kotlinlang.org/docs/api-guidelines-backward-compatibility.html */

import { readTree, type SyntaxNode } from "../../syntax/read-tree.ts";
import { type ApiSurface, type ApiSymbol, normalised } from "../api/api-surface.ts";
import { rememberReadings } from "../api/remember-readings.ts";
import { erased, gatherMembers, joinId, type Members } from "../object-oriented/members.ts";
import { modifiersOf, nameIn, parametersOf, receiverOf, signatureOf, typeIn } from "./kotlin-signature.ts";
import { readableText } from "./readable-text.ts";

/** @returns `null` when the text cannot be parsed */
export const readKotlinFile = rememberReadings("kotlin", parseKotlinFile);

function parseKotlinFile(path: string, text: string): ApiSurface | null {
  return readTree("kotlin", readableText(text), (root) => {
    const members = gatherMembers(path, text);
    const scope = root.namedChildren.find(({ type }) => type === "package_header")?.namedChildren.at(-1)?.text ?? "";
    const outside: Inside = {
      ...{ id: normalised(scope), owner: null, members },
      ...{ isInterface: false, isSealed: false, isStatic: false, isUnsettled: false },
    };
    for (const node of root.namedChildren) readDeclaration(node, outside);
    // No expression stands at the top of a file: what is taken for one is a declaration that was not understood.
    const isWhole = !root.hasError && root.namedChildren.every(({ type }) => !/_expression$|^identifier$/.test(type));
    return members.surface(isWhole);
  });
}

interface Inside {
  /** Of the package or type. */
  id: string;
  /** The type; `null` at the top of a file. */
  owner: string | null;
  isInterface: boolean;
  /** Nobody outside can implement it. */
  isSealed: boolean;
  /** Called through the type rather than through a value of it. */
  isStatic: boolean;
  /** Its type may only be used by who asks for what is not settled yet. */
  isUnsettled: boolean;
  members: Members;
}

const readers: Readonly<Record<string, (node: SyntaxNode, inside: Inside) => void>> = {
  class_declaration: readType,
  object_declaration: readType,
  companion_object: readCompanion,
  function_declaration: readFunction,
  property_declaration: readProperty,
  secondary_constructor: (node, inside) =>
    readConstructor(node, modifiersOf(node), signatureOf(node).parameters, inside),
  type_alias: readAlias,
  enum_entry: (node, inside) => add(node, nameIn(node), { kind: "enum_member" }, inside),
};

function readDeclaration(node: SyntaxNode, inside: Inside): void {
  if (Object.hasOwn(readers, node.type)) readers[node.type]?.(node, inside);
}

/** Adds what everybody may see, and notes what is there and kept from them. */
function add(
  node: SyntaxNode,
  name: string | undefined,
  symbol: Pick<ApiSymbol, "kind"> & Partial<ApiSymbol>,
  { id: scope, owner, isUnsettled, members }: Inside,
  words = modifiersOf(node),
): void {
  if (name === undefined) return;
  const id = joinId(scope, name.replaceAll("`", ""));
  if (!isOffered(words)) members.hide(id);
  else {
    const marks = [...(symbol.marks ?? []), ...(isUnsettled || mayChange(words) ? ["unsettled"] : [])];
    members.add(node, { id, owner, isDeprecated: words.has("@Deprecated"), ...symbol, marks });
  }
}

function readType(node: SyntaxNode, inside: Inside): void {
  const { members } = inside;
  const words = modifiersOf(node);
  const name = node.childForFieldName("name")?.text;
  if (name === undefined) return;
  const isInterface = node.children.some(({ type }) => type === "interface");
  const isObject = node.type === "object_declaration";
  const kind = isInterface ? "interface" : words.has("enum") ? "enum" : "class";
  const arity = node.namedChildren.find(({ type }) => type === "type_parameters")?.namedChildren.length ?? 0;
  const isFinal = isObject || kind === "enum" || !(isInterface || words.has("open") || words.has("abstract"));
  const marks = [...marksOf(words), `arity ${arity}`, ...(isFinal || words.has("sealed") ? ["final"] : [])];
  add(node, name, { kind, marks, bases: basesOf(node) }, inside, words);
  if (!isOffered(words)) return;
  const id = joinId(inside.id, name);
  const isSealed = words.has("sealed");
  const isUnsettled = inside.isUnsettled || mayChange(words);
  const within: Inside = { id, owner: id, isInterface, isSealed, isStatic: isObject, isUnsettled, members };
  const body = node.namedChildren.find(({ type }) => type === "class_body" || type === "enum_class_body");
  const primary = node.namedChildren.find(({ type }) => type === "primary_constructor");
  if (primary) readPrimary(primary, within, kind === "enum" || isSealed);
  else if (kind === "class" && !isObject && !isSealed && !hasConstructor(body))
    readConstructor(node, new Set(), [], within);
  for (const member of body?.namedChildren ?? []) readDeclaration(member, within);
}

function hasConstructor(body: SyntaxNode | undefined): boolean {
  return body?.namedChildren.some(({ type }) => type === "secondary_constructor") ?? false;
}

/** Members of a companion are called through its class. */
function readCompanion(node: SyntaxNode, inside: Inside): void {
  if (!isOffered(modifiersOf(node))) return;
  const body = node.namedChildren.find(({ type }) => type === "class_body");
  for (const member of body?.namedChildren ?? [])
    readDeclaration(member, { ...inside, isInterface: false, isSealed: false, isStatic: true });
}

function readPrimary(node: SyntaxNode, inside: Inside, isClosed: boolean): void {
  const list = node.namedChildren.find(({ type }) => type === "class_parameters");
  for (const parameter of list?.namedChildren ?? []) {
    const word = parameter.children.find(({ type }) => type === "val" || type === "var")?.type;
    if (parameter.type !== "class_parameter" || word === undefined) continue;
    const words = modifiersOf(parameter);
    const marks = [...marksOf(words), ...(word === "val" ? ["readonly"] : [])];
    add(parameter, nameIn(parameter), { kind: "field", type: typeIn(parameter), marks }, inside, words);
  }
  if (!isClosed) readConstructor(node, modifiersOf(node), list === undefined ? [] : parametersOf(list), inside);
}

function readConstructor(
  node: SyntaxNode,
  words: ReadonlySet<string>,
  parameters: ApiSymbol["signatures"][number]["parameters"],
  inside: Inside,
): void {
  const signatures = [{ parameters, result: null }];
  add(node, "new", { kind: "constructor", signatures, marks: marksOf(words) }, inside, words);
}

function readFunction(node: SyntaxNode, inside: Inside): void {
  const words = modifiersOf(node);
  const hasBody = node.namedChildren.some(({ type }) => type === "function_body");
  const isAbstract = isAbstractIn(inside, words, hasBody);
  const isMember = inside.owner !== null;
  // An interface leaves every function open.
  const isFixed =
    isMember && !inside.isInterface && !words.has("open") && !words.has("abstract") && !words.has("override");
  const special = ["operator", "infix"].filter((word) => words.has(word));
  if (inside.isStatic) special.push("static");
  const marks = [...marksOf(words), ...special, ...(isFixed ? ["final"] : [])];
  const kind = isMember ? "method" : "function";
  const symbol = { kind, signatures: [signatureOf(node)], isAbstract, marks } as const;
  add(node, node.childForFieldName("name")?.text, symbol, inside, words);
}

function isAbstractIn({ isInterface, isSealed }: Inside, words: ReadonlySet<string>, hasBody: boolean): boolean {
  if (isSealed || words.has("override")) return false;
  return words.has("abstract") || (isInterface && !hasBody);
}

function readProperty(node: SyntaxNode, inside: Inside): void {
  const words = modifiersOf(node);
  const isVal = node.children.some(({ type }) => type === "val");
  const setter = node.namedChildren.find(({ type }) => type === "setter");
  const isReadOnly = isVal || (setter !== undefined && !isOffered(modifiersOf(setter)));
  const receiver = receiverOf(node);
  const equals = node.children.find(({ type }) => type === "=");
  const hasValue = node.namedChildren.some(({ type }) => type === "getter" || type === "property_delegate");
  const value = words.has("const") && equals ? normalised(equals.nextSibling?.text ?? "") : null;
  const isAbstract = isAbstractIn(inside, words, hasValue || equals !== undefined || receiver !== null);
  const marks = [...marksOf(words), ...(isReadOnly ? ["readonly"] : []), ...(inside.isStatic ? ["static"] : [])];
  for (const variable of variablesOf(node)) {
    const name = nameIn(variable);
    const id = receiver === null || name === undefined ? name : `${erased(receiver).replace("?", "")}.${name}`;
    add(variable, id, { kind: "field", type: typeIn(variable), value, isAbstract, marks }, inside, words);
  }
}

function variablesOf(node: SyntaxNode): SyntaxNode[] {
  return node.namedChildren.flatMap((child) => {
    if (child.type === "variable_declaration") return [child];
    return child.type === "multi_variable_declaration" ? child.namedChildren : [];
  });
}

function readAlias(node: SyntaxNode, inside: Inside): void {
  const name = node.childForFieldName("type")?.text;
  const equals = node.children.find(({ type }) => type === "=");
  add(node, name, { kind: "type", type: normalised(equals?.nextSibling?.text ?? "") }, inside);
}

const forInsiders = /^@(Internal\w{0,60}|\w{0,60}InternalApi|VisibleForTesting|RestrictTo)$/;
const unsettled =
  /^@(Experimental\w{0,60}|\w{0,60}Experimental\w{0,20}|\w{0,60}Preview|Delicate\w{0,60}|Obsolete\w{0,60}|Beta\w{0,20}|Incubating)$/;

/** Everything is public that does not say otherwise. */
function isOffered(words: ReadonlySet<string>): boolean {
  if (words.has("private") || words.has("internal") || words.has("@Deprecated HIDDEN")) return false;
  return ![...words].some((word) => forInsiders.test(word));
}

/** Offered to who asks for it by name, without a promise. */
function mayChange(words: ReadonlySet<string>): boolean {
  return [...words].some((word) => unsettled.test(word));
}

const told = new Set(["protected", "abstract", "override", "actual"]);

function marksOf(words: ReadonlySet<string>): string[] {
  return [...words].filter((word) => told.has(word));
}

function basesOf(node: SyntaxNode): string[] {
  const list = node.namedChildren.find(({ type }) => type === "delegation_specifiers");
  return (list?.namedChildren ?? []).flatMap((specifier) => {
    const [first] = specifier.namedChildren;
    const type = first?.type === "user_type" ? first : first?.namedChildren.find((child) => child.type === "user_type");
    return type === undefined ? [] : [erased(type.text)];
  });
}

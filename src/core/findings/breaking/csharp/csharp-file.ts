/** What a C# file offers. @see https://learn.microsoft.com/dotnet/core/compatibility/library-change-rules */

import { readTree, type SyntaxNode } from "../../syntax/read-tree.ts";
import { type ApiSurface, type ApiSymbol, normalised, type SymbolKind } from "../api/api-surface.ts";
import { rememberReadings } from "../api/remember-readings.ts";
import { erased, gatherMembers, joinId, type Members } from "../object-oriented/members.ts";
import { parametersOf, signatureOf, typeOf } from "./csharp-signature.ts";

const typeKinds: Readonly<Record<string, SymbolKind>> = {
  class_declaration: "class",
  record_declaration: "class",
  struct_declaration: "struct",
  interface_declaration: "interface",
  enum_declaration: "enum",
};

/** Braces within braces that are followed. */
const depthMax = 40;

/** @returns `null` when the text cannot be parsed */
export const readCsharpFile = rememberReadings("csharp", parseCsharpFile);

function parseCsharpFile(path: string, text: string): ApiSurface | null {
  return readTree("c_sharp", text, (root) => {
    const members = gatherMembers(path, text);
    readScope(root, "", members, 0);
    return members.surface(!root.hasError);
  });
}

function readScope(container: SyntaxNode, outer: string, members: Members, depth: number): void {
  if (depth > depthMax) return;
  let scope = outer;
  for (const node of container.namedChildren) {
    const name = node.childForFieldName("name");
    if (node.type === "file_scoped_namespace_declaration") {
      scope = joinId(outer, normalised(name?.text ?? ""));
      readScope(node, scope, members, depth + 1);
    } else if (node.type === "namespace_declaration") {
      const body = node.childForFieldName("body");
      if (body !== null) readScope(body, joinId(scope, normalised(name?.text ?? "")), members, depth + 1);
    } else if (/^preproc_(if|else|elif|region)/.test(node.type)) readScope(node, scope, members, depth + 1);
    else readDeclaration(node, { scope, owner: null, isInterface: false, isSealed: false, members, depth });
  }
}

interface Around {
  scope: string;
  /** Id of the type around; `null` in a namespace. */
  owner: string | null;
  isInterface: boolean;
  isSealed: boolean;
  members: Members;
  depth: number;
}

function readDeclaration(node: SyntaxNode, around: Around): void {
  if (around.depth > depthMax) return;
  if (node.type in typeKinds) readType(node, around);
  else if (node.type === "delegate_declaration") {
    const id = joinId(around.scope, named(node));
    if (isOffered(wordsOf(node), around))
      around.members.add(node, { id, kind: "type", signatures: [signatureOf(node)] });
    else around.members.hide(id);
  } else if (around.owner !== null) readMember(node, around.owner, around);
}

function readType(node: SyntaxNode, around: Around): void {
  const { members, scope } = around;
  const kind = typeKinds[node.type] ?? "class";
  const id = joinId(scope, named(node));
  const words = wordsOf(node);
  // Each part of a partial class may leave out what another says.
  if (!isOffered(words, around) && !(words.has("partial") && !isRestricted(words))) {
    members.hide(id);
    return;
  }
  const isValue = kind === "struct" || node.children.some(({ type }) => type === "struct");
  members.add(node, {
    id,
    kind: isValue ? "struct" : kind,
    owner: around.owner,
    marks: marksOf(words),
    isDeprecated: words.has("[Obsolete]"),
    bases: kind === "enum" ? [] : basesOf(node),
  });
  const inside: Around = {
    scope: id,
    owner: id,
    isInterface: kind === "interface",
    isSealed: isValue || words.has("sealed") || words.has("static"),
    members,
    depth: around.depth + 1,
  };
  const parameters = node.namedChildren.find(({ type }) => type === "parameter_list");
  const primary = parameters ? [{ parameters: parametersOf(parameters), result: null }] : null;
  if (primary !== null) {
    members.add(node, { id: joinId(id, "new"), kind: "constructor", owner: id, signatures: primary });
    const isRecord = node.type === "record_declaration";
    for (const { name, type } of isRecord ? (primary[0]?.parameters ?? []) : []) {
      members.add(node, { id: joinId(id, name), kind: "field", owner: id, type });
    }
  }
  const body = node.childForFieldName("body");
  const hasConstructor = readBody(body, inside);
  const isImplicit =
    kind === "class" &&
    !isValue &&
    !hasConstructor &&
    primary === null &&
    !words.has("static") &&
    !words.has("partial");
  if (isImplicit) {
    members.add(node, {
      id: joinId(id, "new"),
      kind: "constructor",
      owner: id,
      signatures: [{ parameters: [], result: null }],
    });
  }
}

/** @returns whether a constructor is written */
function readBody(body: SyntaxNode | null, inside: Around): boolean {
  let hasConstructor = false;
  if (inside.depth > depthMax) return false;
  for (const member of body?.namedChildren ?? []) {
    if (member.type === "constructor_declaration" && !wordsOf(member).has("static")) hasConstructor = true;
    if (/^preproc_(if|else|elif|region)/.test(member.type)) {
      hasConstructor = readBody(member, { ...inside, depth: inside.depth + 1 }) || hasConstructor;
    } else readDeclaration(member, inside);
  }
  return hasConstructor;
}

function readMember(node: SyntaxNode, owner: string, around: Around): void {
  const words = wordsOf(node);
  const isSeen = isOffered(words, around) && !(words.has("protected") && around.isSealed);
  if (node.namedChildren.some(({ type }) => type === "explicit_interface_specifier")) return;
  const add = (name: string, symbol: Pick<ApiSymbol, "kind"> & Partial<ApiSymbol>, at = node) => {
    const id = joinId(owner, name);
    if (!isSeen) around.members.hide(id);
    else around.members.add(at, { id, owner, marks: marksOf(words), isDeprecated: words.has("[Obsolete]"), ...symbol });
  };
  const isProvided = node.childForFieldName("body") !== null;
  const isAbstract = words.has("abstract") || (around.isInterface && !isProvided && !words.has("static"));
  const name = node.childForFieldName("name")?.text ?? "";
  const called = { signatures: [signatureOf(node)] };
  switch (node.type) {
    case "method_declaration":
      add(name, { kind: "method", isAbstract, ...called });
      break;
    case "constructor_declaration":
      if (!words.has("static")) add("new", { kind: "constructor", ...called });
      break;
    case "operator_declaration":
      add(`operator ${node.childForFieldName("operator")?.text ?? ""}`, { kind: "method", ...called });
      break;
    case "indexer_declaration":
      add("this[]", { kind: "method", isAbstract: isAbstract && !hasBodies(node), ...called });
      break;
    case "property_declaration":
    case "event_declaration":
      add(name, propertyOf(node, words, isAbstract && !hasBodies(node)));
      break;
    case "field_declaration":
    case "event_field_declaration":
      readVariables(node, words, add);
      break;
    case "enum_member_declaration":
      around.members.add(node, { id: joinId(owner, name), kind: "enum_member", owner, value: numberOf(node) });
      break;
    default:
  }
}

function propertyOf(
  node: SyntaxNode,
  words: ReadonlySet<string>,
  isAbstract: boolean,
): Pick<ApiSymbol, "kind"> & Partial<ApiSymbol> {
  const accessors = node.childForFieldName("accessors")?.namedChildren ?? [];
  const isSettable = accessors.some(
    (one) => one.childForFieldName("name")?.text === "set" && !isRestricted(wordsOf(one)),
  );
  const isProvided = node.childForFieldName("value") !== null;
  const marks = [...marksOf(words), ...(isSettable ? ["set"] : []), ...(words.has("required") ? ["required"] : [])];
  return { kind: "field", type: typeOf(node.childForFieldName("type")), isAbstract: isAbstract && !isProvided, marks };
}

function readVariables(
  node: SyntaxNode,
  words: ReadonlySet<string>,
  add: (name: string, symbol: Pick<ApiSymbol, "kind"> & Partial<ApiSymbol>, at: SyntaxNode) => void,
): void {
  const variables = node.namedChildren.find(({ type }) => type === "variable_declaration");
  const type = typeOf(variables?.childForFieldName("type") ?? null);
  const isFixed = words.has("const") || words.has("readonly");
  const marks = [...marksOf(words), ...(isFixed ? ["readonly"] : []), ...(words.has("const") ? ["static"] : [])];
  for (const one of variables?.namedChildren ?? []) {
    if (one.type !== "variable_declarator") continue;
    const value = one.namedChildren.at(-1);
    const isLiteral = words.has("const") && value !== undefined && /literal$/.test(value.type);
    add(
      named(one),
      { kind: "field", type, value: isLiteral ? normalised(value.text) : null, marks: [...new Set(marks)] },
      one,
    );
  }
}

/** A name with how many type parameters it takes, which tells `Result` from `Result<T>`: `Result<>`, `Map<,>`. */
function named(node: SyntaxNode): string {
  const name = node.childForFieldName("name")?.text ?? "";
  const parameters = node.namedChildren.find(({ type }) => type === "type_parameter_list");
  const count = parameters?.namedChildren.filter(({ type }) => type === "type_parameter").length ?? 0;
  return count === 0 ? name : `${name}<${",".repeat(count - 1)}>`;
}

function hasBodies(node: SyntaxNode): boolean {
  const accessors = node.childForFieldName("accessors")?.namedChildren ?? [];
  return accessors.some((one) => one.childForFieldName("body") !== null);
}

function numberOf(node: SyntaxNode): string | null {
  const value = node.childForFieldName("value");
  return value !== null && /literal$/.test(value.type) ? value.text.slice(0, 100) : null;
}

/** Modifiers, and attributes by their name: `public`, `static`, `[Obsolete]`. */
function wordsOf(node: SyntaxNode): ReadonlySet<string> {
  const words = new Set<string>();
  for (const child of node.namedChildren) {
    if (child.type === "modifier") words.add(child.text);
    else if (child.type === "attribute_list") {
      for (const one of child.namedChildren)
        words.add(`[${(one.childForFieldName("name")?.text ?? "").replace(/Attribute$/, "")}]`);
    }
  }
  return words;
}

function isRestricted(words: ReadonlySet<string>): boolean {
  return words.has("private") || (words.has("internal") && !words.has("protected")) || words.has("file");
}

function isOffered(words: ReadonlySet<string>, { isInterface }: Around): boolean {
  if (words.has("private") || words.has("file")) return false;
  if (words.has("[Experimental]")) return false;
  return isInterface ? !isRestricted(words) : words.has("public") || words.has("protected");
}

function marksOf(words: ReadonlySet<string>): string[] {
  const marks: string[] = [];
  for (const word of ["protected", "abstract", "static", "virtual", "override"]) if (words.has(word)) marks.push(word);
  if (words.has("sealed")) marks.push("final");
  if (words.has("abstract")) marks.push("virtual");
  return marks;
}

function basesOf(node: SyntaxNode): string[] {
  const list = node.namedChildren.find(({ type }) => type === "base_list");
  return (list?.namedChildren ?? []).filter(({ type }) => type !== "argument_list").map((one) => erased(one.text));
}

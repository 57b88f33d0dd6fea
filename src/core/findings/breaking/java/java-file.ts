/** What a Java file offers. @see https://docs.oracle.com/javase/specs/jls/se21/html/jls-13.html (binary compatibility) */

import { readTree, type SyntaxNode } from "../../syntax/read-tree.ts";
import {
  type ApiParameter,
  type ApiSignature,
  type ApiSurface,
  type ApiSymbol,
  normalised,
} from "../api/api-surface.ts";
import { rememberReadings } from "../api/remember-readings.ts";
import { erased, gatherMembers, joinId, type Members } from "../object-oriented/members.ts";

const typeKinds = {
  class_declaration: "class",
  record_declaration: "class",
  interface_declaration: "interface",
  annotation_type_declaration: "interface",
  enum_declaration: "enum",
} as const;

/** @returns `null` when the text cannot be parsed */
export const readJavaFile = rememberReadings("java", parseJavaFile);

function parseJavaFile(path: string, text: string): ApiSurface | null {
  return readTree("java", text, (root) => {
    const members = gatherMembers(path, text);
    let scope = "";
    for (const node of root.namedChildren) {
      if (node.type === "package_declaration") scope = normalised(node.namedChildren.at(-1)?.text ?? "");
      else if (node.type === "module_declaration") readModule(node, members);
      else if (node.type in typeKinds) readType(node, scope, null, members);
    }
    return members.surface(!root.hasError);
  });
}

/** Packages that a module offers to every other one. */
function readModule(node: SyntaxNode, members: Members): void {
  for (const directive of node.childForFieldName("body")?.namedChildren ?? []) {
    const name = directive.childForFieldName("package")?.text;
    if (directive.type !== "exports_module_directive" || name === undefined) continue;
    const isForAll = !directive.children.some((child) => child.type === "to");
    if (isForAll) members.add(directive, { id: name, kind: "module" });
    else members.hide(name);
  }
}

/** @param around the type it is nested in */
function readType(
  node: SyntaxNode,
  scope: string,
  around: { owner: string; isInterface: boolean } | null,
  members: Members,
): void {
  const name = node.childForFieldName("name")?.text;
  const kind = typeKinds[node.type as keyof typeof typeKinds];
  if (name === undefined) return;
  const id = joinId(scope, name);
  const words = modifiersOf(node);
  if (!isOffered(words, around?.isInterface ?? false)) {
    members.hide(id);
    return;
  }
  const isRecord = node.type === "record_declaration";
  const arity = node.childForFieldName("type_parameters")?.namedChildren.length ?? 0;
  members.add(node, {
    id,
    kind,
    owner: around?.owner ?? null,
    marks: [...marksOf(words), `arity ${arity}`, ...(isRecord || kind === "enum" ? ["final"] : [])],
    isDeprecated: words.has("@Deprecated"),
    bases: basesOf(node),
  });
  const body = node.childForFieldName("body");
  const inside = { id, node, isInterface: kind === "interface", words, members };
  let hasConstructor = false;
  for (const member of body?.namedChildren ?? []) {
    if (member.type === "constructor_declaration") hasConstructor = true;
    if (member.type === "enum_body_declarations") for (const one of member.namedChildren) readMember(one, inside);
    else readMember(member, inside);
  }
  if (isRecord) readComponents(node, id, members);
  else if (node.type === "class_declaration" && !hasConstructor) {
    members.add(node, {
      id: joinId(id, "new"),
      kind: "constructor",
      owner: id,
      signatures: [{ parameters: [], result: null }],
    });
  }
}

interface Inside {
  id: string;
  isInterface: boolean;
  /** Of the type. */
  words: ReadonlySet<string>;
  members: Members;
}

function readMember(node: SyntaxNode, inside: Inside): void {
  const { id: owner, isInterface, members } = inside;
  if (node.type in typeKinds) {
    readType(node, owner, { owner, isInterface }, members);
    return;
  }
  const words = modifiersOf(node);
  const isPublic = isOffered(words, isInterface);
  // Only subclasses see what is protected, and a final class has none.
  const isSeen = isPublic && !(words.has("protected") && inside.words.has("final"));
  const add = (name: string, symbol: Pick<ApiSymbol, "kind"> & Partial<ApiSymbol>, at = node) => {
    const id = joinId(owner, name);
    if (!isSeen) members.hide(id);
    else members.add(at, { id, owner, marks: marksOf(words), isDeprecated: words.has("@Deprecated"), ...symbol });
  };
  const name = node.childForFieldName("name")?.text;
  if (node.type === "method_declaration" && name !== undefined) {
    const isProvided = node.childForFieldName("body") !== null;
    const isAbstract = words.has("abstract") || (isInterface && !isProvided && !words.has("static"));
    const marks = [...marksOf(words), ...thrownBy(node)];
    add(name, { kind: "method", signatures: [signatureOf(node)], isAbstract, marks });
  } else if (node.type === "constructor_declaration") {
    add("new", {
      kind: "constructor",
      signatures: [signatureOf(node)],
      marks: [...marksOf(words), ...thrownBy(node)],
    });
  } else if (node.type === "field_declaration" || node.type === "constant_declaration") {
    readFields(node, isInterface, words, add);
  } else if (node.type === "enum_constant" && name !== undefined) {
    members.add(node, { id: joinId(owner, name), kind: "enum_member", owner, isDeprecated: words.has("@Deprecated") });
  } else if (node.type === "annotation_type_element_declaration" && name !== undefined) {
    const hasDefault = node.childForFieldName("value") !== null;
    const type = typeOf(node.childForFieldName("type"));
    members.add(node, { id: joinId(owner, name), kind: "field", owner, type, isAbstract: !hasDefault });
  }
}

function readFields(
  node: SyntaxNode,
  isInterface: boolean,
  words: ReadonlySet<string>,
  add: (name: string, symbol: Pick<ApiSymbol, "kind"> & Partial<ApiSymbol>, at: SyntaxNode) => void,
): void {
  const type = typeOf(node.childForFieldName("type"));
  const isConstant = isInterface || (words.has("static") && words.has("final"));
  for (const declarator of node.namedChildren) {
    const name = declarator.childForFieldName("name")?.text;
    if (declarator.type !== "variable_declarator" || name === undefined) continue;
    const value = declarator.childForFieldName("value");
    const isLiteral = isConstant && value !== null && /literal$/.test(value.type);
    const marks = [...marksOf(words).filter((mark) => mark !== "final"), ...(words.has("final") ? ["readonly"] : [])];
    add(name, { kind: "field", type, value: isLiteral ? normalised(value.text) : null, marks }, declarator);
  }
}

/** A record is made of its components, each with a method to read it. */
function readComponents(node: SyntaxNode, owner: string, members: Members): void {
  const signature = signatureOf(node);
  members.add(node, {
    id: joinId(owner, "new"),
    kind: "constructor",
    owner,
    signatures: [{ ...signature, result: null }],
  });
  for (const { name, type } of signature.parameters) {
    members.add(node, {
      id: joinId(owner, name),
      kind: "method",
      owner,
      signatures: [{ parameters: [], result: type }],
    });
  }
}

function signatureOf(node: SyntaxNode): ApiSignature {
  const parameters: ApiParameter[] = [];
  for (const child of node.childForFieldName("parameters")?.namedChildren ?? []) {
    if (child.type === "formal_parameter") {
      const name = child.childForFieldName("name")?.text ?? "";
      parameters.push(aParameter(name, typeOf(child.childForFieldName("type"))));
    } else if (child.type === "spread_parameter") {
      const declarator = child.namedChildren.find((one) => one.type === "variable_declarator");
      const type = child.namedChildren.find((one) => one.type !== "modifiers" && one.type !== "variable_declarator");
      parameters.push({ ...aParameter(declarator?.text ?? "", `${typeOf(type ?? null) ?? ""}[]`), passing: "rest" });
    }
  }
  return { parameters, result: typeOf(node.childForFieldName("type")) };
}

function aParameter(name: string, type: string | null): ApiParameter {
  return { name, isOptional: false, passing: "position", type, default: null };
}

function typeOf(node: SyntaxNode | null): string | null {
  return node === null ? null : normalised(node.text);
}

/** Modifiers, and annotations by their name: `public`, `static`, `@Override`. */
function modifiersOf(node: SyntaxNode): ReadonlySet<string> {
  const modifiers = node.namedChildren.find((child) => child.type === "modifiers");
  const words = (modifiers?.children ?? []).map((child) => {
    const name = child.childForFieldName("name")?.text;
    return name === undefined ? child.type : `@${name.slice(name.lastIndexOf(".") + 1)}`;
  });
  return new Set(words);
}

const forInsiders = /^@(Internal\w{0,40}|VisibleForTesting|RestrictTo|Beta|Experimental\w{0,40}|Incubating|ApiStatus)$/;

function isOffered(words: ReadonlySet<string>, isInInterface: boolean): boolean {
  if ([...words].some((word) => forInsiders.test(word))) return false;
  return isInInterface ? !words.has("private") : words.has("public") || words.has("protected");
}

const told = new Set(["protected", "final", "abstract", "static"]);

function marksOf(words: ReadonlySet<string>): string[] {
  const marks = [...words].filter((word) => told.has(word));
  if (words.has("sealed")) marks.push("final");
  return words.has("@Override") ? [...marks, "override"] : marks;
}

function thrownBy(node: SyntaxNode): string[] {
  const clause = node.namedChildren.find((child) => child.type === "throws");
  return (clause?.namedChildren ?? []).map((type) => `throws ${erased(type.text)}`);
}

function basesOf(node: SyntaxNode): string[] {
  const clauses = node.namedChildren.filter(({ type }) =>
    /^(superclass|super_interfaces|extends_interfaces)$/.test(type),
  );
  return clauses
    .flatMap(({ namedChildren }) => namedChildren)
    .flatMap((one) => (one.type === "type_list" ? one.namedChildren : [one]))
    .map((one) => erased(one.text));
}

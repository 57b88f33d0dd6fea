/** Members of interfaces, object types and classes. */

import type { Class, ClassElement, PropertyKey, TSSignature } from "oxc-parser";
import { literalText } from "./literal-text.ts";
import { type Callable, readSignature } from "./read-signature.ts";
import type { SymbolWriter } from "./symbol-writer.ts";

/** Objects within objects looked into. */
const depthMax = 4;

/** Adds the members of an interface or object type below `owner`. */
export function addTypeMembers(
  writer: SymbolWriter,
  owner: string,
  members: readonly TSSignature[],
  depth: number = 0,
): void {
  for (const member of members) {
    if (writer.hasTag(member.start, internalTag)) continue;
    switch (member.type) {
      case "TSPropertySignature": {
        const name = keyOf(member.key, member.computed);
        if (name !== null) addProperty(writer, owner, name, member, depth);
        break;
      }
      case "TSMethodSignature": {
        const name = keyOf(member.key, member.computed);
        if (name === null) break;
        const id = `${owner}.${name}`;
        if (member.kind === "method") addCallable(writer, member, { id, owner, kind: "method" }, member, member);
        else writer.add(member, { id, owner, kind: "field", type: writer.typeText(member.returnType?.typeAnnotation) });
        break;
      }
      case "TSIndexSignature": {
        const type = writer.typeText(member.typeAnnotation.typeAnnotation);
        writer.add(member, { id: `${owner}.[key]`, owner, kind: "field", type, isOptional: true });
        break;
      }
      case "TSCallSignatureDeclaration":
        addCallable(writer, member, { id: `${owner}.()`, owner, kind: "method" }, member);
        break;
      case "TSConstructSignatureDeclaration":
        addCallable(writer, member, { id: `${owner}.new`, owner, kind: "constructor" }, member);
        break;
    }
  }
}

function addProperty(
  writer: SymbolWriter,
  owner: string,
  name: string,
  member: Extract<TSSignature, { type: "TSPropertySignature" }>,
  depth: number,
): void {
  const id = `${owner}.${name}`;
  const annotation = member.typeAnnotation?.typeAnnotation;
  const isObject = annotation?.type === "TSTypeLiteral" && depth < depthMax;
  writer.add(member, {
    id,
    owner,
    kind: "field",
    type: isObject ? null : writer.typeText(annotation),
    isOptional: member.optional,
  });
  if (isObject) addTypeMembers(writer, id, annotation.members, depth + 1);
}

export const internalTag = /@(internal|private|hidden)\b/;

/** Adds what users of a class see; what they do not is remembered as hidden. Heirs see what is protected, where the class is made to be inherited. */
export function addClassMembers(writer: SymbolWriter, owner: string, declared: Class): void {
  for (const member of declared.body.body) addClassMember(writer, owner, member, declared.abstract === true);
}

function addClassMember(writer: SymbolWriter, owner: string, member: ClassElement, isForHeirs: boolean): void {
  if (member.type === "StaticBlock") return;
  if (member.type === "TSIndexSignature") {
    addTypeMembers(writer, owner, [member]);
    return;
  }
  const name = keyOf(member.key, member.computed);
  if (name === null) return;
  const isHidden =
    member.accessibility === "private" ||
    (member.accessibility === "protected" && !isForHeirs) ||
    name.startsWith("_") ||
    writer.hasTag(member.start, internalTag);
  if (isHidden) writer.hidden.add(`${owner}.${name}`);
  else if ("kind" in member) addMethod(writer, owner, name, member);
  else addField(writer, owner, name, member);
}

type ClassMethod = Extract<ClassElement, { kind: unknown }>;
type ClassField = Exclude<ClassElement, ClassMethod | { type: "StaticBlock" | "TSIndexSignature" }>;

function addMethod(writer: SymbolWriter, owner: string, name: string, member: ClassMethod): void {
  const id = `${owner}.${name}`;
  const isAbstract = member.type === "TSAbstractMethodDefinition";
  if (member.kind === "get" || member.kind === "set") {
    const type = member.kind === "get" ? writer.typeText(member.value.returnType?.typeAnnotation) : null;
    writer.add(member, { id, owner, kind: "field", type, isAbstract });
    return;
  }
  const kind = member.kind === "constructor" ? "constructor" : "method";
  const isOptional = member.optional === true;
  addCallable(writer, member, { id, owner, kind, isOptional, isAbstract }, member.value);
  if (kind === "constructor") addParameterProperties(writer, owner, member.value);
}

function addField(writer: SymbolWriter, owner: string, name: string, member: ClassField): void {
  const id = `${owner}.${name}`;
  const { value } = member;
  const annotation = member.typeAnnotation?.typeAnnotation;
  // A type that is written beside it says how it is called, whatever the function itself names.
  const called = annotation ?? value;
  if (
    called?.type === "TSFunctionType" ||
    called?.type === "ArrowFunctionExpression" ||
    called?.type === "FunctionExpression"
  ) {
    addCallable(writer, member, { id, owner, kind: "method" }, called);
    return;
  }
  writer.add(member, {
    id,
    owner,
    kind: "field",
    type: writer.typeText(annotation),
    value: literalText(value),
    isOptional: member.optional === true,
    isAbstract: member.type === "TSAbstractPropertyDefinition",
  });
}

function addParameterProperties(writer: SymbolWriter, owner: string, { params }: Callable): void {
  for (const param of params) {
    if (param.type !== "TSParameterProperty" || param.accessibility === "private") continue;
    if (param.accessibility === "protected") continue;
    const inner = param.parameter.type === "AssignmentPattern" ? param.parameter.left : param.parameter;
    if (inner.type !== "Identifier") continue;
    const type = writer.typeText(inner.typeAnnotation?.typeAnnotation);
    writer.add(param, { id: `${owner}.${inner.name}`, owner, kind: "field", type });
  }
}

/** A way to call something, and below it the members of its parameters that are written out in place. */
export function addCallable(
  writer: SymbolWriter,
  at: Parameters<SymbolWriter["add"]>[0],
  symbol: Parameters<SymbolWriter["add"]>[1],
  called: Callable,
  { optional }: { optional?: boolean | undefined } = {},
): void {
  const { signature, inline } = readSignature(called, writer);
  writer.add(at, { isOptional: optional === true, ...symbol, signatures: [signature] });
  for (const { name, members } of inline) {
    const id = `${symbol.id}.${name}`;
    // The parameter itself is compared by its place; only what is in it has a name that callers write.
    writer.add(at, { id, owner: symbol.id, kind: "type", isNameless: true });
    addTypeMembers(writer, id, members);
    markGiven(writer, id);
  }
}

/** Callers build such an object: one more member that must be there breaks them. */
export function markGiven(writer: SymbolWriter, owner: string): void {
  for (const [id, symbol] of writer.symbols) {
    const mustBeGiven = symbol.owner === owner && symbol.kind === "field" && !symbol.isOptional;
    if (mustBeGiven) writer.symbols.set(id, { ...symbol, isAbstract: true });
  }
}

/** @returns `null` for private names and computed ones */
export function keyOf(key: PropertyKey, isComputed: boolean): string | null {
  if (key.type === "PrivateIdentifier") return null;
  if (key.type === "Literal") return typeof key.value === "string" ? key.value : String(key.raw);
  return key.type === "Identifier" && !isComputed ? key.name : null;
}

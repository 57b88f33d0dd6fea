/** Turns values that are given a name into symbols: functions, classes, objects, literals. */

import type { Class, Expression, Function as FunctionNode, ObjectExpression } from "oxc-parser";
import { bare, literalText } from "./literal-text.ts";
import { addCallable, addClassMembers, keyOf } from "./read-members.ts";
import type { SymbolWriter } from "./symbol-writer.ts";

/** Members listed of an object; longer ones are data. */
const objectMembersMax = 100;

/** A value that is given a name: an object's own names are part of it. */
export function addExpression(
  writer: SymbolWriter,
  id: string,
  owner: string | null,
  at: Parameters<SymbolWriter["add"]>[0],
  value: Expression | null,
  depth: number = 0,
): void {
  const kind = owner === null ? "constant" : "field";
  const inner = value === null ? null : unwrapped(value);
  if (inner?.type === "ArrowFunctionExpression" || inner?.type === "FunctionExpression") {
    addCallable(writer, at, { id, owner, kind: owner === null ? "function" : "method" }, inner);
  } else if (inner?.type === "ClassExpression") {
    addClass(writer, id, owner, { ...inner, id: null, start: at.start });
  } else if (inner?.type === "ObjectExpression" && depth < 2) {
    const properties = propertiesOf(inner);
    writer.add(at, { id, owner, kind, bases: properties ? [] : [computedBase] });
    for (const [name, property] of properties ?? []) {
      addExpression(writer, `${id}.${name}`, id, property.at, property.value, depth + 1);
    }
  } else {
    const literal = literalText(inner);
    writer.add(at, { id, owner, kind, value: literal, bases: literal === null ? [computedBase] : [] });
  }
}

/** Stands for what a value gets from where nobody can look: its members may be there. */
export const computedBase = "…";

/** @returns `null` for what takes over the names of others, or is too long to be an interface */
export function propertiesOf(
  object: ObjectExpression,
): Map<string, { at: FunctionNode | Expression; value: Expression | null }> | null {
  const found = new Map<string, { at: FunctionNode | Expression; value: Expression | null }>();
  if (object.properties.length > objectMembersMax) return null;
  for (const property of object.properties) {
    if (property.type === "SpreadElement") return null;
    const name = keyOf(property.key, property.computed);
    if (name === null) continue;
    const value = property.kind === "init" ? property.value : null;
    found.set(name, { at: property.key.type === "PrivateIdentifier" ? property.value : property.key, value });
  }
  return found;
}

function unwrapped(value: Expression): Expression {
  const inner = bare(value);
  if (inner.type !== "CallExpression" || inner.callee.type !== "MemberExpression") return inner;
  const { object, property } = inner.callee;
  const isFreeze = object.type === "Identifier" && object.name === "Object" && property.type === "Identifier";
  const [first] = inner.arguments;
  return isFreeze && property.name === "freeze" && first && first.type !== "SpreadElement" ? bare(first) : inner;
}

export function addClass(writer: SymbolWriter, id: string, owner: string | null, declared: Class): void {
  const base = declared.superClass;
  if (base?.type === "Identifier") writer.met.add(base.name);
  const bases = base ? [baseText(writer.valueText(base))] : [];
  writer.add(declared.id ?? declared, { id, owner, kind: "class", bases });
  addClassMembers(writer, id, declared);
}

/** Without type arguments: they come and go with defaults. */
export function baseText(text: string): string {
  return text.split("<", 1)[0]?.trim() ?? text;
}

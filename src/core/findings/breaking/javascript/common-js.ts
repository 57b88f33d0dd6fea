/** What a CommonJS module offers: `module.exports = …`, `exports.name = …`. */

import type { Expression, Program } from "oxc-parser";
import { bare } from "./literal-text.ts";
import { addExpression, propertiesOf } from "./read-values.ts";
import { addDefault, type Reading, starId } from "./reading.ts";

/** Statements at the top level only: what is assigned elsewhere depends on a run. */
export function addCommonJs(reading: Reading, body: Program["body"]): void {
  for (const statement of body) {
    if (statement.type !== "ExpressionStatement") continue;
    let value: Expression = statement.expression;
    // `module.exports = exports = …`
    const targets: Expression[] = [];
    while (value.type === "AssignmentExpression" && value.operator === "=") {
      targets.push(value.left as Expression);
      value = value.right;
    }
    for (const target of targets) addTarget(reading, target, bare(value));
  }
}

function addTarget(reading: Reading, target: Expression, value: Expression): void {
  if (target.type !== "MemberExpression" || target.computed || target.property.type !== "Identifier") return;
  const name = target.property.name;
  if (isModuleExports(target)) addWhole(reading, target, value);
  else if (isExports(target.object) && name !== "__esModule") addNamed(reading, name, target.property, value);
}

function isModuleExports(node: Expression): boolean {
  return (
    node.type === "MemberExpression" &&
    !node.computed &&
    node.object.type === "Identifier" &&
    node.object.name === "module" &&
    node.property.type === "Identifier" &&
    node.property.name === "exports"
  );
}

function isExports(node: Expression): boolean {
  return (node.type === "Identifier" && node.name === "exports") || isModuleExports(node);
}

function addWhole(reading: Reading, at: Expression, value: Expression): void {
  const required = requestOf(value);
  if (required !== null) {
    reading.stars.push(required);
    reading.writer.add(at, { id: starId(required), kind: "module" });
    reading.from.set("default", { module: required, name: "default" });
    reading.writer.add(at, { id: "default", kind: "constant" });
    return;
  }
  const properties = value.type === "ObjectExpression" ? propertiesOf(value) : null;
  if (properties === null) {
    addDefault(reading, value, at);
    return;
  }
  reading.writer.add(at, { id: "default", kind: "constant" });
  for (const [name, property] of properties) {
    if (property.value) addNamed(reading, name, property.at, property.value);
    else reading.writer.add(property.at, { id: name, kind: "constant" });
  }
}

function addNamed(reading: Reading, name: string, at: { start: number; end: number }, value: Expression): void {
  const required = requestOf(value);
  if (required !== null) {
    reading.from.set(name, { module: required, name: "*" });
    reading.writer.add(at, { id: name, kind: "constant" });
  } else if (value.type === "Identifier") reading.local.set(name, { name: value.name, at });
  else addExpression(reading.writer, name, null, at, value);
}

/** `require("./a")`. */
function requestOf(value: Expression): string | null {
  if (value.type !== "CallExpression" || value.callee.type !== "Identifier" || value.callee.name !== "require") {
    return null;
  }
  const [first] = value.arguments;
  return first?.type === "Literal" && typeof first.value === "string" ? first.value : null;
}

/** Parameters, results and modifiers as Kotlin writes them. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import { type ApiParameter, type ApiSignature, normalised } from "../api/api-surface.ts";
import { hiddenName } from "./readable-text.ts";

/** Every node that may stand where a type does. */
const types = /^(user_type|nullable_type|function_type|parenthesized_type|non_nullable_type)$/;

/** A receiver is told as the first parameter: `this`. */
export function signatureOf(node: SyntaxNode): ApiSignature {
  const list = node.namedChildren.find(({ type }) => type === "function_value_parameters");
  const receiver = receiverOf(node);
  const own = list === undefined ? [] : parametersOf(list);
  const parameters = receiver === null ? own : [aParameter("this", receiver, "position"), ...own];
  return { parameters, result: resultOf(node) };
}

/** Of a function that says nothing: `Unit` for a block, unknown for an expression. */
function resultOf(node: SyntaxNode): string | null {
  if (node.type !== "function_declaration") return null;
  const after = node.namedChildren.findIndex(({ type }) => type === "function_value_parameters");
  const written = node.namedChildren.slice(after + 1).find(({ type }) => types.test(type));
  if (written) return normalised(written.text);
  const body = node.namedChildren.find(({ type }) => type === "function_body");
  const isBlock = body === undefined || body.namedChildren[0]?.type === "block";
  return isBlock ? "Unit" : null;
}

/** The type that an extension is for; `null` for what is none. */
export function receiverOf(node: SyntaxNode): string | null {
  const name = node.childForFieldName("name") ?? node.namedChildren.find(({ type }) => type === "variable_declaration");
  if (!name) return null;
  const before = node.namedChildren.filter((child) => child.endIndex <= name.startIndex);
  const receiver = before.find(({ type }) => types.test(type));
  return receiver === undefined ? null : normalised(receiver.text);
}

/** Of a function, or of a primary constructor. */
export function parametersOf(list: SyntaxNode): ApiParameter[] {
  const found: ApiParameter[] = [];
  let isOpen = false;
  for (const child of list.children) {
    if (child.type === "parameter_modifiers") isOpen = hasWord(child, "vararg");
    else if (child.type === "=") {
      const [last] = found.splice(-1);
      if (last) found.push({ ...last, isOptional: true, default: normalised(child.nextSibling?.text ?? "") });
    } else if (child.type === "parameter" || child.type === "class_parameter") {
      found.push(parameterOf(child, isOpen || modifiersOf(child).has("vararg")));
      isOpen = false;
    }
  }
  return found;
}

function parameterOf(node: SyntaxNode, isOpen: boolean): ApiParameter {
  const name = nameIn(node) ?? "";
  const type = typeIn(node);
  const made = aParameter(name, type, isOpen ? "rest" : "either");
  const equals = node.children.find((child) => child.type === "=");
  return equals ? { ...made, isOptional: true, default: normalised(equals.nextSibling?.text ?? "") } : made;
}

function aParameter(name: string, type: string | null, passing: ApiParameter["passing"]): ApiParameter {
  return { name, isOptional: passing === "rest", passing, type, default: null };
}

/** The first name in a parameter or variable: modifiers and types stand beside it. */
export function nameIn(node: SyntaxNode): string | undefined {
  return node.namedChildren.find(({ type }) => type === "identifier")?.text;
}

export function typeIn(node: SyntaxNode): string | null {
  const written = node.namedChildren.find(({ type }) => types.test(type));
  return written === undefined ? null : normalised(written.text);
}

/** Modifiers, and annotations by their name: `open`, `override`, `@Deprecated`; `@Deprecated HIDDEN` besides where it says so. */
export function modifiersOf(node: SyntaxNode): ReadonlySet<string> {
  const words = new Set<string>();
  for (const list of node.namedChildren) {
    if (list.type !== "modifiers") continue;
    for (const child of list.namedChildren) {
      if (child.type !== "annotation") {
        words.add(child.text);
        continue;
      }
      const name = /^@(?:\w{1,20}:)?\[?((?:\w{1,100}\.){0,10})(\w{1,100})/.exec(child.text.slice(0, 500))?.[2];
      if (name === undefined) continue;
      const isHidden = name === hiddenName || (name === "Deprecated" && /\bHIDDEN\b/.test(child.text.slice(0, 2000)));
      words.add(name === hiddenName ? "@Deprecated" : `@${name}`);
      if (isHidden) words.add("@Deprecated HIDDEN");
    }
  }
  return words;
}

function hasWord(node: SyntaxNode, word: string): boolean {
  return node.namedChildren.some(({ text }) => text === word);
}

/** Parameters, results and generics of Rust functions, as far as callers see them. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import { type ApiParameter, type ApiSignature, normalised } from "../api/api-surface.ts";

/**
 * Generic parameters stand as `impl Bounds` in the types, so that `fn f<T: Read>(r: T)` reads as `fn f(r: impl Read)`.
 *
 * @param node `function_item` or `function_signature_item`
 * @param self the type that `Self` stands for, as written; `null` in traits and outside
 */
export function readSignature(node: SyntaxNode, self: string | null): ApiSignature {
  const bounds = boundsOf(node);
  const typeOf = (type: SyntaxNode | null) => (type === null ? null : written(type.text, bounds, self));
  const parameters: ApiParameter[] = [];
  for (const child of node.childForFieldName("parameters")?.namedChildren ?? []) {
    if (child.type === "self_parameter") {
      const text = withoutLifetimes(normalised(child.text))
        .replace(/^mut /, "")
        .replace(/ ?:.*$/, "");
      parameters.push(aParameter("self", text));
    } else if (child.type === "parameter") {
      const pattern = child.childForFieldName("pattern");
      const name = pattern?.type === "identifier" || pattern?.type === "self" ? pattern.text.replace(/^_+/, "") : "";
      // One parameter in several forms, each under its own condition: what callers on one platform see.
      if (name !== "" && parameters.some((known) => known.name === name)) continue;
      parameters.push(
        aParameter(name === "" ? `${parameters.length + 1}` : name, typeOf(child.childForFieldName("type"))),
      );
    } else if (child.type === "variadic_parameter") {
      parameters.push({ ...aParameter("...", null), passing: "rest" });
    }
  }
  const result = typeOf(node.childForFieldName("return_type")) ?? "()";
  return { parameters, result: isAsync(node) ? `impl Future<Output = ${result}>` : result };
}

function aParameter(name: string, type: string | null): ApiParameter {
  return { name, isOptional: false, passing: "position", type, default: null };
}

/** `unsafe`, `const`, `extern`: what stands before `fn`. */
export function modifiersOf(node: SyntaxNode): string[] {
  const modifiers = node.namedChildren.find((child) => child?.type === "function_modifiers");
  const words = (modifiers?.children ?? []).map((child) => (child?.type ?? "").replace("_modifier", ""));
  return words.filter((word) => word === "unsafe" || word === "const" || word === "extern");
}

function isAsync(node: SyntaxNode): boolean {
  const modifiers = node.namedChildren.find((child) => child?.type === "function_modifiers");
  return (modifiers?.children ?? []).some((child) => child?.type === "async");
}

/** Generics of a type or trait: how many parameters must be given, and all of it as written. */
export function genericsOf(node: SyntaxNode): { arity: number; text: string } {
  const parameters = node.childForFieldName("type_parameters")?.namedChildren ?? [];
  const arity = parameters.filter(
    (child) =>
      (child.type === "type_parameter" || child.type === "const_parameter") &&
      child.childForFieldName("default_type") === null,
  ).length;
  const where = node.namedChildren.find((child) => child?.type === "where_clause")?.text ?? "";
  const text = `${node.childForFieldName("type_parameters")?.text ?? ""} ${where}`;
  return { arity, text: withoutLifetimes(normalised(text)).replace(/,? ?>/g, ">").replace(/,$/, "") };
}

/** Name of each type parameter → what it must be. */
function boundsOf(node: SyntaxNode): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (name: string, bounds: SyntaxNode | null) => {
    const text = withoutLifetimes(normalised(bounds?.text ?? "").replace(/^: ?/, ""));
    const known = found.get(name);
    found.set(name, known ? `${known} + ${text}` : text);
  };
  for (const child of node.childForFieldName("type_parameters")?.namedChildren ?? []) {
    const name = child.childForFieldName("name");
    if (child.type === "type_parameter" && name !== null) add(name.text, child.childForFieldName("bounds"));
  }
  const where = node.namedChildren.find((child) => child?.type === "where_clause");
  for (const predicate of where?.namedChildren ?? []) {
    const left = predicate.childForFieldName("left");
    if (left !== null && found.has(left.text)) add(left.text, predicate.childForFieldName("bounds"));
  }
  return found;
}

function written(text: string, bounds: ReadonlyMap<string, string>, self: string | null): string {
  return withoutLifetimes(normalised(text)).replace(/\b[A-Z]\w{0,60}\b/g, (word) => {
    if (word === "Self" && self !== null) return self;
    const bound = bounds.get(word);
    return bound === undefined ? word : `impl ${bound === "" ? "Sized" : bound}`;
  });
}

/** Lifetimes are mostly inferred, and renaming one changes nothing. */
export function withoutLifetimes(text: string): string {
  return text
    .replace(/'[a-z_]\w{0,60}(: ?'[a-z_]\w{0,60})?(, ?| \+ | )?/g, "")
    .replace(/(, ?| \+ )>/g, ">")
    .replace(/<>/g, "")
    .replace(/ \+ ?$/, "");
}

/** Types of Go as other packages see them, and how functions are called. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import { type ApiParameter, type ApiSignature, normalised } from "../api/api-surface.ts";

/** What the names before a dot stand for: `sdk` → `github.com/org/sdk/types`. */
export type Imports = ReadonlyMap<string, string>;

export function importsOf(root: SyntaxNode): Imports {
  const imports = new Map<string, string>();
  for (const declaration of root.namedChildren) {
    if (declaration?.type !== "import_declaration") continue;
    for (const spec of declaration.descendantsOfType("import_spec")) {
      const path = withoutVersion(spec?.childForFieldName("path")?.text.slice(1, -1) ?? "");
      const name = spec?.childForFieldName("name")?.text ?? lastOf(path);
      if (path !== "") imports.set(name, path);
    }
  }
  return imports;
}

/** Major versions are told by `go.mod`, not by each type that comes with them. */
function withoutVersion(path: string): string {
  return path.replace(/\/v[0-9]{1,4}(?=\/|$)|\.v[0-9]{1,4}$/, "");
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/^go-/, "");
}

/** The type with whole package paths, so that it reads the same whatever a file calls its imports. */
export function typeText(node: SyntaxNode, imports: Imports): string {
  return normalised(written(node))
    .replaceAll(/\binterface ?\{ ?\}/g, "any")
    .replaceAll(/(?<![\w./])([\p{L}_][\p{L}\p{N}_]{0,100})\.(?=\p{Lu})/gu, (all, name: string) => {
      const path = imports.get(name);
      return path === undefined ? all : `${path}.`;
    });
}

/** The type without the names of parameters of functions in it. */
function written(node: SyntaxNode): string {
  if (node.type === "function_type") {
    const { parameters, result } = signatureOf(node, new Map());
    const types = parameters.map(({ passing, type }) => `${passing === "rest" ? "..." : ""}${type}`);
    return `func(${types.join(", ")})${result === "()" ? "" : ` ${result}`}`;
  }
  const isPlain = node.childCount === 0 || node.descendantsOfType("function_type").length === 0;
  return isPlain ? node.text : node.children.map((child) => (child === null ? "" : written(child))).join("");
}

/** @param callable a function, a method, or the type of one */
export function signatureOf(callable: SyntaxNode, imports: Imports): ApiSignature {
  return {
    parameters: parametersOf(callable.childForFieldName("parameters"), imports),
    result: resultOf(callable.childForFieldName("result"), imports),
  };
}

function parametersOf(list: SyntaxNode | null, imports: Imports): ApiParameter[] {
  const parameters: ApiParameter[] = [];
  const taken = new Set<string>();
  for (const declaration of list?.namedChildren ?? []) {
    const written = declaration?.childForFieldName("type");
    if (!declaration || !written) continue;
    const isRest = declaration.type === "variadic_parameter_declaration";
    const type = typeText(written, imports);
    const names = declaration.childrenForFieldName("name").flatMap((one) => (one === null ? [] : [one.text]));
    // Without a name its type is the best to call it by.
    for (const name of names.length === 0 ? ["_"] : names) {
      const called = unique(name === "_" ? normalised(written.text) : name, taken);
      parameters.push({ name: called, isOptional: isRest, passing: isRest ? "rest" : "position", type, default: null });
    }
  }
  return parameters;
}

function unique(name: string, taken: Set<string>): string {
  let one = name;
  for (let count = 2; taken.has(one); count++) one = `${name} ${count}`;
  taken.add(one);
  return one;
}

/** Types of the results without their names: `(int, error)`; `()` for none. */
function resultOf(result: SyntaxNode | null, imports: Imports): string {
  if (result === null) return "()";
  if (result.type !== "parameter_list") return typeText(result, imports);
  const types = parametersOf(result, imports).map(({ type }) => type ?? "");
  return types.length === 1 ? (types[0] ?? "") : `(${types.join(", ")})`;
}

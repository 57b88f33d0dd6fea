/** Parameters, results and modifiers as C# writes them. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import { type ApiParameter, type ApiSignature, normalised } from "../api/api-surface.ts";

export function signatureOf(node: SyntaxNode): ApiSignature {
  const parameters = node.childForFieldName("parameters");
  const result = typeOf(
    node.childForFieldName("returns") ??
      (node.type === "constructor_declaration" ? null : node.childForFieldName("type")),
  );
  return { parameters: parameters === null ? [] : parametersOf(parameters), result };
}

export function parametersOf(list: SyntaxNode): ApiParameter[] {
  const found: ApiParameter[] = [];
  for (const [index, child] of list.namedChildren.entries()) {
    if (child.type !== "parameter") continue;
    const word = child.namedChildren.find(
      ({ type, text }) => type === "modifier" && text !== "this" && text !== "scoped",
    )?.text;
    const type = typeOf(child.childForFieldName("type"));
    const hasDefault = child.children.some((one) => one.type === "=");
    const value = hasDefault ? normalised(child.namedChildren.at(-1)?.text ?? "") : null;
    const name = child.childForFieldName("name")?.text ?? `${index + 1}`;
    found.push({
      name,
      isOptional: hasDefault,
      passing: "position",
      type: word === undefined ? type : `${word} ${type}`,
      default: value,
    });
  }
  const isOpen = list.children.some((one) => one.type === "params");
  if (isOpen) {
    const type = typeOf(list.childForFieldName("type"));
    found.push({
      name: list.childForFieldName("name")?.text ?? "",
      isOptional: true,
      passing: "rest",
      type,
      default: null,
    });
  }
  return found;
}

export function typeOf(node: SyntaxNode | null): string | null {
  return node === null ? null : normalised(node.text);
}

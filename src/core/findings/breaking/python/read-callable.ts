/** How Python functions are called: parameters, results and what decorators make of them. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import { type ApiParameter, type ApiSignature, normalised } from "../api/api-surface.ts";

export interface Decorator {
  /** The name called, without arguments: `functools.cached_property`. */
  name: string;
  /** Its last part: `cached_property`. */
  last: string;
  text: string;
}

/** @param node a `decorated_definition`; anything else has no decorators */
export function decoratorsOf(node: SyntaxNode): Decorator[] {
  if (node.type !== "decorated_definition") return [];
  return node.namedChildren.flatMap((child) => {
    if (child?.type !== "decorator") return [];
    const text = normalised(child.text.slice(1));
    const name = text.split("(")[0]?.trim() ?? "";
    return [{ name, last: name.slice(name.lastIndexOf(".") + 1), text }];
  });
}

/** Decorators after which nobody calls the function as it is written: commands, routes, fixtures, validators. */
const replacing =
  /^(command|group|callback|fixture|task|shared_task|route|get|post|put|patch|delete|head|websocket|listener|hook|validator|root_validator|field_validator|model_validator|field_serializer|model_serializer|validates|receiver|singledispatch|register|pass_context|pass_obj|option|argument)$/;

/** Holds when the written parameters are those that callers give. */
export function isCalledAsWritten(decorators: readonly Decorator[]): boolean {
  return !decorators.some(({ last }) => replacing.test(last));
}

const properties = /^(\w{0,40}_?property|hybrid_property|reify)$/;

export function isProperty(decorators: readonly Decorator[]): boolean {
  return decorators.some(({ last }) => properties.test(last));
}

/** Holds for `@name.setter`, `@name.deleter` and the like: a second half of a property. */
export function isAccessor(decorators: readonly Decorator[]): boolean {
  return decorators.some(({ name, last }) => name !== last && /^(setter|deleter|expression|comparator)$/.test(last));
}

/**
 * @param definition a `function_definition`
 * @param isBound the first parameter is given by Python: `self`, `cls`
 */
export function signatureOf(definition: SyntaxNode, isBound: boolean): ApiSignature {
  const result = definition.childForFieldName("return_type");
  const all = parametersOf(definition.childForFieldName("parameters"));
  const first = all[0];
  const parameters = isBound && first !== undefined && isByPlace(first) ? all.slice(1) : all;
  return { parameters: parameters.filter(isForCallers), result: result === null ? null : normalised(result.text) };
}

/** Optional parameters with an underscore are the library's own. */
function isForCallers({ name, isOptional }: ApiParameter): boolean {
  return !(isOptional && name.startsWith("_"));
}

function isByPlace({ passing }: ApiParameter): boolean {
  return passing === "position" || passing === "either";
}

function parametersOf(list: SyntaxNode | null): ApiParameter[] {
  const parameters: ApiParameter[] = [];
  let isKeywordOnly = false;
  for (const node of list?.namedChildren ?? []) {
    if (node === null) continue;
    if (node.type === "keyword_separator") isKeywordOnly = true;
    else if (node.type === "positional_separator") {
      for (const [index, parameter] of parameters.entries())
        if (parameter.passing === "either") parameters[index] = { ...parameter, passing: "position" };
    } else {
      const parameter = parameterOf(node, isKeywordOnly);
      if (parameter === null) continue;
      parameters.push(parameter);
      if (parameter.passing === "rest") isKeywordOnly = true;
    }
  }
  return parameters;
}

function parameterOf(node: SyntaxNode, isKeywordOnly: boolean): ApiParameter | null {
  const written = nameNodeOf(node);
  if (written === null) return null;
  const name = written.text.replace(/^\*{1,2}/, "");
  const value = node.childForFieldName("value");
  const type = node.childForFieldName("type");
  const isRest = written.type === "list_splat_pattern";
  const isKeywords = written.type === "dictionary_splat_pattern";
  return {
    name,
    isOptional: value !== null || isRest || isKeywords,
    passing: isRest
      ? "rest"
      : isKeywords
        ? "keywords"
        : isKeywordOnly
          ? "keyword"
          : name.startsWith("__") && !name.endsWith("__")
            ? "position"
            : "either",
    type: type === null ? null : normalised(type.text),
    default: value === null ? null : normalised(value.text),
  };
}

function nameNodeOf(node: SyntaxNode): SyntaxNode | null {
  switch (node.type) {
    case "identifier":
    case "list_splat_pattern":
    case "dictionary_splat_pattern":
      return node;
    case "typed_parameter":
      return node.namedChildren[0] ?? null;
    case "default_parameter":
    case "typed_default_parameter":
      return node.childForFieldName("name");
    default:
      return null;
  }
}

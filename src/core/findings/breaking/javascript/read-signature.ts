/** How functions are called, and what callers give as an object written out in place. */

import type { ParamPattern, TSSignature, TSTypeAnnotation } from "oxc-parser";
import type { ApiParameter, ApiSignature } from "../api/api-surface.ts";
import type { SymbolWriter } from "./symbol-writer.ts";

export interface Called {
  signature: ApiSignature;
  /** Members of parameters whose type is an object written out in place, by the parameter's name. */
  inline: { name: string; members: TSSignature[] }[];
}

export interface Callable {
  params: ParamPattern[];
  returnType?: TSTypeAnnotation | null;
}

export function readSignature({ params, returnType }: Callable, writer: SymbolWriter): Called {
  const inline: Called["inline"] = [];
  const names = new Set<string>();
  const parameters = params.flatMap((param, place): ApiParameter[] => {
    const read = readParameter(param, writer);
    if (read.name === "this") return [];
    const { members, ...given } = read;
    // A made-up name may be that of another parameter.
    const parameter = names.has(given.name) ? { ...given, name: `${given.name}${place + 1}` } : given;
    names.add(parameter.name);
    if (members) inline.push({ name: parameter.name, members });
    return [parameter];
  });
  return { signature: { parameters, result: writer.typeText(returnType?.typeAnnotation) }, inline };
}

function readParameter(
  param: ParamPattern,
  writer: SymbolWriter,
): ApiParameter & { members: TSSignature[] | undefined } {
  if (param.type === "TSParameterProperty") return readParameter(param.parameter, writer);
  if (param.type === "AssignmentPattern") {
    const read = readParameter(param.left, writer);
    return { ...read, isOptional: true, default: writer.valueText(param.right).slice(0, 100) };
  }
  const annotation = param.typeAnnotation?.typeAnnotation;
  const members = annotation?.type === "TSTypeLiteral" ? annotation.members : undefined;
  const isRest = param.type === "RestElement";
  if (annotation?.type === "TSTypeReference" && annotation.typeName.type === "Identifier") {
    writer.given.add(annotation.typeName.name);
  }
  return {
    name: nameOf(param),
    isOptional: isRest || Boolean(param.optional),
    passing: isRest ? "rest" : "position",
    // What is written out in place is compared member by member.
    type: members ? null : writer.typeText(annotation),
    default: null,
    members,
  };
}

/** What is taken apart in place has no name of its own. */
function nameOf(param: Exclude<ParamPattern, { type: "TSParameterProperty" | "AssignmentPattern" }>): string {
  if (param.type === "Identifier") return param.name;
  if (param.type === "RestElement") return param.argument.type === "Identifier" ? param.argument.name : "rest";
  return param.type === "ObjectPattern" ? "options" : "list";
}

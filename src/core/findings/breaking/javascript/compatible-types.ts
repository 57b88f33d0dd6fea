/** Whether users of a type are content with another: assignability as far as the two texts tell. */

import type { ParamPattern, TSType } from "oxc-parser";
import type { ApiSymbol } from "../api/api-surface.ts";
import { parseType } from "./parse-module.ts";
import { keyOf } from "./read-members.ts";
import { typeCharactersMax } from "./symbol-writer.ts";
import { canonicalText } from "./type-canon.ts";
import { isInputName, isOutputName } from "./type-roles.ts";

/**
 * Holds when whoever relied on `from` is content with `to`: it is the same said otherwise, wider where callers give it, narrower where they
 * get it. What cannot be read is taken as content.
 */
export function isCompatible(
  from: string,
  to: string,
  position: "parameter" | "result" | "value",
  symbol?: ApiSymbol,
): boolean {
  if (from.length >= typeCharactersMax || to.length >= typeCharactersMax) return true;
  const [was, is] = [readType(from), readType(to)];
  if (was === null || is === null) return true;
  if (isSame(was, is) || was.type === "TSAnyKeyword" || is.type === "TSAnyKeyword") return true;
  if (position === "parameter") return fits(was, is);
  if (position === "result") return fits(is, was);
  const id = symbol?.id ?? "";
  if (isInputName(id)) return fits(was, is);
  if (isOutputName(id)) return fits(is, was);
  // Who gives and who gets it is not known: more to choose from is fine, or more to be had; what may be missing, or can no longer be chosen, is not.
  if (symbol?.kind === "field" && was.type !== "TSUnionType" && fits(is, was)) return true;
  return fits(was, is) && (!fits({ type: "TSUndefinedKeyword", start: 0, end: 0 }, is) || fits(is, was));
}

/** As the result of a function: only there may stand `x is T`. */
function readType(text: string): TSType | null {
  const read = parseType(`() => ${text}`);
  return read?.type === "TSFunctionType" ? (read.returnType?.typeAnnotation ?? null) : null;
}

function isSame(a: TSType, b: TSType): boolean {
  return canonicalText(a) === canonicalText(b);
}

/** Depth of types compared; deeper ones count as different. */
const depthMax = 30;

/** Holds when a value of type `a` can be used where `b` is asked for. */
function fits(a: TSType, b: TSType, depth: number = 0): boolean {
  if (depth > depthMax) return false;
  const next = (x: TSType, y: TSType) => fits(x, y, depth + 1);
  if (b.type === "TSAnyKeyword" || b.type === "TSUnknownKeyword" || b.type === "TSVoidKeyword") return true;
  if (a.type === "TSAnyKeyword" || a.type === "TSNeverKeyword") return true;
  if (isSame(a, b)) return true;
  if (a.type === "TSUnionType") return a.types.every((one) => next(one, b));
  if (a.type === "TSBooleanKeyword" && b.type === "TSUnionType") return hasBothTruths(b.types);
  if (b.type === "TSUnionType") return b.types.some((one) => next(a, one));
  if (b.type === "TSIntersectionType") return allFit(a, b.types, next);
  if (a.type === "TSIntersectionType") return a.types.some((one) => next(one, b));
  if (a.type === "TSLiteralType") return baseOf(a) === b.type;
  if (a.type === "TSTemplateLiteralType") return b.type === "TSStringKeyword";
  if (a.type === "TSTypeLiteral" && b.type === "TSTypeLiteral") return objectFits(a, b, next);
  const [part] = partialOf(b);
  if (part) return next(a, part);
  if (a.type === "TSFunctionType" && b.type === "TSFunctionType") return functionFits(a, b, next);
  const [list, other] = [elementOf(a), elementOf(b)];
  if (list && other) return (!list.isReadonly || other.isReadonly) && next(list.element, other.element);
  if (a.type === "TSTypeReference" && b.type === "TSTypeReference") {
    const [given, asked] = [a.typeArguments?.params ?? [], b.typeArguments?.params ?? []];
    const isAlike = canonicalText(a.typeName) === canonicalText(b.typeName) && given.length === asked.length;
    return isAlike && given.every((one, at) => next(one, asked[at] ?? one));
  }
  return b.type === "TSObjectKeyword" && (a.type === "TSTypeLiteral" || a.type === "TSFunctionType" || list !== null);
}

/** Where one part fits, another that is only named is believed to. */
function allFit(a: TSType, parts: readonly TSType[], next: Next): boolean {
  const failing = parts.filter((part) => !next(a, part));
  return failing.length < parts.length && failing.every(({ type }) => type === "TSTypeReference");
}

/** What a type asks for at most: `Partial<A>` takes an `A`. */
function partialOf(type: TSType): readonly TSType[] {
  if (type.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return [];
  const isPartial = /^(Deep)?(Partial|Readonly)$/.test(type.typeName.name);
  return isPartial ? (type.typeArguments?.params ?? []) : [];
}

function hasBothTruths(types: readonly TSType[]): boolean {
  const texts = types.map(canonicalText);
  return texts.includes("boolean") || (texts.includes("true") && texts.includes("false"));
}

function baseOf({ literal }: Extract<TSType, { type: "TSLiteralType" }>): TSType["type"] | null {
  const value = literal.type === "Literal" ? literal.value : literal.type === "UnaryExpression" ? 0 : "";
  if (typeof value === "string") return "TSStringKeyword";
  if (typeof value === "number") return "TSNumberKeyword";
  return typeof value === "boolean" ? "TSBooleanKeyword" : null;
}

function elementOf(type: TSType): { element: TSType; isReadonly: boolean } | null {
  if (type.type === "TSArrayType") return { element: type.elementType, isReadonly: false };
  if (type.type === "TSTypeOperator" && type.operator === "readonly") {
    const inner = elementOf(type.typeAnnotation);
    return inner && { ...inner, isReadonly: true };
  }
  if (type.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return null;
  const { name } = type.typeName;
  const [element] = type.typeArguments?.params ?? [];
  if (!element || (name !== "Array" && name !== "ReadonlyArray")) return null;
  return { element, isReadonly: name === "ReadonlyArray" };
}

type Next = (a: TSType, b: TSType) => boolean;
type ObjectType = Extract<TSType, { type: "TSTypeLiteral" }>;

function objectFits(a: ObjectType, b: ObjectType, next: Next): boolean {
  const [given, asked] = [fieldsOf(a), fieldsOf(b)];
  if (given === null || asked === null) return false;
  for (const [name, field] of asked) {
    const own = given.get(name);
    if (!own) {
      if (!field.isOptional) return false;
    } else if ((own.isOptional && !field.isOptional) || (own.type && field.type && !next(own.type, field.type))) {
      return false;
    }
  }
  return true;
}

/** @returns `null` where it has more than plain fields */
function fieldsOf({ members }: ObjectType): Map<string, { isOptional: boolean; type: TSType | null }> | null {
  const fields = new Map<string, { isOptional: boolean; type: TSType | null }>();
  for (const member of members) {
    const name = member.type === "TSPropertySignature" ? keyOf(member.key, member.computed) : null;
    if (member.type !== "TSPropertySignature" || name === null) return null;
    fields.set(name, { isOptional: member.optional, type: member.typeAnnotation?.typeAnnotation ?? null });
  }
  return fields;
}

type FunctionType = Extract<TSType, { type: "TSFunctionType" }>;

/** A function that takes less, or more kinds of it, does for one that takes more. */
function functionFits(a: FunctionType, b: FunctionType, next: Next): boolean {
  const [own, asked] = [a.params.map(parameterOf), b.params.map(parameterOf)];
  if (own.some(({ isRest }) => isRest) || asked.some(({ isRest }) => isRest)) return false;
  if (own.slice(asked.length).some(({ isOptional }) => !isOptional)) return false;
  for (const [at, { type }] of own.entries()) {
    const given = asked[at]?.type;
    if (type && given && !next(given, type)) return false;
  }
  const [result, wanted] = [a.returnType?.typeAnnotation, b.returnType?.typeAnnotation];
  return !result || !wanted || next(result, wanted);
}

function parameterOf(param: ParamPattern): { type: TSType | null; isOptional: boolean; isRest: boolean } {
  if (param.type === "TSParameterProperty" || param.type === "AssignmentPattern") {
    return { type: null, isOptional: true, isRest: false };
  }
  return {
    type: param.typeAnnotation?.typeAnnotation ?? null,
    isOptional: param.optional === true,
    isRest: param.type === "RestElement",
  };
}

/** Whether calls that fitted a signature still fit the new ones. */

import type { Strength } from "../../finding.ts";
import type { ApiChange, ApiLanguage } from "./api-language.ts";
import type { ApiParameter, ApiSignature, ApiSymbol } from "./api-surface.ts";

type Compatibility = Pick<ApiLanguage, "isCompatible" | "hasNamedArguments" | "hasOverloads">;
type Found = Pick<ApiChange, "rule" | "strength" | "what">;

/** Every way to call it before must be one of the ways after; the nearest one tells what is wrong. */
export function compareSignatures(base: ApiSymbol, head: ApiSymbol, language: Compatibility): ApiChange[] {
  const found = new Map<string, ApiChange>();
  const isOneGone = language.hasOverloads !== false && isOverloadGone(base, head);
  for (const before of base.signatures) {
    const differences = head.signatures.map((after) => ({
      // What takes as many is what this way to call became, whatever else is closer to it.
      distance: Math.abs(after.parameters.length - before.parameters.length),
      all: compareCall(base, before, after, language),
    }));
    if (differences.length === 0 || differences.some(({ all }) => all.length === 0)) continue;
    if (isOneGone) {
      const types = before.parameters.map(({ type, name }) => type ?? name).join(", ");
      const what = `\`${base.id}(${types})\` was removed, others of that name stay`;
      found.set(what, { rule: "overload_removed", strength: "proven", what, base, head });
      continue;
    }
    const nearest = differences.reduce((best, one) =>
      (one.distance - best.distance || one.all.length - best.all.length) < 0 ? one : best,
    );
    for (const one of nearest.all) found.set(one.what, { ...one, base, head });
  }
  return [...found.values()];
}

/** Holds when there are fewer ways to call it, and those that stay are as they were. */
function isOverloadGone(base: ApiSymbol, head: ApiSymbol): boolean {
  if (head.signatures.length >= base.signatures.length) return false;
  const before = new Set(base.signatures.map((signature) => JSON.stringify(signature)));
  return head.signatures.every((signature) => before.has(JSON.stringify(signature)));
}

function compareCall(symbol: ApiSymbol, base: ApiSignature, head: ApiSignature, language: Compatibility): Found[] {
  return [
    ...compareParameters(symbol, base.parameters, head.parameters, language),
    ...compareResult(symbol, base, head, language),
  ];
}

function compareParameters(
  symbol: ApiSymbol,
  base: readonly ApiParameter[],
  head: readonly ApiParameter[],
  language: Compatibility,
): Found[] {
  const { id } = symbol;
  const found: Found[] = [];
  const takesAny = head.some(({ passing }) => passing === "rest");
  const takesAnyName = head.some(({ passing }) => passing === "keywords");
  const partner = new Map(
    base.map((parameter, index) => [parameter, partnerOf(parameter, index, base, head, language)]),
  );
  const met = new Set(partner.values());
  for (const [parameter, now] of partner) {
    if (now === null) {
      const isTaken =
        parameter.passing === "keyword" ? takesAnyName : takesAny && (!language.hasNamedArguments || takesAnyName);
      if (!isTaken)
        found.push({
          rule: "parameter_removed",
          strength: isCatchAll(parameter) ? lossOfCatchAll(head, met) : "proven",
          what: `parameter \`${parameter.name}\` of \`${id}\` was removed`,
        });
    } else found.push(...compareParameter(symbol, parameter, now, language));
  }
  for (const parameter of head) {
    if (met.has(parameter) || parameter.isOptional || parameter.passing === "rest" || parameter.passing === "keywords")
      continue;
    found.push({
      rule: "parameter_required_added",
      strength: "proven",
      what: `\`${id}\` needs a new parameter \`${parameter.name}\``,
    });
  }
  const pushed = pushedParameter(partner, head);
  if (pushed !== null) {
    found.push({
      rule: "parameter_reordered",
      // What may be left out is given by its name, where names are given at all.
      strength: language.hasNamedArguments ? "likely" : "proven",
      what: `parameter \`${pushed.name}\` of \`${id}\` comes at a later place`,
    });
  }
  if (isReordered(partner, head)) {
    const needed = new Map([...partner].filter(([{ isOptional }]) => !isOptional));
    found.push({
      rule: "parameter_reordered",
      strength: language.hasNamedArguments && !isReordered(needed, head) ? "likely" : "proven",
      what: `the parameters of \`${id}\` come in another order`,
    });
  }
  return found;
}

/** By name where both sides have it, else by place where names do not matter to callers or that place was only renamed. */
function partnerOf(
  parameter: ApiParameter,
  index: number,
  base: readonly ApiParameter[],
  head: readonly ApiParameter[],
  { hasNamedArguments }: Compatibility,
): ApiParameter | null {
  if (isCatchAll(parameter)) return head.find(({ passing }) => passing === parameter.passing) ?? null;
  const named = head.find(({ name }) => name === parameter.name);
  if (named) return named;
  const there = head[index];
  if (!there || base.some(({ name }) => name === there.name)) return null;
  const isByPlace = parameter.passing !== "keyword" && there.passing !== "keyword";
  if (isByPlace && there.passing === parameter.passing && (!hasNamedArguments || base.length === head.length))
    return there;
  return null;
}

function compareParameter(symbol: ApiSymbol, was: ApiParameter, is: ApiParameter, language: Compatibility): Found[] {
  const found: Found[] = [];
  const one = `parameter \`${was.name}\` of \`${symbol.id}\``;
  if (was.isOptional && !is.isOptional && is.passing !== "rest" && is.passing !== "keywords") {
    found.push({ rule: "parameter_made_required", strength: "proven", what: `${one} must now be given` });
  }
  if (
    language.hasNamedArguments &&
    was.name !== is.name &&
    was.passing !== "position" &&
    was.passing !== "rest" &&
    was.passing !== "keywords"
  ) {
    // What must be given is mostly given by its place.
    const strength = was.isOptional ? "proven" : "likely";
    found.push({ rule: "parameter_renamed", strength, what: `${one} is now called \`${is.name}\`` });
  }
  if (was.passing === "either" && is.passing === "keyword") {
    found.push({
      rule: "parameter_passing_changed",
      strength: "proven",
      what: `${one} can no longer be given by position`,
    });
  } else if (was.passing === "either" && is.passing === "position" && language.hasNamedArguments) {
    found.push({
      rule: "parameter_passing_changed",
      strength: "proven",
      what: `${one} can no longer be given by name`,
    });
  }
  if (was.type !== null && is.type !== null && !isContent(was.type, is.type, "parameter", language, symbol)) {
    found.push({ rule: "parameter_type_changed", strength: "likely", what: `${one} has another type` });
  }
  if (was.default !== null && is.default !== null && was.default !== is.default) {
    found.push({ rule: "parameter_default_changed", strength: "hint", what: `${one} has another default` });
  }
  return found;
}

/** What took anything may have been written out name by name. */
function lossOfCatchAll(head: readonly ApiParameter[], met: ReadonlySet<ApiParameter | null>): Strength {
  return head.some((parameter) => parameter.isOptional && !met.has(parameter)) ? "hint" : "likely";
}

function isCatchAll({ passing }: ApiParameter): boolean {
  return passing === "rest" || passing === "keywords";
}

function isByPlace({ passing }: ApiParameter): boolean {
  return passing === "position" || passing === "either";
}

/** The first parameter that an optional new one was put before: calls by place now give its value to the new one. */
function pushedParameter(
  partner: ReadonlyMap<ApiParameter, ApiParameter | null>,
  head: readonly ApiParameter[],
): ApiParameter | null {
  const met = new Set(partner.values());
  const added = head.findIndex((parameter) => isByPlace(parameter) && parameter.isOptional && !met.has(parameter));
  if (added === -1) return null;
  for (const [parameter, now] of partner) {
    if (now !== null && isByPlace(parameter) && isByPlace(now) && head.indexOf(now) > added) return parameter;
  }
  return null;
}

/** Positions of what callers give by place must rise as before. */
function isReordered(partner: ReadonlyMap<ApiParameter, ApiParameter | null>, head: readonly ApiParameter[]): boolean {
  let last = -1;
  for (const [parameter, now] of partner) {
    if (now === null || parameter.passing === "keyword" || now.passing === "keyword" || isCatchAll(now)) continue;
    const place = head.indexOf(now);
    if (place < last) return true;
    last = place;
  }
  return false;
}

function compareResult(symbol: ApiSymbol, base: ApiSignature, head: ApiSignature, language: Compatibility): Found[] {
  if (base.result === null || head.result === null || isContent(base.result, head.result, "result", language, symbol))
    return [];
  return [{ rule: "result_type_changed", strength: "likely", what: `\`${symbol.id}\` returns another type` }];
}

/** Holds when whoever relied on the type as it was is content with the one it is. */
export function isContent(
  from: string,
  to: string,
  position: "parameter" | "result" | "value",
  { isCompatible }: Pick<ApiLanguage, "isCompatible">,
  symbol: ApiSymbol,
): boolean {
  return from === to || (isCompatible?.(from, to, position, symbol) ?? false);
}

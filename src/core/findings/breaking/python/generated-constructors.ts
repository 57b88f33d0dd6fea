/** Constructors that Python writes itself: dataclasses, attrs, pydantic and msgspec models, named tuples and typed dictionaries. */

import type { ApiParameter, ApiSignature } from "../api/api-surface.ts";
import type { Decorator } from "./read-callable.ts";

export interface Field {
  name: string;
  /** As written. */
  type: string;
  /** The default as written; `null` where there is none. */
  value: string | null;
}

/** `place`: values may be given by position; `name`: only by name; `dictionary`: keys of a dictionary. */
export type Generator = "place" | "name" | "dictionary";

const byBase: Readonly<Record<string, Generator>> = {
  NamedTuple: "place",
  BaseModel: "name",
  BaseSettings: "name",
  SQLModel: "name",
  Struct: "place",
  TypedDict: "dictionary",
};

const generating =
  /^(((pydantic\.)?dataclasses\.)?dataclass|attr\.(s|attrs|define|frozen|dataclass)|attrs\.(define|frozen|mutable)|define|frozen)$/;

/** @returns `null` for classes whose constructor is written by hand or inherited */
export function generatorOf(bases: readonly string[], decorators: readonly Decorator[]): Generator | null {
  if (decorators.some(({ name }) => generating.test(name))) return "place";
  for (const base of bases) if (Object.hasOwn(byBase, base)) return byBase[base] ?? null;
  return null;
}

interface ClassHead {
  bases: readonly string[];
  decorators: readonly Decorator[];
  /** Keyword arguments of the class: `total=False`. */
  options: readonly string[];
}

/**
 * The constructor takes what else there may be as well: fields of base classes are not seen here, and a field that is gone is told as such.
 *
 * @returns `null` when the decorator writes none
 */
export function constructorOf(
  fields: readonly Field[],
  generator: Generator,
  { bases, decorators, options }: ClassHead,
): ApiSignature | null {
  const settings = [...decorators.map(({ text }) => text), ...options].join(" ").replaceAll(" ", "");
  if (/\binit=False/.test(settings)) return null;
  const isTotal = !settings.includes("total=False");
  const isAlone = bases.every((base) => Object.hasOwn(byBase, base) || base === "object" || base === "Generic");
  let isByName = generator !== "place" || !isAlone || settings.includes("kw_only=True");
  const parameters: ApiParameter[] = [];
  for (const { name, type, value } of fields) {
    if (/\bKW_ONLY$/.test(type)) isByName = true;
    if (name.startsWith("_") || /\bClassVar\b|\bKW_ONLY$/.test(type) || /\binit\s?=\s?False/.test(value ?? ""))
      continue;
    parameters.push({
      name,
      isOptional: isLeftOut(type, value, generator, isTotal),
      passing: isByName || /\bkw_only\s?=\s?True/.test(value ?? "") ? "keyword" : "either",
      type: null,
      default: null,
    });
  }
  return { parameters: [...parameters, anyPlace, anyName], result: null };
}

function isLeftOut(type: string, value: string | null, generator: Generator, isTotal: boolean): boolean {
  if (generator === "dictionary") return isTotal ? type.includes("NotRequired[") : !/(^|\W)Required\[/.test(type);
  if (generator === "name" && /Optional\[|\bNone\b/.test(type) && value === null) return true;
  if (value === null) return false;
  const made = /^(\w+\.)?(field|Field|ib|attrib|Factory)\((.*)$/.exec(value);
  if (made === null) return true;
  const options = made[3] ?? "";
  if (/\b(default|default_factory|factory)\s?=/.test(options)) return true;
  return made[2] === "Field" && !/^(\.\.\.|\w+\s?=|\))/.test(options);
}

const anyPlace: ApiParameter = { name: "*", isOptional: true, passing: "rest", type: null, default: null };
const anyName: ApiParameter = { name: "**", isOptional: true, passing: "keywords", type: null, default: null };

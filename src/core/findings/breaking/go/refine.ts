/** Types that are written differently in Go and may be the same: aliases, named functions, types of packages not seen. */

import { folderOf } from "../../file-role.ts";
import type { ApiLanguage, PlacedChange, ReachInput } from "../api/api-language.ts";
import type { ApiSignature, ApiSymbol } from "../api/api-surface.ts";
import { compareSignatures, isContent } from "../api/compare-signatures.ts";
import { readGoFile } from "./read-file.ts";

type Names = ReadonlyMap<string, ApiSymbol>;

const typeRules = new Set(["parameter_type_changed", "result_type_changed", "value_type_changed"]);

/** Types bind everybody in Go: a change of one is proven where both are known to be different. */
export function refineWith(
  language: Pick<ApiLanguage, "isCompatible" | "hasNamedArguments">,
): (input: ReachInput) => (change: PlacedChange) => PlacedChange | null {
  return (input) => {
    const known = new Map<string, Names>();
    return (change) => {
      const { base, head, rule } = change;
      if (rule === "base_removed" && base?.kind === "struct") return null; // told as the field that it is
      // Who implements it is not troubled, only who calls it.
      if (rule === "member_removed" && base?.isAbstract) return { ...change, strength: "likely" };
      if (!typeRules.has(rule) || base === null || head === null) return change;
      const folder = folderOf(head.path);
      const names = known.get(folder) ?? typesIn(folder, input);
      known.set(folder, names);
      const shown = rule === "value_type_changed" ? { before: base.text, after: head.text } : {};
      return judged({ ...change, ...shown }, expanded(base, names), expanded(head, names), names, language);
    };
  };
}

/** Types that the changed files of a package define. */
function typesIn(folder: string, { files, contents }: ReachInput): Names {
  const names = new Map<string, ApiSymbol>();
  for (const { path } of files) {
    const text = contents.head.get(path);
    if (folderOf(path) !== folder || !path.endsWith(".go") || typeof text !== "string") continue;
    for (const [id, symbol] of readGoFile(path, text)?.symbols ?? []) if (symbol.owner === null) names.set(id, symbol);
  }
  return names;
}

function judged(
  change: PlacedChange,
  base: ApiSymbol,
  head: ApiSymbol,
  names: Names,
  language: Pick<ApiLanguage, "isCompatible" | "hasNamedArguments">,
): PlacedChange | null {
  const isValue = change.rule === "value_type_changed";
  const isStill = isValue
    ? base.type !== null && head.type !== null && !isContent(base.type, head.type, "value", language, base)
    : compareSignatures(base, head, language).some(({ what }) => what === change.what);
  if (!isStill) return null;
  const isSure = isDifferent(typesOf(base), typesOf(head), names);
  return { ...change, strength: isSure ? "proven" : "likely" };
}

const depthMax = 5;

function expanded(symbol: ApiSymbol, names: Names): ApiSymbol {
  const expand = (text: string | null) => (text === null ? null : expandedText(text, names, 0));
  return {
    ...symbol,
    type: expand(symbol.type),
    signatures: symbol.signatures.map((signature) => ({
      parameters: signature.parameters.map((parameter) => ({ ...parameter, type: expand(parameter.type) })),
      result: expand(signature.result),
    })),
  };
}

/** Aliases give way to what they stand for, named functions to their written form, which may be assigned to each other. */
function expandedText(text: string, names: Names, depth: number): string {
  if (depth >= depthMax) return text;
  return text.replaceAll(identifier, (name) => {
    const symbol = names.get(name);
    const isSame = symbol?.kind === "reexport" || symbol?.type?.startsWith("func(");
    return symbol?.type && isSame ? expandedText(symbol.type, names, depth + 1) : name;
  });
}

/** With the path of its package, if any. */
const identifier = /[\p{L}_][\p{L}\p{N}_./-]{0,300}/gu;

function typesOf({ type, signatures }: ApiSymbol): string[] {
  const signature: ApiSignature | undefined = signatures[0];
  if (!signature) return type === null ? [] : [type];
  return [...signature.parameters.map((parameter) => parameter.type ?? ""), ...resultsOf(signature.result ?? "")];
}

function resultsOf(result: string): string[] {
  const inside = result.startsWith("(") && result.endsWith(")") ? result.slice(1, -1) : result;
  return inside.includes("(") ? [inside] : inside.split(", ");
}

/** Whether the lists differ in more than names that may stand for the same. */
function isDifferent(base: readonly string[], head: readonly string[], names: Names): boolean {
  if (base.length !== head.length) return true;
  return base.some((type, index) => {
    const now = head[index] ?? "";
    return type !== now && !mayBeSame(type, now, names);
  });
}

function mayBeSame(base: string, head: string, names: Names): boolean {
  if (isUnseen(head, names)) return true;
  const was = base.match(parts) ?? [];
  const is = head.match(parts) ?? [];
  return was.length === is.length && was.every((part, index) => part === is[index] || isUnseen(is[index] ?? "", names));
}

const parts = /[\p{L}_][\p{L}\p{N}_./-]{0,300}|[^\s]/gu;

const builtin =
  /^(any|bool|byte|comparable|complex64|complex128|error|float32|float64|u?int(8|16|32|64)?|rune|string|uintptr|func|map|chan|struct|interface)$/;

/** A name that may be an alias, for all that is seen here. */
function isUnseen(text: string, names: Names): boolean {
  return /^[\p{L}_][\p{L}\p{N}_./-]{0,300}$/u.test(text) && !builtin.test(text) && !names.has(text);
}

/** What users of a unit lose between two versions of it, whoever they are. */

import type { ApiChange, ApiLanguage } from "./api-language.ts";
import type { ApiSurface, ApiSymbol, SymbolKind } from "./api-surface.ts";
import { compareSignatures, isContent } from "./compare-signatures.ts";

type Comparing = Pick<
  ApiLanguage,
  "isCompatible" | "hasNamedArguments" | "hasOverloads" | "hasInheritance" | "otherNameOf" | "compareMore" | "describe"
>;

/**
 * Members of what is gone are not told one by one.
 *
 * @param headTexts texts of the unit after the change: where a part of them was not understood, a name that still occurs is not called gone
 */
export function compareSurfaces(
  base: ApiSurface,
  head: ApiSurface,
  language: Comparing,
  headTexts: readonly string[],
): ApiChange[] {
  const found: ApiChange[] = [];
  // Known before the first is told: a member may be read before its owner where a unit is several files.
  const gone = new Set([...base.symbols.keys()].filter((id) => !head.symbols.has(id)));
  for (const symbol of base.symbols.values()) {
    const now = head.symbols.get(symbol.id);
    if (now && (symbol.isNameless || !now.isNameless)) {
      found.push(...compareSymbol(symbol, now, language));
      // What belongs to a thing of another kind is another thing.
      if (!isSameKind(symbol.kind, now.kind)) gone.add(symbol.id);
      continue;
    }
    if (isOfferedOtherwise(symbol, base, head, language)) continue;
    gone.add(symbol.id);
    if (symbol.isNameless || (symbol.owner !== null && (gone.has(symbol.owner) || isReexport(head, symbol.owner))))
      continue;
    if (!head.isWhole && headTexts.some((text) => text.includes(lastNameOf(symbol.id)))) continue;
    const one = removed(symbol, head, language);
    const heir = language.hasInheritance === false ? "none" : inheritance(symbol, base, head);
    if (heir !== "certain") found.push(heir === "possible" ? { ...one, strength: "hint" } : one);
  }
  for (const symbol of head.symbols.values()) {
    if (symbol.isAbstract && symbol.owner !== null && !base.symbols.has(symbol.id) && base.symbols.has(symbol.owner)) {
      found.push({
        rule: "abstract_member_added",
        strength: "likely",
        what: `whoever implements \`${symbol.owner}\` must provide \`${lastNameOf(symbol.id)}\``,
        base: null,
        head: symbol,
      });
    }
  }
  return found;
}

function isOfferedOtherwise(
  symbol: ApiSymbol,
  base: ApiSurface,
  head: ApiSurface,
  { otherNameOf }: Comparing,
): boolean {
  const other = otherNameOf?.(symbol) ?? null;
  return other !== null && head.symbols.has(other) && !base.symbols.has(other);
}

/** What it holds is not seen here. */
function isReexport(surface: ApiSurface, id: string): boolean {
  return surface.symbols.get(id)?.kind === "reexport";
}

/** A member may live on in a base of its owner: one that is seen to have it, or one of a class, or a new one, that nobody can look into here. */
function inheritance(symbol: ApiSymbol, base: ApiSurface, head: ApiSurface): "certain" | "possible" | "none" {
  if (symbol.owner === null) return "none";
  const member = lastNameOf(symbol.id);
  if (isNowNamed(base.symbols.get(symbol.owner), head.symbols.get(symbol.owner))) return "possible";
  const had = new Set(base.symbols.get(symbol.owner)?.bases);
  const seen = new Set<string>();
  const open = [symbol.owner];
  let isPossible = false;
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (head.symbols.has(`${id}.${member}`)) return "certain";
    const owner = head.symbols.get(id);
    if (owner) open.push(...owner.bases);
    else if (!had.has(id) || head.symbols.get(symbol.owner)?.kind === "class") isPossible = true;
  }
  return isPossible ? "possible" : "none";
}

/** What was written out in place is now given by the name of another type, whose members are not seen. */
function isNowNamed(was: ApiSymbol | undefined, is: ApiSymbol | undefined): boolean {
  if (!was || !is || was.kind === "type" || was.type !== null) return false;
  return is.kind === "type" || (is.kind === was.kind && is.type !== null);
}

function removed(symbol: ApiSymbol, head: ApiSurface, language: Comparing): ApiChange {
  const name = named(symbol, language);
  if (head.hidden.has(symbol.id)) {
    return {
      rule: "visibility_reduced",
      strength: "proven",
      what: `${name} is no longer public`,
      base: symbol,
      head: null,
    };
  }
  const rule =
    symbol.kind === "enum_member" ? "enum_member_removed" : symbol.owner === null ? "export_removed" : "member_removed";
  return { rule, strength: "proven", what: `${name} was removed`, base: symbol, head: null };
}

function compareSymbol(base: ApiSymbol, head: ApiSymbol, language: Comparing): ApiChange[] {
  const change = (
    rule: string,
    strength: ApiChange["strength"],
    what: string,
    more: Partial<ApiChange> = {},
  ): ApiChange => ({
    rule,
    strength,
    what,
    base,
    head,
    ...more,
  });
  if (base.kind === "reexport" || head.kind === "reexport") return [];
  const name = named(base, language);
  if (!isSameKind(base.kind, head.kind)) {
    return [change("symbol_kind_changed", "likely", `${name} is now a ${kindWords[head.kind]}`)];
  }
  const found = compareSignatures(base, head, language);
  if (base.type !== null && head.type !== null && !isContent(base.type, head.type, "value", language, base)) {
    found.push(
      change("value_type_changed", "likely", `${name} has another type`, { before: base.type, after: head.type }),
    );
  }
  if (base.isOptional && !head.isOptional)
    found.push(change("field_made_required", "likely", `${name} must now be given`));
  if (!base.isAbstract && head.isAbstract && !base.isOptional) {
    found.push(
      change(
        "abstract_member_added",
        "likely",
        `whoever implements \`${base.owner}\` must now provide \`${lastNameOf(base.id)}\``,
      ),
    );
  }
  if (base.value !== null && head.value !== null && base.value !== head.value) {
    found.push(change("value_changed", "hint", `${name} has another value`, { before: base.value, after: head.value }));
  }
  const lost = base.bases.filter((one) => !head.bases.includes(one));
  for (const one of lost.slice(0, 5)) {
    found.push(change("base_removed", "likely", `${name} is no longer a \`${one}\``));
  }
  return [...found, ...(language.compareMore?.(base, head) ?? [])];
}

function named(symbol: ApiSymbol, language: Comparing): string {
  return language.describe?.(symbol) ?? `${kindWords[symbol.kind]} \`${symbol.id}\``;
}

/** Kinds that users use alike. */
const alike: Partial<Record<SymbolKind, string>> = {
  function: "callable",
  method: "callable",
  constructor: "callable",
  interface: "type",
  struct: "type",
  type: "type",
};

function isSameKind(a: SymbolKind, b: SymbolKind): boolean {
  return a === b || (alike[a] !== undefined && alike[a] === alike[b]);
}

const kindWords: Record<SymbolKind, string> = {
  function: "function",
  method: "method",
  constructor: "constructor",
  class: "class",
  struct: "struct",
  interface: "interface",
  trait: "trait",
  type: "type",
  enum: "enum",
  enum_member: "enum member",
  field: "field",
  constant: "constant",
  module: "module",
  macro: "macro",
  reexport: "re-export",
};

function lastNameOf(id: string): string {
  return id.slice(Math.max(id.lastIndexOf("."), id.lastIndexOf(":")) + 1);
}

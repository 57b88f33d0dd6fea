/** What only the language knows about a difference: how sure it is, and whether it is one. */

import type { ApiChange, PlacedChange } from "../api/api-language.ts";
import type { ApiSymbol } from "../api/api-surface.ts";
import { computedBase } from "./read-values.ts";
import { starId } from "./reading.ts";
import { isInputName, isOutputName } from "./type-roles.ts";

/** Gives a change on, weaker or not at all. */
export function refineChange(change: PlacedChange): PlacedChange | null {
  const { base, head, rule } = change;
  const id = (base ?? head)?.id ?? "";
  // By custom, what starts so is for those who wrote it.
  if (/(^|\.)_[\w$]/.test(id)) return { ...change, strength: "hint" };
  switch (rule) {
    case "symbol_kind_changed":
      return base && head && isOtherKind(base, head) ? change : null;
    case "field_made_required":
      // Who is handed such a value is glad.
      if (isOutputName(id)) return null;
      return isInputName(id) ? change : { ...change, strength: "hint" };
    case "member_removed":
      return base?.kind === "constructor" ? withoutConstructor(change, base) : change;
    case "abstract_member_added":
      // It was there already; only who builds such a value is seen better now.
      if (base?.kind === "field" && !base.isOptional && !/\babstract\b/.test(head?.text ?? "")) return null;
      return head?.kind === "field" && head.owner !== null && head.isAbstract && !/\babstract\b/.test(head.text)
        ? { ...change, what: `whoever builds \`${head.owner}\` must give \`${id.slice(head.owner.length + 1)}\`` }
        : change;
    case "base_removed":
      if (change.what.includes(`\`${computedBase}\``)) return null;
      return { ...change, strength: base?.kind === "class" ? "likely" : "hint" };
    case "value_changed":
      return /^version$/i.test(id) ? null : change;
    case "parameter_required_added":
    case "parameter_made_required":
    case "parameter_removed":
    case "parameter_reordered":
      // Of a type of functions users write such ones as often as they call them: more to be given is no harm there.
      if (base?.kind === "type") return { ...change, strength: rule === "parameter_removed" ? "likely" : "hint" };
      return isTyped(change.path) ? change : { ...change, strength: "likely" };
    default:
      return change;
  }
}

/** A class without a constructor of its own takes what its base takes, which is often nothing. */
function withoutConstructor(change: PlacedChange, { signatures }: ApiSymbol): PlacedChange | null {
  const isPlain = signatures.some(({ parameters }) => parameters.length === 0);
  return isPlain ? null : { ...change, strength: "likely" };
}

/** Without types, a call with too few or too many values still runs. */
function isTyped(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
}

/** What is handed on, or computed, may be of any kind. */
function isOtherKind(base: ApiSymbol, head: ApiSymbol): boolean {
  if (isPlain(base) || isPlain(head)) return false;
  const kinds = `${base.kind} ${head.kind}`;
  // Types are alike in use, and so are functions however they are written.
  return !/^(interface|type) class$|^(function|method|constant|field) (function|method|constant|field)$|^enum_member field$/.test(
    kinds,
  );
}

function isPlain({ kind, type }: ApiSymbol): boolean {
  return (kind === "constant" || kind === "field") && type === null;
}

/** What may be missing now and could be relied on before. */
export function compareMore(base: ApiSymbol, head: ApiSymbol): ApiChange[] {
  if (base.owner === null || base.isOptional || !head.isOptional || isInputName(base.id)) return [];
  if (base.kind === "method" || base.kind === "constructor") return [];
  return [
    {
      rule: "value_type_changed",
      strength: isOutputName(base.id) ? "likely" : "hint",
      what: `field \`${base.id}\` may now be missing`,
      base,
      head,
    },
  ];
}

/** As people know it: by the word that declares it. */
export function describe({ id, text, owner, kind, path }: ApiSymbol): string {
  if (id.startsWith(starId(""))) return `all that \`${id.slice(starId("").length)}\` offers`;
  const words = kind.replace("_", " ");
  if (owner !== null) return `${words} \`${id}\``;
  if (id === "default") return `the default export of \`${path}\``;
  const declared =
    /^export\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(function|class|interface|type|enum|const|namespace)\b/.exec(
      text,
    )?.[1];
  return `exported ${declared ?? "name"} \`${id}\``;
}

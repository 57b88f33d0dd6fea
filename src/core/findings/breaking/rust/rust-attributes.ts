/** What the attributes before a Rust item say about it. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import { normalised } from "../api/api-surface.ts";

export interface RustAttributes {
  /** Not there for users: tests, things behind an unstable flag. */
  isHidden: boolean;
  /** `#[doc(hidden)]`: it can be used, and nothing is promised about it. */
  isUnpromised: boolean;
  isDeprecated: boolean;
  isNonExhaustive: boolean;
  isMacroExport: boolean;
  /** Names of derived traits, without their path. */
  derives: string[];
  /** `repr(…)` without the word; `null` where it has none. */
  repr: string | null;
  /** Value of `#[path = "…"]`. */
  path: string | null;
  /** How a function is offered as a procedural macro: its name there; `""` for the function's own. */
  procMacro: string | null;
}

const hidden = /^(test$|tokio::test|rstest|bench$|cfg\(test\)|cfg\(all\(test\b|cfg\([^)]{0,200}unstable)/;

/** @param nodes `attribute_item` or `inner_attribute_item` */
export function readAttributes(nodes: readonly SyntaxNode[]): RustAttributes {
  const found: RustAttributes = {
    isHidden: false,
    isUnpromised: false,
    isDeprecated: false,
    isNonExhaustive: false,
    isMacroExport: false,
    derives: [],
    repr: null,
    path: null,
    procMacro: null,
  };
  for (const node of nodes) {
    const text = normalised(node.text)
      .replace(/^#!?\[ ?/, "")
      .replace(/ ?\]$/, "");
    if (hidden.test(text)) found.isHidden = true;
    else if (text === "doc(hidden)") found.isUnpromised = true;
    else if (text.startsWith("deprecated")) found.isDeprecated = true;
    else if (text === "non_exhaustive") found.isNonExhaustive = true;
    else if (text.startsWith("macro_export")) found.isMacroExport = true;
    else if (text === "proc_macro" || text === "proc_macro_attribute") found.procMacro = "";
    else if (text.startsWith("proc_macro_derive("))
      found.procMacro = /^proc_macro_derive\( ?(\w{1,100})/.exec(text)?.[1] ?? "";
    found.derives.push(...derivesOf(text));
    found.repr ??= /^repr\(([^)]{1,100})\)/.exec(text)?.[1] ?? null;
    found.path ??= /^path = "([^"]{1,300})"/.exec(text)?.[1] ?? null;
  }
  return found;
}

/** Also those that a feature switches on: `cfg_attr(feature = "serde", derive(Serialize))`. */
function derivesOf(text: string): string[] {
  const inner = /\bderive\(([^)]{0,300})/.exec(text)?.[1];
  if (inner === undefined) return [];
  return inner
    .split(",")
    .map((name) => name.trim().replace(/^.*::/, ""))
    .filter((name) => name !== "");
}

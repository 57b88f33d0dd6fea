/** What `use` declarations bring into a module. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";

export interface RustUse {
  /** Of what is brought in: `["crate", "types", "Client"]`; of a glob the module whose names come. */
  path: string[];
  /** The name it has here; `null` for a glob. */
  name: string | null;
  /** Handed on to whoever can see the module. */
  isPublic: boolean;
  isUnpromised: boolean;
}

/** Levels of nested braces read. */
const depthMax = 20;

/** @param node `use_declaration` or `extern_crate_declaration` */
export function readUse(node: SyntaxNode): Omit<RustUse, "isPublic" | "isUnpromised">[] {
  if (node.type === "extern_crate_declaration") {
    const crate = node.childForFieldName("name")?.text;
    const name = node.childForFieldName("alias")?.text ?? crate;
    return crate === undefined || name === undefined ? [] : [{ path: ["", crate], name }];
  }
  const argument = node.childForFieldName("argument");
  return argument === null ? [] : [...readClause(argument, [], 0)];
}

function* readClause(
  node: SyntaxNode,
  before: readonly string[],
  depth: number,
): Iterable<Omit<RustUse, "isPublic" | "isUnpromised">> {
  if (depth > depthMax) return;
  if (node.type === "use_list") {
    for (const child of node.namedChildren) yield* readClause(child, before, depth + 1);
  } else if (node.type === "scoped_use_list") {
    const list = node.childForFieldName("list");
    if (list !== null) yield* readClause(list, [...before, ...segmentsOf(node.childForFieldName("path"))], depth + 1);
  } else if (node.type === "use_wildcard") {
    yield { path: [...before, ...segmentsOf(node.namedChild(0))], name: null };
  } else if (node.type === "use_as_clause") {
    const name = node.childForFieldName("alias")?.text ?? "_";
    if (name !== "_") yield { path: pathOf(before, node.childForFieldName("path")), name };
  } else {
    const path = pathOf(before, node);
    const name = path.at(-1);
    if (name !== undefined) yield { path, name };
  }
}

/** `{self}` stands for the module before the braces. */
function pathOf(before: readonly string[], node: SyntaxNode | null): string[] {
  const segments = segmentsOf(node);
  return before.length > 0 && segments.length === 1 && segments[0] === "self" ? [...before] : [...before, ...segments];
}

function segmentsOf(node: SyntaxNode | null): string[] {
  if (node === null) return [];
  const text = node.text.slice(0, 1000).replace(/\s/g, "");
  return text.split("::").map((segment) => segment.replace(/^r#/, ""));
}

/** Names that a Python module brings in from elsewhere, and those it says it offers. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";

export interface Imported {
  /** The module as written: `.a`, `package.b`. */
  from: string;
  /** What is taken from it; `null` when the name stands for the module. */
  name: string | null;
  /** From 1. */
  line: number;
  /** `import a as a`, which says that the name is handed on. */
  isExplicit: boolean;
  /** Only type checkers see it. */
  isForTypes: boolean;
}

/** What `__all__` holds. */
export interface DeclaredNames {
  names: Set<string>;
  /** False where a part of it is computed. */
  isWhole: boolean;
}

/** Adds what an import statement binds. @param stars gets modules all of whose names come in */
export function readImport(
  statement: SyntaxNode,
  isForTypes: boolean,
  imports: Map<string, Imported>,
  stars: string[],
): void {
  const module = statement.childForFieldName("module_name");
  const from = module === null ? null : module.text.replace(/\s+/g, "");
  if (from !== null && statement.namedChildren.some((child) => child?.type === "wildcard_import")) {
    stars.push(from);
    return;
  }
  for (const child of statement.childrenForFieldName("name")) {
    if (child === null) continue;
    const isAliased = child.type === "aliased_import";
    const name = isAliased ? (child.childForFieldName("name")?.text ?? "") : child.text;
    const alias = isAliased ? (child.childForFieldName("alias")?.text ?? "") : null;
    const common = { line: child.startPosition.row + 1, isForTypes, isExplicit: alias !== null && alias === name };
    if (from !== null) imports.set(alias ?? name, { from, name, ...common });
    else imports.set(alias ?? name.split(".")[0] ?? name, { from: alias === null ? "" : name, name: null, ...common });
  }
}

/**
 * Reads `__all__ = […]`, `__all__ += […]` and `__all__.extend(…)`.
 *
 * @param known what earlier statements said
 * @returns `known` when the statement does not speak of it
 */
export function readDeclaredNames(expression: SyntaxNode, known: DeclaredNames | null): DeclaredNames | null {
  if (expression.type === "assignment" && expression.childForFieldName("left")?.text === "__all__")
    return stringsOf(expression.childForFieldName("right"));
  const isAddition =
    expression.type === "augmented_assignment" && expression.childForFieldName("left")?.text === "__all__";
  const called = expression.type === "call" ? expression.childForFieldName("function")?.text : undefined;
  if (!isAddition && called !== "__all__.extend" && called !== "__all__.append") return known;
  const more = stringsOf(expression.childForFieldName(isAddition ? "right" : "arguments"));
  return {
    names: new Set([...(known?.names ?? []), ...more.names]),
    isWhole: (known?.isWhole ?? true) && more.isWhole,
  };
}

const lists = new Set(["list", "tuple", "argument_list", "parenthesized_expression", "expression_list", "set"]);

function stringsOf(node: SyntaxNode | null): DeclaredNames {
  const names = new Set<string>();
  let isWhole = true;
  const visit = (one: SyntaxNode | null, depth: number): void => {
    if (one === null || one.type === "comment") return;
    if (one.type === "string") {
      const content = one.namedChildren.find((child) => child?.type === "string_content");
      if (content) names.add(content.text);
    } else if (depth < 5 && (lists.has(one.type) || one.type === "binary_operator")) {
      for (const child of one.namedChildren) visit(child, depth + 1);
    } else isWhole = false;
  };
  visit(node, 0);
  return { names, isWhole };
}

/**
 * Names that a module's `__getattr__` asks for: `if name == "A"`, `if name in ("A", "B")`.
 *
 * @see https://peps.python.org/pep-0562/
 * @returns the line of each, from 1
 */
export function namesOnDemand(definition: SyntaxNode): Map<string, number> {
  const parameter = definition.childForFieldName("parameters")?.namedChildren[0]?.text.split(":")[0]?.trim() ?? "";
  const names = new Map<string, number>();
  for (const comparison of definition.childForFieldName("body")?.descendantsOfType("comparison_operator") ?? []) {
    if (comparison?.namedChildren[0]?.text !== parameter || /\b(not in|!=)/.test(comparison.text)) continue;
    for (const content of comparison.descendantsOfType("string_content")) {
      if (content !== null && /^[A-Za-z]\w{0,100}$/.test(content.text))
        names.set(content.text, content.startPosition.row + 1);
    }
  }
  return names;
}

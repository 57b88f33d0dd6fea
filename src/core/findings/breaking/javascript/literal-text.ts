import type { Expression } from "oxc-parser";

/** Longest literal that is told. */
const charactersMax = 200;

/** A plain value as written, quotes alike; `null` for what is computed. */
export function literalText(node: Expression | null | undefined): string | null {
  if (!node) return null;
  const inner = bare(node);
  if (inner.type === "Literal") {
    const text = typeof inner.value === "string" ? JSON.stringify(inner.value) : inner.raw;
    return text !== null && text.length <= charactersMax ? text : null;
  }
  if (inner.type === "UnaryExpression" && (inner.operator === "-" || inner.operator === "!")) {
    const text = literalText(inner.argument);
    return text === null ? null : `${inner.operator}${text}`;
  }
  if (inner.type === "TemplateLiteral" && inner.expressions.length === 0) {
    const text = inner.quasis[0]?.value.cooked;
    return typeof text === "string" && text.length <= charactersMax ? JSON.stringify(text) : null;
  }
  return null;
}

/** The expression below `as`, `satisfies`, `!` and the like. */
export function bare(node: Expression): Expression {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
    case "TSNonNullExpression":
    case "ParenthesizedExpression":
      return bare(node.expression);
    default:
      return node;
  }
}

/** One text for types that are the same, however they are written. */

interface AnyNode {
  type: string;
  [key: string]: unknown;
}

const depthMax = 60;

/** Quotes, white space, order of a union's members, names of parameters, `Array<T>` and where a name is imported from make no difference. */
export function canonicalText(node: unknown, depth: number = 0): string {
  if (!isNode(node) || depth > depthMax) return "…";
  const inner = (key: string) => canonicalText(node[key], depth + 1);
  switch (node.type) {
    case "TSUnionType":
    case "TSIntersectionType": {
      const mark = node.type === "TSUnionType" ? " | " : " & ";
      return `(${listOf(node.types, depth).sort().join(mark)})`;
    }
    case "TSTypeReference": {
      const [first, another] = argumentsOf(node, depth);
      const name = inner("typeName");
      if (name === "Array" && first !== undefined && another === undefined) return `${first}[]`;
      if (name === "ReadonlyArray" && first !== undefined && another === undefined) return `readonly ${first}[]`;
      return withArguments(name, node, depth);
    }
    case "TSImportType":
      return withArguments(isNode(node.qualifier) ? inner("qualifier") : "import", node, depth);
    case "TSArrayType":
      return `${inner("elementType")}[]`;
    case "TSTypeOperator":
      return `${String(node.operator)} ${inner("typeAnnotation")}`;
    case "TSQualifiedName":
      return `${inner("left")}.${inner("right")}`;
    case "TSTypeAnnotation":
    case "TSParenthesizedType":
      return inner("typeAnnotation");
    case "TSLiteralType":
      return inner("literal");
    case "Literal":
      return typeof node.value === "string" ? JSON.stringify(node.value) : String(node.raw ?? node.value);
    case "Identifier":
      return isNode(node.typeAnnotation)
        ? `_${node.optional ? "?" : ""}: ${inner("typeAnnotation")}`
        : String(node.name);
    case "TSTypeLiteral":
      return `{ ${listOf(node.members, depth).sort().join("; ")} }`;
    default:
      return /^TS[A-Za-z]+Keyword$/.test(node.type)
        ? node.type.slice(2, -"Keyword".length).toLowerCase()
        : partsOf(node, depth);
  }
}

function withArguments(name: string, node: AnyNode, depth: number): string {
  const given = argumentsOf(node, depth);
  return given.length === 0 ? name : `${name}<${given.join(", ")}>`;
}

function argumentsOf({ typeArguments }: AnyNode, depth: number): string[] {
  return isNode(typeArguments) ? listOf(typeArguments.params, depth) : [];
}

function listOf(nodes: unknown, depth: number): string[] {
  return Array.isArray(nodes) ? nodes.map((one) => canonicalText(one, depth + 1)) : [];
}

/** Any other node: its kind with all that is in it. */
function partsOf(node: AnyNode, depth: number): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (key === "start" || key === "end" || key === "parent" || key === "type") continue;
    // Names of parameters mean nothing to callers.
    if (key === "params") parts.push(`(${listOf(value, depth).map(withoutName).join(", ")})`);
    else if (Array.isArray(value)) parts.push(`${key}=[${listOf(value, depth).join(", ")}]`);
    else if (isNode(value)) parts.push(`${key}=${canonicalText(value, depth + 1)}`);
    else if (value !== null && value !== undefined && value !== false) parts.push(`${key}=${JSON.stringify(value)}`);
  }
  return `${node.type}(${parts.join(" ")})`;
}

function withoutName(parameter: string): string {
  return parameter.replace(/^[\w$]{1,200}$/, "_");
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Whether a Python annotation still suits whoever relied on another one. */

const depthMax = 20;

/** Names that mean the same, in the form of today. */
const today: Readonly<Record<string, string>> = {
  List: "list",
  Dict: "dict",
  Tuple: "tuple",
  Set: "set",
  FrozenSet: "frozenset",
  Type: "type",
  Text: "str",
  AbstractSet: "Set",
  DefaultDict: "defaultdict",
  Deque: "deque",
  NoReturn: "Never",
  NoneType: "None",
};

/** Which wider names take values of a narrower one. */
const wider: Readonly<Record<string, readonly string[]>> = {
  list: ["MutableSequence", "Sequence", "Collection", "Iterable", "Sized", "Container", "Reversible"],
  tuple: ["Sequence", "Collection", "Iterable", "Sized", "Container"],
  set: ["MutableSet", "Set", "Collection", "Iterable", "Sized", "Container"],
  frozenset: ["Set", "Collection", "Iterable", "Sized", "Container"],
  dict: ["MutableMapping", "Mapping", "Collection", "Iterable", "Sized"],
  MutableMapping: ["Mapping"],
  MutableSequence: ["Sequence", "Collection", "Iterable"],
  Sequence: ["Collection", "Iterable", "Sized", "Container", "Reversible"],
  Mapping: ["Collection", "Iterable"],
  Collection: ["Iterable", "Container", "Sized"],
  Set: ["Collection", "Iterable"],
  Generator: ["Iterator", "Iterable"],
  AsyncGenerator: ["AsyncIterator", "AsyncIterable"],
  Iterator: ["Iterable"],
  AsyncIterator: ["AsyncIterable"],
  Coroutine: ["Awaitable"],
  bool: ["int", "float"],
  int: ["float", "complex"],
  float: ["complex"],
  LiteralString: ["str"],
  Path: ["PathLike"],
};

interface Type {
  name: string;
  arguments: readonly Type[][];
}

/** Holds when every value (parameter) or every use (result, value) of `from` is fine with `to`. What is not understood is not fine. */
export function isCompatibleType(from: string, to: string, position: "parameter" | "result" | "value"): boolean {
  const before = parseUnion(from);
  const after = parseUnion(to);
  if (position === "parameter") return takes(before, after, 0);
  if (position === "result") return takes(after, before, 0);
  return takes(before, after, 0) && takes(after, before, 0);
}

/** Holds when each of the values may stand where the types are asked for. */
function takes(values: readonly Type[], types: readonly Type[], depth: number): boolean {
  if (depth > depthMax) return false;
  return values.every((value) => types.some((type) => takesOne(value, type, depth)));
}

function takesOne(value: Type, type: Type, depth: number): boolean {
  if (anything.has(type.name) || value.name === "Any" || value.name === "Never") return true;
  if (value.name !== type.name)
    return (wider[value.name] ?? []).includes(type.name) && sameArguments(value, type, depth);
  if (value.name === "Literal") return includesAll(value, type);
  return sameArguments(value, type, depth);
}

/** `Self` is what the class says it is, and nobody misses a type where anything was allowed. */
const anything = new Set(["Any", "object", "Self", "Incomplete"]);

function sameArguments(value: Type, type: Type, depth: number): boolean {
  if (value.arguments.length === 0 || type.arguments.length === 0) return true;
  if (value.arguments.length !== type.arguments.length) return value.name !== type.name;
  return value.arguments.every((one, index) => takes(one, type.arguments[index] ?? [], depth + 1));
}

function includesAll(value: Type, type: Type): boolean {
  const allowed = new Set(type.arguments.flat().map(({ name }) => name));
  return value.arguments.flat().every(({ name }) => allowed.has(name));
}

/** Splits `A | Optional[B]` into its members; quotes, module names and wrappers without a meaning for callers are taken off. */
function parseUnion(text: string, depth = 0): Type[] {
  if (depth > depthMax) return [{ name: text, arguments: [] }];
  return splitAt(unquoted(text), "|").flatMap((part) => parseMember(part, depth));
}

function parseMember(part: string, depth: number): Type[] {
  const text = unquoted(part);
  const open = text.indexOf("[");
  const written = open === -1 ? text : text.slice(0, open);
  const last = written.slice(written.lastIndexOf(".") + 1).trim();
  const name = today[last] ?? last;
  if (open === -1 || !text.endsWith("]")) return [{ name: open === -1 ? name : text, arguments: [] }];
  const inside = splitAt(text.slice(open + 1, -1), ",").filter((one) => one !== "");
  if (name === "Optional") return [...parseUnion(inside[0] ?? "", depth + 1), { name: "None", arguments: [] }];
  if (name === "Union") return inside.flatMap((one) => parseUnion(one, depth + 1));
  if (wrappers.has(name)) return parseUnion(inside[0] ?? "", depth + 1);
  if (name === "Literal") return [{ name, arguments: inside.map((one) => [{ name: one, arguments: [] }]) }];
  if (name === "") return [{ name: "[]", arguments: inside.map((one) => parseUnion(one, depth + 1)) }];
  return [{ name, arguments: inside.map((one) => parseUnion(one, depth + 1)) }];
}

const wrappers = new Set([
  "Annotated",
  "Final",
  "ClassVar",
  "Required",
  "NotRequired",
  "ReadOnly",
  "InitVar",
  "Mapped",
]);

/** Without quotes or parentheses around the whole. */
function unquoted(text: string): string {
  const trimmed = text.trim();
  const quote = trimmed[0];
  const isQuoted = (quote === '"' || quote === "'") && trimmed.endsWith(quote) && !trimmed.slice(1, -1).includes(quote);
  const isWrapped = quote === "(" && trimmed.endsWith(")") && !trimmed.slice(1, -1).includes("(");
  return isQuoted || isWrapped ? trimmed.slice(1, -1).trim() : trimmed;
}

/** Splits outside of brackets and quotes. */
function splitAt(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = "";
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === "[" || character === "(") depth++;
    else if (character === "]" || character === ")") depth--;
    else if (character === separator && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...parts, text.slice(start).trim()];
}

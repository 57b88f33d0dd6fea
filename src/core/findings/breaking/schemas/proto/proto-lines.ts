/** Where the definitions of a `.proto` file stand: the parser keeps no positions, its tokens do. */

import protobuf from "protobufjs";

/**
 * @param source valid Protocol Buffers
 * @returns the line, from 1, of a name such as `Order`, `Order.id`, `Orders.Get` or `package`
 */
export function protoLines(source: string): (path: string) => number | null {
  const found = new Map<string, number>();
  const tokens = protobuf.tokenize(source, false);
  const scopes: string[] = [""];
  const note = (name: string, line: number) => {
    const path = join(scopes.at(-1) ?? "", name);
    if (!found.has(path)) found.set(path, line);
  };
  let first: string | null = null;
  let last = "";
  let opens: string | null = null;
  let brackets = 0;
  for (let token = tokens.next(); token !== null; token = tokens.next()) {
    if (token === '"' || token === "'") {
      tokens.next();
      tokens.next();
      continue;
    }
    if (token === "[") brackets++;
    else if (token === "]") brackets--;
    else if (token === "{") scopes.push(opens ?? scopes.at(-1) ?? "");
    else if (token === "}" && scopes.length > 1) scopes.pop();
    else if (token === "=" && brackets === 0 && first !== "option") note(last, tokens.line);
    else if (last === first && isOpener(first)) {
      note(token, tokens.line);
      opens = join(scopes.at(-1) ?? "", token);
    } else if (last === first && (first === "rpc" || first === "oneof")) note(token, tokens.line);
    else if (first === null && token === "package") note("package", tokens.line);
    if (token === ";" || token === "{" || token === "}") {
      first = null;
      opens = null;
    } else first ??= token;
    last = token;
  }
  return (path) => found.get(path) ?? null;
}

function isOpener(word: string | null): boolean {
  return word === "message" || word === "enum" || word === "service";
}

function join(scope: string, name: string): string {
  return scope === "" ? name : `${scope}.${name}`;
}

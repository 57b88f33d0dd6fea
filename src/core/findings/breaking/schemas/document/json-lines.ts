/** Lines of a JSON text by path: `JSON.parse` keeps none, and a parser that does is ten times slower. */

import type { Path } from "./read-document.ts";

/** @param source valid JSON: the pattern is only linear on that */
export function jsonLines(source: string): (path: Path) => number | null {
  const found = new Map<string, number>();
  const stack: { prefix: string; index: number | null; key: string }[] = [];
  let line = 1;
  let counted = 0;
  let last = "";
  for (const match of source.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs)) {
    const token = match[0];
    for (; counted < match.index; counted++) if (source.charCodeAt(counted) === 10) line++;
    const top = stack.at(-1);
    if (token === ":" && top) {
      top.key = key(last);
      found.set(`${top.prefix}/${top.key}`, line);
    } else if (token === "," && top) {
      if (top.index !== null) top.index++;
    } else if (token === "}" || token === "]") stack.pop();
    else if (token !== ":" && top?.index !== null && top !== undefined) found.set(`${top.prefix}/${top.index}`, line);
    if (token === "{" || token === "[") {
      const prefix = top ? `${top.prefix}/${top.index ?? top.key}` : "";
      stack.push({ prefix, index: token === "[" ? 0 : null, key: "" });
    }
    last = token;
  }
  return (path) => (path.length === 0 ? 1 : (found.get(`/${path.join("/")}`) ?? null));
}

function key(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}

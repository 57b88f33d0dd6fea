/** Empties the blocks of statements in a written syntax tree: passing over their text costs less than half of building them. */

/** How a block begins. In texts of the program the quotation marks are escaped, so that none looks like it. */
const block = '{"type":"BlockStatement","body":[';

/**
 * @param json an ESTree as the parser writes it: compact, a block's type and list first; written in another way, it stays as it is
 * @returns the same with `"body":[]` in every block
 */
export function withoutBodies(json: string): string {
  const kept: string[] = [];
  let from = 0;
  for (let at = json.indexOf(block); at !== -1; at = json.indexOf(block, from)) {
    kept.push(json.slice(from, at + block.length));
    from = endOfList(json, at + block.length);
  }
  return kept.length === 0 ? json : kept.join("") + json.slice(from);
}

/** @param start behind the bracket that opens the list; @returns where the one that closes it stands */
function endOfList(json: string, start: number): number {
  let depth = 1;
  for (let at = start; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === 34) at = endOfText(json, at + 1);
    else if (code === 91) depth++;
    else if (code === 93 && --depth === 0) return at;
  }
  return json.length;
}

/** @returns where the mark stands that ends a text */
function endOfText(json: string, start: number): number {
  for (let at = start; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === 34) return at;
    if (code === 92) at++; // What stands behind a backslash is a part of the text.
  }
  return json.length;
}

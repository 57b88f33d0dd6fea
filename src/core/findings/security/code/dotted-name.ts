/** Names as every language writes them, in one form. */

const charactersMax = 400;
const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "<": ">" };

/**
 * `A::b`, `$a->b`, `a?.b`, `a["b"]` and `a.b` are all dotted paths; arguments and type arguments are left out: `a(1).b` is `a().b`.
 *
 * @param text an expression as written; the start of a long one is read
 */
export function dottedName(text: string): string {
  const source = text
    .slice(0, charactersMax)
    .replace(/^(?:(?:new|await)\s{1,9}|[&*]\s{0,9})/, "")
    .replaceAll(/\s+/g, "")
    .replaceAll(/::|\?\.|\?->|->|&\./g, ".");
  let name = "";
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at);
    const close = closing[character];
    // What a text says is no name.
    if (character === '"' || character === "'" || character === "`") at = endOfText(source, at, character);
    else if (close !== undefined) {
      const end = endOf(source, at, character, close);
      name += character === "[" ? keyOf(source.slice(at + 1, end)) : character === "(" ? "()" : "";
      at = end;
    } else if (/[\w.]/.test(character) || character > "\u007f") name += character;
  }
  return name.replace(/^\.+|\.+$/g, "");
}

/** Where the bracket that opens at `start` closes; the end of what is cut off. */
function endOf(source: string, start: number, open: string, close: string): number {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === open) depth++;
    else if (character === close && --depth === 0) return at;
  }
  return source.length;
}

function endOfText(source: string, start: number, quote: string): number {
  const end = source.indexOf(quote, start + 1);
  return end === -1 ? source.length : end;
}

function keyOf(inside: string): string {
  const key = /^[:"'`]{1,2}([\w.-]{1,100})["'`]?$/.exec(inside)?.[1];
  return key === undefined ? "[]" : `.${key}`;
}

/** JSON with comments, without them; trailing commas and the rest of JSON5 are read as YAML. One look at each character; tabs are no indentation there. */
export function withoutJsonComments(text: string): string {
  let result = "";
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const one = text.charAt(at);
    if (quote !== "") {
      result += one;
      if (one === "\\") result += text.charAt(++at);
      else if (one === quote) quote = "";
    } else if (one === '"' || one === "'") {
      quote = one;
      result += one;
    } else if (one === "/" && text.charAt(at + 1) === "/") {
      const end = text.indexOf("\n", at);
      at = end === -1 ? text.length : end - 1;
    } else if (one === "/" && text.charAt(at + 1) === "*") {
      const end = text.indexOf("*/", at + 2);
      at = end === -1 ? text.length : end + 1;
    } else result += one === "\t" ? " " : one;
  }
  return result;
}

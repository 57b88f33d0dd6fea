/** The parser below oxc-parser's wrapper; the package exports it without types. */
declare module "oxc-parser/src-js/bindings.js" {
  import type { ParseResult, ParserOptions } from "oxc-parser";

  /** `program` is the syntax tree as JSON text, handed over and freed by the parser when it is first read. */
  type RawParseResult = Omit<ParseResult, "program"> & { program: string };

  export function parseSync(filename: string, sourceText: string, options?: ParserOptions): RawParseResult;
}

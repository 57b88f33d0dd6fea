/** The parsers of the findings in a bundle that installs nothing: compiled for no platform, and read from beside it when they are needed. */

import { grammarFiles } from "../../src/core/findings/syntax/grammars.ts";
import type { BundleOptions } from "./bundle.ts";

export const bundledParsers: Pick<BundleOptions, "substitutes" | "files"> = {
  substitutes: {
    "src/core/findings/syntax/locate-grammar.ts": "scripts/bundle/beside/locate-grammar.ts",
    "oxc-parser/src-js/bindings.js": "scripts/bundle/beside/oxc-bindings.ts",
  },
  files: [
    ...Object.values(grammarFiles),
    "web-tree-sitter/web-tree-sitter.wasm",
    "libpg-query/wasm/libpg-query.wasm",
    "oxc-parser/parser.wasm32-wasip1.wasm",
  ],
};

/** The parsers of the findings in a bundle: compiled for no platform, and read from beside it when they are needed. */

import { grammarFiles } from "../../src/core/findings/syntax/grammars.ts";
import type { BundleOptions } from "./bundle.ts";

/** Relative ones lie in the project. */
const grammars = Object.values(grammarFiles).map((file) => file.replace(/^(?:\.\.\/)+/, "./"));

type Parsers = Required<Pick<BundleOptions, "substitutes" | "files">>;

/** All but the one for scripts, which npm installs for the platform at hand. */
export const parsersBeside: Parsers = {
  substitutes: { "src/core/findings/syntax/locate-grammar.ts": "scripts/bundle/beside/locate-grammar.ts" },
  files: [...grammars, "web-tree-sitter", "web-tree-sitter/web-tree-sitter.wasm", "libpg-query/wasm/libpg-query.wasm"],
};

/** Where nothing is installed. */
export const allParsersBeside: Parsers = {
  substitutes: {
    ...parsersBeside.substitutes,
    "oxc-parser/src-js/bindings.js": "scripts/bundle/beside/oxc-bindings.ts",
  },
  files: [...parsersBeside.files, "oxc-parser/parser.wasm32-wasip1.wasm"],
};

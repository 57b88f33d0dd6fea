/** The parsers of the findings in a bundle: compiled for no platform, and read from beside it when they are needed. */

import { grammarFiles } from "../../src/core/findings/syntax/grammars.ts";
import type { BundleOptions } from "./bundle.ts";

/** Relative ones lie in the project. */
const grammars = Object.values(grammarFiles).map((file) => file.replace(/^(?:\.\.\/)+/, "./"));
const programs = ["web-tree-sitter", "web-tree-sitter/web-tree-sitter.wasm", "libpg-query/wasm/libpg-query.wasm"];
const parserFiles = "src/core/findings/syntax/parser-files.ts";

type Parsers = Required<Pick<BundleOptions, "substitutes" | "files" | "compressedFiles">>;

/** All but the one for scripts, which npm installs for the platform at hand. */
export const parsersBeside: Parsers = {
  substitutes: { [parserFiles]: "scripts/bundle/beside/parser-files.ts" },
  files: [...grammars, ...programs],
  compressedFiles: [],
};

/** Where nothing is installed, and all of it is fetched each time it runs. */
export const allParsersBeside: Parsers = {
  substitutes: {
    [parserFiles]: "scripts/bundle/beside/compressed-parser-files.ts",
    "oxc-parser/src-js/bindings.js": "scripts/bundle/beside/oxc-bindings.ts",
  },
  files: [...programs, "oxc-parser/parser.wasm32-wasip1.wasm"],
  compressedFiles: grammars,
};

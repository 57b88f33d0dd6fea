/** Compiled WebAssembly that the judgement reads when it needs it; in a bundle it lies beside the JavaScript. */

import { copyFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { grammarFiles } from "../../src/core/findings/syntax/grammars.ts";
import type { Rewrite } from "./rewrite.ts";

const require = createRequire(import.meta.url);

export const wasmRewrites: readonly Rewrite[] = [
  {
    of: "src/core/findings/syntax/load-grammar.ts",
    from: "specifiers.resolve(specifier)",
    to: 'new URL(specifier.slice(specifier.lastIndexOf("/") + 1), import.meta.url)',
  },
];

/** Copies the parsers' own WebAssembly and every grammar into a folder. @returns the names of the files */
export async function copyWasm(outDir: string): Promise<string[]> {
  const parsers = ["web-tree-sitter/web-tree-sitter.wasm", "libpg-query/wasm/libpg-query.wasm"];
  const files = [...parsers, ...Object.values(grammarFiles)].map((specifier) => require.resolve(specifier));
  for (const file of files) await copyFile(file, join(outDir, basename(file)));
  return files.map((file) => basename(file));
}

/** As `parser-files.ts` beside this, with the grammars at a tenth of their size. */

import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";

export { locateTreeSitter } from "./parser-files.ts";

const decompress = promisify(brotliDecompress);

export async function readGrammar(specifier: string): Promise<Uint8Array> {
  return decompress(await readFile(join(import.meta.dirname, `${basename(specifier)}.br`)));
}

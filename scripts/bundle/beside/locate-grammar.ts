/** Stands in a bundle for `src/core/findings/syntax/locate-grammar.ts`: grammars lie beside the bundle. */

import { basename, join } from "node:path";

export function locateGrammar(specifier: string): string {
  return join(import.meta.dirname, basename(specifier));
}

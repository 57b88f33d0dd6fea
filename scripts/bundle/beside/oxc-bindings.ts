/**
 * Stands in a bundle for `oxc-parser/src-js/bindings.js`: the same parser, compiled to WebAssembly rather than for one platform, so that the
 * bundle runs wherever Node does and installs nothing. Its answers are the same, it takes some two and a half times as long.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { instantiateNapiModuleSync } from "@emnapi/core";
import { createContext } from "@emnapi/runtime";
import type { parseSync as ParseSync } from "oxc-parser/src-js/bindings.js";

type Parsed = ReturnType<typeof ParseSync>;

const file = join(import.meta.dirname, "parser.wasm32-wasip1.wasm");
let parser: { parseSync: typeof ParseSync } | null = null;

/**
 * What cannot be parsed within the stack counts as text with a mistake, where the native parser would end the process. It is reached earlier:
 * at some hundred brackets within each other rather than thousands.
 */
export const parseSync: typeof ParseSync = (filename, sourceText, options) => {
  try {
    parser ??= load();
    const { program, errors, module } = parser.parseSync(filename, sourceText.toWellFormed(), options);
    return { program, errors, module } as Parsed;
  } catch (error) {
    parser = null; // After a trap its memory may be in any state.
    if (!(error instanceof RangeError || error instanceof WebAssembly.RuntimeError)) throw error;
    const mistake = { severity: "Error", message: error.message, labels: [], helpMessage: null, codeframe: null };
    return { program: "", errors: [mistake], module: { hasModuleSyntax: false } } as unknown as Parsed;
  }
};

/** In pages of 64 KiB: as the parser's own loader has it at first, and no more than a gibibyte. */
const pages = { initial: 4_000, maximum: 16_384 };

function load(): { parseSync: typeof ParseSync } {
  const memory = new WebAssembly.Memory(pages);
  const { napiModule } = instantiateNapiModuleSync(readFileSync(file), {
    context: createContext(),
    asyncWorkPoolSize: 0,
    wasi: systemOf(memory),
    overwriteImports: (imports) => {
      imports.env = { ...imports.env, ...imports.napi, ...imports.emnapi, memory };
      return imports;
    },
    beforeInit: ({ instance }) => {
      for (const [name, register] of Object.entries(instance.exports)) {
        if (name.startsWith("__napi_register__") && typeof register === "function") register();
      }
    },
  });
  return napiModule.exports as { parseSync: typeof ParseSync };
}

const notSupported = 52;

/** All that the parser asks of a system: random numbers for its hash tables, an empty environment, and nowhere to write. */
function systemOf(memory: WebAssembly.Memory) {
  const wasiImport = {
    random_get(start: number, length: number): number {
      crypto.getRandomValues(new Uint8Array(memory.buffer, start, length));
      return 0;
    },
    environ_sizes_get(count: number, size: number): number {
      const view = new DataView(memory.buffer);
      view.setUint32(count, 0, true);
      view.setUint32(size, 0, true);
      return 0;
    },
    environ_get: (): number => 0,
    fd_write: (): number => notSupported,
    proc_exit(code: number): never {
      throw new WebAssembly.RuntimeError(`the parser ended with ${code}`);
    },
  };
  return { wasiImport, start: () => 0, initialize: (instance: WebAssembly.Instance) => initialize(instance) };
}

function initialize({ exports }: WebAssembly.Instance): void {
  if (typeof exports._initialize === "function") exports._initialize();
}

/** The little of WebAssembly's interface that is used here; TypeScript has the whole only among a browser's. */
declare namespace WebAssembly {
  class Memory {
    constructor(limits: { initial: number; maximum: number });
    readonly buffer: ArrayBuffer;
  }
  class RuntimeError extends Error {}
  interface Instance {
    exports: Record<string, unknown>;
  }
}

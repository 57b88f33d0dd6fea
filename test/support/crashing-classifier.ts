/** Classifies like the program itself, but dies of a text that says "crash", as native parsers may of one. */

import type { ClassifyTask } from "../../src/handlers/classify-process.ts";

process.on("message", ({ input }: ClassifyTask) => {
  if ([...input.contents.head.values()].includes("crash")) process.kill(process.pid, "SIGSEGV");
});
await import("../../src/handlers/classify-process.ts");

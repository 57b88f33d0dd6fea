#!/usr/bin/env node
// Starts the command line. Plain JavaScript, so that an old Node says what it lacks, and so that nothing has to be compiled before the
// compile cache is on: together they save a third of a cold start.
import "../scripts/require-node-24.mjs";
import module from "node:module";

module.enableCompileCache?.();
// Imports here name files as they are called: what Node would find out about each, whether it is there, a link or TypeScript, is known.
module.registerHooks({
  resolve: (specifier, context, next) =>
    specifier.startsWith(".") && specifier.endsWith(".ts") && context.parentURL?.startsWith("file:")
      ? { url: new URL(specifier, context.parentURL).href, format: "module-typescript", shortCircuit: true }
      : next(specifier, context),
});
const { main } = await import("../src/cli/main.ts");
process.exitCode = await main(process.argv.slice(2));

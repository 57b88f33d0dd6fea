#!/usr/bin/env node
// Plain and alone, so that an old Node says what it lacks, and so that what is loaded next comes from the compile cache.
import module from "node:module";

const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  console.error(`Holdpoint needs Node 24 or newer and found ${process.version}.`);
  process.exit(2);
}
module.enableCompileCache?.();
const { main } = await import("../dist/cli.mjs");
process.exitCode = await main(process.argv.slice(2));

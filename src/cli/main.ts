#!/usr/bin/env node
/** The command line: the table of commands. Each command's code is loaded only when it is asked for. */

import { enableCompileCache } from "node:module";

// Halves the start of everything below; where the cache cannot be written, nothing changes.
enableCompileCache();

const { runCli } = await import("./run-cli.ts");
const { processIo } = await import("./io.ts");

process.exitCode = await runCli(process.argv.slice(2), processIo());

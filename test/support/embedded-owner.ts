/** A process that owns an embedded database: says `up <socket directory>`, or `refused: <why>` and ends. */

import { startEmbeddedDatabase } from "../../src/store/embedded/embedded-database.ts";
import { silentLog } from "./silent-log.ts";

const dataDir = process.argv[2] ?? "";
try {
  const { connection, failed } = await startEmbeddedDatabase({ dataDir, log: silentLog });
  process.stdout.write(`up ${connection.host}\n`);
  void failed.then(() => process.stdout.write("failed\n"));
} catch (error) {
  process.stdout.write(`refused: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

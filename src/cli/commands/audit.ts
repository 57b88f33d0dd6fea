/** `holdpoint audit`: what the ledger says, and whether it can be believed. */

import { Option } from "commander";
import { type Format, formats } from "../audit/export-ledger.ts";
import { LedgerError } from "../audit/open-ledger.ts";
import { readPeriod } from "../audit/period.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import type { Configure } from "./command.ts";

const examples = `
Examples:
  holdpoint audit verify
  holdpoint audit verify --anchor acme/api@4711:1f0c…
  holdpoint audit verify --file october.jsonl
  holdpoint audit export --format jsonl --from 2026-10-01 --to 2026-10-31 --out october.jsonl
  holdpoint audit export --format markdown --repository acme/api --from 2026-10-01

The ledger is found as "holdpoint serve" finds it: by DATABASE_URL, else in DATA_DIR (./data). It is only
read, also while Holdpoint runs. Verifying prints an anchor for each repository: kept elsewhere and given
to a later run, it shows whether the end of the ledger was cut off since, which no chain can show by itself.`;

export const configure: Configure = (command, io, finish) => {
  command.addHelpText("after", examples);
  command
    .command("verify")
    .description("Follow the chain of hashes and name every entry at which it does not hold")
    .option("--repository <owner/name>", "only this one")
    .option("--file <file>", 'an export in JSON Lines instead of the database ("-": standard input)')
    .option("--anchor <anchor...>", "an entry noted down earlier, which must still be there")
    .option("--json", "write the outcome as JSON")
    .addHelpText("after", "\nExit codes: 0 intact, 1 not intact, 2 usage or invalid input, 3 could not read.")
    .action(async (options: VerifyOptions) => finish(await unlessUnread(io, () => verify(io, options))));
  command
    .command("export")
    .description("Write the ledger, or a period of it, for others to read")
    .addOption(new Option("--format <format>", "the form").choices(formats).default("jsonl"))
    .option("--repository <owner/name>", "only this one")
    .option("--from <day>", "the first day, or a moment")
    .option("--to <day>", "the last day, or the moment after")
    .option("--out <file>", "where to write it; default: standard output")
    .option("--json", "say as JSON what was written; needs --out")
    .action(async (options: ExportOptions) => finish(await unlessUnread(io, () => writeExport(io, options))));
};

interface VerifyOptions {
  repository?: string;
  file?: string;
  anchor?: string[];
  json?: boolean;
}

interface ExportOptions {
  format: Format;
  repository?: string;
  from?: string;
  to?: string;
  out?: string;
  json?: boolean;
}

async function verify(io: Io, { repository, file, anchor = [], json }: VerifyOptions): Promise<number> {
  const { describeVerified, isIntact, parseAnchor, verifyDatabase, verifyFile } = await import(
    "../audit/verify-ledger.ts"
  );
  const anchors = anchor.map(parseAnchor);
  const verified =
    file === undefined ? await verifyDatabase(io, { repository, anchors }) : await verifyFile(io, file, anchors);
  const areIntact = verified.every(isIntact);
  if (json) {
    const repositories = verified.map((one) => ({ ...one, isIntact: isIntact(one) }));
    io.write(`${JSON.stringify({ isIntact: areIntact, repositories }, null, 2)}\n`);
  } else if (verified.length === 0) io.write("The ledger has no entries yet.\n");
  else io.write(`${verified.flatMap(describeVerified).join("\n")}\n`);
  return areIntact ? exitCodes.open : exitCodes.held;
}

async function writeExport(io: Io, options: ExportOptions): Promise<number> {
  const { exportLedger } = await import("../audit/export-ledger.ts");
  const { UsageError } = await import("../usage-error.ts");
  if (options.json && options.out === undefined) {
    throw new UsageError("--json says what was written to a file: give --out as well.");
  }
  const period = readPeriod(options.from, options.to);
  const { format, repository, out } = options;
  const entries = await exportLedger(io, { format, repository, period, out });
  if (options.json) io.write(`${JSON.stringify({ entries, format, out })}\n`);
  else if (out !== undefined) io.write(`${out}: ${entries} ${entries === 1 ? "entry" : "entries"}\n`);
  return exitCodes.open;
}

async function unlessUnread(io: Io, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    io.warn(`${error.message}\n`);
    return exitCodes.unreadable;
  }
}

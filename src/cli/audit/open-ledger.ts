/** The ledger that the environment points to. */

import type { Log } from "../../store/log.ts";
import type { Io } from "../io.ts";
import { UsageError } from "../usage-error.ts";

export interface LedgerRepository {
  repositoryId: number;
  /** `owner/name`, or the id where no name is known. */
  label: string;
  entries: number;
}

/**
 * Opens the ledger, lets `work` read it and closes it.
 *
 * @throws {LedgerError} when it cannot be reached
 * @throws {UsageError} when `wanted` names no repository of it
 */
export async function withLedger<T>(
  io: Io,
  wanted: string | undefined,
  work: (reader: import("../../store/ledger-reader.ts").LedgerReader, repositories: LedgerRepository[]) => Promise<T>,
): Promise<T> {
  const { openLedgerReader } = await import("../../store/ledger-reader.ts");
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = io.env;
  const reader = await openLedgerReader({
    databaseUrl: databaseUrl || undefined,
    dataDir: dataDir || "./data",
    log: quiet,
  }).catch((error: unknown) => {
    throw new LedgerError(`The ledger cannot be read: ${reasonOf(error)}`);
  });
  try {
    const all = (await reader.listRepositories()).map(({ name, ...one }) => ({
      ...one,
      label: name ?? String(one.repositoryId),
    }));
    return await work(reader, wanted === undefined ? all : all.filter(isNamed(wanted, all)));
  } finally {
    await reader.close().catch(() => {}); // What was read is read.
  }
}

/** The database could not be had; the exit code is 3. */
export class LedgerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "LedgerError";
  }
}

function isNamed(wanted: string, all: readonly LedgerRepository[]) {
  const fits = ({ label, repositoryId }: LedgerRepository) =>
    label.toLowerCase() === wanted.toLowerCase() || String(repositoryId) === wanted;
  if (all.some(fits)) return fits;
  const known = all.map(({ label }) => label);
  const few = known.slice(0, 10).join(", ") + (known.length > 10 ? ", …" : "");
  throw new UsageError(
    known.length === 0
      ? "The ledger has no entries yet."
      : `The ledger has no entries of ${wanted}. It has some of ${few}.`,
  );
}

/** pg's errors of several addresses have an empty message and the reasons inside. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

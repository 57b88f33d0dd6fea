/** Writes a ledger, or a period of it, in a form that others read. */

import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { stringify } from "csv-stringify/sync";
import type { Json, LedgerEntry } from "../../core/report/ledger-hash.ts";
import type { Io } from "../io.ts";
import { UsageError } from "../usage-error.ts";
import { withLedger } from "./open-ledger.ts";
import type { Period } from "./period.ts";

export const formats = ["jsonl", "csv", "markdown"] as const;
export type Format = (typeof formats)[number];

/** One form: what is written before, for and after the entries of each repository. */
export interface EntryWriter {
  begin(): string;
  entries(repository: string, entries: readonly LedgerEntry[]): string;
  end(): string;
}

export interface ExportOptions {
  format: Format;
  repository?: string | undefined;
  period: Period;
  /** Left out: standard output. */
  out?: string | undefined;
}

/** @returns how many entries were written @throws {LedgerError | UsageError} */
export async function exportLedger(io: Io, options: ExportOptions): Promise<number> {
  const writer = await writerOf(options);
  const sink = openSink(options.out, io);
  let written = 0;
  try {
    await sink.write(writer.begin());
    await withLedger(io, options.repository, async (reader, repositories) => {
      for (const { repositoryId, label } of repositories) {
        for await (const entries of reader.readEntries(repositoryId)) {
          const wanted = entries.filter(({ at }) => isWithin(at, options.period));
          written += wanted.length;
          await sink.write(writer.entries(label, wanted));
        }
      }
    });
    await sink.write(writer.end());
  } finally {
    await sink.close();
  }
  return written;
}

async function writerOf({ format, period }: ExportOptions): Promise<EntryWriter> {
  switch (format) {
    case "jsonl":
      return jsonLines;
    case "csv":
      return csv;
    case "markdown": {
      const { createAuditPack } = await import("../../core/report/audit/audit-pack.ts");
      return createAuditPack(period);
    }
  }
}

function isWithin(at: Date, { from, to }: Period): boolean {
  return (from === null || at >= from) && (to === null || at < to);
}

/** Each line can be verified by anyone: see docs/audit.md for the form that is hashed. */
const jsonLines: EntryWriter = {
  begin: () => "",
  entries: (repository, entries) => entries.map((entry) => `${JSON.stringify({ repository, ...entry })}\n`).join(""),
  end: () => "",
};

const columns = [
  "repository",
  "repository_id",
  "seq",
  "at",
  "kind",
  "pull_request",
  "person",
  "reason",
  "data",
  "previous_hash",
  "hash",
];

/** Text that a spreadsheet would take for a formula is marked as text. @see https://owasp.org/www-community/attacks/CSV_Injection */
const csv: EntryWriter = {
  begin: () => stringify([columns]),
  entries: (repository, entries) =>
    stringify(
      entries.map(({ repositoryId, seq, at, kind, data, previousHash, hash }) => [
        repository,
        repositoryId,
        seq,
        at.toISOString(),
        kind,
        fieldOf(data, "number"),
        personOf(data),
        fieldOf(data, "reason") || fieldOf(data, "why"),
        JSON.stringify(data),
        previousHash,
        hash,
      ]),
      { escape_formulas: true },
    ),
  end: () => "",
};

function fieldOf(data: Json, key: string): string {
  if (data === null || typeof data !== "object" || Array.isArray(data)) return "";
  const value = data[key];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Whoever acted, under the names that entries have for them. */
function personOf(data: Json): string {
  if (data === null || typeof data !== "object" || Array.isArray(data)) return "";
  for (const key of ["person", "requester", "by"]) {
    const login = fieldOf(data[key] ?? null, "login");
    if (login !== "") return login;
  }
  return fieldOf(data, "mergedBy");
}

function openSink(out: string | undefined, io: Io): { write(text: string): Promise<void>; close(): Promise<void> } {
  if (out === undefined) return { write: async (text) => io.write(text), close: async () => {} };
  const stream = createWriteStream(out);
  const failed = new Promise<never>((_, reject) => {
    stream.on("error", (error: NodeJS.ErrnoException) =>
      reject(new UsageError(`${out} cannot be written: ${error.code ?? error.message}.`)),
    );
  });
  failed.catch(() => {}); // Heard by whoever writes next.
  return {
    write: (text) => Promise.race([failed, new Promise<void>((resolve) => stream.write(text, () => resolve()))]),
    async close() {
      stream.end();
      await Promise.race([failed, finished(stream)]);
    },
  };
}

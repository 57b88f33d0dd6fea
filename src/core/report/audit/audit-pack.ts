/** The auditor's pack: what a period's ledger says of exceptions, in one Markdown document. Every statement is from an entry and names it. */

import { bypassBuckets } from "../../bypass/causes.ts";
import { bucketWords, remedyFor } from "../cause-words.ts";
import { hashLedgerEntry, type LedgerEntry } from "../ledger-hash.ts";
import { toMarkdown } from "../markdown.ts";
import { count } from "../telling.ts";
import { say } from "../words.ts";
import { textAt } from "./entry-fields.ts";
import { entryLine, groupOf, groups } from "./entry-lines.ts";
import { exceptionLines } from "./exception-lines.ts";
import { periodWords } from "./period-words.ts";

export interface PackPeriod {
  /** Included; `null`: from the beginning. */
  from: Date | null;
  /** Not included; `null`: until now. */
  to: Date | null;
}

/** Takes entries in the order of the ledger; a document of each repository comes out. */
export function createAuditPack(period: PackPeriod): {
  begin(): string;
  entries(repository: string, entries: readonly LedgerEntry[]): string;
  end(): string;
} {
  const byRepository = new Map<string, LedgerEntry[]>();
  return {
    begin: () => `# Audit pack\n\n${periodWords(period)}\n`,
    entries(repository, entries) {
      const known = byRepository.get(repository) ?? [];
      for (const entry of entries) known.push(entry);
      byRepository.set(repository, known);
      return "";
    },
    end: () =>
      byRepository.size === 0
        ? "\nNothing was recorded.\n"
        : [...byRepository].map(([repository, entries]) => renderRepository(repository, entries)).join(""),
  };
}

function renderRepository(repository: string, entries: readonly LedgerEntry[]): string {
  const sections = [
    `\n## ${toMarkdown(say`${repository}`)}\n`,
    figures(entries),
    section("What bypasses were for", causeLines(entries), null),
    section("Exceptions from the gate", exceptionLines(entries), "No change went in past the gate."),
    ...groups.map(({ name, title }) =>
      section(title, entries.filter((entry) => groupOf(entry.kind) === name).map(entryLine), null),
    ),
    section("Where this comes from", originLines(entries), null),
  ];
  return sections.join("");
}

function section(title: string, lines: readonly string[], nothing: string | null): string {
  if (lines.length === 0 && nothing === null) return "";
  return `\n### ${title}\n\n${lines.length === 0 ? nothing : lines.join("\n")}\n`;
}

function figures(entries: readonly LedgerEntry[]): string {
  const amount = (kind: string) => entries.filter((entry) => entry.kind === kind).length;
  const around = amount("merged_while_red");
  const merges = amount("merged") + around;
  const bypassed = entries.filter(isUsedBypass).length;
  const share = merges === 0 ? "" : ` (${(((bypassed + around) / merges) * 100).toFixed(1)} % of the merges)`;
  const rows = [
    ["Changes merged", String(merges)],
    ["of them under a bypass", String(bypassed)],
    ["of them around the gate, by nobody's leave", String(around)],
    ["Past the gate in all", `${bypassed + around}${share}`],
    ["Bypasses granted", String(amount("bypass_granted"))],
    ["Bypasses refused", String(amount("bypass_refused"))],
    ["Reviews of exceptions that were done", String(amount("post_review_done"))],
  ];
  return `\n| | |\n|---|---|\n${rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
}

/** Many of one kind say what is wrong with the gate, not with people. */
function causeLines(entries: readonly LedgerEntry[]): string[] {
  const granted = entries.filter(({ kind }) => kind === "bypass_granted");
  const known = bypassBuckets.map((bucket) => {
    const amount = granted.filter(({ data }) => textAt(data, "bucket") === bucket).length;
    return { amount, line: `- ${amount}: ${bucketWords[bucket]}. What would help: ${remedyFor(bucket)}.` };
  });
  return known
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount)
    .map(({ line }) => line);
}

function isUsedBypass({ kind, data }: LedgerEntry): boolean {
  return kind === "bypass_ended" && (data as { why?: unknown } | null)?.why === "merged";
}

function originLines(entries: readonly LedgerEntry[]): string[] {
  const [first, last] = [entries[0], entries.at(-1)];
  if (first === undefined || last === undefined) return [];
  const altered = entries.filter((entry) => hashLedgerEntry(entry) !== entry.hash).map(({ seq }) => seq);
  const fits =
    altered.length === 0
      ? "Every entry is what its hash was made from."
      : `${count(altered.length, "entry is", "entries are")} not what the hash was made from: ${altered.slice(0, 20).join(", ")}.`;
  return [
    `- ${count(entries.length, "entry", "entries")} of the ledger, from number ${first.seq} to number ${last.seq}. ${fits}`,
    `- Hash of the last: \`${last.hash}\``,
    "- `holdpoint audit verify` follows the whole chain; `holdpoint audit export --format jsonl` writes the entries behind this document.",
  ];
}

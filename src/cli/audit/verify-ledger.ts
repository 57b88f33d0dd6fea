/** Follows the chains of a ledger, or of an exported file, and says where they do not hold. */

import {
  breaksMax,
  type ChainBreak,
  type ChainReader,
  type ChainReport,
  createChainReader,
} from "../../core/report/audit/chain-breaks.ts";
import type { LedgerEntry } from "../../core/report/ledger-hash.ts";
import { thousands } from "../../core/report/telling.ts";
import type { Io } from "../io.ts";
import { readInput } from "../io.ts";
import { UsageError } from "../usage-error.ts";
import { withLedger } from "./open-ledger.ts";

export interface Verified extends ChainReport {
  repository: string;
  repositoryId: number;
  /** It begins in the middle of a chain: an export of a period. */
  isExcerpt: boolean;
  /** An anchor that was given and is not in it: what stood there was changed, or the end was cut off. */
  lostAnchors: string[];
}

/** `acme/api@4711:1f0c…`: an entry as somebody noted it down earlier. */
export interface Anchor {
  repository: string;
  seq: number;
  hash: string;
}

/** @throws {UsageError} for what is no anchor */
export function parseAnchor(text: string): Anchor {
  const match = /^(.+)@([1-9]\d*):([0-9a-f]{64})$/.exec(text);
  if (match?.[1] === undefined) {
    throw new UsageError(
      `"${text}" is no anchor; one is printed by \`holdpoint audit verify\`, e.g. acme/api@4711:<hash>.`,
    );
  }
  return { repository: match[1], seq: Number(match[2]), hash: match[3] ?? "" };
}

/** @throws {LedgerError | UsageError} */
export async function verifyDatabase(
  io: Io,
  { repository, anchors }: { repository?: string | undefined; anchors: readonly Anchor[] },
): Promise<Verified[]> {
  return withLedger(io, repository, async (reader, repositories) => {
    const verified: Verified[] = [];
    for (const { repositoryId, label } of repositories) {
      const following = follow({ repositoryId, label, isExcerpt: false }, anchors);
      for await (const entries of reader.readEntries(repositoryId)) following.add(entries);
      verified.push(following.report());
    }
    return [...verified, ...missingRepositories(anchors, verified)];
  });
}

const exportBytesMax = 1_000_000_000;

/** @throws {UsageError} where the file cannot be read, or a line is no entry */
export async function verifyFile(io: Io, path: string, anchors: readonly Anchor[]): Promise<Verified[]> {
  const text = await readInput(path, io, exportBytesMax);
  const followed = new Map<number, ReturnType<typeof follow>>();
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const { entry, label } = parseLine(line, `${path}, line ${index + 1}`);
    let following = followed.get(entry.repositoryId);
    if (following === undefined) {
      const { repositoryId, seq } = entry;
      following = follow({ repositoryId, label, isExcerpt: seq !== 1 }, anchors);
      followed.set(entry.repositoryId, following);
    }
    following.add([entry]);
  }
  const verified = [...followed.values()].map((one) => one.report());
  return [...verified, ...missingRepositories(anchors, verified)];
}

function follow(
  { repositoryId, label, isExcerpt }: { repositoryId: number; label: string; isExcerpt: boolean },
  anchors: readonly Anchor[],
): { add: ChainReader["add"]; report(): Verified } {
  const chain = createChainReader(isExcerpt ? null : undefined);
  const wanted = anchors.filter((anchor) => anchor.repository === label || anchor.repository === String(repositoryId));
  const found = new Set<Anchor>();
  return {
    add(entries) {
      chain.add(entries);
      if (wanted.length === 0) return;
      for (const { seq, hash } of entries) {
        for (const anchor of wanted) if (anchor.seq === seq && anchor.hash === hash) found.add(anchor);
      }
    },
    report: () => ({
      ...chain.report(),
      repository: label,
      repositoryId,
      isExcerpt,
      lostAnchors: wanted.filter((anchor) => !found.has(anchor)).map(textOf),
    }),
  };
}

/** A ledger that is gone altogether would otherwise not be missed. */
function missingRepositories(anchors: readonly Anchor[], verified: readonly Verified[]): Verified[] {
  const known = new Set(verified.flatMap(({ repository, repositoryId }) => [repository, String(repositoryId)]));
  return anchors
    .filter(({ repository }) => !known.has(repository))
    .map((anchor) => ({
      repository: anchor.repository,
      repositoryId: 0,
      isExcerpt: false,
      entries: 0,
      breaks: [],
      last: null,
      lostAnchors: [textOf(anchor)],
    }));
}

function textOf({ repository, seq, hash }: Anchor): string {
  return `${repository}@${seq}:${hash}`;
}

function parseLine(line: string, where: string): { entry: LedgerEntry; label: string } {
  let value: Partial<Omit<LedgerEntry, "at">> & { at?: unknown; repository?: unknown };
  try {
    value = JSON.parse(line);
  } catch {
    throw new UsageError(`${where} is no JSON. Give the file that \`holdpoint audit export --format jsonl\` wrote.`);
  }
  const { repositoryId, seq, kind, previousHash, hash, data } = value;
  const at = new Date(String(value.at));
  const isEntry =
    typeof repositoryId === "number" &&
    typeof seq === "number" &&
    typeof kind === "string" &&
    typeof previousHash === "string" &&
    typeof hash === "string" &&
    data !== undefined &&
    !Number.isNaN(at.getTime());
  if (!isEntry) throw new UsageError(`${where} is no entry of a ledger.`);
  const label = typeof value.repository === "string" ? value.repository : String(repositoryId);
  return { entry: { repositoryId, seq, at, kind, data, previousHash, hash }, label };
}

export function isIntact({ breaks, lostAnchors }: Verified): boolean {
  return breaks.length === 0 && lostAnchors.length === 0;
}

/** What an auditor reads: one line a repository, then one for each break. */
export function describeVerified(one: Verified): string[] {
  const { repository, entries, last, isExcerpt, breaks, lostAnchors } = one;
  const size = `${thousands(entries)} ${entries === 1 ? "entry" : "entries"}`;
  const what = isExcerpt ? `${size}, an excerpt` : size;
  const lines = [`${repository}: ${what}, ${isIntact(one) ? "intact" : "NOT INTACT"}`];
  for (const broken of breaks) lines.push(`  ${describeBreak(broken)}`);
  if (breaks.length >= breaksMax) lines.push(`  and perhaps more: ${breaksMax} are listed at most`);
  for (const anchor of lostAnchors) {
    lines.push(`  anchor ${anchor}: no such entry any more. It was changed, or the end of the ledger was cut off`);
  }
  if (last !== null && isIntact(one)) lines.push(`  anchor ${repository}@${last.seq}:${last.hash}`);
  return lines;
}

function describeBreak({ seq, why, at, kind }: ChainBreak): string {
  const entry = `entry ${seq} (${kind}, ${at.toISOString()})`;
  switch (why) {
    case "missing":
      return `entry ${seq}: missing; the next one that is there is a ${kind} of ${at.toISOString()}`;
    case "altered":
      return `${entry}: altered; it is not what its hash was made from`;
    case "not_linked":
      return `${entry}: does not continue the entry before it; one of the two was written later`;
    case "moved":
      return `${entry}: stands where no entry should`;
  }
}

/** Cuts secrets out of evidence lines: a finding about something else may stand on a line that holds one. */

import type { ReadFile } from "../../detector.ts";
import type { Finding } from "../../finding.ts";
import { assignedSecretsIn } from "./assigned-secret.ts";
import { isRandomRun } from "./placeholder.ts";
import { fingerprintOf, scanForSecrets } from "./secret-scan.ts";
import { secretsOfChange } from "./secrets-of-change.ts";

/** Longest text of a `before` or `after`; beyond it evidence is noise. */
const evidenceCharactersMax = 300;

/** Runs long and mixed enough to be a credential that no rule knows. Commit ids and digests (hexadecimal) are left readable. */
const opaque = /[A-Za-z0-9+/_-]{24,}={0,2}/g;

/** So many characters of a secret in a row give too much of it away: a detector may have cut the line in its middle. */
const pieceCharacters = 12;

/** @returns the same findings with all their words on one line, short, and without secrets of the change or of any known form */
export async function redactFindings(findings: readonly Finding[], files: readonly ReadFile[]): Promise<Finding[]> {
  const texts = new Map<string, string>();
  for (const { what, before, after, symbol, mark } of findings) {
    for (const text of [what, before, after, symbol, mark?.reason ?? null])
      if (text !== null) texts.set(text, oneLine(text));
  }
  await redactAll(texts, await piecesOfSecrets(files));
  const read = (text: string | null) => (text === null ? null : (texts.get(text) ?? ""));
  return findings.map((finding) => ({
    ...finding,
    what: read(finding.what) ?? "",
    before: read(finding.before),
    after: read(finding.after),
    symbol: read(finding.symbol),
    mark: finding.mark && { ...finding.mark, reason: read(finding.mark.reason) ?? "" },
  }));
}

/** Lines of a file as they may be shown. */
export async function redactLines(lines: readonly string[], files: readonly ReadFile[] = []): Promise<string[]> {
  const texts = new Map(lines.map((line) => [line, line] as const));
  await redactAll(texts, await piecesOfSecrets(files));
  return lines.map((line) => texts.get(line) ?? "");
}

interface Cut {
  start: number;
  end: number;
  label: string;
}

async function redactAll(texts: Map<string, string>, pieces: ReadonlyMap<string, string>): Promise<void> {
  const entries = [...texts];
  const joined = entries.map(([, line]) => line).join("\n");
  const secrets = await scanForSecrets(joined);
  let offset = 0;
  for (const [text, line] of entries) {
    const [from, to] = [offset, offset + line.length];
    const met = secrets.filter(({ start, end }) => start < to && end > from);
    const cuts = [
      ...met.map(({ start, end, type, value }) => ({
        start: Math.max(0, start - from),
        end: end - from,
        label: `[${type}, fingerprint ${fingerprintOf(value)}]`,
      })),
      ...assignedSecretsIn(line, ".env").map(({ start, end, value }) => ({ start, end, label: labelOf(value) })),
      ...cutsOfPieces(line, pieces),
    ];
    texts.set(text, shorten(hideOpaque(cutOut(line, cuts))));
    offset = to + 1;
  }
}

function cutOut(line: string, cuts: Cut[]): string {
  let text = "";
  let at = 0;
  for (const { start, end, label } of cuts.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= at) continue;
    // What reaches on beyond the one before is cut with it.
    if (start >= at) text += line.slice(at, start) + label;
    at = Math.min(end, line.length);
  }
  return text + line.slice(at);
}

/** Every run of {@link pieceCharacters} of every secret on the change's own lines, with what to put in its place. */
async function piecesOfSecrets(files: readonly ReadFile[]): Promise<ReadonlyMap<string, string>> {
  const { known, assigned } = await secretsOfChange(files);
  const pieces = new Map<string, string>();
  for (const { secret } of [...known, ...assigned]) {
    const value = secret.value.replaceAll(/\s+/g, " ").trim();
    const label = labelOf(secret.value);
    if (value.length >= shortestSecret) pieces.set(value.slice(0, pieceCharacters), label);
    for (let at = 0; at + pieceCharacters <= value.length; at++)
      pieces.set(value.slice(at, at + pieceCharacters), label);
    if (pieces.size > piecesMax) break;
  }
  return pieces;
}

/** Shorter ones would be cut out of ordinary words. */
const shortestSecret = 6;
/** Enough for some hundred keys; beyond them their form alone is looked for. */
const piecesMax = 500_000;

function cutsOfPieces(line: string, pieces: ReadonlyMap<string, string>): Cut[] {
  const cuts: Cut[] = [];
  if (pieces.size === 0) return cuts;
  for (let start = 0; start < line.length; start++) {
    for (let length = shortestSecret; length <= pieceCharacters; length++) {
      const label = pieces.get(line.slice(start, start + length));
      if (label !== undefined) cuts.push({ start, end: Math.min(line.length, start + length), label });
    }
  }
  return cuts;
}

function labelOf(value: string): string {
  return `[redacted, fingerprint ${fingerprintOf(value)}]`;
}

function hideOpaque(line: string): string {
  return line.replace(opaque, (run) => (isRandomRun(run) && !isAdvisory(run) ? labelOf(run) : run));
}

/** The id of an advisory, which everybody is to look up. */
function isAdvisory(run: string): boolean {
  return /(^|\/)GHSA(-[0-9a-z]{4}){3}$/.test(run);
}

// Long enough that what is cut here is cut away again once secrets are out.
function oneLine(text: string): string {
  return text.slice(0, 2000).replaceAll(/\s+/g, " ").trim();
}

function shorten(line: string): string {
  return line.length > evidenceCharactersMax ? `${line.slice(0, evidenceCharactersMax - 1)}…` : line;
}

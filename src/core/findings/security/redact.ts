/** Cuts secrets out of evidence lines: a finding about something else may stand on a line that holds one. */

import type { Finding } from "../finding.ts";
import { fingerprintOf, type Secret, scanForSecrets } from "./secret-scan.ts";

/** Longest text of a `before` or `after`; beyond it evidence is noise. */
const evidenceCharactersMax = 300;

/** Runs long and mixed enough to be a credential that no rule knows. Commit ids and digests (hexadecimal) are left readable. */
const opaque = /[A-Za-z0-9+/_-]{24,}={0,2}/g;

/** @returns the same findings with `what`, `before` and `after` on one line, short, and without secrets */
export async function redactFindings(findings: readonly Finding[]): Promise<Finding[]> {
  const texts = new Map<string, string>();
  for (const { what, before, after } of findings) {
    for (const text of [what, before, after]) if (text !== null) texts.set(text, oneLine(text));
  }
  await redactAll(texts);
  const read = (text: string | null) => (text === null ? null : (texts.get(text) ?? ""));
  return findings.map((finding) => ({
    ...finding,
    what: read(finding.what) ?? "",
    before: read(finding.before),
    after: read(finding.after),
  }));
}

async function redactAll(texts: Map<string, string>): Promise<void> {
  const entries = [...texts];
  const joined = entries.map(([, line]) => line).join("\n");
  const secrets = (await scanForSecrets(joined)).sort((a, b) => a.start - b.start);
  let offset = 0;
  for (const [text, line] of entries) {
    const end = offset + line.length;
    const met = secrets.filter((secret) => secret.start < end && secret.end > offset);
    texts.set(text, shorten(hideOpaque(cutOut(joined, offset, end, met))));
    offset = end + 1;
  }
}

function cutOut(joined: string, start: number, end: number, secrets: readonly Secret[]): string {
  let text = "";
  let at = start;
  for (const secret of secrets) {
    if (secret.start < at && secret.end <= at) continue;
    text += joined.slice(at, Math.max(at, secret.start));
    text += `[${secret.type}, fingerprint ${fingerprintOf(secret.value)}]`;
    at = Math.min(secret.end, end);
  }
  return text + joined.slice(at, end);
}

function hideOpaque(line: string): string {
  return line.replace(opaque, (run) => (isOpaque(run) ? `[redacted, fingerprint ${fingerprintOf(run)}]` : run));
}

function isOpaque(run: string): boolean {
  if (/^[0-9a-f]+$/.test(run) || run.includes("/")) return false;
  return /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run) && new Set(run).size >= 14;
}

// Long enough that what is cut here is cut away again once secrets are out.
function oneLine(text: string): string {
  return text.slice(0, 2000).replaceAll(/\s+/g, " ").trim();
}

function shorten(line: string): string {
  return line.length > evidenceCharactersMax ? `${line.slice(0, evidenceCharactersMax - 1)}…` : line;
}

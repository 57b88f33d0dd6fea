/** What GitHub's code scanning says of a commit: whether a scan came to an end there, and what it found. */

import type { CheckFact } from "./snapshot.ts";

/** An open alert, as the tool that scanned wrote it: other people's text. */
export interface CodeScanningAlert {
  number: number;
  /** The name of the tool, `CodeQL`. */
  tool: string;
  /** The tool's own name of the rule, `js/sql-injection`. */
  rule: string;
  /** What the rule is about, one line. */
  description: string;
  /** What it says of this place. */
  message: string;
  /** `critical`, `high`, `medium` or `low` where the rule is about security; else `error`, `warning`, `note` or `none`. */
  severity: string;
  path: string;
  /** From 1, after the change. */
  startLine: number;
  endLine: number;
  /** What the tool takes the file for: `test`, `generated`, `library`, `documentation`; mostly nothing. */
  classifications: string[];
  url: string;
  /** Whether the base branch has it, too; `null`: that could not be told. */
  isOnBase: boolean | null;
}

/**
 * The Apps of GitHub that report what a scan came to, one check run for each tool, once its results are worked in.
 *
 * @see https://docs.github.com/code-security/code-scanning/managing-code-scanning-alerts/triaging-code-scanning-alerts-in-pull-requests
 */
const scanners: readonly string[] = ["github-advanced-security", "github-code-scanning"];

/** @param slug of the App that wrote a check run */
export function isScanner(slug: string | null): boolean {
  return slug !== null && scanners.includes(slug);
}

/** Scans that ended: their alerts can be read. One that was called off tells nothing new. */
export function endedScans(checks: readonly CheckFact[]): CheckFact[] {
  return scansAmong(checks).filter(({ state }) => state !== "pending" && state !== "cancelled" && state !== "skipped");
}

/** Scans that are still under way. */
export function runningScans(checks: readonly CheckFact[]): CheckFact[] {
  return scansAmong(checks).filter(({ state }) => state === "pending");
}

function scansAmong(checks: readonly CheckFact[]): CheckFact[] {
  return checks.filter(({ app }) => app !== null && isScanner(app.slug));
}

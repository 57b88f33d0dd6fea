/** Scanners of code that no longer run, or look at less. */

import { recordOf } from "../../record-of.ts";
import { readWorkflow } from "../workflows/workflow-file.ts";
import { type GuardFile, type Loosening, parseGuard, wordsOf } from "./guard-file.ts";

const workflow = /^\.github\/workflows\/[^/]{1,200}\.ya?ml$/i;
const configuration = /^\.github\/(codeql|codeql-config)([\w./-]{0,200})\.ya?ml$/i;

/** Actions whose only use is to look for faults and secrets. */
const scanners =
  /^(github\/codeql-action\/(analyze|upload-sarif)|actions\/dependency-review-action|ossf\/scorecard-action|aquasecurity\/trivy-action|gitleaks\/gitleaks-action|trufflesecurity\/trufflehog|semgrep\/semgrep-action|returntocorp\/semgrep-action|snyk\/actions(\/[\w.-]{1,60})?|step-security\/harden-runner|anchore\/scan-action|zizmorcore\/zizmor-action|google\/osv-scanner-action(\/[\w./-]{1,80})?)$/;

export function isScannerFile(path: string): boolean {
  return workflow.test(path) || configuration.test(path);
}

const rule = "code_scanning_weakened";

/**
 * Over all changed files at once: a scanner that moved to another workflow is not lost.
 *
 * @returns by path; `null` where a file cannot be read
 */
export function weakenedScanning(files: readonly GuardFile[]): Map<string, Loosening[] | null> {
  const found = new Map<string, Loosening[] | null>();
  const used = new Set(files.flatMap((file) => scannersIn(file.path, file.after)));
  for (const file of files) {
    if (configuration.test(file.path)) found.set(file.path, compareConfiguration(file));
    else {
      const lost = new Set(scannersIn(file.path, file.before).filter((action) => !used.has(action)));
      found.set(
        file.path,
        [...lost].map((action) => lostScanner(action)),
      );
    }
  }
  return found;
}

function lostScanner(action: string): Loosening {
  const what = `\`${action}\` no longer runs in this workflow`;
  return { rule, strength: "likely", what, words: action, side: "base", symbol: action };
}

function scannersIn(path: string, text: string | null): string[] {
  const read = text === null || !workflow.test(path) ? null : readWorkflow(text);
  const steps = (read?.jobs ?? []).flatMap((job) => [job.uses, ...job.steps.map(({ uses }) => uses)]);
  return steps.flatMap((uses) => (uses !== null && scanners.test(uses.action) ? [uses.action] : []));
}

/** @see https://docs.github.com/code-security/code-scanning/creating-an-advanced-setup-for-code-scanning/customizing-your-advanced-setup-for-code-scanning */
function compareConfiguration({ path, before, after }: GuardFile): Loosening[] | null {
  if (before === null || after === null) return [];
  const was = parseGuard(path, before);
  const is = parseGuard(path, after);
  if (was === null || is === null) return null;
  const found: Loosening[] = [];
  const ignored = wordsOf(is["paths-ignore"]).filter((glob) => !wordsOf(was["paths-ignore"]).includes(glob));
  for (const glob of ignored)
    found.push({ rule, strength: "likely", what: `code scanning leaves \`${glob}\` alone`, words: glob, symbol: glob });
  if (is["disable-default-queries"] === true && was["disable-default-queries"] !== true) {
    const what = "code scanning no longer asks its usual queries";
    found.push({ rule, strength: "likely", what, words: "disable-default-queries" });
  }
  const excluded = (data: Record<string, unknown>) =>
    (Array.isArray(data["query-filters"]) ? data["query-filters"] : []).filter((one) => "exclude" in recordOf(one));
  if (excluded(is).length > excluded(was).length) {
    const what = "code scanning leaves out more of its queries";
    found.push({ rule, strength: "likely", what, words: "exclude" });
  }
  return found;
}

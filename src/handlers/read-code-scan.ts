/** Alerts of code scanning: asked for only where a scan has ended on the head, as the pull request's own checks tell. */

import { type CodeScanningAlert, endedScans } from "../core/code-scanning.ts";
import { rulesNamed } from "../core/findings/rule-ids.ts";
import type { ChangedFile, CheckFact, Read, Snapshot } from "../core/snapshot.ts";
import type { PullRequestSubject } from "../core/subject.ts";
import { digestOf } from "./digest.ts";
import type { GithubPort } from "./github-port.ts";
import type { RememberedChange } from "./store-port.ts";

type Alerts = Read<CodeScanningAlert[]>;
type Reader = Pick<GithubPort, "readCodeScanningAlerts">;

/** Differs with every scan that ends on the head; empty where none has. */
export function scanMark(checks: readonly CheckFact[]): string {
  const ended = endedScans(checks).map(({ name, state, completedAt }) => [name, state, completedAt]);
  return ended.length === 0 ? "" : `:${digestOf(ended).slice(0, 16)}`;
}

/** @returns `undefined` where no scan has ended, at no cost */
export async function readAlerts(
  subject: PullRequestSubject,
  { checks, base }: Pick<Snapshot, "checks" | "base">,
  files: readonly ChangedFile[],
  github: Reader,
): Promise<Alerts | undefined> {
  if (endedScans(checks).length === 0) return undefined;
  const paths = new Set(files.filter(({ status }) => status !== "removed").map(({ path }) => path));
  return github.readCodeScanningAlerts(subject, { baseRef: base.ref, paths });
}

/** Alerts that stood may have been dismissed on GitHub since, of which no event tells; where none stood, nobody asks again. */
export async function readAlertsAgain(
  subject: PullRequestSubject,
  snapshot: Pick<Snapshot, "checks" | "base">,
  { change, classification }: RememberedChange,
  github: Reader,
): Promise<Alerts | undefined> {
  const rules = rulesNamed("code_scanning_alert");
  const { findings } = classification.classes.security;
  const hasAlerts = [...findings, ...classification.suppressed].some(({ rule }) => rules.includes(rule));
  return hasAlerts ? readAlerts(subject, snapshot, change.files, github) : undefined;
}

export function scanDigestOf(alerts: Alerts): string {
  return digestOf(alerts);
}

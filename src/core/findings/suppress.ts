/** Leaves out what the policy or a comment says may be left out, for as long as they say. */

import type { z } from "zod";
import type { suppressionSchema } from "../policy/blocks/suppression.ts";
import { matchesAny, matchesText } from "../policy/patterns.ts";
import { assessClasses } from "./assess-classes.ts";
import { assessRisk } from "./assess-risk.ts";
import { type Classification, type Finding, findingClasses, type Suppression } from "./finding.ts";
import { isRest } from "./finding-limit.ts";
import { rulesNamed } from "./rule-ids.ts";

/** One entry of the policy's `classification.suppress`. */
export type SuppressionEntry = z.output<typeof suppressionSchema>;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Pure, and apart from the classification, which is remembered: what is left out today may count tomorrow.
 *
 * @returns the classification without what is left out, which stands in `suppressed`; `wakeAt` is when the next of these ends
 */
export function suppress(
  classification: Classification,
  entries: readonly SuppressionEntry[],
  now: Date,
): { classification: Classification; wakeAt: Date | null } {
  const all = findingClasses.flatMap((name) => classification.classes[name].findings);
  if (entries.length === 0 && !all.some(({ mark }) => mark !== null)) return { classification, wakeAt: null };
  const findings = all.map((finding) => ({ ...finding, suppression: suppressionOf(finding, entries, now) }));
  const suppressed = findings.filter(isLeftOut);
  const classes = assessClasses(
    findings.filter((finding) => !isLeftOut(finding)),
    classification,
  );
  const facts = { ...classification, classes, suppressed };
  const ends = suppressed.flatMap(({ suppression }) => endOf(suppression?.until ?? null) ?? []);
  const first = ends.length === 0 ? null : new Date(Math.min(...ends.map((end) => end.getTime())));
  return {
    // What is left out by now may be why the risk was what it was.
    classification: suppressed.length === 0 ? facts : { ...facts, risk: assessRisk(facts) },
    wakeAt: first,
  };
}

function isLeftOut({ suppression }: Finding): boolean {
  return suppression !== null && suppression.refused === null;
}

/** What acts comes first; then whatever was meant to. */
function suppressionOf(finding: Finding, entries: readonly SuppressionEntry[], now: Date): Suppression | null {
  const meant = entries.filter((entry) => isMeant(finding, entry)).map((entry) => fromPolicy(entry, now));
  if (finding.mark !== null) meant.push(fromCode(finding.mark, now));
  return meant.find(({ refused }) => refused === null) ?? meant.at(-1) ?? null;
}

function fromPolicy({ reason, until: day }: SuppressionEntry, now: Date): Suppression {
  const until = day ?? null;
  return { by: "policy", reason, until, line: null, refused: isOver(until, now) ? "expired" : null };
}

function fromCode({ line, until, reason, fault }: NonNullable<Finding["mark"]>, now: Date): Suppression {
  return { by: "code", reason, until, line, refused: fault ?? (isOver(until, now) ? "expired" : null) };
}

/** A finding without a file or symbol is none of those that an entry narrows itself to. */
function isMeant(finding: Finding, entry: SuppressionEntry): boolean {
  const { rule, path, symbol } = finding;
  if (!rulesNamed(entry.rule).includes(rule) || isRest(finding)) return false;
  if (entry.paths !== undefined && (path === null || !matchesAny(entry.paths, path))) return false;
  return entry.symbol === undefined || (symbol !== null && matchesText(entry.symbol, symbol) === true);
}

function isOver(until: string | null, now: Date): boolean {
  const end = endOf(until);
  return end !== null && end.getTime() <= now.getTime();
}

/** The day named still belongs to it, in UTC. */
function endOf(until: string | null): Date | null {
  return until === null ? null : new Date(Date.parse(`${until}T00:00:00Z`) + dayMs);
}

/** Keeps the number of findings to what somebody may read; nothing weighs less for it. */

import { type Finding, findingClasses, strengths } from "./finding.ts";

/** Findings kept per class: nobody reads more, and a thousand files may each bring hundreds. */
const findingsMax = 1000;

/** Keeps the strongest of each class, these first; the last one then says how many were left out. */
export function limited(all: readonly Finding[]): Finding[] {
  return findingClasses.flatMap((name) => {
    const findings = strongestFirst(all.filter((finding) => finding.class === name));
    const last = findings[findingsMax];
    if (last === undefined) return findings;
    const what = `${findings.length - findingsMax}${restWords}`;
    const kept = findings.slice(0, findingsMax);
    // Of every rule one stays: what a policy asks about a rule must not hang on how much else was found.
    const rules = new Map(findings.slice(findingsMax).map((finding) => [finding.rule, finding]));
    for (const { rule } of [...kept, last]) rules.delete(rule);
    const rest = { ...last, what, path: null, line: null, before: null, after: null, symbol: null, counterLine: null };
    return [...kept, ...rules.values(), rest];
  });
}

const restWords = " more of this kind were found";

/** Whether it stands for others that were not kept, of whatever rule. */
export function isRest({ path, what }: Finding): boolean {
  return path === null && what.endsWith(restWords);
}

/** Stable: what is equally strong stays in the order of the files. */
function strongestFirst(findings: Finding[]): Finding[] {
  return findings.sort((a, b) => strengths.indexOf(b.strength) - strengths.indexOf(a.strength));
}

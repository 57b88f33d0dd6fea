/** Words about why a checkpoint applies to a change, or does not. */

import { assertNever } from "../assert-never.ts";
import type { Finding, FindingClass } from "../findings/finding.ts";
import type { TriggerOutcome } from "../gate/verdict.ts";
import type { Trace } from "../policy/condition.ts";
import { count } from "./telling.ts";
import { code, join, link, phrase, say, type Words } from "./words.ts";

/** What each class is called in a sentence. */
export const classNames: Record<FindingClass, string> = {
  breaking_change: "breaking",
  security: "security-relevant",
  size: "large",
  architecture: "architectural",
  performance: "performance-relevant",
};

export function whyApplies(trigger: TriggerOutcome): Words {
  switch (trigger.kind) {
    case "always":
      return say`every change`;
    case "revert":
      return say`takes back an earlier change`;
    case "class":
      return findingsWords(trigger.findings);
    case "condition":
      return leafWords(trigger.trace, (leaf) => leaf.holds !== false);
    default:
      return assertNever(trigger);
  }
}

export function whyNotApplies(trigger: TriggerOutcome): Words {
  switch (trigger.kind) {
    case "always":
      return [];
    case "revert":
      return say`takes nothing back`;
    case "class":
      return trigger.strength === null
        ? say`nothing ${classNames[trigger.class]} found`
        : say`only ${trigger.strength} evidence: ${findingsWords(trigger.findings)}`;
    case "condition":
      return leafWords(trigger.trace, (leaf) => leaf.holds === false);
    default:
      return assertNever(trigger);
  }
}

const strengthRank = { hint: 0, likely: 1, proven: 2 } as const;

/** The strongest finding in words, and how many there are. */
export function findingsWords(findings: readonly Finding[]): Words {
  const strongest = [...findings].sort((a, b) => strengthRank[b.strength] - strengthRank[a.strength])[0];
  if (!strongest) return [];
  const more = findings.length > 1 ? say` (${link(say`${count(findings.length, "finding")}`, "#findings")})` : [];
  return [...findingWords(strongest), ...more];
}

/** `auth/login.ts:14: exported function `parse` was removed`. */
export function findingWords(finding: Finding): Words {
  const what = phrase(finding.what);
  // Some phrases name their file themselves.
  if (finding.path === null || finding.what.includes(finding.path)) return what;
  return say`${code(placeOf(finding) ?? finding.path)}: ${what}`;
}

export function placeOf({ path, line }: Pick<Finding, "path" | "line">): string | null {
  if (path === null) return null;
  return line === null ? path : `${path}:${line}`;
}

/** What the decisive leaves of a condition saw; at most three. */
export function leafWords(trace: Trace, isDecisive: (leaf: Trace) => boolean): Words {
  const leaves = [...leavesOf(trace)].filter((leaf) => leaf.saw !== "");
  const decisive = leaves.filter(isDecisive);
  const shown = decisive.length > 0 ? decisive : leaves;
  const words = shown.slice(0, 3).map((leaf) => say`${code(leaf.what)}: ${phrase(leaf.saw)}`);
  if (shown.length > 3) words.push(say`${shown.length - 3} more`);
  return join(words, "; ");
}

function* leavesOf(trace: Trace): Generator<Trace> {
  if (trace.parts.length === 0) yield trace;
  else for (const part of trace.parts) yield* leavesOf(part);
}

/** How much can go wrong, and why (C6). */

import type { ChangeKind, ClassAssessment, Classification, FindingClass } from "./finding.ts";
import { largeLines } from "./weights.ts";

/** Lines from which a change without tests, or a change at all, is more than a small one. */
const smallLines = 200;
const testlessLines = 50;

const classWords: Record<Exclude<FindingClass, "size">, string> = {
  breaking_change: "users",
  security: "security",
  architecture: "the architecture",
  performance: "performance",
};

type Facts = Pick<Classification, "classes" | "size" | "tests" | "notAnalysed"> & { kinds: readonly ChangeKind[] };

/** Every reason is named; the highest decides. */
export function assessRisk({ classes, size, tests, kinds, notAnalysed }: Facts): Classification["risk"] {
  const high: string[] = [];
  const medium: string[] = [];
  for (const [name, word] of Object.entries(classWords)) {
    const assessment: ClassAssessment = classes[name as keyof typeof classWords];
    if (assessment.strength === "proven") {
      (name === "security" || name === "breaking_change" ? high : medium).push(`it surely touches ${word}`);
    } else if (assessment.present) medium.push(`it likely touches ${word}`);
  }
  // Prose runs nowhere, however long it is.
  if (!kinds.includes("documentation_only")) {
    if (size.changed >= largeLines * 2) high.push(`${size.changed} lines to read`);
    else if (size.changed >= smallLines) medium.push(`${size.changed} lines to read`);
    if (tests === "missing" && size.changed >= testlessLines) medium.push("source changed without tests");
  }
  if (kinds.includes("revert")) medium.push("it takes an earlier change back");
  if (notAnalysed.length > 0)
    medium.push(`${notAnalysed.length} ${notAnalysed.length === 1 ? "file was" : "files were"} not looked into`);
  if (high.length > 0) return { level: "high", reasons: [...high, ...medium] };
  if (medium.length > 0) return { level: "medium", reasons: medium };
  return {
    level: "low",
    reasons: [kinds[0] ? `${kinds[0].replaceAll("_", " ")}` : `${size.changed} lines, nothing out of the ordinary`],
  };
}

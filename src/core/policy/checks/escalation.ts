import type { Problem } from "../../problem.ts";
import type { KeyPath } from "../policy-text.ts";
import { suggest } from "../suggest.ts";
import { type Check, problemAt } from "./check.ts";

/** Levels that exist without being declared, and where each leads. */
const builtInNext: Readonly<Record<string, string>> = {
  level_1: "level_2",
  level_2: "level_3",
  level_3: "level_4",
  level_4: "continuous_monitoring",
};

/** Levels that exist without being declared. */
export const builtInLevels: readonly string[] = Object.keys(builtInNext);

/** Where escalation ends. */
const lastLevel = "continuous_monitoring";

/** Escalation levels: each names one that exists, and none leads back to itself. */
export const checkEscalation: Check = (checked) => {
  const levels = checked.policy.escalation_levels ?? {};
  const known = [...new Set([...Object.keys(levels), ...builtInLevels, lastLevel])];
  const next = (name: string) => levels[name]?.escalation ?? builtInNext[name];
  const problems: Problem[] = [];
  const checkLevel = (level: string | undefined, path: KeyPath) => {
    if (level === undefined || known.includes(level)) return;
    const near = suggest(level, known);
    const fix = near === null ? "declare it under `escalation_levels:`" : `write \`${near}\``;
    problems.push(
      problemAt(checked, path, { code: "HP-P13", found: `there is no escalation level \`${level}\``, fix }),
    );
  };
  for (const [name, checkpoint] of Object.entries(checked.policy.checkpoints)) {
    checkLevel(checkpoint.escalation, ["checkpoints", name, "escalation"]);
  }
  const postReview = checked.policy.bypass?.emergency?.post_review;
  checkLevel(postReview?.escalation, ["bypass", "emergency", "post_review", "escalation"]);
  for (const [name, level] of Object.entries(levels)) {
    const path = ["escalation_levels", name, "escalation"];
    checkLevel(level.escalation, path);
    const circle = level.escalation === undefined ? null : circleFrom(name, next);
    // Told once: at the first of its levels that says where it leads.
    const declared = (circle ?? []).filter((one) => levels[one]?.escalation !== undefined);
    if (circle !== null && declared.every((one) => one >= name)) {
      const found = `escalation goes round: ${circle.join(" → ")}`;
      problems.push(
        problemAt(checked, path, { code: "HP-P14", found, fix: `let one of them end in \`${lastLevel}\`` }),
      );
    }
  }
  return problems;
};

/** The way from a level back to itself; `null` where it leads elsewhere. */
function circleFrom(start: string, next: (level: string) => string | undefined): string[] | null {
  const way = [start];
  for (let at = next(start); at !== undefined; at = next(at)) {
    if (at === start) return [...way, start];
    if (way.includes(at)) return null;
    way.push(at);
  }
  return null;
}

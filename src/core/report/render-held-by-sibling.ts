/** The check of a commit that several pull requests share: the worst of them stands for all, and says whose it is. */

import type { Standing } from "../gate/standing.ts";
import type { CheckRunDraft } from "./check-run.ts";

/** @param worst the other pull request and how it stands, worse than the one that `own` is the check of */
export function renderHeldBySibling(own: CheckRunDraft, worst: { number: number; standing: Standing }): CheckRunDraft {
  const isWaiting = worst.standing === "waiting";
  return {
    ...own,
    status: isWaiting ? "in_progress" : "completed",
    conclusion: isWaiting ? null : "failure",
    title: `Held by #${worst.number}, which has the same commit`,
    summary: `**This pull request shares its commit and its base branch with #${worst.number}, which may not be merged yet.** A check belongs to the commit, so the worse of the two stands for both. It opens when #${worst.number} opens, is closed, or either gets another commit.\n\nBy itself, this one would read: ${own.title.replaceAll(/[\\`*_[\]<>@#]/g, "\\$&")}\n`,
  };
}

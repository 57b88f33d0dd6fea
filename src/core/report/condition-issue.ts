/** An issue for a condition that was left open when a change was merged. */

import type { OpenConditionsRequirement, Requirement } from "../gate/verdict.ts";
import type { Snapshot } from "../snapshot.ts";
import { toMarkdown } from "./markdown.ts";
import { personPiece } from "./telling.ts";
import { cut, oneLine, say } from "./words.ts";

export interface ConditionIssue {
  title: string;
  body: string;
  /** The same for the same condition at every look. */
  marker: string;
}

/** One for each condition that is to be tracked and is not met, in the order they were given. */
export function conditionIssues(
  requirements: readonly Requirement[],
  { repository, number, author, title }: Snapshot,
): ConditionIssue[] {
  const given = requirements
    .filter((one): one is OpenConditionsRequirement => one.kind === "open_conditions")
    .sort((a, b) => a.at.getTime() - b.at.getTime() || compare(a.id, b.id));
  const items = given.flatMap((set) => set.items.map((item) => ({ ...item, set })));
  return items.flatMap(({ text, isMet, set }, index) => {
    if (isMet || set.unmet !== "track") return [];
    const words = say`${personPiece(set.person)} approved ${{ kind: "ours", text: `#${number}` }} (${title}) under this condition, which was open when it was merged:`;
    const condition = toMarkdown(say`> ${text}`);
    const whose = toMarkdown(say`The change is by ${personPiece(author)}.`);
    return [
      {
        title: cut(oneLine(text), 120),
        body: `${toMarkdown(words)}\n\n${condition}\n\n${whose}`,
        marker: `condition:${repository.id}#${number}:${index}`,
      },
    ];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

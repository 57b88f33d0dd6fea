/** An issue for a condition that was left open when a change was merged. */

import { openConditions } from "../gate/approval-conditions.ts";
import type { Verdict } from "../gate/verdict.ts";
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

/** One for each condition that nobody has said is met: those to be tracked, and those that a merge past the gate left behind. */
export function conditionIssues(
  verdict: Pick<Verdict, "requirements">,
  { repository, number, author, title }: Snapshot,
): ConditionIssue[] {
  return openConditions(verdict).map(({ person, number: item, text }) => {
    const words = say`${personPiece(person)} approved ${{ kind: "ours", text: `#${number}` }} (${title}) under this condition, which was open when it was merged:`;
    const condition = toMarkdown(say`> ${text}`);
    const whose = toMarkdown(say`The change is by ${personPiece(author)}.`);
    return {
      title: cut(oneLine(text), 120),
      body: `${toMarkdown(words)}\n\n${condition}\n\n${whose}`,
      marker: `condition:${repository.id}#${number}:${person.id}-${item}`,
    };
  });
}

/** Conditions that stand in the text of a review: a line "Conditions:", or a heading of that name, and a task list below it. */

import { type ListItem, listAt } from "./item-list.ts";
import { spokenBlocks } from "./spoken-lines.ts";

/** @returns empty where there is no such line, or what is below it is no task list */
export function conditionsInReview(body: string): ListItem[] {
  const lines = spokenBlocks(body);
  const start = lines.findIndex(({ text }) => /^(?:#{1,6}\s+)?[*_]{0,3}conditions[*_]{0,3}\s*:?[*_]{0,3}$/i.test(text));
  return start < 0 ? [] : listAt(lines.slice(start + 1)).filter(({ box }) => box !== null);
}

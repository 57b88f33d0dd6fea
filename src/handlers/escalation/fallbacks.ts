import { nextReviewers } from "../../core/escalation/next-reviewers.ts";
import type { Action } from "./action.ts";
import { factsOf, type Item } from "./item.ts";
import { requestReviews } from "./request-reviews.ts";

/** Asks the one whose turn it is next, beside those who were asked. */
export const fallbacks: Action = {
  async prepare({ escalation, item }) {
    const people = nextInTurn(escalation.stuck.key, item).slice(0, 1);
    return people.length === 0 ? null : { people };
  },
  perform: requestReviews,
};

export function nextInTurn(key: string, item: Item): { id: number; login: string }[] {
  if (item.kind !== "pull_request") return [];
  return nextReviewers(key, item.judged.verdict, factsOf(item)).map(({ id, login }) => ({ id, login }));
}

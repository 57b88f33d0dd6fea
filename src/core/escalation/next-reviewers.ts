/** Whose turn it is to be asked for an overdue review, beside those who were. */

import { attentionOf } from "../gate/attention.ts";
import type { GateFacts } from "../gate/facts.ts";
import { isSamePerson } from "../gate/fewest-people.ts";
import { withParts } from "../gate/requirements.ts";
import type { Verdict } from "../gate/verdict.ts";
import type { Person } from "../snapshot.ts";
import { reviewKey } from "./overdue.ts";

/**
 * @param key of the escalation; of another kind of thing than a review, everything that waits for approvals counts
 * @returns who could give what is missing and was neither asked nor taken off, who is free first, then who knows the change, then who has least to review
 */
export function nextReviewers(key: string, verdict: Pick<Verdict, "requirements">, facts: GateFacts): Person[] {
  const { snapshot } = facts;
  const whole = verdict.requirements.filter((one) => reviewKey(snapshot.number ?? 0, one.id) === key);
  const open = [...withParts(whole.length > 0 ? whole : verdict.requirements)].flatMap((one) =>
    one.kind === "approvals" && one.holds && one.state === "waiting" ? one.candidates : [],
  );
  const attention = attentionOf(facts);
  const isBusy = (person: Person) => Number(attention.isBusy(person));
  return open
    .filter((person, index) => open.findIndex((other) => isSamePerson(other, person)) === index)
    .filter(
      (person) =>
        person.kind === "user" &&
        !isSamePerson(person, snapshot.author) &&
        !attention.isEngaged(person) &&
        !attention.isTakenOff(person),
    )
    .sort((a, b) => isBusy(a) - isBusy(b) || attention.compareFit(a, b) || attention.compareTurn(a, b));
}

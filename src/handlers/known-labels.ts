/** Labels with the head that they were put on, where their events were seen to arrive. */

import type { Label } from "../core/snapshot.ts";
import type { LabelArrival } from "./exceptions-port.ts";

/** GitHub tells the timeline's event and the pull request's change to the second. */
const toleranceMs = 2_000;

/** An arrival of somebody else's, or from before the label was last put on, is of another time; so is one under another name. */
export function withLabelHeads(labels: readonly Label[], arrivals: readonly LabelArrival[]): Label[] {
  return labels.map((label) => {
    const arrival = arrivals.find((one) => one.label.toLowerCase() === label.name.toLowerCase());
    const { addedBy, addedAt } = label;
    const isOfThen =
      arrival !== undefined &&
      addedAt !== null &&
      arrival.personId === addedBy?.id &&
      arrival.at.getTime() >= addedAt.getTime() - toleranceMs;
    return { ...label, headAtLabelling: isOfThen ? arrival.headSha : null };
  });
}

/** What a label was put on, taken from its event: GitHub's timeline tells who and when, and names no head. */

import type { LabelArrival } from "./exceptions-port.ts";
import { idAt, type Payload, repositoryIn, shaAt, textAt } from "./payload.ts";

export interface ArrivedLabel extends LabelArrival {
  repositoryId: number;
  number: number;
}

/** GitHub allows 50 characters; what is longer is none of its labels. */
const nameMax = 100;

/**
 * `null` for all but labels put on. Its time is the pull request's own after the change, so that it compares with the timeline's, whose
 * clock is the same.
 */
export function labelArrivalIn(event: string, payload: Payload): ArrivedLabel | null {
  if (event !== "pull_request" || textAt(payload, "action") !== "labeled") return null;
  const repository = repositoryIn(payload);
  const number = idAt(payload, "pull_request", "number");
  const label = textAt(payload, "label", "name");
  const personId = idAt(payload, "sender", "id");
  const headSha = shaAt(payload, "pull_request", "head", "sha");
  const at = new Date(textAt(payload, "pull_request", "updated_at") ?? "");
  if (repository === null || number === null || personId === null || headSha === null) return null;
  if (label === null || label.length > nameMax || label.includes("\0") || Number.isNaN(at.getTime())) return null;
  return { repositoryId: repository.repositoryId, number, label, personId, headSha, at };
}

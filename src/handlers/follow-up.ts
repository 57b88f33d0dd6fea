/** What follows once a pull request's check is written. Each step compares with how things are, so that a second run changes nothing. */

import type { PullRequestSubject } from "../core/subject.ts";
import { applyMerge } from "./apply-merge.ts";
import { askReviewers } from "./ask-reviewers.ts";
import { settleBypasses } from "./bypass/settle-bypasses.ts";
import { followEscalations } from "./follow-escalations.ts";
import { followSession } from "./follow-session.ts";
import type { Judgement } from "./judge-pull-request.ts";
import { keepPlannedWindows } from "./keep-planned-windows.ts";
import { keepStickyComment } from "./keep-sticky-comment.ts";
import type { Ports, Run } from "./ports.ts";
import type { Dossier } from "./store-port.ts";

export interface Followed {
  subject: PullRequestSubject;
  /** As it was before this look. */
  dossier: Dossier;
  judgement: Judgement;
  /** What became of the check. */
  outcome: "written" | "unchanged" | "fenced";
  /** The pull request on the same commit that holds it, where there is one that stands worse. */
  heldBy: number | null;
}

/** @returns the moment at which the step has something to do again, if time alone brings it */
export type FollowUpStep = (followed: Followed, ports: Ports, run: Run) => Promise<Date | null>;

/** In this order; one that fails has the pull request looked at again. */
const steps: readonly FollowUpStep[] = [
  applyMerge,
  settleBypasses,
  askReviewers,
  keepStickyComment,
  followSession,
  keepPlannedWindows,
  followEscalations,
];

export async function followUp(followed: Followed, ports: Ports, run: Run): Promise<Date | null> {
  const moments: (Date | null)[] = [];
  for (const step of steps) moments.push(await step(followed, ports, run));
  return earliest(moments);
}

export function earliest(moments: readonly (Date | null)[]): Date | null {
  const known = moments.filter((moment) => moment !== null);
  return known.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

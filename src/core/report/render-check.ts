/** A verdict as a check run: title, summary, details, annotations and buttons. */

import type { PolicyReplay } from "../backtest/policy-replay.ts";
import type { Verdict } from "../gate/verdict.ts";
import type { PolicyDocument } from "../policy/policy-document.ts";
import type { Problem } from "../problem.ts";
import type { Snapshot } from "../snapshot.ts";
import { annotate } from "./annotations.ts";
import { actionsFor } from "./check-actions.ts";
import { checkDetails } from "./check-details.ts";
import { type CheckUrls, checkIdentity } from "./check-identity.ts";
import type { CheckRunDraft } from "./check-run.ts";
import { checkSummary } from "./check-summary.ts";
import { checkTitle } from "./check-title.ts";
import { conclude } from "./conclusion.ts";
import { policyChangeSection } from "./policy-change-words.ts";
import { policyReplaySection } from "./policy-replay-words.ts";
import { problemAnnotations, proposedPolicyWords } from "./render-policy-problems.ts";
import { rowsOf } from "./rows.ts";
import type { Telling } from "./telling.ts";

export type { CheckUrls };

export interface RenderCheckInput {
  verdict: Verdict;
  snapshot: Snapshot;
  document: PolicyDocument;
  now: Date;
  urls: CheckUrls;
  /** Mistakes in the policy as this very pull request would leave it; it is judged by the base branch's all the same. */
  proposedProblems?: readonly Problem[];
  /** What the change of the policy would have meant for what was merged before; `null` where it changes nothing. */
  policyReplay?: PolicyReplay | "pending" | null;
  /** What is stuck about it and being escalated. */
  escalations?: Telling["escalations"];
}

export function renderCheck({
  verdict,
  snapshot,
  document,
  now,
  urls,
  proposedProblems = [],
  policyReplay = null,
  escalations = [],
}: RenderCheckInput): CheckRunDraft {
  const telling: Telling = { ...urls, snapshot, document, now, escalations };
  const rows = rowsOf(verdict, telling);
  const { annotations, leftOut } = annotate(verdict, snapshot.files, urls);
  const proposed = `${policyChangeSection(snapshot.policyChange)}${policyReplaySection(policyReplay)}${proposedPolicyWords(proposedProblems, snapshot)}`;
  const hidden = leftOut > 0 ? `\n${leftOut} more findings have no annotation; the details list them.\n` : "";
  return {
    ...checkIdentity(snapshot),
    ...conclude(verdict),
    title: checkTitle(verdict, rows),
    summary: checkSummary(verdict, rows, telling, `${proposed}${hidden}`),
    text: checkDetails(verdict, telling),
    annotations: [...problemAnnotations(proposedProblems, snapshot.files), ...annotations].slice(
      0,
      annotations.length + 50,
    ),
    actions: actionsFor(verdict, document.policy),
    detailsUrl: urls.details,
  };
}

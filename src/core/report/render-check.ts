/** A verdict as a check run: title, summary, details, annotations and buttons. */

import { assertNever } from "../assert-never.ts";
import type { Verdict } from "../gate/verdict.ts";
import type { PolicyDocument } from "../policy/policy-document.ts";
import type { Problem } from "../problem.ts";
import type { Snapshot } from "../snapshot.ts";
import { annotate } from "./annotations.ts";
import { checkDetails } from "./check-details.ts";
import type { CheckRunDraft } from "./check-run.ts";
import { checkSummary } from "./check-summary.ts";
import { checkTitle } from "./check-title.ts";
import { conclude } from "./conclusion.ts";
import { problemAnnotations, proposedPolicyWords } from "./render-policy-problems.ts";
import { rowsOf } from "./rows.ts";
import type { Telling } from "./telling.ts";

/** Addresses that the words may point to. */
export interface CheckUrls {
  /** The policy file at its commit, and a line of it (`null`: the file). */
  policyUrl(line: number | null): string | null;
  /** The page that explains a reason code. */
  codeUrl(code: string): string | null;
  /** Where more is told about this pull request. */
  details: string | null;
}

export interface RenderCheckInput {
  verdict: Verdict;
  snapshot: Snapshot;
  document: PolicyDocument;
  now: Date;
  urls: CheckUrls;
  /** Mistakes in the policy as this very pull request would leave it; it is judged by the base branch's all the same. */
  proposedProblems?: readonly Problem[];
}

export function renderCheck({
  verdict,
  snapshot,
  document,
  now,
  urls,
  proposedProblems = [],
}: RenderCheckInput): CheckRunDraft {
  const telling: Telling = { snapshot, document, now, policyUrl: urls.policyUrl, codeUrl: urls.codeUrl };
  const rows = rowsOf(verdict, telling);
  const { annotations, leftOut } = annotate(verdict, snapshot.files);
  const proposed = proposedPolicyWords(proposedProblems, snapshot);
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
    actions: checkActions(verdict.state),
    detailsUrl: urls.details,
  };
}

/** What names a check: its base branch, its head and whose it is. */
export function checkIdentity({
  repository,
  number,
  base,
  head,
}: Pick<Snapshot, "repository" | "number" | "base" | "head">): Pick<CheckRunDraft, "name" | "headSha" | "externalId"> {
  return {
    name: `holdpoint: ${base.ref}`,
    headSha: head.sha,
    externalId: `${repository.id}/${number ?? 0}/${base.ref}`,
  };
}

const recheck = { label: "Re-evaluate", description: "Read everything again and judge anew", identifier: "recheck" };
const explain = { label: "Explain", description: "Say why, rule by rule, in a comment", identifier: "explain" };

export function checkActions(state: Verdict["state"]): CheckRunDraft["actions"] {
  switch (state) {
    case "approved":
      return [recheck];
    case "waiting":
    case "must_change":
    case "error":
      return [recheck, explain];
    default:
      return assertNever(state);
  }
}

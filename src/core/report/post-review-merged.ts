/** What is said on a post-review once its change is merged: the commit, the day it is due, and how the first runs on the base branch went. */

import { toMarkdown } from "./markdown.ts";
import { postReviewMarker } from "./post-review-words.ts";
import { quietWords } from "./quiet-words.ts";
import { longAgo, when } from "./times.ts";
import { code, link, say, type Words } from "./words.ts";

export interface ReportedRun {
  name: string;
  event: string;
  attempt: number;
  /** `null` while it is not finished. */
  conclusion: string | null;
  url: string;
}

export interface MergedFacts {
  baseRef: string;
  commitSha: string | null;
  mergedBy: string | null;
  mergedAt: Date;
  dueAt: Date;
  runs: readonly ReportedRun[];
}

const runsMax = 50;
export function mergedNote({ baseRef, commitSha, mergedBy, mergedAt, dueAt, runs }: MergedFacts): string {
  const by = mergedBy === null ? [] : say` by ${code(mergedBy)}`;
  const as = commitSha === null ? [] : say` as ${code(commitSha.slice(0, 7))}`;
  const head = say`Merged into ${code(baseRef)}${as} on ${when(mergedAt, longAgo)}${by}. The review is due by ${when(dueAt, longAgo)}.`;
  const shown = runs.slice(0, runsMax).map((run) => `- ${line(runWords(run))}`);
  const more = runs.length > runsMax ? [`- and ${runs.length - runsMax} more`] : [];
  const list =
    runs.length === 0
      ? line(say`No workflow has run on that commit of ${code(baseRef)} yet.`)
      : `${line(say`Runs on that commit of ${code(baseRef)}:`)}\n\n${[...shown, ...more].join("\n")}`;
  return `${line(head)}\n\n${list}\n\n${postReviewMarker("merged")}\n`;
}

function runWords({ name, event, attempt, conclusion, url }: ReportedRun): Words {
  const again = attempt > 1 ? say`, attempt ${attempt}` : [];
  const state =
    conclusion === null ? say`still running` : conclusion === "success" ? say`succeeded` : [code(conclusion)];
  return say`${link(say`${name}`, url)} (${event}${again}): ${state}`;
}

/** Conclusions after which somebody has to look. @see https://docs.github.com/rest/actions/workflow-runs */
export function isFailedRun({ conclusion }: Pick<ReportedRun, "conclusion">): boolean {
  return conclusion === "failure" || conclusion === "timed_out" || conclusion === "startup_failure";
}

function line(words: Words): string {
  return toMarkdown(quietWords(words));
}

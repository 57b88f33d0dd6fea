/** The issue for the review that an override owes: what was let go without anybody having judged it, by whom and why. */

import type { DeploymentVoice } from "../deployment/deployment.ts";
import type { DeploymentHold, DeploymentVerdict } from "../deployment/judge-deployment.ts";
import { holdWords, rangeWords, shortSha } from "./deployment-words.ts";
import { toMarkdown } from "./markdown.ts";
import { quietWords } from "./quiet-words.ts";
import { longAgo, when } from "./times.ts";
import { code, cut, link, oneLine, say, type Words } from "./words.ts";

export interface OverrideReview {
  environment: string;
  sha: string;
  run: { id: number; url: string };
  voice: DeploymentVoice;
  holds: readonly DeploymentHold[];
  verdict: Pick<DeploymentVerdict, "range" | "judged">;
  dueAt: Date;
}

export function overrideReviewIssue(review: OverrideReview): { title: string; body: string } {
  const { environment, sha, run, voice, holds, verdict, dueAt } = review;
  const head = say`${shortSha(sha)} was deployed to ${code(environment)} in ${link(say`run ${run.id}`, run.url)} although not all of it had been judged. What was passed over is owed afterwards.`;
  const facts = [
    say`Let pass by ${code(voice.person.login)} on ${when(voice.at, longAgo)}: ${voice.text}`,
    rangeWords(verdict),
    say`Due ${when(dueAt, longAgo)}`,
  ];
  const settle = say`Settled by ${code("/holdpoint reviewed <sound | follow-up | revert> <lessons learned>")} of somebody who neither started nor overrode it.`;
  const body = [
    line(head),
    list(facts),
    "## What was passed over",
    list(holds.map((hold) => holdWords(hold, environment))),
    "## What the review comes to",
    list([
      say`[ ] Every commit above was read`,
      say`[ ] It is known why it did not come through a pull request`,
      say`[ ] Lessons learned are written down`,
    ]),
    line(settle),
  ].join("\n\n");
  return { title: cut(`Post-review of the deployment of ${sha.slice(0, 7)} to ${oneLine(environment)}`, 200), body };
}

function list(lines: readonly Words[]): string {
  return lines.map((words) => `- ${line(words)}`).join("\n");
}

function line(words: Words): string {
  return toMarkdown(quietWords(words));
}

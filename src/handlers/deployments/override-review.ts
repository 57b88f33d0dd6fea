/** Files the review that an override owes, once. */

import { type DeploymentPass, overrideRole } from "../../core/deployment/judge-deployment.ts";
import { overrideReviewIssue } from "../../core/report/override-review-issue.ts";
import { digestOf } from "../digest.ts";
import type { Ports } from "../ports.ts";
import type { JudgedDeployment } from "./look.ts";
import type { DeploymentRequest } from "./request.ts";

type Overridden = Extract<DeploymentPass, { kind: "overridden" }>;

const withinMs = 24 * 3_600_000;
const label = "holdpoint:post-review";

/** @returns `refused` where it cannot be written down, so that nothing may be overridden */
export async function fileOverrideReview(
  { kept, run }: DeploymentRequest,
  { voice, holds }: Overridden,
  { verdict }: JudgedDeployment,
  { github, store, clock }: Ports,
): Promise<"filed" | "refused"> {
  const { repositoryId, installationId, owner, name, environment, sha } = kept;
  const where = digestOf(environment).slice(0, 12);
  const key = `post-review:deployment:${where}:${kept.runId}-${kept.attempt}`;
  if ((await store.loadIssueByKey(repositoryId, key)) !== null) return "filed";
  const now = clock.now();
  const dueAt = new Date(now.getTime() + withinMs);
  const { title, body } = overrideReviewIssue({ environment, sha, run, voice, holds, verdict, dueAt });
  const filed = await github.createIssue(kept, { title, body, labels: [label], assignees: [], marker: key });
  if (filed === "refused") return "refused";
  const excluded = [
    { id: voice.person.id, login: voice.person.login, why: "requester" },
    ...verdict.starters.map(({ id, login }) => ({ id, login, why: "merger" })),
  ];
  await store.keepIssue({
    repositoryId,
    installationId,
    owner,
    name,
    number: filed.number,
    key,
    kind: "post_review",
    state: "open",
    pullRequest: null,
    commitSha: sha,
    dueAt,
    data: {
      cause: "deployment",
      bypassId: null,
      headSha: sha,
      filedAt: now.toISOString(),
      title,
      body,
      role: overrideRole,
      meaning: null,
      withinMs,
      startsAt: verdict.rule.escalation,
      excluded,
    },
  });
  return "filed";
}

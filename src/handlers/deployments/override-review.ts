/** The review that an override owes: filed once before anything is let go, and followed until somebody qualified gives it. */

import { z } from "zod";
import { postReviewLabel } from "../../core/bypass/post-review.ts";
import { handsIn, reviewVerdicts } from "../../core/bypass/post-review-data.ts";
import { parseReviewed, standingOfReviewer } from "../../core/bypass/reviewed.ts";
import { type DeploymentPass, overrideRole } from "../../core/deployment/judge-deployment.ts";
import { holdsRole } from "../../core/policy/resolve-role.ts";
import { overrideReviewIssue } from "../../core/report/override-review-issue.ts";
import { recordMarker, reviewAnswers, reviewRecord } from "../../core/report/post-review-words.ts";
import { digestOf } from "../digest.ts";
import type { KeptIssue } from "../exceptions-port.ts";
import { earliest } from "../follow-up.ts";
import type { IssueCommand, IssueFollower } from "../issues/issue-look.ts";
import type { Ports, RunResult } from "../ports.ts";
import { reportStuck } from "../stuck.ts";
import { issueSubjectOf } from "./end.ts";
import { readGuardedEnvironment } from "./environment.ts";
import type { JudgedDeployment } from "./look.ts";
import type { DeploymentRequest } from "./request.ts";
import { readRoleFacts } from "./who-holds.ts";

type Overridden = Extract<DeploymentPass, { kind: "overridden" }>;

const withinMs = 24 * 3_600_000;
const tryAgainMs = 10 * 60_000;

const person = z.object({ id: z.number(), login: z.string() });

const schema = z.object({
  cause: z.literal("deployment"),
  environment: z.string(),
  title: z.string(),
  body: z.string(),
  dueAt: z.iso.datetime(),
  startsAt: z.string(),
  excluded: z.array(person.extend({ why: z.enum(handsIn) })),
  review: z
    .object({
      verdict: z.enum(reviewVerdicts),
      lessons: z.string(),
      person,
      commentId: z.number(),
      at: z.iso.datetime(),
    })
    .nullable(),
  heard: z.array(z.number()).default([]),
});

/** @returns `refused` where it cannot be written down, so that nothing may be overridden */
export async function fileOverrideReview(
  { kept, run }: DeploymentRequest,
  { voice, holds }: Overridden,
  { verdict }: JudgedDeployment,
  { github, store, clock }: Ports,
): Promise<"filed" | "refused"> {
  const { repositoryId, installationId, owner, name, environment, sha } = kept;
  const key = `post-review:deployment:${digestOf(environment).slice(0, 12)}:${kept.runId}-${kept.attempt}`;
  if ((await store.loadIssueByKey(repositoryId, key)) !== null) return "filed";
  const dueAt = new Date(clock.now().getTime() + withinMs);
  const { title, body } = overrideReviewIssue({ environment, sha, run, voice, holds, verdict, dueAt });
  const filed = await github.createIssue(kept, { title, body, labels: [postReviewLabel], assignees: [], marker: key });
  if (filed === "refused") return "refused";
  const starters = verdict.starters.map(({ id, login }) => ({ id, login, why: "merger" as const }));
  const data: z.infer<typeof schema> = {
    cause: "deployment",
    environment,
    title,
    body,
    dueAt: dueAt.toISOString(),
    startsAt: verdict.rule.escalation,
    excluded: [{ id: voice.person.id, login: voice.person.login, why: "requester" }, ...starters],
    review: null,
    heard: [],
  };
  const where = { repositoryId, installationId, owner, name, number: filed.number };
  const about = { pullRequest: null, commitSha: sha, dueAt };
  await store.keepIssue({ ...where, ...about, key, kind: "post_review", state: "open", data });
  await store.enqueue([{ kind: "issue", ...where }]);
  return "filed";
}

/** Its issue stays open until then, whoever closes or deletes it. */
export const followOverrideReview: IssueFollower = async ({ kept, reading }, ports): Promise<RunResult> => {
  if (kept.state === "done") return {};
  const { github, store, clock } = ports;
  const data = schema.parse(kept.data);
  const about = { repository: kept, kind: "post_review" as const, number: kept.number };
  const { review, environment, title, body } = data;
  if (review !== null) {
    if (reading !== "gone" && !(reading.state === "closed" && reading.body.includes(recordMarker))) {
      await github.changeIssue(kept, { state: "closed", body: `${reading.body}${reviewRecord(review, reading.body)}` });
    }
    await reportStuck(about, [], ports);
    const entry = { ...review, environment, sha: kept.commitSha, issue: kept.number, cause: data.cause };
    await store.recordIssue({ ...kept, state: "done" }, { kind: "post_review_done", data: entry });
    return {};
  }
  if (reading === "gone" && (await fileAnew(kept, { title, body, labels: [postReviewLabel] }, ports))) return {};
  if (reading !== "gone" && reading.state === "closed") await github.changeIssue(kept, { state: "open" });
  const now = clock.now();
  const again = reading === "gone" ? new Date(now.getTime() + tryAgainMs) : null;
  const dueAt = new Date(data.dueAt);
  if (now < dueAt) return { wakeAt: earliest([dueAt, again]) };
  const what = `review of the deployment of ${(kept.commitSha ?? "").slice(0, 7)} to ${environment}`;
  const stuck = { ...about, key: kept.key, what, since: dueAt, startsAt: data.startsAt, roles: [overrideRole] };
  await reportStuck(about, [stuck], ports);
  return { wakeAt: again };
};

/** Deleting it does not give the review. @returns whether it was filed; not where issues are off */
async function fileAnew(
  kept: KeptIssue,
  issue: { title: string; body: string; labels: string[] },
  ports: Ports,
): Promise<boolean> {
  const { github, store } = ports;
  const filed = await github.createIssue(kept, { ...issue, assignees: [], marker: kept.key });
  if (filed === "refused") return false;
  // What was overdue there is overdue at the other number from now on.
  await reportStuck({ repository: kept, kind: "post_review", number: kept.number }, [], ports);
  const anew = { ...kept, number: filed.number };
  await store.keepIssue(anew);
  await store.enqueue([issueSubjectOf(anew)]);
  return true;
}

/** `/holdpoint reviewed …` there: of a technical lead who neither started nor overrode the deployment. */
export const reviewedOverride: IssueCommand = async ({ kept, command, comment }, ports) => {
  const data = schema.parse(kept.data);
  const said = parseReviewed(command.rest);
  if (said.kind === "malformed") {
    const words = said.why === "no_verdict" ? reviewAnswers.noVerdict() : reviewAnswers.noLessons();
    return { reaction: "confused", comment: words };
  }
  if (data.review !== null) return { reaction: "confused", comment: reviewAnswers.settled() };
  const { user, id: commentId, createdAt } = comment;
  const guarded = await readGuardedEnvironment(kept, data.environment, ports);
  const standing = standingOfReviewer(user, data.excluded, "unknown");
  if (standing.kind === "hand_in") return { reaction: "-1", comment: reviewAnswers.handIn(user.login, standing.why) };
  const unreadable = {
    reaction: "eyes",
    comment: reviewAnswers.unreadable(user.login, overrideRole),
    again: true,
  } as const;
  if (guarded.kind !== "guarded") return unreadable;
  const where = { repository: kept, reading: guarded.reading.repository, policy: guarded.document.policy };
  const facts = await readRoleFacts(where, { roles: [overrideRole], people: [user] }, ports, true);
  const holds = holdsRole(user, overrideRole, facts);
  if (holds === "unknown") return unreadable;
  if (!holds) return { reaction: "-1", comment: reviewAnswers.notEntitled(user.login, overrideRole) };
  const { verdict, lessons } = said;
  const review = {
    verdict,
    lessons,
    person: { id: user.id, login: user.login },
    commentId,
    at: createdAt.toISOString(),
  };
  return { reaction: "+1", comment: reviewAnswers.done(verdict), data: { ...data, review } };
};

/** The issue on which it is decided whether an environment is taken back. */

import type { PastDeployment } from "../../core/deployment/deployment.ts";
import { ruleFor } from "../../core/deployment/environment-rule.ts";
import { rollbackAsk, settledBy, weighDecision } from "../../core/deployment/rollback.ts";
import {
  alreadyDecided,
  answerRollback,
  rollbackBody,
  rollbackDecidedTitle,
  rollbackRecord,
  rollbackTitle,
} from "../../core/report/rollback-issue.ts";
import { issueSubjectOf } from "../deployments/end.ts";
import { type GuardedEnvironment, readGuardedEnvironment } from "../deployments/environment.ts";
import { type RollbackData, readRollbackData } from "../deployments/rollback-data.ts";
import { deploymentSubjectOf } from "../deployments/tell-waiting.ts";
import { readRoleFacts } from "../deployments/who-holds.ts";
import { digestOf } from "../digest.ts";
import type { KeptIssue } from "../exceptions-port.ts";
import { earliest } from "../follow-up.ts";
import type { Ports, RunResult } from "../ports.ts";
import { reportStuck } from "../stuck.ts";
import { tell } from "../tell.ts";
import type { IssueCommand, IssueFollower } from "./issue-look.ts";

export const followRollback: IssueFollower = async ({ kept, reading }, ports) => {
  if (kept.state === "done") return {};
  const data = readRollbackData(kept.data);
  const guarded = await readGuardedEnvironment(kept, data.environment, ports);
  if (data.decision !== null) return settle(kept, data, null, guarded, ports);
  const by =
    guarded.kind === "guarded"
      ? settledBy(guarded.reading.past, { deploymentId: data.deploymentId, openedAt: new Date(data.openedAt) })
      : null;
  // What somebody wants back runs well already: only another deployment answers that.
  const isAnswer = by !== null && (data.askedBy === null || by.id !== data.deploymentId);
  if (isAnswer) return settle(kept, data, by, guarded, ports);
  if (reading === "gone" && (await fileAnew(kept, data, ports))) return {};
  if (reading !== "gone" && reading.state === "closed") await ports.github.changeIssue(kept, { state: "open" });
  return escalateOverdue(kept, data, ports);
};

/** `/holdpoint decide …` there: the first decision of somebody who may counts. */
export const decideOnRollback: IssueCommand = async ({ kept, comment, command }, ports) => {
  const data = readRollbackData(kept.data);
  if (data.decision !== null) return alreadyDecided();
  const guarded = await readGuardedEnvironment(kept, data.environment, ports);
  if (guarded.kind !== "guarded") return { ...answerRollback({ kind: "unreadable" }, data), again: true };
  const { document, reading } = guarded;
  const { policy } = document;
  const { roles } = rollbackAsk(policy, ruleFor(policy, data.environment));
  const where = { repository: kept, reading: reading.repository, policy };
  const facts = await readRoleFacts(where, { roles, people: [comment.user] }, ports, true);
  const outcome = weighDecision(command.rest, comment, roles, facts);
  const reply = answerRollback(outcome, data);
  if (outcome.kind === "unreadable") return { ...reply, again: true };
  if (outcome.kind !== "decided") return reply;
  const { id, login } = comment.user;
  const { choice, rationale } = outcome;
  const decision = {
    choice,
    rationale,
    person: { id, login },
    commentId: comment.id,
    at: comment.createdAt.toISOString(),
  };
  return { ...reply, data: { ...data, decision } };
};

/** In this order, so that what a crash interrupts is done again and nothing is told of that did not happen. */
async function settle(
  kept: KeptIssue,
  data: RollbackData,
  by: PastDeployment | null,
  guarded: GuardedEnvironment,
  ports: Ports,
): Promise<RunResult> {
  const { github, store, deployments, meter } = ports;
  const { repositoryId, number, key } = kept;
  const { environment, decision } = data;
  await reportStuck({ repository: kept, kind: "rollback", number }, [], ports);
  const record = rollbackRecord({
    ...questionOf(data),
    decision: decision === null ? null : { ...decision, at: new Date(decision.at) },
    settledBy: by,
  });
  await github.changeIssue(kept, { state: "closed", body: `${record}\n\n<!-- holdpoint:${key} -->` });
  if (decision !== null && guarded.kind === "guarded") await tellDecision(kept, data, record, guarded, ports);
  const kind = decision === null ? "rollback_settled" : "rollback_decided";
  const entry = {
    environment,
    issue: number,
    deploymentId: data.deploymentId,
    sha: data.sha,
    good: data.good?.sha ?? null,
    choice: decision?.choice ?? null,
    rationale: decision?.rationale ?? null,
    by: decision?.person.login ?? null,
    settledBy: by?.id ?? null,
  };
  await store.recordIssue({ ...kept, state: "done", data }, { kind, data: entry });
  meter.deployed(kind);
  const waiting = await deployments.listWaitingRequests({ repositoryId, environment });
  await store.enqueue(waiting.map(deploymentSubjectOf));
  return {};
}

async function tellDecision(
  kept: KeptIssue,
  { environment, decision, roles }: RollbackData,
  record: string,
  { document }: GuardedEnvironment & { kind: "guarded" },
  ports: Ports,
): Promise<void> {
  if (decision === null) return;
  const { repositoryId, installationId, owner, name, number, key } = kept;
  const message = {
    ...{ repositoryId, installationId, owner, name },
    key: `${key}:decided`,
    resolves: `${key}:asked`,
    severity: "high" as const,
    roles,
    channels: [],
    title: rollbackDecidedTitle(environment, decision.choice),
    body: record,
    url: `${ports.urls.server}/${owner}/${name}/issues/${number}`,
    about: null,
    people: [],
    at: ports.clock.now(),
  };
  await tell(message, document.policy, ports);
}

/** Deleting the question does not answer it. @returns whether it was filed; not where issues are off */
async function fileAnew(kept: KeptIssue, data: RollbackData, ports: Ports): Promise<boolean> {
  const { github, store } = ports;
  const issue = { title: rollbackTitle(data), body: rollbackBody(questionOf(data)), labels: [], assignees: [] };
  const filed = await github.createIssue(kept, { ...issue, marker: kept.key });
  if (filed === "refused") return false;
  // What was overdue there is overdue at the other number from now on.
  await reportStuck({ repository: kept, kind: "rollback", number: kept.number }, [], ports);
  const anew = { ...kept, number: filed.number };
  await store.keepIssue(anew);
  await store.enqueue([issueSubjectOf(anew)]);
  return true;
}

const tryAgainMs = 10 * 60_000;

async function escalateOverdue(kept: KeptIssue, data: RollbackData, ports: Ports): Promise<RunResult> {
  const dueAt = new Date(data.dueAt);
  const now = ports.clock.now();
  // The event of a deployment that settles it may be lost.
  const wakeAt = new Date(now.getTime() + tryAgainMs);
  if (now < dueAt) return { wakeAt: earliest([dueAt, wakeAt]) };
  const { environment, escalation: startsAt, roles } = data;
  const about = { repository: kept, kind: "rollback" as const, number: kept.number };
  const key = `rollback:${digestOf(environment).slice(0, 12)}:${data.deploymentId ?? 0}`;
  await reportStuck(
    about,
    [{ ...about, key, what: `decision about taking ${environment} back`, since: dueAt, startsAt, roles }],
    ports,
  );
  return { wakeAt };
}

function questionOf({ openedAt, dueAt, ...data }: RollbackData) {
  return { ...data, openedAt: new Date(openedAt), dueAt: new Date(dueAt) };
}

/** Asks whether an environment is taken back: after its newest deployment failed, or where somebody wants it. */

import { ruleFor } from "../core/deployment/environment-rule.ts";
import { lastGood, newestOf, rollbackAsk } from "../core/deployment/rollback.ts";
import { rollbackAskedTitle, rollbackBody, rollbackTitle } from "../core/report/rollback-issue.ts";
import type { RollbackSubject } from "../core/subject.ts";
import { issueSubjectOf } from "./deployments/end.ts";
import { type GuardedEnvironment, readGuardedEnvironment } from "./deployments/environment.ts";
import { type RollbackData, readRollbackData } from "./deployments/rollback-data.ts";
import { deploymentSubjectOf } from "./deployments/tell-waiting.ts";
import { digestOf } from "./digest.ts";
import type { KeptIssue } from "./exceptions-port.ts";
import type { Ports, RunResult } from "./ports.ts";
import { tell } from "./tell.ts";

export async function openRollback(subject: RollbackSubject, ports: Ports): Promise<RunResult> {
  const { store, deployments } = ports;
  const { repositoryId, environment } = subject;
  // Where there is no gate, nobody is talking to us.
  if ((await store.listGates(repositoryId)).length === 0) return {};
  const open = await findOpen(subject, ports);
  if (open !== null) await store.enqueue([issueSubjectOf(open)]);
  // What waits is counted from what runs, which may be another commit now.
  const waiting = await deployments.listWaitingRequests({ repositoryId, environment });
  await store.enqueue(waiting.map(deploymentSubjectOf));
  if (open !== null || subject.hasSucceeded) return {};
  const guarded = await readGuardedEnvironment(subject, environment, ports);
  if (guarded.kind === "guarded") await ask(subject, guarded, ports);
  return {};
}

async function findOpen({ repositoryId, environment }: RollbackSubject, { store }: Ports): Promise<KeptIssue | null> {
  const open = await store.listIssues({ repositoryId, kind: "rollback", state: "open" });
  return open.find(({ data }) => readRollbackData(data).environment === environment) ?? null;
}

async function ask(
  subject: RollbackSubject,
  { reading, document }: GuardedEnvironment & { kind: "guarded" },
  ports: Ports,
): Promise<void> {
  const { environment, askedBy } = subject;
  const { policy } = document;
  const rule = ruleFor(policy, environment);
  const newest = newestOf(reading.past);
  const isAsked = askedBy !== null || newest?.state === "failed";
  if (rule.name === null || !isAsked) return;
  const now = ports.clock.now();
  const { roles, timeoutMs, escalation } = rollbackAsk(policy, rule);
  const good = lastGood(reading.past, newest?.sha ?? null);
  const data: RollbackData = {
    environment,
    deploymentId: newest?.id ?? null,
    sha: newest?.sha ?? null,
    good: good === null ? null : { id: good.id, sha: good.sha },
    askedBy,
    openedAt: now.toISOString(),
    dueAt: new Date(now.getTime() + timeoutMs).toISOString(),
    roles,
    escalation,
    decision: null,
    heard: [],
  };
  const kept = await file(subject, data, ports);
  if (kept === null) return;
  await tell(
    {
      ...repositoryOf(subject),
      key: `${kept.key}:asked`,
      severity: "high",
      roles,
      channels: [],
      title: rollbackAskedTitle(environment),
      body: rollbackBody(questionOf(data)),
      url: `${ports.urls.server}/${subject.owner}/${subject.name}/issues/${kept.number}`,
      about: null,
      people: [],
      at: now,
    },
    policy,
    ports,
  );
}

/** @returns `null` where it was asked before about this deployment, or cannot be written down */
async function file(subject: RollbackSubject, data: RollbackData, ports: Ports): Promise<KeptIssue | null> {
  const { github, store, log, meter } = ports;
  const { repositoryId } = subject;
  const key = await keyFor(subject, data, ports);
  if (key === null) return null;
  const issue = { title: rollbackTitle(data), body: rollbackBody(questionOf(data)), labels: [], assignees: [] };
  const filed = await github.createIssue(subject, { ...issue, marker: key });
  if (filed === "refused") {
    log.error(
      { repositoryId, environment: data.environment },
      "A question about taking an environment back cannot be asked",
    );
    return null;
  }
  const kept: KeptIssue = {
    ...repositoryOf(subject),
    number: filed.number,
    key,
    kind: "rollback",
    state: "open",
    pullRequest: null,
    commitSha: data.sha,
    dueAt: new Date(data.dueAt),
    data,
  };
  await store.keepIssue(kept);
  await store.appendToLedger(repositoryId, "rollback_asked", {
    environment: data.environment,
    issue: filed.number,
    deploymentId: data.deploymentId,
    sha: data.sha,
    askedBy: data.askedBy?.login ?? null,
  });
  await store.enqueue([issueSubjectOf(kept)]);
  meter.deployed("rollback_asked");
  return kept;
}

/** One question for each deployment. Somebody may ask again, but not by the same event come twice. */
async function keyFor(
  { repositoryId, askedBy }: RollbackSubject,
  { environment, deploymentId }: RollbackData,
  { store, clock }: Ports,
): Promise<string | null> {
  const stem = `rollback:${digestOf(environment).slice(0, 12)}:${deploymentId ?? 0}`;
  for (let again = 0; ; again += 1) {
    const key = again === 0 ? stem : `${stem}:${again}`;
    const before = await store.loadIssueByKey(repositoryId, key);
    if (before === null) return key;
    const decidedAt = readRollbackData(before.data).decision?.at ?? readRollbackData(before.data).openedAt;
    if (askedBy === null || clock.now().getTime() - new Date(decidedAt).getTime() < againAfterMs) return null;
  }
}

const againAfterMs = 10 * 60_000;

function questionOf({ openedAt, dueAt, ...data }: RollbackData) {
  return { ...data, openedAt: new Date(openedAt), dueAt: new Date(dueAt) };
}

function repositoryOf({ repositoryId, installationId, owner, name }: RollbackSubject) {
  return { repositoryId, installationId, owner, name };
}

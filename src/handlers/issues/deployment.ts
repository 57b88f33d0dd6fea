/** The issue on which people release what waits for an environment: shows it, hears them, and is closed when nothing waits any more. */

import type { Stuck } from "../../core/escalation/stuck.ts";
import { deploymentIssueBody, settledIssueBody } from "../../core/report/deployment-issue.ts";
import type { KeptRequest } from "../deployment-port.ts";
import { readShown, readView, sectionsOf } from "../deployments/request-view.ts";
import { sayDeploy } from "../deployments/say-deploy.ts";
import { deploymentSubjectOf } from "../deployments/tell-waiting.ts";
import { digestOf } from "../digest.ts";
import type { KeptIssue } from "../exceptions-port.ts";
import { earliest } from "../follow-up.ts";
import type { Ports, RunResult } from "../ports.ts";
import { reportStuck } from "../stuck.ts";
import type { IssueCommand, IssueFollower, IssueLook } from "./issue-look.ts";

export const followDeployment: IssueFollower = async (look, ports) => {
  const { kept } = look;
  if (kept.state === "done") return {};
  const { environment } = readShown(kept.data);
  const waiting = await ports.deployments.listWaitingRequests({ repositoryId: kept.repositoryId, environment });
  if (look.reading === "gone") return fileAnew(kept, waiting, ports);
  if (waiting.length === 0) return settle(look, environment, ports);
  await show(look, environment, waiting, ports);
  return escalateOverdue(kept, waiting, ports);
};

/** `/holdpoint deploy …` on that issue: about anything that waits for its environment. */
export const deployOnIssue: IssueCommand = async ({ kept, comment, command }, ports) => {
  const { repositoryId, number } = kept;
  const { environment } = readShown(kept.data);
  const waiting = await ports.deployments.listWaitingRequests({ repositoryId, environment });
  return sayDeploy({ repositoryId, number, comment, rest: command.rest, waiting }, ports);
};

/** Somebody deleted or transferred it: the next look at what waits files another. */
async function fileAnew(kept: KeptIssue, waiting: readonly KeptRequest[], ports: Ports): Promise<RunResult> {
  await reportStuck({ repository: kept, kind: "deployment", number: kept.number }, [], ports);
  await ports.store.keepIssue({ ...kept, state: "done" });
  await ports.store.enqueue(waiting.map(deploymentSubjectOf));
  return {};
}

async function settle({ kept }: IssueLook, environment: string, ports: Ports): Promise<RunResult> {
  const { github, store, clock } = ports;
  await reportStuck({ repository: kept, kind: "deployment", number: kept.number }, [], ports);
  const body = withMarker(settledIssueBody(environment, clock.now()), kept);
  await github.changeIssue(kept, { state: "closed", body });
  await store.keepIssue({ ...kept, state: "done" });
  return {};
}

/** Whoever closed it did not answer what it asks, so it is opened again. */
async function show(
  { kept, reading }: IssueLook,
  environment: string,
  waiting: readonly KeptRequest[],
  { github, store }: Ports,
): Promise<void> {
  if (reading === "gone") return;
  const body = deploymentIssueBody(environment, sectionsOf(waiting));
  const shown = digestOf(body);
  const isShown = readShown(kept.data).shown === shown;
  if (isShown && reading.state === "open") return;
  await github.changeIssue(kept, { state: "open", body: withMarker(body, kept) });
  const data = typeof kept.data === "object" && !Array.isArray(kept.data) ? kept.data : {};
  if (!isShown) await store.keepIssue({ ...kept, data: { ...data, environment, shown } });
}

/** By it the issue is found again. */
function withMarker(body: string, { key }: KeptIssue): string {
  return `${body}\n\n<!-- holdpoint:${key} -->`;
}

async function escalateOverdue(kept: KeptIssue, waiting: readonly KeptRequest[], ports: Ports): Promise<RunResult> {
  const now = ports.clock.now();
  const due = waiting.flatMap((request) => {
    const view = readView(request.view);
    return view === null ? [] : [{ request, view, dueAt: new Date(view.dueAt) }];
  });
  const stuck = due
    .filter(({ dueAt }) => dueAt <= now)
    .map(({ request, view, dueAt }): Stuck => {
      const { runId, attempt, environment, sha } = request;
      return {
        key: `deployment:${runId}:${attempt}:${digestOf(environment).slice(0, 12)}`,
        repository: kept,
        kind: "deployment",
        number: kept.number,
        what: `deployment of ${sha.slice(0, 7)} to ${environment}`,
        since: dueAt,
        startsAt: view.escalation,
        roles: view.roles,
      };
    });
  await reportStuck({ repository: kept, kind: "deployment", number: kept.number }, stuck, ports);
  return { wakeAt: earliest(due.map(({ dueAt }) => (dueAt > now ? dueAt : null))) };
}

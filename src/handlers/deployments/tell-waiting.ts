/** Tells what a deployment waits for: on an issue of its environment, and on the run as far as GitHub takes reports. */

import { seatGroups } from "../../core/deployment/approvals.ts";
import { ruleFor } from "../../core/deployment/environment-rule.ts";
import { nextReportAt } from "../../core/deployment/report-schedule.ts";
import { deploymentIssueBody, deploymentIssueTitle, requestSection } from "../../core/report/deployment-issue.ts";
import { waitingReport } from "../../core/report/deployment-report.ts";
import type { Json } from "../../core/report/ledger-hash.ts";
import type { DeploymentSubject } from "../../core/subject.ts";
import type { KeptRequest } from "../deployment-port.ts";
import { digestOf } from "../digest.ts";
import { earliest } from "../follow-up.ts";
import type { Ports, RunResult } from "../ports.ts";
import { findDeploymentIssue, issueSubjectOf } from "./end.ts";
import type { DeploymentLook } from "./look.ts";
import type { DeploymentRequest } from "./request.ts";
import { type RequestView, readShown, sectionsOf } from "./request-view.ts";

type Waiting = Exclude<DeploymentLook, { kind: "gone" }>;

export async function tellWaiting(request: DeploymentRequest, look: Waiting, ports: Ports): Promise<RunResult> {
  const view = viewOf(request, look) satisfies Json;
  if (digestOf(request.kept.view) !== digestOf(view)) await ports.deployments.saveRequestView(request.kept, view);
  const issue = await keepIssueOf({ ...request.kept, view }, ports);
  const edgeAt = look.kind === "judged" ? look.edgeAt : null;
  return { wakeAt: earliest([await report(request, look, issue, ports), edgeAt]) };
}

function viewOf({ kept, run }: DeploymentRequest, look: Waiting): RequestView {
  const { requestedAt, sha, environment } = kept;
  const rule = look.kind === "judged" ? look.verdict.rule : ruleFor({}, environment);
  const dueAt = new Date(requestedAt.getTime() + rule.timeoutMs);
  const told = look.kind === "judged" ? look.verdict : look.why;
  const roles =
    look.kind === "judged" ? seatGroups(rule, look.facts.policy, new Set()).flatMap((seat) => seat.roles) : [];
  return {
    section: requestSection({ sha, environment, requestedAt, dueAt }, run, told),
    pulls: look.kind === "judged" ? look.verdict.judged.pulls.map(({ number }) => number) : [],
    dueAt: dueAt.toISOString(),
    escalation: rule.escalation,
    roles: [...new Set(roles.length > 0 ? roles : ["technical_lead"])],
  };
}

/**
 * The issue of the environment, filed by whichever request has waited longest, so that two of them do not file two.
 *
 * @returns its number; `null` where there is none yet, or issues are off
 */
async function keepIssueOf(kept: KeptRequest, ports: Ports): Promise<number | null> {
  const { github, store, deployments } = ports;
  const { repositoryId, environment, installationId, owner, name } = kept;
  const known = await findDeploymentIssue(kept, ports);
  const waiting = await deployments.listWaitingRequests({ repositoryId, environment });
  const body = deploymentIssueBody(environment, sectionsOf(waiting));
  if (known !== null) {
    if (readShown(known.data).shown !== digestOf(body)) await store.enqueue([issueSubjectOf(known)]);
    return known.number;
  }
  const oldest = waiting[0];
  if (oldest === undefined) return null;
  if (oldest.runId !== kept.runId) {
    await store.enqueue([deploymentSubjectOf(oldest)]);
    return null;
  }
  const key = `deployment:${digestOf(environment).slice(0, 12)}:${oldest.runId}-${oldest.attempt}`;
  const filed = await github.createIssue(kept, {
    title: deploymentIssueTitle(environment),
    body,
    labels: [],
    assignees: [],
    marker: key,
  });
  if (filed === "refused") return null;
  const { number } = filed;
  const where = { repositoryId, installationId, owner, name, number };
  const data = { environment, shown: digestOf(body), heard: [] };
  await store.keepIssue({
    ...where,
    key,
    kind: "deployment",
    state: "open",
    pullRequest: null,
    commitSha: null,
    dueAt: null,
    data,
  });
  await store.enqueue([{ kind: "issue", ...where }]);
  return number;
}

export function deploymentSubjectOf(request: KeptRequest): DeploymentSubject {
  const { installationId, repositoryId, owner, name, runId, environment } = request;
  return { kind: "deployment", installationId, repositoryId, owner, name, runId, environment };
}

/** @returns when words that could not be sent yet may be */
async function report(
  { kept, run }: DeploymentRequest,
  look: Waiting,
  issue: number | null,
  { github, deployments, clock, log }: Ports,
): Promise<Date | null> {
  const { environment, repositoryId, runId, reports } = kept;
  const comment = waitingReport(look.kind === "judged" ? look.verdict : look.why, environment, issue);
  const digest = digestOf(comment);
  const now = clock.now();
  const next = nextReportAt(reports);
  if (next === null) return null;
  if (reports.digest === digest) return null;
  if (next > now) return next;
  const { count } = reports;
  if (!(await deployments.claimReport(kept, { digest, count, at: now }))) return null;
  const subject = { ...deploymentSubjectOf(kept), runId: run.id };
  const outcome = await github.reviewDeployment(subject, { state: null, comment });
  if (outcome.kind === "refused") {
    log.warn(
      { repositoryId, runId, environment, why: outcome.reason },
      "GitHub does not take a report about a deployment",
    );
  }
  return null;
}

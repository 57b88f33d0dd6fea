/** Answers a run that waits: the intention is kept first, so that a crash between GitHub's yes and our books is found out. */

import type { DeploymentVerdict } from "../../core/deployment/judge-deployment.ts";
import { rejectedReport, releasedReport } from "../../core/report/deployment-report.ts";
import type { Json } from "../../core/report/ledger-hash.ts";
import type { DeploymentSubject } from "../../core/subject.ts";
import type { DeploymentAnswer } from "../deployment-port.ts";
import { earliest } from "../follow-up.ts";
import type { Ports, RunResult } from "../ports.ts";
import { endAnswered, endRequest } from "./end.ts";
import type { JudgedDeployment } from "./look.ts";
import { fileOverrideReview } from "./override-review.ts";
import { type DeploymentRequest, readRequest } from "./request.ts";
import { tellWaiting } from "./tell-waiting.ts";

export async function releaseRequest(
  subject: DeploymentSubject,
  request: DeploymentRequest,
  judged: JudgedDeployment,
  ports: Ports,
): Promise<RunResult> {
  const { verdict } = judged;
  const override = verdict.passes.find(({ kind }) => kind === "overridden");
  if (override?.kind === "overridden") {
    // The review that an override owes is written down before anything is let go.
    const review = await fileOverrideReview(request, override, judged, ports);
    if (review === "refused") {
      return tellAndRetry(request, held(judged, [...override.holds, { kind: "review_unfiled" }]), ports);
    }
  }
  const { kept } = request;
  const comment = releasedReport(verdict, kept.attempt, ports.clock.now());
  const kind = override === undefined ? "deployment_approved" : "deployment_overridden";
  return answer(
    subject,
    request,
    judged,
    { state: "approved", comment, kind, data: recordOf(request, verdict) },
    ports,
  );
}

export function rejectRequest(
  subject: DeploymentSubject,
  request: DeploymentRequest,
  judged: JudgedDeployment,
  ports: Ports,
): Promise<RunResult> {
  const { verdict } = judged;
  const comment = rejectedReport(verdict, request.kept.attempt);
  const data = recordOf(request, verdict);
  return answer(subject, request, judged, { state: "rejected", comment, kind: "deployment_rejected", data }, ports);
}

async function answer(
  subject: DeploymentSubject,
  request: DeploymentRequest,
  judged: JudgedDeployment,
  { comment, ...given }: DeploymentAnswer & { comment: string },
  ports: Ports,
): Promise<RunResult> {
  const { kept } = request;
  await ports.deployments.beginAnswer(kept, given);
  const outcome = await ports.github.reviewDeployment(subject, { state: given.state, comment });
  if (outcome.kind === "refused") return afterRefusal(subject, request, judged, outcome.reason, ports);
  await endRequest(kept, given, ports);
  return {};
}

/** GitHub has one already, or the run ended, or a permission lacks; the last is told where people look. */
async function afterRefusal(
  subject: DeploymentSubject,
  { kept }: DeploymentRequest,
  judged: JudgedDeployment,
  reason: string,
  ports: Ports,
): Promise<RunResult> {
  const { repositoryId, runId, environment } = kept;
  const still = await readRequest(subject, ports);
  if (still === null || (await endAnswered(subject, still.kept, ports))) return {};
  ports.log.error(
    { repositoryId, runId, environment, why: reason },
    "GitHub does not take an answer about a deployment",
  );
  await ports.deployments.dropAnswer(kept);
  return tellAndRetry(still, held(judged, [{ kind: "unanswered", reason }]), ports);
}

/** What is missing is nothing that an event tells of. */
async function tellAndRetry(request: DeploymentRequest, judged: JudgedDeployment, ports: Ports): Promise<RunResult> {
  const { wakeAt = null } = await tellWaiting(request, judged, ports);
  return { wakeAt: earliest([wakeAt, new Date(ports.clock.now().getTime() + askAgainMs)]) };
}

const askAgainMs = 10 * 60_000;

function held(judged: JudgedDeployment, holds: DeploymentVerdict["holds"]): JudgedDeployment {
  return { ...judged, verdict: { ...judged.verdict, outcome: "wait", holds } };
}

/** What auditors find in the ledger. */
function recordOf({ kept, run }: DeploymentRequest, verdict: DeploymentVerdict): Json {
  const { range, judged, seats, passes, rejection } = verdict;
  return {
    runId: kept.runId,
    attempt: kept.attempt,
    environment: kept.environment,
    sha: kept.sha,
    base: range.base?.sha ?? null,
    range: range.kind,
    commits: range.commits.length,
    pulls: judged.pulls.map(({ number, state, passage }) => ({ number, state, passage })),
    strays: judged.strays.map(({ sha }) => sha),
    startedBy: [run.actor?.login ?? null, run.triggeringActor?.login ?? null],
    approvals: seats.flatMap(({ id, given }) =>
      given.map((person) => ({ seat: id, id: person.id, login: person.login })),
    ),
    passes: passes.map((pass): Json => {
      if (pass.kind === "overridden") return { kind: pass.kind, by: pass.voice.person.login, reason: pass.voice.text };
      if (pass.kind === "aside") return { kind: pass.aside.kind, name: "name" in pass.aside ? pass.aside.name : null };
      return { kind: pass.kind };
    }),
    rejectedBy: rejection?.kind === "person" ? rejection.voice.person.login : null,
    reason: rejection?.kind === "person" ? rejection.voice.text : (rejection?.kind ?? null),
  };
}

/** Answers a run that waits: the intention is kept first, so that a crash between GitHub's yes and our books is found out. */

import type { DeploymentVerdict } from "../../core/deployment/judge-deployment.ts";
import { rejectedReport, releasedReport } from "../../core/report/deployment-report.ts";
import type { Json } from "../../core/report/ledger-hash.ts";
import type { DeploymentSubject } from "../../core/subject.ts";
import type { Ports, RunResult } from "../ports.ts";
import { wakeDeploymentIssue } from "./end.ts";
import type { JudgedDeployment } from "./look.ts";
import { fileOverrideReview } from "./override-review.ts";
import type { DeploymentRequest } from "./request.ts";
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
    if (review === "refused") return tellWaiting(request, held(judged, override.holds), ports);
  }
  const comment = releasedReport(verdict, ports.clock.now());
  const kind = override === undefined ? "deployment_approved" : "deployment_overridden";
  return answer(subject, request, { state: "approved", comment, kind, data: recordOf(request, verdict) }, ports);
}

export function rejectRequest(
  subject: DeploymentSubject,
  request: DeploymentRequest,
  { verdict }: JudgedDeployment,
  ports: Ports,
): Promise<RunResult> {
  const comment = rejectedReport(verdict);
  const data = recordOf(request, verdict);
  return answer(subject, request, { state: "rejected", comment, kind: "deployment_rejected", data }, ports);
}

async function answer(
  subject: DeploymentSubject,
  { kept }: DeploymentRequest,
  { state, comment, kind, data }: { state: "approved" | "rejected"; comment: string; kind: string; data: Json },
  ports: Ports,
): Promise<RunResult> {
  const { github, deployments, log, meter } = ports;
  await deployments.beginAnswer(kept, state);
  const outcome = await github.reviewDeployment(subject, { state, comment });
  if (outcome.kind === "refused" && kept.answering === null) {
    const { repositoryId, runId, environment } = kept;
    log.error(
      { repositoryId, runId, environment, why: outcome.reason },
      "GitHub does not take an answer about a deployment",
    );
    return { wakeAt: new Date(ports.clock.now().getTime() + askAgainMs) };
  }
  // Refused a second time: GitHub has the first one.
  if (await deployments.settleRequest(kept, { state, kind, data })) meter.deployed(state);
  await wakeDeploymentIssue(kept, ports);
  return {};
}

/** What GitHub refuses is a permission that lacks, or a rule that was taken off: somebody has to see to it. */
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

/** Looks at one run that wants to deploy: releases it, stops it, or tells it what it waits for. */

import type { DeployingRun } from "../core/deployment/deployment.ts";
import type { DeploymentSubject } from "../core/subject.ts";
import type { KeptRequest } from "./deployment-port.ts";
import { rejectRequest, releaseRequest } from "./deployments/answer.ts";
import { endAnswered } from "./deployments/end.ts";
import { type DeploymentLook, lookAtDeployment } from "./deployments/look.ts";
import { type DeploymentRequest, readRequest } from "./deployments/request.ts";
import { tellWaiting } from "./deployments/tell-waiting.ts";
import { NotYet, soon } from "./not-yet.ts";
import type { Ports, Run, RunResult } from "./ports.ts";

export async function judgeDeployment(subject: DeploymentSubject, ports: Ports, run: Run): Promise<RunResult> {
  const request = await readRequest(subject, ports);
  if (request === null) return {};
  const { kept } = request;
  // Answered: whether others still hold it is no business of ours.
  if (kept.state !== "waiting" || (await endAnswered(subject, kept, ports))) return {};
  const first = await look(subject, request, ports, false);
  if (first.kind === "gone") return {};
  if (first.kind === "unjudged" || first.verdict.outcome === "wait") {
    const knownAt = tooEarly(kept, first, ports.clock.now());
    return knownAt === null ? tellWaiting(request, first, ports) : { wakeAt: knownAt };
  }
  // Whatever opens or stops it is looked at once more, past every cache, and must come out the same.
  const again = await readRequest(subject, ports);
  if (again === null) return {};
  const second = await look(subject, again, ports, true);
  if (second.kind !== "judged" || !isSame(first, second) || !isSameRun(request.run, again.run)) {
    throw new NotYet("What decides about a deployment moved while it was read", soon(ports.clock.now(), run.attempt));
  }
  if (second.verdict.outcome === "reject") return rejectRequest(subject, again, second, ports);
  return releaseRequest(subject, again, second, ports);
}

function look(
  { named }: DeploymentSubject,
  { kept, run }: DeploymentRequest,
  ports: Ports,
  isFresh: boolean,
): Promise<DeploymentLook> {
  return lookAtDeployment(kept, { run, isFresh, toldSha: named?.sha ?? null }, ports);
}

/** What a merge set off may be here before the merge itself is known, to us or to GitHub's list of a commit's pull requests. */
const mergeKnownMs = 30_000;
const mergeAgainMs = 10_000;

/** @returns when to look again before anybody is told; `null` where what it waits for can be told */
function tooEarly({ requestedAt }: KeptRequest, look: DeploymentLook, now: Date): Date | null {
  const holds = look.kind === "judged" ? look.verdict.holds : [];
  const isUnknown = holds.some(
    (hold) => hold.kind === "strays" || (hold.kind === "pull" && hold.pull.state === "not_seen"),
  );
  const isYoung = now.getTime() - requestedAt.getTime() < mergeKnownMs;
  return isUnknown && isYoung ? new Date(now.getTime() + mergeAgainMs) : null;
}

type Judged = Extract<DeploymentLook, { kind: "judged" }>;

function isSame(first: Judged, second: Judged): boolean {
  return (
    first.verdict.outcome === second.verdict.outcome &&
    first.document.source.blobSha === second.document.source.blobSha &&
    first.verdict.range.base?.sha === second.verdict.range.base?.sha
  );
}

function isSameRun(first: DeployingRun, second: DeployingRun): boolean {
  return first.attempt === second.attempt && first.headSha === second.headSha;
}

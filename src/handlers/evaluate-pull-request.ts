/** Looks at one pull request: read, decide, record, apply. */

import type { PullRequestSubject } from "../core/subject.ts";
import { afterMerge } from "./after-merge.ts";
import { closeSession } from "./follow-session.ts";
import { earliest, followUp } from "./follow-up.ts";
import { type JudgementOrNot, judgePullRequest } from "./judge-pull-request.ts";
import type { Ports, Run, RunResult } from "./ports.ts";
import { publishJudgement } from "./publish-judgement.ts";
import { shutAfterFailure } from "./shut-after-failure.ts";
import type { Dossier } from "./store-port.ts";

/** @throws whatever kept it from being judged; the subject is then looked at again */
export async function evaluatePullRequest(subject: PullRequestSubject, ports: Ports, run: Run): Promise<RunResult> {
  const { store, log, meter } = ports;
  const startedAt = performance.now();
  const dossier = await store.loadDossier(subject);
  const { before } = dossier;
  const judgement = await judgePullRequest(subject, dossier, ports, run).catch(async (error: unknown) => {
    await shutAfterFailure(subject, before, error, ports, run);
    throw error;
  });
  if (judgement.kind !== "judged") return leaveAlone(subject, judgement, dossier, ports, run);
  if (run.signal.aborted) throw run.signal.reason;

  const { outcome, heldBy } = await publishJudgement(subject, judgement, before, ports, run);
  const { verdict, standing, reading } = judgement;
  const data = {
    repositoryId: subject.repositoryId,
    pr: subject.number,
    headSha: reading.snapshot.head.sha,
    standing,
    outcome,
  };
  log.info(data, "Judged a pull request");
  meter.evaluated(standing, (performance.now() - startedAt) / 1000);
  for (const { app } of reading.foreignChecks) {
    meter.foundForeignCheck();
    log.warn({ ...data, app }, "A check of somebody else bears Holdpoint's name; require it from this App only");
  }
  const wakeAt = await followUp({ subject, dossier, judgement, outcome, heldBy }, ports, run);
  return { wakeAt: earliest([verdict?.wakeAt ?? null, wakeAt]) };
}

async function leaveAlone(
  subject: PullRequestSubject,
  judgement: Exclude<JudgementOrNot, { kind: "judged" }>,
  dossier: Dossier,
  ports: Ports,
  run: Run,
): Promise<RunResult> {
  const { store, log } = ports;
  const { before } = dossier;
  log.debug(
    { repositoryId: subject.repositoryId, pr: subject.number, why: judgement.kind },
    "Left a pull request alone",
  );
  if (before === null || before.state === "closed" || judgement.kind === "ungated") return {};
  if (judgement.kind === "closed" && judgement.reading.snapshot.state === "merged") {
    await afterMerge(subject, judgement.reading, dossier, ports, run);
  }
  if (judgement.kind === "closed") await closeSession(subject, dossier, judgement.reading, ports);
  await store.savePullRequest({ ...before, state: "closed" });
  // Others on the same commit may have been held by this one.
  const { repositoryId, headSha, baseRef } = before;
  const siblings = await store.listPullRequests({ repositoryId, headSha, baseRef });
  await store.enqueue(
    siblings
      .filter(({ number }) => number !== subject.number)
      .map((pr) => ({
        kind: "pull_request",
        installationId: pr.installationId,
        repositoryId,
        owner: pr.owner,
        name: pr.name,
        number: pr.number,
      })),
  );
  return {};
}

/** Looks at one pull request: read, decide, record, apply. */

import type { PullRequestSubject } from "../core/subject.ts";
import { afterMerge } from "./after-merge.ts";
import { closeBypasses } from "./bypass/close-bypasses.ts";
import { grantBypasses } from "./bypass/grant-bypasses.ts";
import { closeEscalations } from "./follow-escalations.ts";
import { closeSession } from "./follow-session.ts";
import { earliest, followUp } from "./follow-up.ts";
import { type Judgement, type JudgementOrNot, judgePullRequest } from "./judge-pull-request.ts";
import type { Ports, Run, RunResult } from "./ports.ts";
import { type Published, publishJudgement } from "./publish-judgement.ts";
import { shutAfterFailure } from "./shut-after-failure.ts";
import type { Dossier } from "./store-port.ts";

/** @throws whatever kept it from being judged; the subject is then looked at again */
export async function evaluatePullRequest(subject: PullRequestSubject, ports: Ports, run: Run): Promise<RunResult> {
  const { log, meter } = ports;
  const startedAt = performance.now();
  const first = await look(subject, ports, run);
  const seen = (await lookAgainIfGranted(subject, first, ports, run)) ?? first;
  const { dossier, judgement, published } = seen;
  if (published === null) return leaveAlone(subject, judgement, dossier, ports, run);

  const { outcome, heldBy } = published;
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
  if (judgement.isReplayWanted) {
    const { repositoryId, owner, name, installationId, number } = subject;
    await ports.store.enqueue([{ kind: "policy_replay", installationId, repositoryId, owner, name, number }]);
  }
  const wakeAt = await followUp({ subject, dossier, judgement, outcome, heldBy }, ports, run);
  return { wakeAt: earliest([verdict?.wakeAt ?? null, wakeAt]) };
}

type Look = { dossier: Dossier } & (
  | { judgement: Judgement; published: Published }
  | { judgement: Exclude<JudgementOrNot, Judgement>; published: null }
);

async function look(subject: PullRequestSubject, ports: Ports, run: Run): Promise<Look> {
  const dossier = await ports.store.loadDossier(subject);
  const { before } = dossier;
  const judgement = await judgePullRequest(subject, dossier, ports, run).catch(async (error: unknown) => {
    await shutAfterFailure(subject, before, error, ports, run);
    throw error;
  });
  if (judgement.kind !== "judged") return { dossier, judgement, published: null };
  if (run.signal.aborted) throw run.signal.reason;
  return { dossier, judgement, published: await publishJudgement(subject, judgement, before, ports, run) };
}

/**
 * The check says first how things are without the bypass, so that whatever fails on the way leaves it shut; what is granted opens only by
 * a look of its own, at what is so then.
 */
async function lookAgainIfGranted(
  subject: PullRequestSubject,
  { judgement, published }: Look,
  ports: Ports,
  run: Run,
): Promise<Look | null> {
  if (published === null || published.outcome === "fenced") return null;
  const settled = await grantBypasses(subject, judgement, ports, run);
  return settled.length > 0 ? look(subject, ports, run) : null;
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
  if (judgement.kind === "closed" && judgement.reading.snapshot.state === "closed") {
    await closeBypasses(subject, judgement.reading, dossier, ports, run);
  }
  await closeEscalations(subject, dossier, ports);
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

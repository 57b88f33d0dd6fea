/** Writes a judgement's check where it differs from the one that stands, and never a success that may be out of date. */

import { isWorse, letsThrough, type Standing } from "../core/gate/standing.ts";
import { engineVersion } from "../core/gate/verdict.ts";
import type { CheckRunDraft } from "../core/report/check-run.ts";
import { renderHeldBySibling } from "../core/report/render-held-by-sibling.ts";
import type { PullRequestSubject } from "../core/subject.ts";
import { digestOf } from "./digest.ts";
import type { Judgement } from "./judge-pull-request.ts";
import { NotYet } from "./not-yet.ts";
import type { Ports, Run } from "./ports.ts";
import { guardSuccess } from "./read-guard.ts";
import type { KnownPullRequest } from "./store-port.ts";

interface Sibling {
  number: number;
  standing: Standing;
}

/** @throws {NotYet} when something moved, so that the verdict was discarded */
export async function publishJudgement(
  subject: PullRequestSubject,
  judgement: Judgement,
  before: KnownPullRequest | null,
  ports: Ports,
  run: Pick<Run, "fence">,
): Promise<"written" | "unchanged" | "fenced"> {
  const { github, store, meter, clock } = ports;
  const { reading, standing, inputsDigest } = judgement;
  const { snapshot, ownChecks } = reading;
  const { owner, name } = snapshot.repository;
  await rememberPullRequest(subject, judgement, before, ports);
  const loadSiblings = () => store.loadSiblings(subject.repositoryId, judgement.draft.headSha, judgement.draft.name);
  const siblings = await loadSiblings();
  const worst = worstOther(siblings, subject.number, standing);
  const draft = worst === null ? judgement.draft : renderHeldBySibling(judgement.draft, worst);
  const outcome = await store.publishCheck({
    subject,
    repositoryId: subject.repositoryId,
    number: subject.number,
    headSha: draft.headSha,
    checkName: draft.name,
    fence: run.fence,
    digest: draftDigest(draft),
    record: { state: standing, inputsDigest, engineVersion, summary: draft.title },
    knownId: ownChecks.find((check) => check.name === draft.name)?.id ?? null,
    async write(id) {
      if (isSuccess(draft)) {
        // Under the lock: nobody can lower the commit between this look and the write.
        if (worstOther(await loadSiblings(), subject.number, standing) !== null) {
          throw new NotYet("Another pull request on the commit was judged meanwhile", clock.now());
        }
        await guardSuccess(subject, judgement, ports);
      }
      return github.writeCheck({ installationId: subject.installationId, owner, name }, id, draft);
    },
  });
  if (outcome === "written") meter.published(draft.conclusion ?? draft.status);
  if (outcome === "fenced") meter.discarded("fenced");
  const wasOpen = siblings.some((one) => one.number === subject.number && letsThrough(one.standing));
  if (wasOpen && !letsThrough(standing)) meter.lowered(standing);
  return outcome;
}

export function isSuccess({ conclusion }: CheckRunDraft): boolean {
  return conclusion === "success" || conclusion === "neutral";
}

/** Of what a reader would miss; a check that says the same at a later minute is the same check. */
export function draftDigest(draft: CheckRunDraft): string {
  return digestOf({ ...draft, summary: draft.summary.replace(/judged [^·\n]{1,40} UTC/g, "judged") });
}

function worstOther(siblings: readonly Sibling[], number: number, standing: Standing): Sibling | null {
  let worst: Sibling | null = null;
  for (const one of siblings) {
    if (one.number !== number && isWorse(one.standing, worst?.standing ?? standing)) worst = one;
  }
  return worst;
}

async function rememberPullRequest(
  { installationId, repositoryId, number }: PullRequestSubject,
  { reading: { snapshot } }: Judgement,
  before: KnownPullRequest | null,
  { store }: Ports,
): Promise<void> {
  const { owner, name } = snapshot.repository;
  const now: KnownPullRequest = {
    installationId,
    repositoryId,
    owner,
    name,
    number,
    state: "open",
    baseRef: snapshot.base.ref,
    headSha: snapshot.head.sha,
  };
  if (digestOf(now) !== digestOf(before)) await store.savePullRequest(now);
}

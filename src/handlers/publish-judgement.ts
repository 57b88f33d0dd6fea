/** Writes a judgement's check where it differs from the one that stands, and never a success that may be out of date. */

import { isDeepStrictEqual } from "node:util";
import { isWorse, letsThrough, type Standing } from "../core/gate/standing.ts";
import { engineVersion } from "../core/gate/verdict.ts";
import type { CheckRunDraft } from "../core/report/check-run.ts";
import { renderHeldBySibling } from "../core/report/render-held-by-sibling.ts";
import type { PullRequestSubject } from "../core/subject.ts";
import type { CheckBeside } from "./checkpoint-checks.ts";
import { digestOf } from "./digest.ts";
import type { Judgement } from "./judge-pull-request.ts";
import type { Ports, Run } from "./ports.ts";
import { guardSuccess } from "./read-guard.ts";
import type { KnownPullRequest, Sibling } from "./store-port.ts";

export interface Published {
  /** What became of the check. */
  outcome: "written" | "unchanged" | "fenced";
  /** The pull request on the same commit that holds it, where it is not open for that alone. */
  heldBy: number | null;
}

/** @throws {NotYet} when something moved, so that the verdict was discarded */
export async function publishJudgement(
  subject: PullRequestSubject,
  judgement: Judgement,
  before: KnownPullRequest | null,
  ports: Ports,
  run: Pick<Run, "fence">,
): Promise<Published> {
  await rememberPullRequest(subject, judgement, before, ports);
  const whole = { draft: judgement.draft, standing: judgement.standing, isLeftover: false };
  // What is lowered comes first; the whole check is the first to go red and the last to turn green.
  const beside = [...judgement.beside].sort((a, b) => Number(isSuccess(a.draft)) - Number(isSuccess(b.draft)));
  const isGreen = isSuccess(whole.draft);
  if (isGreen) {
    for (const check of beside) {
      const { outcome } = await publishCheck(subject, judgement, check, ports, run);
      if (outcome === "fenced") return { outcome, heldBy: null };
    }
  }
  const published = await publishCheck(subject, judgement, whole, ports, run);
  const { outcome, heldBy, wasOpen } = published;
  if (outcome === "written") ports.meter.published(judgement.draft.conclusion ?? judgement.draft.status);
  if (wasOpen && !letsThrough(judgement.standing)) ports.meter.lowered(judgement.standing);
  if (isGreen || outcome === "fenced") return { outcome, heldBy };
  for (const check of beside) {
    if ((await publishCheck(subject, judgement, check, ports, run)).outcome === "fenced") break;
  }
  return { outcome, heldBy };
}

/** One check run: the worst verdict of the pull requests on its commit, written if it differs from what stands. */
async function publishCheck(
  subject: PullRequestSubject,
  judgement: Judgement,
  { draft: own, standing, isLeftover }: CheckBeside,
  ports: Ports,
  run: Pick<Run, "fence">,
): Promise<Published & { wasOpen: boolean }> {
  const { github, store, meter } = ports;
  const { reading, inputsDigest } = judgement;
  const { owner, name } = reading.snapshot.repository;
  const told: { heldBy: number | null; wasOpen: boolean } = { heldBy: null, wasOpen: false };
  const outcome = await store.publishCheck({
    subject,
    repositoryId: subject.repositoryId,
    number: subject.number,
    headSha: own.headSha,
    checkName: own.name,
    fence: run.fence,
    knownId: reading.ownChecks.find((check) => check.name === own.name)?.id ?? null,
    settle(siblings) {
      const mine = siblings.find((one) => one.number === subject.number);
      told.wasOpen = mine !== undefined && letsThrough(mine.standing);
      // It is another pull request's on the same commit, and this one never had a part in it.
      if (isLeftover && mine === undefined && siblings.length > 0) return null;
      const worst = worstOther(siblings, subject.number, standing);
      told.heldBy = worst?.number ?? null;
      const draft = worst === null ? own : renderHeldBySibling(own, worst);
      return {
        digest: draftDigest(draft),
        record: { state: standing, inputsDigest, engineVersion, summary: draft.title },
        async write(id) {
          if (isSuccess(draft)) await guardSuccess(subject, judgement, ports);
          return github.writeCheck({ installationId: subject.installationId, owner, name }, id, draft);
        },
      };
    },
  });
  if (outcome === "fenced") meter.discarded("fenced");
  return { outcome, ...told };
}

export function isSuccess({ conclusion }: CheckRunDraft): boolean {
  return conclusion === "success" || conclusion === "neutral";
}

/**
 * Of what a reader would miss. A check that says the same at a later minute, or against a later commit of the base branch, is the same
 * check: it goes on naming the moment and the commit that it was judged at when it was written.
 */
export function draftDigest(draft: CheckRunDraft): string {
  const lasting = (text: string) => text.replace(judgedAt, "judged").replace(policyCommit, "/blob/");
  return digestOf({ ...draft, summary: lasting(draft.summary), text: lasting(draft.text) });
}

const judgedAt = /judged (?:against [^\n]{1,2000}? )?(?:at|on) \d{1,2} [A-Z][a-z]{2}(?: \d{4})? \d\d:\d\d UTC/g;
/** Links to lines of the policy name the commit it was read at; the policy itself is named by its blob in the footer. */
const policyCommit = /\/blob\/[0-9a-f]{40,64}\//g;

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
  if (!isDeepStrictEqual(now, before)) await store.savePullRequest(now);
}

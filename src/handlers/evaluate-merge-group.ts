/** Judges every pull request of a merge queue's candidate; the worst verdict stands for all. */

import { isWorse, type Standing } from "../core/gate/standing.ts";
import { engineVersion } from "../core/gate/verdict.ts";
import { strayMember } from "../core/report/group-member.ts";
import type { StandingCheck } from "../core/report/render-checkpoint-checks.ts";
import { type GroupMember, renderMergeGroup } from "../core/report/render-special-checks.ts";
import type { Repository } from "../core/snapshot.ts";
import type { MergeGroupSubject, PullRequestSubject } from "../core/subject.ts";
import { digestOf } from "./digest.ts";
import { type Judgement, type JudgementOrNot, judgePullRequest } from "./judge-pull-request.ts";
import type { Ports, Run, RunResult } from "./ports.ts";
import { draftDigest, isSuccess } from "./publish-judgement.ts";
import { guardSuccess } from "./read-guard.ts";

interface Member {
  subject: PullRequestSubject;
  judgement: JudgementOrNot;
}

export async function evaluateMergeGroup(subject: MergeGroupSubject, ports: Ports, run: Run): Promise<RunResult> {
  const { github, store, log, meter } = ports;
  const startedAt = performance.now();
  const listed = await github.listPullRequestsOfMergeGroup(subject);
  const members =
    listed.kind === "read"
      ? await Promise.all(
          listed.value.map(async (one) => ({
            subject: one,
            judgement: await judgePullRequest(one, await store.loadDossier(one), ports, run),
          })),
        )
      : [];
  if (await isUngated(subject, members, ports)) return {};

  const whole = checkOf(subject, members, null, ports);
  const beside = namesBeside(members, subject).map((name) => checkOf(subject, members, name, ports));
  // The whole check is the first to go red and the last to turn green.
  const checks = isSuccess(whole.draft) ? [...beside, whole] : [whole, ...beside];
  const outcomes = new Map<StandingCheck, PublicationOutcome>();
  for (const check of checks) {
    const outcome = await publish(subject, members, check, ports, run);
    outcomes.set(check, outcome);
    if (outcome === "fenced") break;
  }
  const outcome = outcomes.get(whole) ?? "fenced";
  const { standing, draft } = whole;
  log.info({ repositoryId: subject.repositoryId, headSha: subject.headSha, standing, outcome }, "Judged a merge group");
  meter.evaluated(standing, (performance.now() - startedAt) / 1000);
  if (outcome === "written") meter.published(draft.conclusion ?? draft.status);
  return {};
}

type PublicationOutcome = Awaited<ReturnType<Ports["store"]["publishCheck"]>>;

function publish(
  subject: MergeGroupSubject,
  members: readonly Member[],
  { draft, standing }: StandingCheck,
  ports: Ports,
  run: Pick<Run, "fence">,
): Promise<PublicationOutcome> {
  return ports.store.publishCheck({
    subject,
    repositoryId: subject.repositoryId,
    number: null,
    headSha: subject.headSha,
    checkName: draft.name,
    fence: run.fence,
    knownId: null,
    settle: () => ({
      digest: draftDigest(draft),
      record: {
        state: standing,
        summary: draft.title,
        inputsDigest: digestOf(
          members.map(({ judgement }) => (judgement.kind === "judged" ? judgement.inputsDigest : judgement.kind)),
        ),
        engineVersion,
      },
      async write(id) {
        if (isSuccess(draft))
          await Promise.all(judgedOf(members).map(([one, judgement]) => guardSuccess(one, judgement, ports)));
        return ports.github.writeCheck(subject, id, draft);
      },
    }),
  });
}

/** @param name the check of one checkpoint, of the members that it applies to; `null`: the whole check */
function checkOf(
  subject: MergeGroupSubject,
  members: readonly Member[],
  name: string | null,
  { clock, urls }: Ports,
): StandingCheck {
  const parts = members.flatMap((member) => describe(member, subject, name));
  let standing: Standing = parts.length === 0 ? "error" : "approved";
  for (const part of parts) if (isWorse(part.standing, standing)) standing = part.standing;
  const draft = renderMergeGroup({
    repository: repositoryOf(subject, members),
    baseRef: subject.baseRef,
    headSha: subject.headSha,
    members: parts.length === 0 ? null : parts.map(({ member }) => member),
    ...(name === null ? {} : { checkpointCheck: name }),
    now: clock.now(),
    urls: { details: urls.public },
  });
  return { draft, standing };
}

/** Checks of single checkpoints that any member asks for. */
function namesBeside(members: readonly Member[], subject: MergeGroupSubject): string[] {
  const checks = judgedOf(members)
    .filter(([, judgement]) => goesTo(judgement, subject))
    .flatMap(([, { beside }]) => beside.filter(({ isLeftover }) => !isLeftover));
  return [...new Set(checks.map(({ draft }) => draft.name))].sort();
}

/** Only where there is no policy and never was one; a group that could not be resolved in a gated repository is red. */
async function isUngated(subject: MergeGroupSubject, members: readonly Member[], { store }: Ports): Promise<boolean> {
  if (members.length > 0) return members.every(({ judgement }) => judgement.kind === "ungated");
  return (await store.listGates(subject.repositoryId)).length === 0;
}

function judgedOf(members: readonly Member[]): [PullRequestSubject, Judgement][] {
  return members.flatMap(({ subject, judgement }): [PullRequestSubject, Judgement][] =>
    judgement.kind === "judged" ? [[subject, judgement]] : [],
  );
}

/** A member that is closed, gone or goes to another branch has no business in the group; what does not apply to one is left out. */
function describe(
  { subject: { number }, judgement }: Member,
  subject: MergeGroupSubject,
  name: string | null,
): { member: GroupMember; standing: Standing }[] {
  if (judgement.kind !== "judged") return [{ member: strayMember(number, judgement.kind), standing: "error" }];
  if (!goesTo(judgement, subject)) return [{ member: strayMember(number, "other_base"), standing: "error" }];
  const checks = name === null ? [judgement] : judgement.beside.filter(({ draft }) => draft.name === name);
  return checks.map(({ draft: { status, conclusion, title }, standing }) => ({
    member: { number, status, conclusion, title },
    standing,
  }));
}

function goesTo({ reading }: Judgement, { baseRef }: MergeGroupSubject): boolean {
  return reading.snapshot.base.ref === baseRef;
}

function repositoryOf({ repositoryId: id, owner, name }: MergeGroupSubject, members: readonly Member[]): Repository {
  for (const { judgement } of members) if (judgement.kind === "judged") return judgement.reading.snapshot.repository;
  return { id, owner, name, isPrivate: true, defaultBranch: "", properties: {} };
}

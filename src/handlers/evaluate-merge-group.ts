/** Judges every pull request of a merge queue's candidate; the worst verdict stands for all. */

import { isWorse, type Standing } from "../core/gate/standing.ts";
import { engineVersion } from "../core/gate/verdict.ts";
import { strayMember } from "../core/report/group-member.ts";
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
  const { github, store, clock, log, meter } = ports;
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

  const draft = renderMergeGroup({
    repository: repositoryOf(subject, members),
    baseRef: subject.baseRef,
    headSha: subject.headSha,
    members: members.length === 0 ? null : members.map((member) => describe(member, subject)),
    now: clock.now(),
    urls: { details: ports.urls.public },
  });
  const standing = worstOf(members, subject);
  const outcome = await store.publishCheck({
    subject,
    repositoryId: subject.repositoryId,
    number: null,
    headSha: subject.headSha,
    checkName: draft.name,
    fence: run.fence,
    digest: draftDigest(draft),
    record: {
      state: standing,
      summary: draft.title,
      inputsDigest: digestOf(
        members.map(({ judgement }) => (judgement.kind === "judged" ? judgement.inputsDigest : judgement.kind)),
      ),
      engineVersion,
    },
    knownId: null,
    async write(id) {
      if (isSuccess(draft))
        await Promise.all(judgedOf(members).map(([one, judgement]) => guardSuccess(one, judgement, ports)));
      return github.writeCheck(subject, id, draft);
    },
  });
  log.info({ repositoryId: subject.repositoryId, headSha: subject.headSha, standing, outcome }, "Judged a merge group");
  meter.evaluated(standing, (performance.now() - startedAt) / 1000);
  if (outcome === "written") meter.published(draft.conclusion ?? draft.status);
  return {};
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

function worstOf(members: readonly Member[], subject: MergeGroupSubject): Standing {
  let worst: Standing = members.length === 0 ? "error" : "approved";
  for (const { judgement } of members) {
    const standing = judgement.kind === "judged" && goesTo(judgement, subject) ? judgement.standing : "error";
    if (isWorse(standing, worst)) worst = standing;
  }
  return worst;
}

/** A member that is closed, gone or goes to another branch has no business in the group. */
function describe({ subject: { number }, judgement }: Member, subject: MergeGroupSubject): GroupMember {
  if (judgement.kind !== "judged") return strayMember(number, judgement.kind);
  if (!goesTo(judgement, subject)) return strayMember(number, "other_base");
  const { status, conclusion, title } = judgement.draft;
  return { number, status, conclusion, title };
}

function goesTo({ reading }: Judgement, { baseRef }: MergeGroupSubject): boolean {
  return reading.snapshot.base.ref === baseRef;
}

function repositoryOf({ repositoryId: id, owner, name }: MergeGroupSubject, members: readonly Member[]): Repository {
  for (const { judgement } of members) if (judgement.kind === "judged") return judgement.reading.snapshot.repository;
  return { id, owner, name, isPrivate: true, defaultBranch: "", properties: {} };
}

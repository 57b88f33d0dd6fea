/** Keeps what let a merged pull request through, and marks the commit where that was a bypass. */

import { activeGrants } from "../../core/bypass/active-grants.ts";
import type { GrantedBypass } from "../../core/bypass/bypass.ts";
import { letsThrough, type Standing } from "../../core/gate/standing.ts";
import { renderBypassOnCommit } from "../../core/report/bypass-comments.ts";
import type { Snapshot } from "../../core/snapshot.ts";
import type { PullRequestSubject, ScheduleSubject } from "../../core/subject.ts";
import type { KnownMerge } from "../exceptions-port.ts";
import type { PullRequestReading } from "../github-port.ts";
import type { Judgement } from "../judge-pull-request.ts";
import type { Ports } from "../ports.ts";
import type { Dossier } from "../store-port.ts";
import { keepEnd } from "./end-bypass.ts";

export interface MergeLook {
  /** What the gate would have said of it; `null` where no policy can be read any more. */
  judgement: Judgement | null;
  /** What the check said last; `null` where it was never judged. */
  last: Standing | null;
  /** It was merged although the gate was shut. */
  isPast: boolean;
}

/** Doing it twice keeps one. @returns what was kept; `null` where GitHub does not tell of a merge */
export async function keepMerge(
  subject: PullRequestSubject,
  { snapshot }: PullRequestReading,
  look: MergeLook,
  dossier: Dossier,
  ports: Ports,
): Promise<KnownMerge | null> {
  const { merged, head, base } = snapshot;
  if (merged === null) return null;
  const { repositoryId, number } = subject;
  const { passage, grant } = passageOf(look, snapshot, dossier);
  const merge: KnownMerge = {
    repositoryId,
    number,
    baseRef: base.ref,
    headSha: head.sha,
    commitSha: merged.commitSha,
    mergedAt: merged.at,
    mergedBy: merged.by?.login ?? null,
    standing: look.last,
    passage,
    bypassId: grant?.id ?? null,
  };
  await ports.store.saveMerge(merge);
  // While the window still stands in the policy: what went through it is owed a look.
  if (passage === "window") await ports.store.enqueue([scheduleOf(subject, base.ref)]);
  if (grant !== null) await mark(subject, grant, merged.commitSha, ports);
  for (const one of activeGrants(dossier.memory.bypasses)) {
    await keepEnd(subject, one, one.id === grant?.id ? "merged" : "closed", ports);
  }
  return merge;
}

function scheduleOf(
  { installationId, repositoryId, owner, name }: PullRequestSubject,
  baseRef: string,
): ScheduleSubject {
  return { kind: "schedule", installationId, repositoryId, owner, name, baseRef };
}

/** A bypass of the merged head counts as used wherever the gate was open by more than what was met. */
function passageOf(
  { judgement, last, isPast }: MergeLook,
  { head }: Snapshot,
  { memory }: Dossier,
): { passage: KnownMerge["passage"]; grant: GrantedBypass | null } {
  if (isPast) return { passage: "around", grant: null };
  const standing = last !== null && letsThrough(last) ? last : judgement?.standing;
  if (standing !== "bypassed") return { passage: "gate", grant: null };
  const grant = memory.bypasses.find(
    (one): one is GrantedBypass =>
      one.outcome === "granted" && one.headSha === head.sha && (one.ended === null || one.ended.why === "merged"),
  );
  if (grant !== undefined) return { passage: "bypass", grant };
  const isTestBranch = judgement?.verdict?.openings.some(({ opening }) => opening.kind === "test_branch") ?? false;
  return { passage: isTestBranch ? "test_branch" : "window", grant: null };
}

/** Git's history tells it where Holdpoint did not merge, too. */
async function mark(
  subject: PullRequestSubject,
  grant: GrantedBypass,
  commitSha: string | null,
  { github, clock, log }: Ports,
): Promise<void> {
  const { repositoryId, number } = subject;
  if (commitSha === null) return;
  const body = renderBypassOnCommit(grant, number, clock.now());
  const outcome = await github.commentOnCommit(subject, { sha: commitSha, body, marker: `bypass:${number}` });
  if (outcome === "refused") {
    log.warn({ repositoryId, pr: number, commitSha }, "The commit of a bypassed merge could not be commented on");
  }
}

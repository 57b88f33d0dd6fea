/** A success is written only on what is so now: what may have moved since the reading is read again just before. */

import type { OpeningInForce } from "../core/bypass/bypass.ts";
import type { PullRequestSubject } from "../core/subject.ts";
import type { PullRequestGuard, PullRequestReading } from "./github-port.ts";
import type { Judgement } from "./judge-pull-request.ts";
import { NotYet } from "./not-yet.ts";
import type { Ports } from "./ports.ts";

/** A reading this young, with nothing asked of GitHub since, is as good as a second one. */
const freshMs = 2_000;

/** @throws {NotYet} when anything moved: the verdict is discarded and the pull request looked at again */
export async function guardSuccess(
  subject: PullRequestSubject,
  { reading, verdict, isReadLater }: Judgement,
  { github, clock, meter }: Pick<Ports, "github" | "clock" | "meter">,
): Promise<void> {
  const labels = verdict?.state === "bypassed" ? bypassLabels(verdict.openings) : [];
  // What only a label holds open may be shut by anybody who takes it off: that is always read again.
  const isFresh = !isReadLater && labels.length === 0 && clock.now().getTime() - reading.readAt.getTime() <= freshMs;
  if (isFresh) return;
  const guard = await github.readGuard(subject);
  const isUnlabelled = labels.some((label) => !guard.labels.some((name) => name.toLowerCase() === label.toLowerCase()));
  const moved = whatMoved(reading, guard) ?? (isUnlabelled ? "label_removed" : null);
  if (moved === null) return;
  meter.discarded(moved);
  throw new NotYet(`The verdict was discarded: ${moved}`, clock.now());
}

function bypassLabels(openings: readonly OpeningInForce[]): string[] {
  return openings.flatMap(({ opening }) =>
    opening.kind === "bypass" && opening.grant.source.kind === "label" ? [opening.grant.source.label] : [],
  );
}

function whatMoved({ snapshot, policies }: PullRequestReading, now: PullRequestGuard): string | null {
  if (now.headSha !== snapshot.head.sha) return "head_moved";
  if (now.baseRef !== snapshot.base.ref || now.baseSha !== snapshot.base.sha) return "base_moved";
  if (now.isDraft !== snapshot.isDraft || now.state !== snapshot.state) return "state_moved";
  const arePoliciesSame =
    now.policyBlobs.repository === blobOf(policies.repository) &&
    now.policyBlobs.organization === blobOf(policies.organization);
  return arePoliciesSame ? null : "policy_moved";
}

function blobOf(policy: PullRequestReading["policies"]["repository"]): string | null {
  return policy.kind === "read" ? policy.value.blobSha : null;
}

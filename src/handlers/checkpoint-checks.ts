/** The check runs that stand beside the whole check on a head: one for each checkpoint, where the policy asks for them. */

import type { RenderCheckInput } from "../core/report/render-check.ts";
import {
  checkpointChecksPrefix,
  renderCheckpointChecks,
  renderNotNeeded,
  renderShut,
  type StandingCheck,
} from "../core/report/render-checkpoint-checks.ts";
import type { OwnCheck, PullRequestReading } from "./github-port.ts";

export interface CheckBeside extends StandingCheck {
  /** It stands from before, and this pull request asks for it no more. */
  isLeftover: boolean;
}

/** Those of this verdict, and what becomes of those from before that it has no more. */
export function checkpointChecks(
  reading: PullRequestReading,
  input: RenderCheckInput,
  whole: StandingCheck,
): CheckBeside[] {
  const { snapshot, document, verdict, now, urls } = input;
  const wanted = document.policy.per_checkpoint_checks ? renderCheckpointChecks(input) : [];
  const names = new Set(wanted.map(({ draft }) => draft.name));
  const before = standingBefore(reading).filter(({ name }) => !names.has(name));
  const ends =
    verdict.state === "error"
      ? before.map(({ name }) => renderShut(name, whole))
      : before
          .filter((run) => !isGreen(run))
          .map(({ name }) => {
            const checkpoint = name.slice(checkpointChecksPrefix(snapshot.base.ref).length);
            return renderNotNeeded(checkpoint, { subject: snapshot, document, verdict, now, urls });
          });
  return [
    ...wanted.map((check) => ({ ...check, isLeftover: false })),
    ...ends.map((check) => ({ ...check, isLeftover: true })),
  ];
}

/** Nothing was judged: none of those that stand may stay green. */
export function shutCheckpointChecks(reading: PullRequestReading, whole: StandingCheck): CheckBeside[] {
  return standingBefore(reading).map(({ name }) => ({ ...renderShut(name, whole), isLeftover: true }));
}

function standingBefore({ ownChecks, snapshot }: PullRequestReading): OwnCheck[] {
  const prefix = checkpointChecksPrefix(snapshot.base.ref);
  return ownChecks.filter(({ name }) => name.startsWith(prefix));
}

function isGreen({ status, conclusion }: OwnCheck): boolean {
  return status === "completed" && (conclusion === "success" || conclusion === "neutral");
}

/** A session as it is shown: in lists, in tables and on pages. */

import type { LoopOptions } from "./loop-options.ts";
import { type Grade, gradeOf } from "./quality.ts";
import { roundsEnded } from "./rounds.ts";
import type { Ask, Session, SessionState, Version } from "./session.ts";
import { bestVersion, versionNumber } from "./versions.ts";

export interface SessionView {
  state: SessionState;
  stateSince: Date;
  /** The state lasts longer than the policy expects (`state_timeouts`). */
  isSlow: boolean;
  lastActivityAt: Date;
  roundsEnded: number;
  versions: VersionView[];
  rounds: RoundView[];
  putAside: Session["putAside"];
  /** Its memory was damaged and begun anew then, from what GitHub tells. */
  recoveredAt: Date | null;
}

export interface VersionView extends Version {
  grade: Grade;
  isPresent: boolean;
  isBest: boolean;
  asks: Ask[];
}

export interface RoundView {
  number: number;
  startedAt: Date;
  endedAt: Date | null;
  asks: (Ask & { version: number | null })[];
}

export function viewSession(session: Session, options: LoopOptions, now: Date): SessionView {
  const best = bestVersion(session.versions);
  const asks = session.rounds.flatMap((round) => round.asks);
  return {
    state: session.state,
    stateSince: session.stateSince,
    isSlow: isSlow(session, options, now),
    lastActivityAt: session.lastActivityAt,
    roundsEnded: roundsEnded(session),
    versions: session.versions.map((version) => ({
      ...version,
      grade: gradeOf(version.quality, options.grades),
      isPresent: version.headSha === session.head.sha,
      isBest: version === best,
      asks: asks.filter(({ headSha }) => headSha === version.headSha),
    })),
    rounds: session.rounds.map(({ number, startedAt, endedAt, asks: asked }) => ({
      number,
      startedAt,
      endedAt,
      asks: asked.map((ask) => ({ ...ask, version: versionNumber(session, ask.headSha) })),
    })),
    putAside: session.putAside,
    recoveredAt: session.recoveredAt,
  };
}

function isSlow({ state, stateSince, putAside }: Session, { stateMs }: LoopOptions, now: Date): boolean {
  const isTimed = state === "evaluating" || state === "revising" || state === "awaiting_review";
  const mostMs = isTimed ? stateMs[state] : null;
  return mostMs !== null && putAside === null && now.getTime() - stateSince.getTime() > mostMs;
}

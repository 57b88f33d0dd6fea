/** One step of the review loop: the session as it was, and what a look found → the session as it is, what to say, when to look again. */

import type { Person } from "../snapshot.ts";
import { obeyCommands } from "./loop-commands.ts";
import type { LoopOptions } from "./loop-options.ts";
import type { Observation } from "./observation.ts";
import { firstRound, meetAsks, roundsEnded, standingAsks } from "./rounds.ts";
import { type Session, sessionVersion, type Version } from "./session.ts";
import { nextState, type SessionEvent } from "./transitions.ts";
import { bestVersion, dropOldVersions, meetVersion, presentVersion } from "./versions.ts";
import { remindAt, spentMs, turnWait } from "./wait.ts";

export type LoopEffect =
  /** After many rounds: what else could be done. */
  | { kind: "offer_ways_out"; roundsEnded: number; best: Version | null }
  /** `waitId` tells one wait from the next. */
  | { kind: "remind_reviewers"; waitId: string; waitedMs: number; asked: Person[]; couldRelease: Person[] }
  /** What was put aside is due. */
  | { kind: "remind_author"; until: Date; author: Observation["author"] };

export interface Advance {
  session: Session;
  effects: LoopEffect[];
  /** The next moment at which time alone brings something; `null` where nothing will. */
  wakeAt: Date | null;
}

/** @param before `null`: not met before, or lost */
export function advanceSession(before: Session | null, seen: Observation, options: LoopOptions, now: Date): Advance {
  const begun = before === null ? beginAnew(seen, now) : obeyCommands(before, seen.commands);
  if (seen.event === "closed") {
    return { session: enter({ ...begun, shape: seen.shape }, "closed", seen, now), effects: [], wakeAt: null };
  }
  const head = headNow(begun, seen, now);
  const met = { ...begun, head, ...meetVersion(begun, head, seen) };
  const followed: Session = {
    ...met,
    ...meetAsks(met, seen.asks),
    versions: dropOldVersions(met.versions, head.sha, options.retentionMs, now),
    lastActivityAt: lastActivity(begun, seen, now),
    shape: seen.shape,
  };
  const entered = enter(followed, eventNow(followed, seen, options, now), seen, now);
  const { session, effects } = speak(entered, remindedInTime(begun, entered), seen, options, now);
  return { session, effects, wakeAt: wakeAt(session, options, now) };
}

/** What was put aside and is due already was said before the session was lost. */
function beginAnew(seen: Observation, now: Date): Session {
  const session = obeyCommands(beginSession(seen, now), seen.commands);
  const isDue = session.putAside !== null && session.putAside.until.getTime() <= now.getTime();
  return isDue ? { ...session, putAside: null } : session;
}

function beginSession(seen: Observation, now: Date): Session {
  const since = seen.headFirstSeenAt ?? now;
  return {
    schema: sessionVersion,
    state: "evaluating",
    stateSince: now,
    head: { sha: seen.present.headSha, since },
    versions: [{ ...seen.present, number: 1, at: since }],
    lastVersion: 1,
    rounds: [firstRound(seen.createdAt ?? new Date(0))],
    lastActivityAt: seen.activeAt ?? now,
    shape: seen.shape,
    wait: null,
    offeredAfter: 0,
    putAside: null,
    lastCommand: 0,
    recoveredAt: null,
  };
}

/** A head that was met before and comes back does so now, whenever it was first seen. */
function headNow({ head, versions }: Session, { present, headFirstSeenAt }: Observation, now: Date): Session["head"] {
  if (head.sha === present.headSha) return head;
  const isBack = versions.some(({ headSha }) => headSha === present.headSha);
  return { sha: present.headSha, since: isBack ? now : (headFirstSeenAt ?? now) };
}

function lastActivity(before: Session, { activeAt, shape }: Observation, now: Date): Date {
  if (activeAt !== null && activeAt.getTime() > before.lastActivityAt.getTime()) return activeAt;
  return shape === before.shape ? before.lastActivityAt : now;
}

function eventNow(session: Session, seen: Observation, options: LoopOptions, now: Date): SessionEvent {
  const isAsked = seen.event === "review_awaited" && standingAsks(session, seen.asks).length > 0;
  const event = isAsked ? "changes_asked" : seen.event;
  const isActing = event === "changes_asked" || event === "review_awaited" || event === "checks_awaited";
  const idleAt = session.lastActivityAt.getTime() + options.idleMs;
  return isActing && session.putAside === null && idleAt <= now.getTime() ? "fell_idle" : event;
}

function enter(session: Session, event: SessionEvent, { reviewedAt }: Observation, now: Date): Session {
  const state = nextState(session.state, event);
  const isAwaiting = state === "awaiting_review" && session.putAside === null;
  return {
    ...session,
    state,
    stateSince: state === session.state ? session.stateSince : now,
    wait: turnWait(session.wait, isAwaiting, reviewedAt, now),
  };
}

/** The wait whose reminder may be due: after an outage, also that of a session that is abandoned by now. */
function remindedInTime(before: Session, after: Session): Session["wait"] {
  return after.state === "abandoned" && before.state === "awaiting_review" && before.putAside === null
    ? before.wait
    : after.wait;
}

/** What was said is noted, so that it is said once. */
function speak(
  session: Session,
  wait: Session["wait"],
  seen: Observation,
  options: LoopOptions,
  now: Date,
): Pick<Advance, "session" | "effects"> {
  const effects: LoopEffect[] = [];
  let after = session;
  if (session.putAside !== null && session.putAside.until.getTime() <= now.getTime()) {
    effects.push({ kind: "remind_author", until: session.putAside.until, author: seen.author });
    // It begins anew: nobody waited meanwhile, and nobody was idle.
    after = enter({ ...after, putAside: null, lastActivityAt: now }, seen.event, seen, now);
  }
  if (!options.writes) return { session: after, effects };
  const dueAt = remindAt(wait, options.stateMs.awaiting_review);
  if (wait !== null && dueAt !== null && dueAt.getTime() <= now.getTime() && after.wait !== null) {
    const waitId = wait.startedAt.toISOString();
    const people = { asked: seen.requestedReviewers, couldRelease: seen.fastestWay };
    effects.push({ kind: "remind_reviewers", waitId, waitedMs: spentMs(wait, now), ...people });
    after = { ...after, wait: { ...after.wait, remindedAt: now } };
  }
  const ended = roundsEnded(after);
  const isStuck = after.state === "awaiting_review" || after.state === "revising" || after.state === "evaluating";
  if (isStuck && after.putAside === null && ended >= after.offeredAfter + options.roundsMax) {
    const present = presentVersion(after);
    const best = bestVersion(after.versions.filter((one) => one !== present));
    effects.push({ kind: "offer_ways_out", roundsEnded: ended, best });
    after = { ...after, offeredAfter: ended };
  }
  return { session: after, effects };
}

function wakeAt({ state, putAside, wait, lastActivityAt }: Session, options: LoopOptions, now: Date): Date | null {
  const isActing = state === "awaiting_review" || state === "revising" || state === "evaluating";
  const moments = putAside !== null ? [putAside.until] : [];
  if (putAside === null && isActing) moments.push(new Date(lastActivityAt.getTime() + options.idleMs));
  const dueAt = options.writes && putAside === null ? remindAt(wait, options.stateMs.awaiting_review) : null;
  if (dueAt !== null) moments.push(dueAt);
  const later = moments.filter((moment) => moment.getTime() > now.getTime());
  return later.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/** Follows the review session of a pull request: takes it a step on, says what there is to say, and remembers it. */

import { loopMarker, renderLoopComment } from "../core/report/rounds-comment.ts";
import { advanceSession, type LoopEffect } from "../core/rounds/advance-session.ts";
import { type LoopOptions, loopOptions } from "../core/rounds/loop-options.ts";
import { observe } from "../core/rounds/observation.ts";
import { isNews, readSession, type Session } from "../core/rounds/session.ts";
import type { PullRequestSubject } from "../core/subject.ts";
import type { FollowUpStep } from "./follow-up.ts";
import type { PullRequestReading } from "./github-port.ts";
import type { Ports } from "./ports.ts";
import type { Dossier } from "./store-port.ts";

export const followSession: FollowUpStep = async ({ subject, dossier, judgement, outcome }, ports) => {
  if (outcome === "fenced") return null;
  const { reading, verdict, telling } = judgement;
  const policy = telling?.document.policy ?? null;
  const options = loopOptions(policy ?? { comments: "off" });
  const now = ports.clock.now();
  const { before, isDamaged } = known(subject, dossier, ports);
  const { snapshot, headFirstSeenAt } = reading;
  const { commands } = dossier.memory;
  const seen = observe({ snapshot, verdict, headFirstSeenAt, commands, phrases: policy?.approval_loop?.phrases });
  const wished = advanceSession(before, seen, options, now);
  const isQuiet = wished.effects.length > 0 && (await isBeyondLimit(subject, options, ports));
  const { session, effects, wakeAt } = isQuiet
    ? advanceSession(before, seen, { ...options, writes: false }, now)
    : wished;
  for (const effect of effects) await say(subject, reading, effect, now, ports);
  // Afterwards: what was said is found again by its marker, what was only noted would never be said.
  await save(subject, before, isDamaged ? { ...session, recoveredAt: now } : session, ports);
  return wakeAt;
};

/** Once a pull request is closed; nothing is begun for one that was never followed. */
export async function closeSession(
  subject: PullRequestSubject,
  dossier: Dossier,
  { snapshot, headFirstSeenAt }: PullRequestReading,
  ports: Ports,
): Promise<void> {
  const { before } = known(subject, dossier, ports);
  if (before === null) return;
  const seen = observe({ snapshot, verdict: null, headFirstSeenAt, commands: [] });
  const { session } = advanceSession(before, seen, loopOptions({ comments: "off" }), ports.clock.now());
  await save(subject, before, session, ports);
}

function known(
  { repositoryId, number }: PullRequestSubject,
  { session }: Dossier,
  { log }: Ports,
): { before: Session | null; isDamaged: boolean } {
  const saved = readSession(session);
  if (saved.kind === "damaged") {
    log.warn({ repositoryId, pr: number }, "A review session was damaged; it is recovered from GitHub");
  }
  return { before: saved.kind === "read" ? saved.session : null, isDamaged: saved.kind === "damaged" };
}

async function save(
  { repositoryId, number }: PullRequestSubject,
  before: Session | null,
  session: Session,
  { store }: Ports,
): Promise<void> {
  if (isNews(before, session)) await store.saveSession(repositoryId, number, { state: session.state, data: session });
}

/** The oldest open pull requests are followed with words. Looked up only where there is something to say. */
async function isBeyondLimit(
  { repositoryId, number }: PullRequestSubject,
  { sessionsMax }: LoopOptions,
  { store, log }: Ports,
): Promise<boolean> {
  const open = await store.listPullRequests({ repositoryId });
  const older = open.filter((other) => other.number < number).length;
  if (older < sessionsMax) return false;
  log.info(
    { repositoryId, pr: number, open: open.length, sessionsMax },
    "More reviews are open than the policy has followed: reminders and offers are left out",
  );
  return true;
}

/** What was said already, by a run that was cut off, is not said twice; an offer is brought up to date where it stands. */
async function say(
  subject: PullRequestSubject,
  { ownComments }: PullRequestReading,
  effect: LoopEffect,
  now: Date,
  { github }: Ports,
): Promise<void> {
  const marker = loopMarker(effect);
  const body = renderLoopComment(effect, now);
  const standing = ownComments.findLast((comment) => comment.body.includes(marker));
  if (standing === undefined) await github.comment(subject, body);
  else if (effect.kind === "offer_ways_out") {
    const outcome = await github.editComment(subject, standing.id, body);
    if (outcome === "gone") await github.comment(subject, body);
  }
}

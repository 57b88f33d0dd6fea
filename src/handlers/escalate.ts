/**
 * Looks at one escalation: read, decide, settle what is to be done, do it, and keep that it was done. Killed anywhere, the next look goes on
 * where this one was: what was settled is kept before it is begun.
 */

import { type Advanced, advanceEscalation, nextMoment } from "../core/escalation/advance-escalation.ts";
import type { Escalation, EscalationState } from "../core/escalation/escalation-state.ts";
import { type Level, lastLevel, levelOf } from "../core/escalation/levels.ts";
import { settled } from "../core/escalation/report-stuck.ts";
import { writesOf } from "../core/escalation/steps.ts";
import { reminderMessage } from "../core/report/escalation-message.ts";
import type { EscalationSubject } from "../core/subject.ts";
import { cleanUp } from "./escalation/clean-up.ts";
import { type Item, readItem } from "./escalation/item.ts";
import { performSteps, prepareSteps } from "./escalation/run-steps.ts";
import { toldOf } from "./escalation/told.ts";
import type { Ports, Run, RunResult } from "./ports.ts";
import { tell } from "./tell.ts";

/** A policy that is broken is mended or not; it is looked for again after this long. */
const unreadableMs = 10 * 60_000;
/** What is not clear yet is looked at again after this long. */
const waitingMs = 60_000;

/** @throws whatever kept it from being looked at, or a step from being done; it is then looked at again */
export async function escalate(subject: EscalationSubject, ports: Ports, run: Run): Promise<RunResult> {
  const { escalations, clock } = ports;
  const { installationId, repositoryId, owner, name, key } = subject;
  const kept = await escalations.loadEscalation(repositoryId, key);
  if (kept === null) return {};
  // The repository may have been renamed since it was reported.
  const known = { ...kept, stuck: { ...kept.stuck, repository: { installationId, repositoryId, owner, name } } };
  if (known.closedAt !== null) return cleanUp(known, ports);
  if (known.nextAt !== null && known.nextAt > clock.now()) return { wakeAt: wakeAt(known) };

  const item = await readItem(known, ports, run);
  if (item === "over") return settle(known, ports);
  if (item === "unreadable") return { wakeAt: new Date(clock.now().getTime() + unreadableMs) };
  const levels = (level: string): Level => levelOf(item.policy, level);
  const advanced = await advance(known, levels, item, ports);
  if (run.signal.aborted) throw run.signal.reason;
  if (advanced === null) return { wakeAt: clock.now() };
  const { escalation, isWaiting } = advanced;
  const done = await performSteps({ escalation, levelOf: levels, item, ports });
  if (isWaiting) return { wakeAt: new Date(clock.now().getTime() + waitingMs) };
  return { wakeAt: wakeAt({ ...done, nextAt: nextMoment(done.state, levels) }, levels) };
}

/** @returns `null` where somebody else changed it meanwhile */
async function advance(
  known: Escalation,
  levels: (name: string) => Level,
  item: Item,
  ports: Ports,
): Promise<{ escalation: Escalation; isWaiting: boolean } | null> {
  const { escalations, clock, store } = ports;
  const now = clock.now();
  const planned = advanceEscalation(known.stuck, known.state, levels, { now });
  const turnAt = await turnFor(planned, known, levels, ports);
  const next = advanceEscalation(known.stuck, known.state, levels, { now, turnAt });
  if (next.isReminding) await remind(known, next.state, levels, item, ports);
  const prepared = await prepareSteps({ escalation: { ...known, state: next.state }, levelOf: levels, item, ports });
  let kept: Escalation | null = null;
  const { repositoryId } = known.stuck.repository;
  await escalations.changeEscalations({ repositoryId, key: known.stuck.key }, ([current]) => {
    kept = null;
    if (current === undefined || !isSame(current, known)) return [];
    kept = { ...known, state: prepared.state, nextAt: nextMoment(prepared.state, levels) };
    return [{ escalation: kept, entries: [...next.entries, ...prepared.entries], isWoken: false }];
  });
  // So that its check says so.
  if (next.reached !== null && kept !== null && item.kind === "pull_request") await store.enqueue([item.subject]);
  return kept === null ? null : { escalation: kept, isWaiting: prepared.isWaiting };
}

/** A person may have answered, or it may have been settled, since it was read. */
function isSame(one: Escalation, other: Escalation): boolean {
  return one.closedAt === other.closedAt && JSON.stringify(one.state) === JSON.stringify(other.state);
}

/** A level that has something to say on GitHub takes its turn, so that GitHub's limits are kept however many are due. */
async function turnFor(
  planned: Advanced,
  { stuck }: Escalation,
  levels: (name: string) => Level,
  { escalations, clock }: Ports,
): Promise<Date> {
  if (planned.reached === null || planned.reached === lastLevel) return clock.now();
  const level = levels(planned.reached);
  const writes = writesOf(level);
  if (writes === 0) return clock.now();
  const isUrgent = level.severity === "high" || level.severity === "critical";
  return escalations.takeWriteTurn(stuck.repository.installationId, isUrgent ? "urgent" : "usual", writes);
}

/** Kept under the day's key: told twice it is told once. */
async function remind(
  known: Escalation,
  state: EscalationState,
  levels: (name: string) => Level,
  item: Item,
  ports: Ports,
): Promise<void> {
  const before = state.levels.at(-2)?.name ?? known.stuck.startsAt;
  const level = levels(before);
  const told = await toldOf({ escalation: { ...known, state }, level, levelOf: levels, item, ports }, []);
  const message = reminderMessage(told, state.reminders);
  await tell({ ...message, channels: [...level.notify], roles: [...level.roles] }, item.policy, ports);
}

async function settle({ stuck }: Escalation, ports: Ports): Promise<RunResult> {
  const { escalations, clock } = ports;
  const { repositoryId } = stuck.repository;
  await escalations.changeEscalations({ repositoryId, key: stuck.key }, (known) =>
    known
      .filter(({ closedAt }) => closedAt === null)
      .map((one) => {
        const { escalation, entry } = settled(one, clock.now());
        return { escalation, entries: [entry], isWoken: true };
      }),
  );
  return {};
}

/** Due at the same moment, what is more pressing comes first: the queue goes by time alone. */
function wakeAt({ nextAt, state }: Escalation, levels?: (name: string) => Level): Date | null {
  if (nextAt === null) return null;
  const name = state.levels.at(-1)?.name;
  if (levels === undefined || name === undefined) return nextAt;
  const rank = name === lastLevel ? 3 : ["critical", "high", "medium", "low"].indexOf(levels(name).severity);
  return new Date(nextAt.getTime() + rank);
}

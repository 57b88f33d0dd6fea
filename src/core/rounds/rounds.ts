/** Rounds: one ends when a head is pushed after somebody asked for changes. */

import type { SeenAsk } from "./asks.ts";
import type { Ask, Round, Session, Version } from "./session.ts";

/** So many asks of a round, and so many rounds, are kept; the numbers go on. */
const asksMax = 20;
const roundsMax = 100;

/**
 * Enters what was asked since the last look, and ends rounds that a push ended. Of a session that was lost, rounds are told from the heads
 * that reviews were given on.
 */
export function meetAsks(
  session: Pick<Session, "rounds" | "head" | "versions">,
  asks: readonly SeenAsk[],
): Pick<Session, "rounds"> {
  let rounds: readonly Round[] = session.rounds;
  const known = new Set(rounds.flatMap((round) => round.asks.map(({ source }) => source)));
  for (const seen of asks) {
    const open = rounds.at(-1);
    // What is older was left out of a round that is over.
    if (open === undefined || known.has(seen.source) || isBefore(seen.at, open.startedAt)) continue;
    const ask = placed(seen, session);
    const last = open.asks.at(-1);
    if (last !== undefined && isPushedBetween(last, ask, session.versions)) rounds = endRound(rounds, ask.at);
    rounds = withAsk(rounds, ask);
  }
  const last = rounds.at(-1)?.asks.at(-1);
  if (last !== undefined && isAnswered(last, session.head)) rounds = endRound(rounds, session.head.since);
  return { rounds: rounds.slice(-roundsMax) };
}

export function firstRound(startedAt: Date): Round {
  return { number: 1, startedAt, endedAt: null, asks: [] };
}

export function roundsEnded({ rounds }: Pick<Session, "rounds">): number {
  return (rounds.at(-1)?.number ?? 1) - 1;
}

/** What is asked of the present head and not settled since. */
export function standingAsks(session: Pick<Session, "head" | "versions">, asks: readonly SeenAsk[]): Ask[] {
  return asks
    .filter((ask) => !ask.isSettled)
    .map((ask) => placed(ask, session))
    .filter((ask) => !isAnswered(ask, session.head));
}

/** GitHub tells times to the second: within one, another head than the one asked on is the later one. */
function isAnswered(ask: Ask, head: Session["head"]): boolean {
  if (head.since.getTime() > ask.at.getTime()) return true;
  return ask.headSha !== head.sha && !isBefore(head.since, ask.at);
}

/** A comment bears no head: it was given on the one that stood then. */
function placed(seen: SeenAsk, { versions, head }: Pick<Session, "versions" | "head">): Ask {
  const { source, person, at, excerpt } = seen;
  return { source, person, at, excerpt, headSha: seen.headSha ?? headAt(versions, at) ?? head.sha };
}

function headAt(versions: readonly Version[], at: Date): string | null {
  const met = versions.filter((version) => version.at.getTime() <= at.getTime());
  return met.sort((a, b) => a.at.getTime() - b.at.getTime()).at(-1)?.headSha ?? null;
}

/** A review given late, on a head that was known before, is no push. */
function isPushedBetween(earlier: Ask, later: Ask, versions: readonly Version[]): boolean {
  if (earlier.headSha === later.headSha) return false;
  const [before, after] = [earlier, later].map(
    ({ headSha }) => versions.find((one) => one.headSha === headSha)?.number ?? null,
  );
  return before == null || after == null || after > before;
}

function withAsk(rounds: readonly Round[], ask: Ask): Round[] {
  return rounds.map((round, index) =>
    index === rounds.length - 1 && round.asks.length < asksMax ? { ...round, asks: [...round.asks, ask] } : round,
  );
}

function endRound(rounds: readonly Round[], at: Date): Round[] {
  const last = rounds.at(-1);
  if (last === undefined) return [firstRound(at)];
  return [
    ...rounds.slice(0, -1),
    { ...last, endedAt: at },
    { number: last.number + 1, startedAt: at, endedAt: null, asks: [] },
  ];
}

/** Whole seconds, as GitHub tells them. */
function isBefore(one: Date, other: Date): boolean {
  return Math.floor(one.getTime() / 1_000) < Math.floor(other.getTime() / 1_000);
}

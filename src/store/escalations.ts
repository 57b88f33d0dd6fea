/** Escalations: each change is kept together with its entries in the ledger and the look that it asks for. */

import type pg from "pg";
import { type Escalation, newEscalation, readEscalationState } from "../core/escalation/escalation-state.ts";
import type { Stuck } from "../core/escalation/stuck.ts";
import type { Json, LedgerEntry } from "../core/report/ledger-hash.ts";
import type { EscalationSubject } from "../core/subject.ts";
import type { EscalationChange, EscalationStore, WriteLane } from "../handlers/escalation-port.ts";
import { wakeWanted, wantedRows } from "./jobs/job-queue.ts";
import { appendStatements } from "./ledger.ts";
import type { Queryable } from "./queryable.ts";
import { inTransaction } from "./transaction.ts";

interface EscalationDependencies {
  pool: pg.Pool;
  now(): Date;
  shiftSeconds(): number;
  /** Tells the workers that there is something to do. */
  ring(): void;
}

export function createEscalations({ pool, now, shiftSeconds, ring }: EscalationDependencies): EscalationStore {
  return {
    async loadEscalation(repositoryId, key) {
      const { rows } = await pool.query<Row>({
        name: "load-escalation",
        text: `select ${columns} from escalations where repository_id = $1 and key = $2`,
        values: [repositoryId, key],
      });
      return rows[0] === undefined ? null : toEscalation(rows[0], now());
    },
    async listEscalations(repositoryId, number) {
      const { rows } = await pool.query<Row>({
        name: "list-escalations",
        text: `select ${columns} from escalations where repository_id = $1 and number = $2 and closed_at is null order by key`,
        values: [repositoryId, number],
      });
      return rows.map((row) => toEscalation(row, now()));
    },
    async changeEscalations(which, change) {
      const changes = await inTransaction(pool, async (session) => {
        const known = await lockEscalations(session, which);
        const wanted = change(known.map((row) => toEscalation(row, now())));
        for (const one of wanted) await keep(session, one, now());
        await wake(session, wanted, shiftSeconds());
        return wanted;
      });
      if (changes.some(({ isWoken }) => isWoken)) ring();
    },
    takeWriteTurn: (installationId, lane, writes) => takeWriteTurn(pool, { installationId, lane, writes }, now()),
    loadHistory: (repositoryId, number) => loadHistory(pool, repositoryId, number),
    async listForgottenEscalations(dueBefore) {
      const { rows } = await pool.query<Row>(
        `select ${columns} from escalations where closed_at is null and next_at < $1 order by next_at limit 1000`,
        [dueBefore],
      );
      return rows.map((row) => toEscalation(row, now()));
    },
  };
}

const columns = 'stuck, state, next_at as "nextAt", closed_at as "closedAt"';

interface Row {
  stuck: Omit<Stuck, "since"> & { since: string };
  state: unknown;
  nextAt: Date | null;
  closedAt: Date | null;
}

/** A state that cannot be read begins anew: it must not be lost that something is stuck. */
function toEscalation({ stuck, state, nextAt, closedAt }: Row, now: Date): Escalation {
  return {
    stuck: { ...stuck, since: new Date(stuck.since) },
    state: readEscalationState(state) ?? newEscalation(now),
    nextAt,
    closedAt,
  };
}

/** The lock is of what it is about, since there may be no row yet; it ends with the transaction. */
async function lockEscalations(
  session: Queryable,
  which: Parameters<EscalationStore["changeEscalations"]>[0],
): Promise<Row[]> {
  const { repositoryId } = which;
  await session.query({
    name: "lock-escalations",
    text: "select pg_advisory_xact_lock(hashtextextended($1, 0))",
    values: [`escalations:${repositoryId}`],
  });
  const [where, values] =
    "key" in which ? ["key = $2", [which.key]] : ["kind = $2 and number = $3", [which.kind, which.number]];
  const { rows } = await session.query<Row>({
    name: `lock-escalations-by-${"key" in which ? "key" : "kind"}`,
    text: `select ${columns} from escalations where repository_id = $1 and ${where} order by key for update`,
    values: [repositoryId, ...values],
  });
  return rows;
}

async function keep(session: Queryable, { escalation, entries }: EscalationChange, at: Date): Promise<void> {
  const { stuck, state, nextAt, closedAt } = escalation;
  const { repositoryId } = stuck.repository;
  const level = state.levels.at(-1);
  await session.query({
    name: "keep-escalation",
    text: `insert into escalations (repository_id, key, kind, number, stuck, state, next_at, opened_at, closed_at, level,
        level_at, since)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      on conflict (repository_id, key) do update set kind = excluded.kind, number = excluded.number,
        stuck = excluded.stuck, state = excluded.state, next_at = excluded.next_at, closed_at = excluded.closed_at,
        level = excluded.level, level_at = excluded.level_at, since = excluded.since`,
    values: [
      repositoryId,
      stuck.key,
      stuck.kind,
      stuck.number,
      JSON.stringify(stuck),
      JSON.stringify(state),
      nextAt,
      at,
      closedAt,
      level?.name ?? null,
      level?.at ?? null,
      stuck.since,
    ],
  });
  const statements = entries.flatMap(({ kind, data }) => appendStatements({ repositoryId, at, kind, data }));
  if (statements.length > 0) await session.query(statements.join(";\n"));
}

async function wake(session: Queryable, changes: readonly EscalationChange[], shiftSeconds: number): Promise<void> {
  const woken = changes.filter(({ isWoken }) => isWoken);
  if (woken.length === 0) return;
  const subjects = woken.map(({ escalation: { stuck } }) => subjectOf(stuck));
  await session.query({
    name: "wake-escalations",
    text: `with wanted as (
        select key, kind, subject, now() + make_interval(secs => $2) as due
        from json_to_recordset($1::json) as w(key text, kind text, subject json))
      ${wakeWanted}`,
    values: [wantedRows(subjects), shiftSeconds],
  });
}

function subjectOf({ repository, key }: Stuck): EscalationSubject {
  const { installationId, repositoryId, owner, name } = repository;
  return { kind: "escalation", installationId, repositoryId, owner, name, key };
}

/**
 * GitHub allows 80 writes a minute and 500 an hour that people are told of; a part stays free for answers and reviews.
 *
 * @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
const lanes: Readonly<Record<WriteLane, { everyMs: number; atOnce: number }>> = {
  urgent: { everyMs: 24_000, atOnce: 15 },
  usual: { everyMs: 18_000, atOnce: 15 },
};

async function takeWriteTurn(
  db: Queryable,
  { installationId, lane, writes }: { installationId: number; lane: WriteLane; writes: number },
  now: Date,
): Promise<Date> {
  const { everyMs, atOnce } = lanes[lane];
  const { rows } = await db.query<{ turn: Date }>({
    name: "take-write-turn",
    text: `insert into write_turns as t (installation_id, lane, free_at)
      values ($1, $2, $3::timestamptz + $4 * interval '1 ms')
      on conflict (installation_id, lane) do update
        set free_at = greatest(t.free_at, $3::timestamptz) + $4 * interval '1 ms'
      returning free_at - $4 * interval '1 ms' as turn`,
    values: [installationId, lane, now, writes * everyMs],
  });
  const turn = rows[0]?.turn ?? now;
  return new Date(Math.max(now.getTime(), turn.getTime() - (atOnce - writes) * everyMs));
}

/** More is no story any more. */
const historyMax = 200;
/** So far back it is looked for, in entries of the repository. */
const entriesMax = 20_000;

/** Sought in the text: a value with `\u0000` in it cannot be taken apart by the database. */
async function loadHistory(db: Queryable, repositoryId: number, number: number): Promise<LedgerEntry[]> {
  const { rows } = await db.query<LedgerEntry>({
    name: "load-history",
    text: `select repository_id as "repositoryId", seq, at, kind, data, previous_hash as "previousHash", hash
      from (select * from ledger where repository_id = $1 order by seq desc limit $4) as newest
      where data::text ~ $2 order by seq desc limit $3`,
    values: [repositoryId, `"number":${number}[,}]`, historyMax, entriesMax],
  });
  return rows.reverse().filter(({ data }) => isAbout(data, number));
}

function isAbout(data: Json, number: number): boolean {
  return typeof data === "object" && data !== null && !Array.isArray(data) && data.number === number;
}

/** Subjects that were given up: shown to operators, and brought back by hand or by anything new that happens to them. */

import type { Subject } from "../../core/subject.ts";
import type { Queryable } from "../queryable.ts";

export interface DeadLetter {
  key: string;
  subject: Subject;
  attempts: number;
  failingSince: Date;
  deadAt: Date;
  lastError: string;
  /** The deliveries that wait for it, oldest first; at most the newest hundred. */
  deliveryIds: string[];
}

/** Newest first. */
export async function listDeadLetters(db: Queryable, limit = 100): Promise<DeadLetter[]> {
  const { rows } = await db.query<DeadLetter>(
    `select j.subject_key as key, j.subject, j.attempts, j.failing_since as "failingSince", j.dead_at as "deadAt",
        coalesce(j.last_error, '') as "lastError",
        coalesce((select array_agg(s.delivery_id order by s.generation) from (
          select delivery_id, generation from delivery_subjects d
          where d.subject_key = j.subject_key order by d.generation desc limit 100) s), '{}') as "deliveryIds"
      from jobs j where j.dead_at is not null order by j.dead_at desc limit $1`,
    [limit],
  );
  return rows;
}

export interface QueueDepth {
  /** Due now and not running. */
  due: number;
  running: number;
  /** Waiting for a moment: a wake-up or a retry. */
  later: number;
  dead: number;
  /** Seconds that the oldest due one has waited; 0 when none is due. */
  oldestDueSeconds: number;
}

export async function readQueueDepth(db: Queryable, shiftSeconds: number): Promise<QueueDepth> {
  const { rows } = await db.query<QueueDepth>(
    `with clock as (select now() + make_interval(secs => $1) as at)
      select count(*) filter (where due_at <= at and lease_until is null)::int as due,
        count(*) filter (where lease_until is not null)::int as running,
        count(*) filter (where due_at > at)::int as later,
        count(*) filter (where dead_at is not null)::int as dead,
        coalesce(extract(epoch from max(at - due_at) filter (where due_at <= at and lease_until is null)), 0)::float8
          as "oldestDueSeconds"
      from jobs, clock`,
    [shiftSeconds],
  );
  return rows[0] ?? { due: 0, running: 0, later: 0, dead: 0, oldestDueSeconds: 0 };
}

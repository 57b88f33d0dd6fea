/**
 * The queue's statements: one row per subject, so that a subject can be neither queued nor run twice.
 *
 * A wake-up adds one to the row's generation under the row's lock; a run notes the generation it began with, which
 * contains every wake-up committed before, and covers exactly those. Whatever commits later leaves the row due again.
 * Leases go by the database's clock alone; due times by the database's clock plus `shiftSeconds`, by which the given
 * clock differs from the machine's (0 in operation).
 */

import type { Subject } from "../../core/subject.ts";
import { subjectKey } from "../../core/subject.ts";
import type { Queryable } from "../queryable.ts";

export interface ClaimedJob {
  key: string;
  subject: Subject;
  /** From 1; counts failures since the last success. */
  attempt: number;
  fence: number;
  /** The wake-ups up to this one are covered by the run. */
  generation: number;
  /** Deliveries that caused the wake-ups, oldest first; at most the newest thousand. */
  deliveryIds: string[];
}

/**
 * The insertion that wakes subjects; to be completed with a `wanted(key, kind, subject, due)` relation before it.
 * A dead subject comes to life with a clean record: something new happened to it.
 */
export const wakeWanted = `
  insert into jobs as j (subject_key, kind, subject, generation, due_at)
  select key, kind, subject, 1, due from wanted order by key
  on conflict (subject_key) do update set
    generation = j.generation + 1,
    subject = excluded.subject,
    due_at = least(j.due_at, greatest(excluded.due_at, j.not_before)),
    attempts = case when j.dead_at is null then j.attempts else 0 end,
    failing_since = case when j.dead_at is null then j.failing_since end,
    dead_at = null
  returning subject_key, generation`;

/** JSON for `wanted`: each subject once, since one statement may touch a row only once. */
export function wantedRows(subjects: readonly Subject[]): string {
  const byKey = new Map(subjects.map((subject) => [subjectKey(subject), subject]));
  return JSON.stringify([...byKey].map(([key, subject]) => ({ key, kind: subject.kind, subject })));
}

/** Asks for a look at each subject: at once, or at `at` if nothing asks for an earlier one. */
export async function wakeJobs(
  db: Queryable,
  subjects: readonly Subject[],
  { at, shiftSeconds }: { at: Date | null; shiftSeconds: number },
): Promise<void> {
  await db.query({
    name: "wake-jobs",
    text: `with wanted as (
        select key, kind, subject, coalesce($2::timestamptz, now() + make_interval(secs => $3)) as due
        from json_to_recordset($1::json) as w(key text, kind text, subject json))
      ${wakeWanted}`,
    values: [wantedRows(subjects), at, shiftSeconds],
  });
}

/**
 * Sets a subject's one wake-up; `null` cancels it. An immediate look, a run under way and a retry are left as they are:
 * a wake-up only ever adds to them.
 */
export async function scheduleJob(
  db: Queryable,
  subject: Subject,
  at: Date | null,
  shiftSeconds: number,
): Promise<void> {
  const isWakeUp = `jobs.lease_until is null and jobs.attempts = 0 and jobs.due_at > now() + make_interval(secs => $2)`;
  if (at === null) {
    await db.query(`update jobs set due_at = null where subject_key = $1 and ${isWakeUp}`, [
      subjectKey(subject),
      shiftSeconds,
    ]);
    return;
  }
  await db.query(
    `insert into jobs (subject_key, kind, subject, generation, due_at) values ($1, $3, $4, 0, $5)
      on conflict (subject_key) do update set
        due_at = case when ${isWakeUp} then excluded.due_at else least(jobs.due_at, excluded.due_at) end`,
    [subjectKey(subject), shiftSeconds, subject.kind, JSON.stringify(subject), at],
  );
}

export async function claimJobs(
  db: Queryable,
  options: { holder: string; limit: number; leaseSeconds: number; shiftSeconds: number },
): Promise<ClaimedJob[]> {
  const { rows } = await db.query<{
    key: string;
    subject: Subject;
    attempts: number;
    fence: number;
    generation: number;
  }>({
    name: "claim-jobs",
    text: `with picked as (
        select subject_key from jobs
        where due_at <= now() + make_interval(secs => $4) and lease_until is null
        order by due_at limit $2 for update skip locked)
      update jobs j set due_at = null, not_before = null, holder = $1, fence = nextval('job_fences'),
        lease_until = clock_timestamp() + make_interval(secs => $3)
      from picked where j.subject_key = picked.subject_key
      returning j.subject_key as key, j.subject, j.attempts, j.fence, j.generation`,
    values: [options.holder, options.limit, options.leaseSeconds, options.shiftSeconds],
  });
  if (rows.length === 0) return [];
  const deliveries = await readCausesOf(db, rows);
  return rows.map(({ attempts, ...job }) => ({
    ...job,
    attempt: attempts + 1,
    deliveryIds: deliveries.get(job.key) ?? [],
  }));
}

/** In a statement after the claim: only there is everything visible that the claimed generation counts. */
async function readCausesOf(
  db: Queryable,
  jobs: readonly { key: string; generation: number }[],
): Promise<Map<string, string[]>> {
  const { rows } = await db.query<{ key: string; ids: string[] }>({
    name: "read-causes",
    text: `select c.key, (
        select array_agg(s.delivery_id order by s.generation) from (
          select delivery_id, generation from delivery_subjects d
          where d.subject_key = c.key and d.generation <= c.generation order by d.generation desc limit 1000) s) as ids
      from json_to_recordset($1::json) as c(key text, generation bigint)`,
    values: [JSON.stringify(jobs.map(({ key, generation }) => ({ key, generation })))],
  });
  return new Map(rows.map(({ key, ids }) => [key, ids ?? []]));
}

/**
 * Extends the leases of this process.
 *
 * @returns the keys that are still held under the given fence; the others were lost
 */
export async function renewLeases(
  db: Queryable,
  options: { holder: string; jobs: readonly { key: string; fence: number }[]; leaseSeconds: number },
): Promise<Set<string>> {
  const { rows } = await db.query<{ subject_key: string }>(
    `with mine as (
        select j.subject_key from jobs j
        join json_to_recordset($2::json) as r(key text, fence bigint) on j.subject_key = r.key and j.fence = r.fence
        where j.holder = $1 order by j.subject_key for update of j)
      update jobs j set lease_until = clock_timestamp() + make_interval(secs => $3)
      from mine where j.subject_key = mine.subject_key returning j.subject_key`,
    [options.holder, JSON.stringify(options.jobs), options.leaseSeconds],
  );
  return new Set(rows.map(({ subject_key }) => subject_key));
}

/**
 * Ends a run that went well. The subject is due again at once if it was woken meanwhile, else at `wakeAt`.
 *
 * @returns whether the run still held the subject (if not, nothing was changed) and whether it is due again now
 */
export async function completeJob(
  db: Queryable,
  job: Pick<ClaimedJob, "key" | "fence" | "generation">,
  { wakeAt, shiftSeconds }: { wakeAt: Date | null; shiftSeconds: number },
): Promise<{ isHeld: boolean; isDueAgain: boolean }> {
  const { rows } = await db.query<{ held: boolean; due: boolean }>({
    name: "complete-job",
    text: `with job as (
        update jobs set holder = null, lease_until = null, due_at = least(due_at, $4::timestamptz),
          attempts = 0, failing_since = null, last_error = null, dead_at = null
        where subject_key = $1 and fence = $2 and lease_until is not null returning subject_key, due_at),
      covered as (
        delete from delivery_subjects s using job
        where s.subject_key = job.subject_key and s.generation <= $3 returning s.delivery_id),
      locked as (
        select d.id from deliveries d join covered c on c.delivery_id = d.id order by d.id for update of d),
      finished as (
        update deliveries d set open_subjects = d.open_subjects - 1,
          status = case when d.open_subjects <= 1 then 'done' else d.status end,
          finished_at = case when d.open_subjects <= 1 then now() end
        from locked where d.id = locked.id)
      select exists (select from job) as held,
        exists (select from job where due_at <= now() + make_interval(secs => $5)) as due`,
    values: [job.key, job.fence, job.generation, wakeAt, shiftSeconds],
  });
  return { isHeld: rows[0]?.held === true, isDueAgain: rows[0]?.due === true };
}

/** Takes away the rows of subjects that nothing is asked of; a later wake-up makes a new one. */
export async function sweepIdleJobs(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    "delete from jobs where due_at is null and lease_until is null and dead_at is null",
  );
  return rowCount ?? 0;
}

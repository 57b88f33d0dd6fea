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
  return rows.map(({ attempts, ...job }) => ({ ...job, attempt: attempts + 1 }));
}

/**
 * The deliveries that caused the wake-ups which a run covers, oldest first; at most the newest thousand. In a statement
 * after the claim: only there is everything visible that the claimed generation counts.
 */
export async function readCauses(
  db: Queryable,
  { key, generation }: Pick<ClaimedJob, "key" | "generation">,
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: "read-causes",
    text: `select id from (
        select delivery_id as id, generation from delivery_subjects
        where subject_key = $1 and generation <= $2 order by generation desc limit 1000) as newest
      order by generation`,
    values: [key, generation],
  });
  return rows.map(({ id }) => id);
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

export type EndedJob = Pick<ClaimedJob, "key" | "fence" | "generation"> & { wakeAt: Date | null };

/**
 * Ends runs that went well. A subject is due again at once if it was woken meanwhile, else at `wakeAt`.
 *
 * @param jobs each key once
 * @returns by the keys of the runs that still held their subject, whether it is due again now; of the others nothing was changed
 */
export async function completeJobs(
  db: Queryable,
  jobs: readonly EndedJob[],
  { shiftSeconds }: { shiftSeconds: number },
): Promise<Map<string, { isDueAgain: boolean }>> {
  const { rows } = await db.query<{ key: string; due: boolean }>({
    name: "complete-jobs",
    text: `with held as (
        select j.subject_key, e.generation, e."wakeAt" from jobs j
        join json_to_recordset($1::json) as e(key text, fence bigint, generation bigint, "wakeAt" timestamptz)
          on j.subject_key = e.key and j.fence = e.fence
        where j.lease_until is not null order by j.subject_key for update of j),
      job as (
        update jobs j set holder = null, lease_until = null, due_at = least(j.due_at, held."wakeAt"),
          attempts = 0, failing_since = null, last_error = null, dead_at = null
        from held where j.subject_key = held.subject_key
        returning j.subject_key, j.due_at, held.generation),
      covered as (
        delete from delivery_subjects s using job
        where s.subject_key = job.subject_key and s.generation <= job.generation returning s.delivery_id),
      counted as (select delivery_id, count(*) as subjects from covered group by delivery_id),
      locked as (
        select d.id, c.subjects from deliveries d join counted c on c.delivery_id = d.id order by d.id for update of d),
      finished as (
        update deliveries d set open_subjects = d.open_subjects - locked.subjects,
          status = case when d.open_subjects <= locked.subjects then 'done' else d.status end,
          finished_at = case when d.open_subjects <= locked.subjects then now() end
        from locked where d.id = locked.id)
      select subject_key as key, coalesce(due_at <= now() + make_interval(secs => $2), false) as due from job`,
    values: [JSON.stringify(jobs), shiftSeconds],
  });
  return new Map(rows.map(({ key, due }) => [key, { isDueAgain: due }]));
}

/** Takes away the rows of subjects that nothing is asked of; a later wake-up makes a new one. */
export async function sweepIdleJobs(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    "delete from jobs where due_at is null and lease_until is null and dead_at is null",
  );
  return rowCount ?? 0;
}

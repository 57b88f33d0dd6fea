/** The ways in which a run does not end well: it failed, was handed back, or its process died. */

import type { Queryable } from "../queryable.ts";
import type { ClaimedJob } from "./job-queue.ts";
import { attemptsMax, failingHoursMax } from "./retry-delay.ts";

export interface FailureOutcome {
  /** Whether the run still held the subject; if not, nothing was changed. */
  isHeld: boolean;
  isDead: boolean;
}

/**
 * Ends a run that failed: again at `retryAt` and not before, else after `delayMs`; dead when it has failed for too long.
 * A wake-up that came meanwhile is not made to wait, except by `retryAt`, and keeps the subject from being dead.
 */
export async function failJob(
  db: Queryable,
  job: Pick<ClaimedJob, "key" | "fence">,
  failure: { error: string; delayMs: number; retryAt: Date | null; shiftSeconds: number },
): Promise<FailureOutcome> {
  const { rows } = await db.query<{ failed: number; dead: number }>({
    name: "fail-job",
    text: `with ${recordFailure({
      from: "",
      which: "j.subject_key = $1 and j.fence = $2 and j.lease_until is not null",
      error: "$3",
      nextAt: "coalesce($5::timestamptz, now() + make_interval(secs => $4))",
      notBefore: "$5::timestamptz",
    })}`,
    values: [job.key, job.fence, failure.error, failure.delayMs / 1000 + failure.shiftSeconds, failure.retryAt],
  });
  return { isHeld: rows[0]?.failed === 1, isDead: rows[0]?.dead === 1 };
}

/**
 * Makes subjects due again whose process did not renew its lease, so died or lost the database. The first times at
 * once; a subject that seems to kill its process waits longer and longer.
 *
 * @param whose `expired`, or `all` where no other process can be alive
 */
export async function reclaimJobs(
  db: Queryable,
  { whose, shiftSeconds }: { whose: "expired" | "all"; shiftSeconds: number },
): Promise<{ reclaimed: number; dead: number }> {
  const { rows } = await db.query<{ failed: number; dead: number }>(
    `with lapsed as (
        select subject_key from jobs
        where lease_until is not null ${whose === "all" ? "" : "and lease_until < clock_timestamp()"}
        order by subject_key for update skip locked),
      ${recordFailure({
        from: "from lapsed",
        which: "j.subject_key = lapsed.subject_key",
        error: "'The process that worked on it ended, or lost the database'",
        nextAt: `now() + make_interval(secs => $1 + case when j.attempts < 3 then 0 else least(900, 2 ^ j.attempts) end)`,
        notBefore: "null::timestamptz",
      })}`,
    [shiftSeconds],
  );
  return { reclaimed: rows[0]?.failed ?? 0, dead: rows[0]?.dead ?? 0 };
}

/** Hands back what a stopping process has not finished; it was no failure. */
export async function releaseJobs(db: Queryable, holder: string): Promise<number> {
  const { rowCount } = await db.query(
    `update jobs set holder = null, lease_until = null, due_at = least(due_at, now())
      where subject_key in (
        select subject_key from jobs where holder = $1 and lease_until is not null order by subject_key for update)`,
    [holder],
  );
  return rowCount ?? 0;
}

/** The rows' own part is said by SQL fragments, all of them constants of this file. */
function recordFailure(sql: { from: string; which: string; error: string; nextAt: string; notBefore: string }): string {
  const isGivenUp = `j.due_at is null
    and (j.attempts + 1 >= ${attemptsMax} or j.failing_since < now() - interval '${failingHoursMax} hours')`;
  return `ended as (
      update jobs j set holder = null, lease_until = null, attempts = j.attempts + 1,
        failing_since = coalesce(j.failing_since, now()), last_error = ${sql.error}, not_before = ${sql.notBefore},
        dead_at = case when ${isGivenUp} then now() end,
        due_at = case when ${isGivenUp} then null else greatest(least(j.due_at, ${sql.nextAt}), ${sql.notBefore}) end
      ${sql.from} where ${sql.which} returning j.subject_key, j.dead_at),
    given_up as (
      select d.id from deliveries d where d.status = 'queued' and d.id in (
        select s.delivery_id from delivery_subjects s join ended e on e.subject_key = s.subject_key
        where e.dead_at is not null)
      order by d.id for update of d),
    marked as (update deliveries d set status = 'dead' from given_up where d.id = given_up.id)
    select count(*)::int as failed, count(dead_at)::int as dead from ended`;
}

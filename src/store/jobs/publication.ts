/** Writes to a head in order: one writer at a time, and never an older run after a newer one. */

import type pg from "pg";

export interface CheckRunRecord {
  repositoryId: number;
  headSha: string;
  /** The check's name, e.g. `holdpoint: main`. */
  name: string;
  /** GitHub's id; `null` before it is known. */
  checkRunId: number | null;
  externalId: string;
  /** Digest of what was written last; equal digest, no write. */
  digest: string | null;
}

export interface Publication {
  subjectKey: string;
  fence: number;
  repositoryId: number;
  headSha: string;
  name: string;
}

export type PublicationOutcome =
  | { kind: "published"; record: CheckRunRecord }
  /** The write was refused: the subject belongs to another run now, or a newer run has written to this check. */
  | { kind: "fenced"; why: "lost_subject" | "newer_run" };

/** Thrown by callers that treat a refused write as a failed run. */
export class FencedError extends Error {
  override readonly name = "FencedError";
}

/**
 * Runs `write` while no other process can write to this head, if this run is still the one in charge, and records
 * what it wrote. Writers of one head wait for each other on an advisory lock of the transaction, which the server
 * frees when the process dies.
 *
 * @param write gets what was written last (`null`: nothing) and returns what stands on GitHub afterwards
 * @throws what `write` throws, and when the record cannot be kept; the caller's run then fails and is done again
 */
export async function publishUnderFence(
  pool: pg.Pool,
  publication: Publication,
  write: (last: CheckRunRecord | null) => Promise<Pick<CheckRunRecord, "checkRunId" | "externalId" | "digest">>,
): Promise<PublicationOutcome> {
  const session = await pool.connect();
  let broken: Error | undefined;
  try {
    await session.query("begin");
    const last = await enter(session, publication);
    if (last === "lost_subject" || last === "newer_run") {
      await session.query("rollback");
      return { kind: "fenced", why: last };
    }
    const written = await write(last);
    const { repositoryId, headSha, name } = publication;
    const record = { repositoryId, headSha, name, ...written };
    await saveRecord(session, record, publication.fence);
    await session.query("commit");
    return { kind: "published", record };
  } catch (error) {
    await session.query("rollback").catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure));
    });
    throw error;
  } finally {
    session.release(broken);
  }
}

async function enter(
  session: pg.PoolClient,
  { subjectKey, fence, repositoryId, headSha, name }: Publication,
): Promise<CheckRunRecord | null | "lost_subject" | "newer_run"> {
  await session.query({
    name: "lock-head",
    text: "select pg_advisory_xact_lock(hashtextextended($1, 0))",
    values: [`head:${repositoryId}:${headSha}`],
  });
  // A statement of its own: only after the lock was got does it see what the writer before has committed.
  const { rows } = await session.query<{ held: boolean; last: (CheckRunRecord & { fence: number }) | null }>({
    name: "check-fence",
    text: `select
        exists (select from jobs where subject_key = $1 and fence = $2 and lease_until > clock_timestamp()) as held,
        (select json_build_object('repositoryId', repository_id, 'headSha', head_sha, 'name', name, 'checkRunId',
            check_run_id, 'externalId', external_id, 'digest', digest, 'fence', fence)
          from check_runs where repository_id = $3 and head_sha = $4 and name = $5) as last`,
    values: [subjectKey, fence, repositoryId, headSha, name],
  });
  const row = rows[0];
  if (row?.held !== true) return "lost_subject";
  if (row.last === null) return null;
  const { fence: lastFence, ...last } = row.last;
  return lastFence > fence ? "newer_run" : last;
}

async function saveRecord(session: pg.PoolClient, record: CheckRunRecord, fence: number): Promise<void> {
  await session.query({
    name: "save-check-run",
    text: `insert into check_runs (repository_id, head_sha, name, check_run_id, external_id, digest, fence)
      values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (repository_id, head_sha, name) do update set check_run_id = excluded.check_run_id,
        external_id = excluded.external_id, digest = excluded.digest, fence = excluded.fence, updated_at = now()`,
    values: [
      record.repositoryId,
      record.headSha,
      record.name,
      record.checkRunId,
      record.externalId,
      record.digest,
      fence,
    ],
  });
}

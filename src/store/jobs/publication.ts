/** Writes to a head in order: one writer at a time, and never an older run after a newer one. */

import type pg from "pg";
import { type Subject, subjectKey } from "../../core/subject.ts";
import { inlineSql } from "../inline-sql.ts";
import { appendStatements } from "../ledger.ts";
import type { SiblingVerdict } from "../memory/verdicts.ts";

export interface Publication {
  subject: Subject;
  repositoryId: number;
  /** Whose verdict it is; `null` for one that belongs to no single pull request. */
  number: number | null;
  headSha: string;
  checkName: string;
  /** Of the run; a write with an older one than the last is refused. */
  fence: number;
  /** The check run that GitHub's reading showed, if any. */
  knownId: number | null;
  /**
   * Called under the lock, without waiting.
   *
   * @param verdicts of all pull requests on the commit and check; nobody can add to them until the check is written
   * @returns `null` leaves everything as it is
   */
  settle(verdicts: readonly SiblingVerdict[]): SettledCheck | null;
}

export interface SettledCheck {
  /** Digest of what would be written. */
  digest: string;
  /** For the ledger. `state` is the pull request's own verdict, also where a worse one of a sibling is shown. */
  record: { state: string; inputsDigest: string; engineVersion: string; summary: string };
  /** Writes to GitHub. @returns the check run's id */
  write(id: number | null): Promise<number>;
}

/**
 * - `written`: GitHub has it, and the ledger says so;
 * - `unchanged`: GitHub had it already, or it is left as it is;
 * - `fenced`: refused, because the subject belongs to another run now or a newer run has written to this check.
 */
export type PublicationOutcome = "written" | "unchanged" | "fenced";

/**
 * Writes a check while no other process can write to this head, if this run is still the one in charge, and keeps
 * what was written, whose verdict it was and the ledger's entry in one transaction. Writers of one head wait for each
 * other on an advisory lock of that transaction, which the server frees when the process dies. The database is asked
 * twice: before the write and after it.
 *
 * @throws what `settle` and `write` throw, and when the record cannot be kept; the run then fails and is done again
 */
export async function publishCheck(pool: pg.Pool, publication: Publication, at: Date): Promise<PublicationOutcome> {
  const session = await pool.connect();
  let broken: Error | undefined;
  try {
    return await publish(session, publication, at);
  } catch (error) {
    await session.query("rollback").catch((worse: Error) => {
      broken = worse;
    });
    throw error;
  } finally {
    session.release(broken);
  }
}

async function publish(session: pg.PoolClient, publication: Publication, at: Date): Promise<PublicationOutcome> {
  const { isHeld, last, verdicts } = await enter(session, publication);
  if (!isHeld || (last !== null && last.fence > publication.fence)) return leave(session, "fenced");
  const settled = publication.settle(verdicts ?? []);
  if (settled === null) return leave(session, "unchanged");

  const { knownId } = publication;
  const isSameRun = last !== null && last.checkRunId !== null && (knownId === null || knownId === last.checkRunId);
  const isUnchanged = isSameRun && last.digest === settled.digest;
  const id = isUnchanged ? last.checkRunId : await settled.write(knownId ?? last?.checkRunId ?? null);

  const { repositoryId, number, headSha, checkName } = publication;
  const data = { number, headSha, checkName, checkRunId: id, ...settled.record };
  const entry = isUnchanged ? [] : appendStatements({ repositoryId, at, kind: "verdict", data });
  await session.query([keepStatement(publication, settled, id, at), ...entry, "commit"].join(";\n"));
  return isUnchanged ? "unchanged" : "written";
}

async function leave<Outcome>(session: pg.PoolClient, outcome: Outcome): Promise<Outcome> {
  await session.query("rollback");
  return outcome;
}

interface Entered {
  isHeld: boolean;
  last: { checkRunId: number | null; digest: string | null; fence: number } | null;
  verdicts: SiblingVerdict[] | null;
}

async function enter(session: pg.PoolClient, publication: Publication): Promise<Entered> {
  const { subject, fence, repositoryId, headSha, checkName } = publication;
  const results: unknown = await session.query(
    [
      "begin isolation level read committed",
      inlineSql`select pg_advisory_xact_lock(hashtextextended(${`head:${repositoryId}:${headSha}`}, 0))`,
      // A statement of its own: only after the lock was got does it see what the writer before has committed.
      inlineSql`select exists (select from jobs
          where subject_key = ${subjectKey(subject)} and fence = ${fence} and lease_until > clock_timestamp()) as "isHeld",
        (select json_build_object('checkRunId', check_run_id, 'digest', digest, 'fence', fence) from check_runs
          where repository_id = ${repositoryId} and head_sha = ${headSha} and name = ${checkName}) as last,
        (select json_agg(json_build_object('number', number, 'state', state) order by number) from verdicts
          where repository_id = ${repositoryId} and head_sha = ${headSha} and check_name = ${checkName}) as verdicts`,
    ].join(";\n"),
  );
  const [, , { rows: [entered] = [] } = {}] = results as Partial<pg.QueryResult<Entered>>[];
  if (entered === undefined) throw new Error("The database let a writer in without a word");
  return entered;
}

/** Also takes the pull request's verdict off a head it has left: it must not weigh on others that still stand there. */
function keepStatement(
  { repositoryId, number, headSha, checkName, fence }: Publication,
  { digest, record }: SettledCheck,
  id: number | null,
  at: Date,
): string {
  const run = inlineSql`insert into check_runs (repository_id, head_sha, name, check_run_id, digest, fence, updated_at)
    values (${repositoryId}, ${headSha}, ${checkName}, ${id}, ${digest}, ${fence}, ${at})
    on conflict (repository_id, head_sha, name) do update set check_run_id = excluded.check_run_id,
      digest = excluded.digest, fence = excluded.fence, updated_at = excluded.updated_at`;
  if (number === null) return run;
  return `with run as (${run}), ${inlineSql`left_behind as (delete from verdicts
      where repository_id = ${repositoryId} and number = ${number} and check_name = ${checkName}
        and head_sha <> ${headSha})
    insert into verdicts (repository_id, head_sha, check_name, number, state, updated_at)
    values (${repositoryId}, ${headSha}, ${checkName}, ${number}, ${record.state}, ${at})
    on conflict (repository_id, head_sha, check_name, number) do update set state = excluded.state,
      updated_at = excluded.updated_at`}`;
}

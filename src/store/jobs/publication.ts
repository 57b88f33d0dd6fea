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
  /** Digest of what would be written. */
  digest: string;
  /** For the ledger. `state` is the pull request's own verdict, also where a worse one of a sibling is shown. */
  record: { state: string; inputsDigest: string; engineVersion: string; summary: string };
  /** The check run that GitHub's reading showed, if any. */
  knownId: number | null;
  /**
   * Writes to GitHub.
   *
   * @param verdicts of all pull requests on the commit and check; nobody can change them until this has ended
   * @returns the check run's id
   */
  write(id: number | null, verdicts: readonly SiblingVerdict[]): Promise<number>;
}

/**
 * - `written`: GitHub has it, and the ledger says so;
 * - `unchanged`: GitHub had it already;
 * - `fenced`: refused, because the subject belongs to another run now or a newer run has written to this check.
 */
export type PublicationOutcome = "written" | "unchanged" | "fenced";

/**
 * Writes a check while no other process can write to this head, if this run is still the one in charge, and keeps
 * what was written, whose verdict it was and the ledger's entry in one transaction. Writers of one head wait for each
 * other on an advisory lock of that transaction, which the server frees when the process dies. The database is asked
 * twice: before the write and after it.
 *
 * @throws what `write` throws, and when the record cannot be kept; the run then fails and is done again
 */
export async function publishCheck(pool: pg.Pool, publication: Publication, at: Date): Promise<PublicationOutcome> {
  const session = await pool.connect();
  let broken: Error | undefined;
  try {
    const outcome = await publish(session, publication, at);
    if (outcome === "fenced") await session.query("rollback");
    return outcome;
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
  if (!isHeld || (last !== null && last.fence > publication.fence)) return "fenced";

  const { knownId, digest } = publication;
  const isSameRun = last !== null && last.checkRunId !== null && (knownId === null || knownId === last.checkRunId);
  const isUnchanged = isSameRun && last.digest === digest;
  const id = isUnchanged
    ? last.checkRunId
    : await publication.write(knownId ?? last?.checkRunId ?? null, verdicts ?? []);

  const { repositoryId, number, headSha, checkName, record } = publication;
  const data = { number, headSha, checkName, checkRunId: id, ...record };
  const entry = isUnchanged ? [] : appendStatements({ repositoryId, at, kind: "verdict", data });
  await session.query([keepStatement(publication, id, at), ...entry, "commit"].join(";\n"));
  return isUnchanged ? "unchanged" : "written";
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
function keepStatement(publication: Publication, id: number | null, at: Date): string {
  const { repositoryId, number, headSha, checkName, digest, fence, record } = publication;
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

/** Writes to a head in order: one writer at a time, and never an older run after a newer one. */

import { type Kysely, sql, type Transaction } from "kysely";
import { type Subject, subjectKey } from "../../core/subject.ts";
import { appendInTransaction } from "../ledger.ts";
import type { Tables } from "../tables.ts";

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
  /** Writes to GitHub. @returns the check run's id */
  write(id: number | null): Promise<number>;
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
 * other on an advisory lock of that transaction, which the server frees when the process dies.
 *
 * @throws what `write` throws, and when the record cannot be kept; the run then fails and is done again
 */
export function publishCheck(db: Kysely<Tables>, publication: Publication, at: Date): Promise<PublicationOutcome> {
  return db.transaction().execute(async (transaction) => {
    const entered = await enter(transaction, publication);
    if (entered === "fenced") return "fenced";
    const { last } = entered;

    const { knownId, digest } = publication;
    const isSameRun = last !== null && last.checkRunId !== null && (knownId === null || knownId === last.checkRunId);
    const isUnchanged = isSameRun && last.digest === digest;
    const id = isUnchanged ? last.checkRunId : await publication.write(knownId ?? last?.checkRunId ?? null);

    await saveCheckRun(transaction, publication, id);
    await saveVerdict(transaction, publication);
    if (isUnchanged) return "unchanged";
    const { repositoryId, number, headSha, checkName, record } = publication;
    const data = { number, headSha, checkName, checkRunId: id, ...record };
    await appendInTransaction(transaction, { repositoryId, at, kind: "verdict", data });
    return "written";
  });
}

interface LastWrite {
  checkRunId: number | null;
  digest: string | null;
}

async function enter(
  db: Transaction<Tables>,
  { subject, fence, repositoryId, headSha, checkName }: Publication,
): Promise<"fenced" | { last: LastWrite | null }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`head:${repositoryId}:${headSha}`}, 0))`.execute(db);
  // Statements of their own: only after the lock was got do they see what the writer before has committed.
  const held = await db
    .selectFrom("jobs")
    .select("fence")
    .where("subject_key", "=", subjectKey(subject))
    .where("fence", "=", fence)
    .where("lease_until", ">", sql<Date>`clock_timestamp()`)
    .executeTakeFirst();
  if (held === undefined) return "fenced";
  const last = await db
    .selectFrom("check_runs")
    .select(["check_run_id as checkRunId", "digest", "fence"])
    .where("repository_id", "=", repositoryId)
    .where("head_sha", "=", headSha)
    .where("name", "=", checkName)
    .executeTakeFirst();
  if (last === undefined) return { last: null };
  return last.fence > fence ? "fenced" : { last };
}

async function saveCheckRun(db: Transaction<Tables>, publication: Publication, id: number | null): Promise<void> {
  const written = { check_run_id: id, digest: publication.digest, fence: publication.fence };
  await db
    .insertInto("check_runs")
    .values({
      repository_id: publication.repositoryId,
      head_sha: publication.headSha,
      name: publication.checkName,
      ...written,
    })
    .onConflict((conflict) =>
      conflict.columns(["repository_id", "head_sha", "name"]).doUpdateSet({ ...written, updated_at: new Date() }),
    )
    .execute();
}

/** A pull request's verdict on a head it has left must not weigh on others that still stand there. */
async function saveVerdict(db: Transaction<Tables>, publication: Publication): Promise<void> {
  const { repositoryId, number, headSha, checkName, record } = publication;
  if (number === null) return;
  await db
    .deleteFrom("verdicts")
    .where("repository_id", "=", repositoryId)
    .where("number", "=", number)
    .where("check_name", "=", checkName)
    .where("head_sha", "<>", headSha)
    .execute();
  await db
    .insertInto("verdicts")
    .values({ repository_id: repositoryId, head_sha: headSha, check_name: checkName, number, state: record.state })
    .onConflict((conflict) =>
      conflict
        .columns(["repository_id", "head_sha", "check_name", "number"])
        .doUpdateSet({ state: record.state, updated_at: new Date() }),
    )
    .execute();
}

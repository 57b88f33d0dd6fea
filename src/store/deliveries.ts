/** What GitHub delivered, kept before it is answered, together with the work it asks for. */

import { type Subject, subjectKey } from "../core/subject.ts";
import type { LabelArrival } from "../handlers/exceptions-port.ts";
import { wakeWanted, wantedRows } from "./jobs/job-queue.ts";
import type { Queryable } from "./queryable.ts";

export interface Delivery {
  /** The `X-GitHub-Delivery` header. */
  id: string;
  event: string;
  action: string | null;
  installationId: number | null;
  repositoryId: number | null;
  /** The body as it came. */
  payload: string;
  /** The submission of a review, remembered with the delivery: later GitHub may name another commit for it. */
  review?: { repositoryId: number; number: number; reviewId: number; headSha: string } | null;
  /** A label put on a pull request, remembered with the delivery: GitHub's timeline does not tell the head. */
  label?: (LabelArrival & { repositoryId: number; number: number }) | null;
}

export interface KeptDelivery extends Omit<Delivery, "review" | "label"> {
  receivedAt: Date;
  status: DeliveryStatus;
}

export type DeliveryStatus = "queued" | "done" | "dead";

/**
 * - `accepted`: kept, and its subjects are woken;
 * - `resumed`: known but not finished, so its subjects are woken again;
 * - `duplicate`: known and finished, nothing to do.
 */
export type Acceptance = "accepted" | "resumed" | "duplicate";

/**
 * Keeps a delivery and wakes its subjects in one transaction (one statement); resolves when it is committed.
 *
 * @param subjects may be empty; the delivery is then finished at once
 * @throws when the database does not answer: nothing was kept, and GitHub must be told so
 */
export async function acceptDelivery(
  db: Queryable,
  delivery: Delivery,
  subjects: readonly Subject[],
  shiftSeconds: number,
): Promise<Acceptance> {
  const openSubjects = new Set(subjects.map(subjectKey)).size;
  const { rows } = await db.query<{ kept: boolean }>({
    name: "accept-delivery",
    text: `with kept as (
        insert into deliveries (id, event, action, installation_id, repository_id, payload, open_subjects, status, finished_at)
        values ($1, $2, $3, $4, $5, $6, $7, case when $7 = 0 then 'done' else 'queued' end, case when $7 = 0 then now() end)
        on conflict (id) do nothing returning id),
      wanted as (
        select key, kind, subject, now() + make_interval(secs => $9) as due
        from json_to_recordset($8::json) as w(key text, kind text, subject json) where exists (select from kept)),
      woken as (${wakeWanted}),
      seen as (
        insert into reviews_seen (review_id, repository_id, number, head_sha, arrived_at)
        select "reviewId", "repositoryId", number, "headSha", now()
        from json_to_record($10::json) as r("reviewId" bigint, "repositoryId" bigint, number integer, "headSha" text)
        where "reviewId" is not null and exists (select from kept) on conflict do nothing),
      labelled as (
        insert into labels_seen as seen (repository_id, number, label, person_id, head_sha, at)
        select "repositoryId", number, label, "personId", "headSha", at
        from json_to_record($11::json) as l("repositoryId" bigint, number integer, label text, "personId" bigint,
          "headSha" text, at timestamptz)
        where label is not null and exists (select from kept)
        on conflict (repository_id, number, label) do update set person_id = excluded.person_id,
          head_sha = excluded.head_sha, at = excluded.at where seen.at < excluded.at),
      caused as (
        insert into delivery_subjects (subject_key, generation, delivery_id) select subject_key, generation, $1 from woken)
      select exists (select from kept) as kept`,
    values: [
      delivery.id,
      delivery.event,
      delivery.action,
      delivery.installationId,
      delivery.repositoryId,
      // JSON cannot hold a raw NUL and PostgreSQL's text cannot either; a body that has one is refused before.
      delivery.payload,
      openSubjects,
      wantedRows(subjects),
      shiftSeconds,
      JSON.stringify(delivery.review ?? {}),
      JSON.stringify(delivery.label ?? {}),
    ],
  });
  return rows[0]?.kept === true ? "accepted" : resumeDelivery(db, delivery.id, shiftSeconds);
}

/** Wakes what a delivery that came before still waits for. */
async function resumeDelivery(db: Queryable, id: string, shiftSeconds: number): Promise<Acceptance> {
  const { rows } = await db.query<{ status: DeliveryStatus }>(
    "update deliveries set redelivered_at = now() where id = $1 returning status",
    [id],
  );
  if (rows[0]?.status === "done") return "duplicate";
  await db.query(
    `with wanted as (
        select j.subject_key as key, j.kind, j.subject, now() + make_interval(secs => $2) as due
        from jobs j where j.subject_key in (select subject_key from delivery_subjects where delivery_id = $1))
      ${wakeWanted}`,
    [id, shiftSeconds],
  );
  return "resumed";
}

/** `null` when it was never kept, or was pruned since. */
export async function readDelivery(db: Queryable, id: string): Promise<KeptDelivery | null> {
  const { rows } = await db.query<KeptDelivery>({
    name: "read-delivery",
    text: `select id, event, action, installation_id as "installationId", repository_id as "repositoryId", payload,
        received_at as "receivedAt", status from deliveries where id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** The states of those deliveries that are known; what is missing was never kept. */
export async function readDeliveryStates(db: Queryable, ids: readonly string[]): Promise<Map<string, DeliveryStatus>> {
  const { rows } = await db.query<{ id: string; status: DeliveryStatus }>(
    "select id, status from deliveries where id = any($1)",
    [ids],
  );
  return new Map(rows.map(({ id, status }) => [id, status]));
}

/** Forgets deliveries that were finished before `finishedBefore`. */
export async function pruneDeliveries(db: Queryable, finishedBefore: Date): Promise<number> {
  const { rowCount } = await db.query("delete from deliveries where status = 'done' and finished_at < $1", [
    finishedBefore,
  ]);
  return rowCount ?? 0;
}

/** What people are told: kept before it is sent, one row for each message and channel, and never kept twice. */

import type { Delivery } from "../core/notifications/delivery.ts";
import type { Message } from "../core/notifications/message.ts";
import { subjectKey } from "../core/subject.ts";
import type { KeptDelivery, MessageStore } from "../handlers/messages-port.ts";
import { wakeWanted } from "./jobs/job-queue.ts";
import type { Queryable } from "./queryable.ts";

interface MessageDependencies {
  db: Queryable;
  now(): Date;
  shiftSeconds(): number;
  /** Tells the workers that there is something to do. */
  ring(): void;
}

export interface Messages extends MessageStore {
  /** Forgets the words of what was settled before; that it was told stays known. @returns of how many */
  prune(finishedBefore: Date): Promise<number>;
}

export function createMessages({ db, now, shiftSeconds, ring }: MessageDependencies): Messages {
  const insert = async (
    before: string,
    when: string,
    message: Message,
    deliveries: readonly Delivery[],
    more: unknown[],
  ) => {
    await db.query({
      text: `with ${before} ${keepGiven(when)}`,
      values: [
        message.repositoryId,
        message,
        rowsOf(message, deliveries),
        workOn(message),
        now(),
        shiftSeconds(),
        ...more,
      ],
    });
    ring();
  };
  return {
    keep: (message, deliveries) => insert(resolvedIncidents, "true", message, deliveries, [message.resolves ?? null]),
    closeDigest: (ids, message, deliveries) => insert(closedDigest, "true", message, deliveries, [ids]),
    passOn: ({ id, message }, next, reason) =>
      insert(
        passedOn,
        "exists (select from ended) and not exists (select from noted)",
        message,
        [next],
        [id, reason, next.target.channel, JSON.stringify(next.notes)],
      ),
    async begin(id, at) {
      const { rows } = await db.query<Row>({ name: "begin-message", text: beginOne, values: [id, at] });
      return rows[0] === undefined ? null : toDelivery(rows[0]);
    },
    async finish(id, outcome) {
      await db.query({
        name: "finish-message",
        text: "update messages set state = $2, finished_at = $3 where id = $1 and state = 'waiting'",
        values: [id, outcome, now()],
      });
    },
    async recordFailure(id, { reason, failingSince }) {
      await db.query(
        `update messages set attempts = attempts + 1, last_error = $2, failing_since = $3
          where id = $1 and state = 'waiting'`,
        [id, reason, failingSince],
      );
    },
    async loadDigest(repositoryId) {
      const { rows } = await db.query<Row>(
        `select *, false as may_be_out from messages
          where repository_id = $1 and is_digest and state = 'waiting' order by id limit $2`,
        [repositoryId, digestMax],
      );
      return { waiting: rows.map(toDelivery), isMore: rows.length === digestMax };
    },
    async prune(finishedBefore) {
      const { rowCount } = await db.query(
        "update messages set message = null where finished_at < $1 and message is not null",
        [finishedBefore],
      );
      return rowCount ?? 0;
    },
  };
}

/** More than anybody reads in a day; what is beyond goes into the next summary. */
const digestMax = 2_000;

/** $1 repository, $2 message, $3 deliveries, $4 subject without its kind, $5 now, $6 shift of the clock; more from $7 on. */
function keepGiven(when: string): string {
  return `given as (
      select * from json_to_recordset($3::json)
        as d(key text, "messageKey" text, target json, fallbacks json, notes json, "notBefore" timestamptz, "isDigest" boolean)
      where ${when}),
    kept as (
      insert into messages (repository_id, key, message_key, channel, type, is_digest, state, message, target, fallbacks,
        notes, not_before, created_at)
      select $1::bigint, key, "messageKey", target->>'channel', target->>'type', "isDigest", 'waiting', $2::json, target,
        fallbacks, notes, "notBefore", $5::timestamptz from given
      on conflict (repository_id, key) do nothing returning id, is_digest, not_before),
    wanted as (
      select case when is_digest then ($4::json)->>'digestKey' else 'message:' || id end as key,
        case when is_digest then 'digest' else 'message' end as kind,
        (($4::jsonb) - 'digestKey' || case when is_digest then '{"kind": "digest"}'::jsonb
          else jsonb_build_object('kind', 'message', 'messageId', id) end)::json as subject,
        coalesce(not_before, now() + make_interval(secs => $6)) as due
      from kept)
    ${wakeWanted}`;
}

/** A pager that did not hear of something yet need not hear of it once it is over. */
const resolvedIncidents = `dropped as (
    update messages set state = 'dropped', finished_at = $5
    where repository_id = $1 and message_key = $7::text and type = 'pagerduty' and state = 'waiting'),`;

const closedDigest = `closed as (
    update messages set state = 'in_digest', finished_at = $5 where id = any($7::bigint[]) and state = 'waiting'),`;

/** A message that still waits for the next channel, and is not under way there, gets the note instead of a second one. */
const passedOn = `ended as (
    update messages set state = 'passed_on', last_error = $8, finished_at = $5
    where id = $7 and state = 'waiting' returning message_key),
  noted as (
    update messages m set notes = (m.notes::jsonb || $10::jsonb)::json from ended
    where m.repository_id = $1 and m.message_key = ended.message_key and m.channel = $9 and m.state = 'waiting'
      and not m.is_digest and m.id <> $7 and not exists (
        select from jobs where subject_key = 'message:' || m.id and lease_until is not null) returning m.id),`;

const beginOne = `with before as (select id, begun_at from messages where id = $1 and state = 'waiting' for update)
  update messages m set begun_at = $2 from before where m.id = before.id
  returning m.*, before.begun_at is not null as may_be_out`;

function workOn(message: Message): string {
  const { installationId, repositoryId, owner, name } = message;
  const repository = { installationId, repositoryId, owner, name };
  return JSON.stringify({ ...repository, digestKey: subjectKey({ kind: "digest", ...repository }) });
}

/** The message itself is not looked into by the database: its text may hold what JSON there cannot be read with. */
function rowsOf({ key: messageKey }: Message, deliveries: readonly Delivery[]): string {
  return JSON.stringify(deliveries.map((delivery) => ({ ...delivery, messageKey })));
}

interface Row {
  id: number;
  key: string;
  message: Omit<Message, "at"> & { at: string };
  target: Delivery["target"];
  fallbacks: Delivery["fallbacks"];
  notes: Delivery["notes"];
  is_digest: boolean;
  not_before: Date | null;
  attempts: number;
  failing_since: Date | null;
  may_be_out: boolean;
}

function toDelivery(row: Row): KeptDelivery {
  const { id, key, message, target, fallbacks, notes, attempts } = row;
  return {
    id,
    key,
    message: { ...message, at: new Date(message.at) },
    target,
    fallbacks,
    notes,
    isDigest: row.is_digest,
    notBefore: row.not_before,
    attempts,
    failingSince: row.failing_since,
    mayBeOut: row.may_be_out,
  };
}

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
  /**
   * @param sql relations that end in `picked`, the deliveries to be kept
   * @param told the relation whose channel is returned
   */
  const keep = async (
    sql: string,
    told: "picked" | "chosen",
    message: Message,
    deliveries: readonly Delivery[],
    more: unknown[],
  ) => {
    const { repositoryId } = message;
    const values = [
      repositoryId,
      message,
      rowsOf(message, deliveries),
      workOn(message),
      now(),
      shiftSeconds(),
      ...more,
    ];
    const { rows } = await db.query<{ channel: string | null }>({
      text: `with ${given}, ${sql}, ${keepPicked} ${channelIn(told)}`,
      values,
    });
    ring();
    return rows[0]?.channel ?? null;
  };
  return {
    async keep(message, deliveries) {
      await keep(`${resolvedIncidents}, picked as (table given)`, "picked", message, deliveries, [
        message.resolves ?? null,
      ]);
    },
    async closeDigest(ids, message, deliveries) {
      await keep(`${closedDigest}, picked as (table given)`, "picked", message, deliveries, [ids]);
    },
    passOn: ({ id, message, target }, candidates, reason) =>
      keep(passedOn, "chosen", message, candidates, [id, JSON.stringify([{ channel: target.channel, reason }])]),
    async finish({ id, message, target, notes }, outcome) {
      await keep(finished, "picked", message, [], [id, outcome, notes.length, `${message.key} ${target.channel}`]);
    },
    async begin(id, at) {
      const { rows } = await db.query<Row>({ name: "begin-message", text: beginOne, values: [id, at] });
      return rows[0] === undefined ? null : toDelivery(rows[0]);
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
const given = `given as (
    select * from json_to_recordset($3::json)
      as d(position int, key text, "messageKey" text, target json, fallbacks json, notes json, "notBefore" timestamptz,
        "isDigest" boolean))`;

/** Deliveries with the work that they ask for. What is known under its key stays as it is. */
const keepPicked = `kept as (
    insert into messages (repository_id, key, message_key, channel, type, is_digest, state, message, target, fallbacks,
      notes, not_before, created_at)
    select $1::bigint, key, "messageKey", target->>'channel', target->>'type', "isDigest", 'waiting', $2::json, target,
      fallbacks, notes, "notBefore", $5::timestamptz from picked
    on conflict (repository_id, key) do nothing returning id, is_digest, not_before),
  wanted as (
    select case when is_digest then ($4::json)->>'digestKey' else 'message:' || id end as key,
      case when is_digest then 'digest' else 'message' end as kind,
      (($4::jsonb) - 'digestKey' || case when is_digest then '{"kind": "digest"}'::jsonb
        else jsonb_build_object('kind', 'message', 'messageId', id) end)::json as subject,
      coalesce(not_before, now() + make_interval(secs => $6)) as due
    from kept),
  woken as (${wakeWanted})`;

function channelIn(relation: "picked" | "chosen"): string {
  return `select (select target->>'channel' from ${relation} limit 1) as channel`;
}

/** A pager that did not hear of something yet need not hear of it once it is over. */
const resolvedIncidents = `dropped as (
    update messages set state = 'dropped', finished_at = $5
    where repository_id = $1 and message_key = $7::text and type = 'pagerduty' and state = 'waiting')`;

const closedDigest = `closed as (
    update messages set state = 'in_digest', finished_at = $5 where id = any($7::bigint[]) and state = 'waiting')`;

/** $7 the delivery, $8 the note of it; all notes before it go along. */
const passedOn = `chosen as (
    select * from given where not exists (
      select from messages m where m.repository_id = $1 and m.message_key = given."messageKey"
        and m.channel = given.target->>'channel' and m.state in ('passed_on', 'undelivered'))
    order by position limit 1),
  ended as (
    update messages m set state = 'passed_on', last_error = ($8::json)->0->>'reason', finished_at = $5 from chosen
    where m.id = $7 and m.state = 'waiting' returning m.notes::jsonb || $8::jsonb as notes),
  noted as (
    update messages m set notes = (m.notes::jsonb || coalesce((
        select jsonb_agg(note) from jsonb_array_elements(ended.notes) as note
        where not m.notes::jsonb @> jsonb_build_array(jsonb_build_object('channel', note->'channel'))), '[]'))::json
    from chosen, ended
    where m.repository_id = $1 and m.message_key = chosen."messageKey" and m.channel = chosen.target->>'channel'
      and m.state = 'waiting' and not m.is_digest returning m.id),
  picked as (
    select chosen.key || case when exists (select from messages m where m.repository_id = $1 and m.key = chosen.key)
        then ' again' else '' end as key,
      "messageKey", target, fallbacks, ended.notes::json as notes, "notBefore", "isDigest"
    from chosen, ended where not exists (select from noted))`;

/** $7 the delivery, $8 what became of it, $9 how many notes were sent along, $10 its key where it was the first. */
const finished = `ended as (
    update messages set state = $8, finished_at = $5 where id = $7 and state = 'waiting' returning *),
  picked as (
    select $10 || ' again' as key, message_key as "messageKey", target, fallbacks, notes, null::timestamptz as "notBefore",
      false as "isDigest"
    from ended where $8 = 'sent' and json_array_length(notes) > $9)`;

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
  return JSON.stringify(deliveries.map((delivery, position) => ({ ...delivery, messageKey, position })));
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

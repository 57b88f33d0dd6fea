/** The shapes of the tables, as migrations/ leaves them. Only `src/store` knows them. */

import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { Json } from "../core/report/ledger-hash.ts";

type Timestamp = ColumnType<Date, Date, Date>;
type DefaultedTimestamp = ColumnType<Date, Date | undefined, Date>;
/** Kept as `json`, not `jsonb`: text from pull requests may hold `\u0000`, which `jsonb` refuses. */
type JsonText = ColumnType<Json, string, string>;

export interface Tables {
  sticky_comments: { repository_id: number; number: number; state: string };
  deliveries: {
    /** The `X-GitHub-Delivery` header; a redelivery bears the same. */
    id: string;
    event: string;
    action: string | null;
    installation_id: number | null;
    repository_id: number | null;
    payload: string;
    received_at: DefaultedTimestamp;
    redelivered_at: Timestamp | null;
    status: "queued" | "done" | "dead";
    /** How many of its subjects are still to be looked at. */
    open_subjects: number;
    finished_at: Timestamp | null;
  };
  /** One row per subject with something to do; the primary key is what keeps a subject from being queued or run twice. */
  jobs: {
    subject_key: string;
    kind: string;
    subject: JsonText;
    /** Counts the wake-ups; a run covers those up to the one it began with. */
    generation: number;
    /** When to run next; `null` when nothing is asked for. */
    due_at: Timestamp | null;
    /** No run before this, whatever wakes it: GitHub asked for patience. */
    not_before: Timestamp | null;
    /** The process that is running it, until when at the latest, and under which fencing token. */
    holder: string | null;
    lease_until: Timestamp | null;
    fence: number | null;
    attempts: Generated<number>;
    failing_since: Timestamp | null;
    last_error: string | null;
    dead_at: Timestamp | null;
  };
  /** Which wake-up of which subject a delivery caused, until a run has covered it. */
  delivery_subjects: { subject_key: string; generation: number; delivery_id: string };
  pull_requests: {
    repository_id: number;
    number: number;
    installation_id: number;
    owner: string;
    name: string;
    state: "open" | "closed";
    base_ref: string;
    head_sha: string;
    updated_at: DefaultedTimestamp;
  };
  heads: {
    repository_id: number;
    number: number;
    head_sha: string;
    base_sha: string;
    patch_digest: string | null;
    path_digests: JSONColumnType<Record<string, string | null>>;
    first_seen_at: Timestamp;
    met_at: DefaultedTimestamp;
  };
  reviews_seen: {
    review_id: number;
    repository_id: number;
    number: number;
    head_sha: string;
    arrived_at: Timestamp;
  };
  remembered_changes: {
    repository_id: number;
    base_sha: string;
    head_sha: string;
    engine_version: string;
    remembered: ColumnType<unknown, string, string>;
    created_at: DefaultedTimestamp;
  };
  policy_replays: {
    repository_id: number;
    key: string;
    replay: ColumnType<unknown, string, string>;
    created_at: DefaultedTimestamp;
  };
  known_gates: { repository_id: number; base_ref: string; seen_at: DefaultedTimestamp };
  policies: { blob_sha: string; text: string; seen_at: DefaultedTimestamp };
  check_runs: {
    repository_id: number;
    head_sha: string;
    name: string;
    check_run_id: number | null;
    digest: string | null;
    /** Token of the run that wrote it last; an older run's write is refused. */
    fence: number;
    updated_at: DefaultedTimestamp;
  };
  /** What each pull request's own verdict was, for commits that several of them share: the worst one wins. */
  verdicts: {
    repository_id: number;
    head_sha: string;
    check_name: string;
    number: number;
    state: string;
    updated_at: DefaultedTimestamp;
  };
  /** When people were first asked for what a requirement waits for. */
  requirements_asked: { repository_id: number; number: number; requirement_id: string; asked_at: Timestamp };
  reviewers_asked: {
    repository_id: number;
    number: number;
    person_id: number;
    login: string;
    /** When last, and on which head. */
    asked_at: Timestamp;
    head_sha: string;
    /** Since when nothing is waited for: taken off, or answered. */
    off_at: Timestamp | null;
  };
  commands_seen: {
    repository_id: number;
    comment_id: number;
    /** A comment may give several commands. */
    text_digest: string;
    number: number;
    person_id: number;
    login: string;
    person_kind: string;
    at: Timestamp;
    text: JsonText;
    head_sha: string;
  };
  review_sessions: {
    repository_id: number;
    number: number;
    state: string;
    /** JSON as text, so that a damaged one can be read and told from none. */
    data: string;
    updated_at: DefaultedTimestamp;
  };
  reading_hints: { repository_id: number; hints: ColumnType<unknown, string, string> };
  ledger: {
    repository_id: number;
    seq: number;
    at: Timestamp;
    kind: string;
    data: JsonText;
    previous_hash: string;
    hash: string;
  };
  /** What people are told, by message and channel. */
  messages: {
    id: Generated<number>;
    repository_id: number;
    key: string;
    message_key: string;
    channel: string;
    type: string;
    is_digest: boolean;
    state: "waiting" | "sent" | "passed_on" | "undelivered" | "in_digest" | "dropped";
    /** `null` once it was forgotten: that it was told stays known. */
    message: ColumnType<unknown, string, string | null>;
    target: JsonText;
    fallbacks: JsonText;
    notes: JsonText;
    not_before: Timestamp | null;
    /** When it was last taken up: from then on it may be out. */
    begun_at: Timestamp | null;
    attempts: Generated<number>;
    failing_since: Timestamp | null;
    last_error: string | null;
    created_at: Timestamp;
    finished_at: Timestamp | null;
  };
  settings: { key: string; value: JsonText; updated_at: DefaultedTimestamp };
}

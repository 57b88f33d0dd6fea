/** The store as the rest of the program sees it: plain values in, plain values out, no SQL. */

import { randomUUID } from "node:crypto";
import type { ChainState, Json, LedgerEntry } from "../core/report/ledger-hash.ts";
import type { Subject } from "../core/subject.ts";
import { type Database, type DatabaseOptions, openDatabase } from "./database.ts";
import * as deliveries from "./deliveries.ts";
import { type DeadLetter, listDeadLetters, type QueueDepth, readQueueDepth } from "./jobs/dead-letters.ts";
import { openDoorbell } from "./jobs/doorbell.ts";
import { sweepIdleJobs, wakeJobs } from "./jobs/job-queue.ts";
import {
  type CheckRunRecord,
  type Publication,
  type PublicationOutcome,
  publishUnderFence,
} from "./jobs/publication.ts";
import { startWorkers, type WorkerOptions, type Workers } from "./jobs/workers.ts";
import { appendToLedger, type LedgerAddition, type LedgerQuery, listLedger, verifyLedger } from "./ledger.ts";
import type { Log } from "./log.ts";
import { listCheckRuns } from "./memory/check-runs.ts";
import {
  type ClassificationKey,
  pruneClassifications,
  readClassification,
  saveClassification,
} from "./memory/classifications.ts";
import { listHeads, rememberHead, type SeenHead } from "./memory/heads.ts";
import { forgetGate, type KnownGate, listGates, rememberGate } from "./memory/known-gates.ts";
import { readPolicyText, savePolicyText } from "./memory/policy-texts.ts";
import {
  type KnownPullRequest,
  listPullRequests,
  type PullRequestQuery,
  savePullRequest,
} from "./memory/pull-requests.ts";
import { listReviewsSeen, rememberReview, type SeenReview } from "./memory/reviews-seen.ts";
import { readSetting, saveSetting } from "./settings.ts";

export interface Store {
  deliveries: {
    accept(delivery: deliveries.Delivery, subjects: readonly Subject[]): Promise<deliveries.Acceptance>;
    read(id: string): Promise<deliveries.KeptDelivery | null>;
    readStates(ids: readonly string[]): Promise<Map<string, deliveries.DeliveryStatus>>;
    prune(finishedBefore: Date): Promise<number>;
  };
  jobs: {
    /** Asks for a look at each subject, at once or at a given moment if nothing asks for an earlier one. */
    wake(subjects: readonly Subject[], at?: Date): Promise<void>;
    startWorkers(options: Omit<WorkerOptions, "log">): Promise<Workers>;
    publishUnderFence(
      publication: Publication,
      write: (last: CheckRunRecord | null) => Promise<Pick<CheckRunRecord, "checkRunId" | "externalId" | "digest">>,
    ): Promise<PublicationOutcome>;
    listDeadLetters(limit?: number): Promise<DeadLetter[]>;
    readDepth(): Promise<QueueDepth>;
    /** Takes away rows of subjects that nothing is asked of; for the daily sweep. */
    sweepIdle(): Promise<number>;
  };
  memory: {
    rememberHead(head: SeenHead): Promise<void>;
    listHeads(repositoryId: number, number: number): Promise<SeenHead[]>;
    rememberReview(review: SeenReview): Promise<void>;
    listReviewsSeen(repositoryId: number, number: number): Promise<SeenReview[]>;
    readClassification<T>(key: ClassificationKey): Promise<T | null>;
    saveClassification(key: ClassificationKey, classification: unknown): Promise<void>;
    pruneClassifications(createdBefore: Date): Promise<number>;
    savePullRequest(pr: KnownPullRequest): Promise<void>;
    listPullRequests(query: PullRequestQuery): Promise<KnownPullRequest[]>;
    rememberGate(gate: KnownGate): Promise<void>;
    listGates(repositoryId: number): Promise<KnownGate[]>;
    forgetGate(repositoryId: number, baseRef: string): Promise<boolean>;
    readPolicyText(blobSha: string): Promise<string | null>;
    savePolicyText(blobSha: string, text: string): Promise<void>;
    listCheckRuns(repositoryId: number, headSha: string): Promise<CheckRunRecord[]>;
  };
  ledger: {
    append(addition: LedgerAddition): Promise<LedgerEntry>;
    list(query: LedgerQuery): Promise<LedgerEntry[]>;
    verify(repositoryId: number): Promise<ChainState>;
  };
  settings: {
    read(key: string): Promise<Json>;
    save(key: string, value: Json): Promise<void>;
  };
  /** A write and a read through the ingest connections, for readiness; rejects when the database does not serve. */
  ping(): Promise<{ databaseTime: Date }>;
  /** Resolves when the embedded database is gone for good; the process should end then. */
  failed: Promise<Error>;
  /** To be called after the workers were stopped. */
  close(): Promise<void>;
}

export interface StoreOptions extends DatabaseOptions {
  /** The clock of due times; tests move it. */
  now?: () => Date;
}

/** Opens the database and groups what it can do. @throws {DatabaseStartupError} see `openDatabase` */
export async function openStore(options: StoreOptions): Promise<Store> {
  const database = await openDatabase(options);
  return createStore(database, { log: options.log, now: options.now ?? (() => new Date()) });
}

/** The store over a database that is open already; closing the one closes the other. */
export function createStore(database: Database, { log, now }: { log: Log; now: () => Date }): Store {
  const { db, pool, ingestPool, publishPool } = database;
  const holder = `${process.pid}-${randomUUID()}`;
  const doorbell = openDoorbell({ ...database, pool: ingestPool, holder, log });
  const shiftSeconds = (): number => {
    const shift = (now().getTime() - Date.now()) / 1000;
    return Math.abs(shift) < 0.05 ? 0 : shift; // The two readings are never of the same instant.
  };
  return {
    deliveries: {
      async accept(delivery, subjects) {
        const acceptance = await deliveries.acceptDelivery(ingestPool, delivery, subjects, shiftSeconds());
        if (acceptance !== "duplicate" && subjects.length > 0) doorbell.ring();
        return acceptance;
      },
      read: (id) => deliveries.readDelivery(pool, id),
      readStates: (ids) => deliveries.readDeliveryStates(pool, ids),
      prune: (finishedBefore) => deliveries.pruneDeliveries(pool, finishedBefore),
    },
    jobs: {
      async wake(subjects, at) {
        await wakeJobs(pool, subjects, { at: at ?? null, shiftSeconds: shiftSeconds() });
        if (at === undefined) doorbell.ring();
      },
      startWorkers: (worker) =>
        startWorkers({ pool, doorbell, holder, isSoleOwner: database.isSoleOwner, shiftSeconds }, { ...worker, log }),
      publishUnderFence: (publication, write) => publishUnderFence(publishPool, publication, write),
      listDeadLetters: (limit) => listDeadLetters(pool, limit),
      readDepth: () => readQueueDepth(pool, shiftSeconds()),
      sweepIdle: () => sweepIdleJobs(pool),
    },
    memory: createMemory(database),
    ledger: {
      append: (addition) => appendToLedger(db, addition),
      list: (query) => listLedger(db, query),
      verify: (repositoryId) => verifyLedger(db, repositoryId),
    },
    settings: { read: (key) => readSetting(db, key), save: (key, value) => saveSetting(db, key, value) },
    ping: () => ping(ingestPool),
    failed: database.failed,
    async close() {
      await doorbell.close();
      await database.close();
    },
  };
}

function createMemory({ db }: Database): Store["memory"] {
  return {
    rememberHead: (head) => rememberHead(db, head),
    listHeads: (repositoryId, number) => listHeads(db, repositoryId, number),
    rememberReview: (review) => rememberReview(db, review),
    listReviewsSeen: (repositoryId, number) => listReviewsSeen(db, repositoryId, number),
    readClassification: (key) => readClassification(db, key),
    saveClassification: (key, classification) => saveClassification(db, key, classification),
    pruneClassifications: (createdBefore) => pruneClassifications(db, createdBefore),
    savePullRequest: (pr) => savePullRequest(db, pr),
    listPullRequests: (query) => listPullRequests(db, query),
    rememberGate: (gate) => rememberGate(db, gate),
    listGates: (repositoryId) => listGates(db, repositoryId),
    forgetGate: (repositoryId, baseRef) => forgetGate(db, repositoryId, baseRef),
    readPolicyText: (blobSha) => readPolicyText(db, blobSha),
    savePolicyText: (blobSha, text) => savePolicyText(db, blobSha, text),
    listCheckRuns: (repositoryId, headSha) => listCheckRuns(db, repositoryId, headSha),
  };
}

async function ping(pool: Database["ingestPool"]): Promise<{ databaseTime: Date }> {
  const { rows } = await pool.query<{ at: Date }>({
    name: "ping",
    text: `insert into settings (key, value) values ('ping', 'null')
      on conflict (key) do update set updated_at = now() returning clock_timestamp() as at`,
  });
  const at = rows[0]?.at;
  if (at === undefined) throw new Error("The database took a write and returned nothing");
  return { databaseTime: at };
}

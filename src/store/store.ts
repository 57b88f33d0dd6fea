/** The store as the rest of the program sees it: plain values in, plain values out, no SQL. */

import { randomUUID } from "node:crypto";
import type { ChainState, Json, LedgerEntry } from "../core/report/ledger-hash.ts";
import type { AskedReviewer, Memory, RememberedCommand } from "../core/snapshot.ts";
import type { Subject } from "../core/subject.ts";
import type { DeploymentStore } from "../handlers/deployment-port.ts";
import type { DisagreementStore } from "../handlers/disagreement-port.ts";
import type { EscalationStore } from "../handlers/escalation-port.ts";
import type { ExceptionsStore } from "../handlers/exceptions-port.ts";
import type { Dossier, SeenHead } from "../handlers/store-port.ts";
import { type Database, type DatabaseOptions, openDatabase } from "./database.ts";
import * as deliveries from "./deliveries.ts";
import { createDeployments } from "./deployments.ts";
import { createDisagreements } from "./disagreements.ts";
import { createEscalations } from "./escalations.ts";
import { createExceptions } from "./exceptions/exceptions.ts";
import { type DeadLetter, listDeadLetters, type QueueDepth, readQueueDepth } from "./jobs/dead-letters.ts";
import { openDoorbell } from "./jobs/doorbell.ts";
import { scheduleJob, sweepIdleJobs, wakeJobs } from "./jobs/job-queue.ts";
import { type Publication, type PublicationOutcome, publishCheck } from "./jobs/publication.ts";
import { startWorkers, type WorkerOptions, type Workers } from "./jobs/workers.ts";
import { appendToLedger, type LedgerAddition, type LedgerQuery, listLedger, verifyLedger } from "./ledger.ts";
import type { Log } from "./log.ts";
import { saveCommand } from "./memory/commands-seen.ts";
import { loadDossier } from "./memory/dossier.ts";
import { saveHead } from "./memory/heads.ts";
import { listGates, setGated, wasGated } from "./memory/known-gates.ts";
import { readPolicyText, savePolicyText } from "./memory/policy-texts.ts";
import { pruneReviewLoop } from "./memory/prune-review-loop.ts";
import {
  type KnownPullRequest,
  listPullRequests,
  listRepositories,
  type PullRequestQuery,
  savePullRequest,
} from "./memory/pull-requests.ts";
import { loadHints, saveHints } from "./memory/reading-hints.ts";
import { type ChangeKey, loadChange, pruneChanges, saveChange } from "./memory/remembered-changes.ts";
import { saveAskedAt } from "./memory/requirements-asked.ts";
import { saveSession } from "./memory/review-sessions.ts";
import { saveReviewers } from "./memory/reviewers-asked.ts";
import { saveReviewHeads } from "./memory/reviews-seen.ts";
import { loadStickyState, saveStickyState } from "./memory/sticky-comments.ts";
import { forgetVerdicts, loadOwnVerdicts, loadVerdicts, type SiblingVerdict } from "./memory/verdicts.ts";
import { createMessages, type Messages } from "./messages.ts";
import { createPolicyReplays } from "./policy-replays.ts";
import { createReports, type Reports } from "./reports.ts";
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
    /** Sets the subject's one wake-up, `null` cancels it; retries and immediate looks stay. */
    wakeAt(subject: Subject, at: Date | null): Promise<void>;
    publishCheck(publication: Publication): Promise<PublicationOutcome>;
    listDeadLetters(limit?: number): Promise<DeadLetter[]>;
    readDepth(): Promise<QueueDepth>;
    /** Takes away rows of subjects that nothing is asked of; for the daily sweep. */
    sweepIdle(): Promise<number>;
  };
  memory: {
    loadHints<T>(repositoryId: number): Promise<T | null>;
    saveHints(repositoryId: number, hints: unknown): Promise<void>;
    loadChange<T>(key: ChangeKey): Promise<T | null>;
    saveChange(key: ChangeKey, remembered: unknown): Promise<void>;
    pruneChanges(createdBefore: Date): Promise<number>;
    loadDossier(pullRequest: { installationId: number; repositoryId: number; number: number }): Promise<Dossier>;
    saveAskedAt(repositoryId: number, number: number, askedAt: Memory["askedAt"]): Promise<void>;
    saveReviewers(repositoryId: number, number: number, reviewers: readonly AskedReviewer[]): Promise<void>;
    saveCommand(repositoryId: number, number: number, command: RememberedCommand): Promise<void>;
    saveSession(repositoryId: number, number: number, session: { state: string; data: unknown }): Promise<void>;
    pruneReviewLoop(closedBefore: Date): Promise<number>;
    saveHead(repositoryId: number, number: number, head: SeenHead): Promise<void>;
    saveReviewHeads(repositoryId: number, number: number, heads: Record<number, string>): Promise<void>;
    wasGated(repositoryId: number, baseRef: string): Promise<boolean>;
    setGated(repositoryId: number, baseRef: string, isGated: boolean): Promise<void>;
    listGates(repositoryId: number): Promise<string[]>;
    loadVerdicts(repositoryId: number, headSha: string, checkName: string): Promise<SiblingVerdict[]>;
    loadOwnVerdicts(repositoryId: number, number: number): ReturnType<typeof loadOwnVerdicts>;
    forgetVerdicts(repositoryId: number, number: number): Promise<void>;
    loadStickyState(repositoryId: number, number: number): Promise<string | null>;
    saveStickyState(repositoryId: number, number: number, state: string): Promise<void>;
    savePullRequest(pr: KnownPullRequest): Promise<void>;
    listPullRequests(query: PullRequestQuery): Promise<KnownPullRequest[]>;
    /** Every repository of which a pull request was met, by its newest names. */
    listRepositories(): ReturnType<typeof listRepositories>;
    readPolicyText(blobSha: string): Promise<string | null>;
    savePolicyText(blobSha: string, text: string): Promise<void>;
  };
  exceptions: ExceptionsStore;
  disagreements: DisagreementStore;
  policyReplays: ReturnType<typeof createPolicyReplays>;
  escalations: EscalationStore;
  deployments: DeploymentStore;
  reports: Reports;
  ledger: {
    append(addition: LedgerAddition): Promise<LedgerEntry>;
    list(query: LedgerQuery): Promise<LedgerEntry[]>;
    verify(repositoryId: number): Promise<ChainState>;
  };
  messages: Messages;
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
      wakeAt: (subject, at) => scheduleJob(pool, subject, at, shiftSeconds()),
      publishCheck: (publication) => publishCheck(publishPool, publication, now()),
      listDeadLetters: (limit) => listDeadLetters(pool, limit),
      readDepth: () => readQueueDepth(pool, shiftSeconds()),
      sweepIdle: () => sweepIdleJobs(pool),
    },
    memory: createMemory(database, now),
    exceptions: createExceptions(pool, now),
    disagreements: createDisagreements(pool, now),
    policyReplays: createPolicyReplays(db),
    escalations: createEscalations({ pool, now, shiftSeconds, ring: doorbell.ring }),
    deployments: createDeployments(pool, now),
    reports: createReports(pool, now),
    ledger: {
      append: (addition) => appendToLedger(pool, addition),
      list: (query) => listLedger(db, query),
      verify: (repositoryId) => verifyLedger(db, repositoryId),
    },
    messages: createMessages({ db: pool, now, shiftSeconds, ring: () => doorbell.ring() }),
    settings: { read: (key) => readSetting(db, key), save: (key, value) => saveSetting(db, key, value) },
    ping: () => ping(ingestPool),
    failed: database.failed,
    async close() {
      await doorbell.close();
      await database.close();
    },
  };
}

function createMemory({ db, pool }: Database, now: () => Date): Store["memory"] {
  return {
    loadHints: (repositoryId) => loadHints(db, repositoryId),
    saveHints: (repositoryId, hints) => saveHints(db, repositoryId, hints),
    loadChange: (key) => loadChange(db, key),
    saveChange: (key, remembered) => saveChange(db, key, remembered),
    pruneChanges: (createdBefore) => pruneChanges(db, createdBefore),
    loadDossier: (pullRequest) => loadDossier(pool, pullRequest),
    saveAskedAt: (repositoryId, number, askedAt) => saveAskedAt(pool, repositoryId, number, askedAt),
    saveReviewers: (repositoryId, number, reviewers) => saveReviewers(pool, repositoryId, number, reviewers, now()),
    saveCommand: (repositoryId, number, command) => saveCommand(pool, repositoryId, number, command),
    saveSession: (repositoryId, number, session) => saveSession(pool, repositoryId, number, session, now()),
    pruneReviewLoop: (closedBefore) => pruneReviewLoop(pool, closedBefore),
    saveHead: (repositoryId, number, head) => saveHead(db, repositoryId, number, head),
    saveReviewHeads: (repositoryId, number, heads) => saveReviewHeads(db, repositoryId, number, heads, now()),
    wasGated: (repositoryId, baseRef) => wasGated(db, repositoryId, baseRef),
    setGated: (repositoryId, baseRef, isGated) => setGated(db, repositoryId, baseRef, isGated),
    listGates: (repositoryId) => listGates(db, repositoryId),
    loadVerdicts: (repositoryId, headSha, checkName) => loadVerdicts(db, repositoryId, headSha, checkName),
    loadOwnVerdicts: (repositoryId, number) => loadOwnVerdicts(db, repositoryId, number),
    forgetVerdicts: (repositoryId, number) => forgetVerdicts(db, repositoryId, number),
    loadStickyState: (repositoryId, number) => loadStickyState(db, repositoryId, number),
    saveStickyState: (repositoryId, number, state) => saveStickyState(db, repositoryId, number, state),
    savePullRequest: (pr) => savePullRequest(db, pr),
    listPullRequests: (query) => listPullRequests(db, query),
    listRepositories: () => listRepositories(db),
    readPolicyText: (blobSha) => readPolicyText(db, blobSha),
    savePolicyText: (blobSha, text) => savePolicyText(db, blobSha, text),
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

/** The database as the handlers see it: what is remembered, recorded and asked for again. */

import type { OpenEscalation } from "../core/escalation/escalation-state.ts";
import type { Classification } from "../core/findings/finding.ts";
import type { Standing } from "../core/gate/standing.ts";
import type { Json } from "../core/report/ledger-hash.ts";
import type { AskedReviewer, Memory, RememberedCommand, RememberedHead } from "../core/snapshot.ts";
import type { RepositorySubject, Subject } from "../core/subject.ts";
import type { DisagreementStore } from "./disagreement-port.ts";
import type { ExceptionsStore, LabelArrival } from "./exceptions-port.ts";
import type { Change, ReadingHints } from "./github-port.ts";
import type { PolicyReplayStore } from "./policy-replay-port.ts";

/** A change remembered per base, head and engine version, so that a later event costs one read. */
export interface RememberedChange {
  change: Change;
  classification: Classification;
  patchDigest: string | null;
  /** By changed path, see {@link RememberedHead}. */
  pathDigests: Record<string, string | null>;
  /** Digest of what code scanning said; left out where no scan had ended. */
  scanDigest?: string;
}

/** Everything remembered about one pull request and its repository. */
export interface Dossier {
  hints: ReadingHints;
  /** Base branches of this repository that ever had a policy: losing it must not open the gate. */
  gates: string[];
  memory: Memory;
  /** Head that each review was given on, by review id, as its submission said. */
  reviewHeads: Record<number, string>;
  /** Labels as their events were seen to arrive. */
  labelArrivals: LabelArrival[];
  /** See `WindowMemory`. */
  isClockSure: boolean;
  /** As it was when last looked at. */
  before: KnownPullRequest | null;
  /** What is stuck about it and being escalated. */
  escalations: OpenEscalation[];
  /** As it was saved, by this version or an older one; where the row is damaged, `data` is its raw text. */
  session: { state: string; data: unknown } | null;
}

export interface StorePort extends ExceptionsStore, DisagreementStore, PolicyReplayStore {
  /** One statement. */
  loadDossier(pullRequest: { installationId: number; repositoryId: number; number: number }): Promise<Dossier>;
  /** Moments that are not remembered yet; an earlier one stays. */
  saveAskedAt(repositoryId: number, number: number, askedAt: Memory["askedAt"]): Promise<void>;
  /** All that are waited for: who is missing was taken off or has answered, stays in memory and no longer counts as busy. */
  saveReviewers(repositoryId: number, number: number, reviewers: AskedReviewer[]): Promise<void>;
  /** A command met twice is one. */
  saveCommand(repositoryId: number, number: number, command: RememberedCommand): Promise<void>;
  /** `data` is kept as JSON text. */
  saveSession(repositoryId: number, number: number, session: { state: string; data: unknown }): Promise<void>;
  loadHints(repositoryId: number): Promise<ReadingHints>;
  saveHints(repositoryId: number, hints: ReadingHints): Promise<void>;
  loadChange(key: ChangeKey): Promise<RememberedChange | null>;
  saveChange(key: ChangeKey, remembered: RememberedChange): Promise<void>;
  saveHead(repositoryId: number, number: number, head: SeenHead): Promise<void>;
  /** Base branches of this repository that ever had a policy: losing it must not open the gate. */
  listGates(repositoryId: number): Promise<string[]>;
  saveGate(repositoryId: number, baseRef: string): Promise<void>;
  /** Takes all gates of a repository off, after Holdpoint was. */
  forgetGates(repositoryId: number): Promise<void>;
  /** A closed one no longer weighs on others that share its commit. */
  savePullRequest(pr: KnownPullRequest): Promise<void>;
  /** Those that are open. */
  listPullRequests(query: {
    repositoryId?: number;
    installationId?: number;
    headSha?: string;
    baseRef?: string;
  }): Promise<KnownPullRequest[]>;
  /** Verdicts of pull requests on this commit and check name, so that the worst can win. */
  loadSiblings(repositoryId: number, headSha: string, checkName: string): Promise<Sibling[]>;
  /** A pull request's own verdicts, of each check it has on each head. */
  loadStandings(
    repositoryId: number,
    number: number,
  ): Promise<{ headSha: string; checkName: string; standing: Standing }[]>;
  /** What the sticky comment last said; `null` where none was written yet. */
  loadStickyStanding(repositoryId: number, number: number): Promise<Standing | null>;
  saveStickyStanding(repositoryId: number, number: number, standing: Standing): Promise<void>;
  /**
   * Writes a check under the lock of (repository, head): refuses a stale holder, settles what the check says, calls `write` only when the
   * digest differs from what was last written, and records verdict and ledger entry in the same transaction.
   */
  publishCheck(publication: Publication): Promise<"written" | "unchanged" | "fenced">;
  /** @param at not before this; left out: now */
  /** Adds to the repository's audit trail. */
  appendToLedger(repositoryId: number, kind: string, data: Json): Promise<void>;
  enqueue(subjects: Subject[], at?: Date): Promise<void>;
}

/** The verdict of a pull request on a commit that it may share with others. */
export interface Sibling {
  number: number;
  standing: Standing;
}

/** A pull request as it was when last looked at. */
export interface KnownPullRequest {
  installationId: number;
  repositoryId: number;
  owner: string;
  name: string;
  number: number;
  state: "open" | "closed";
  baseRef: string;
  headSha: string;
}

/** A head of a pull request, as the change it is from one commit of the base branch. */
export interface SeenHead extends Omit<RememberedHead, "changes"> {
  sha: string;
  mergeBaseSha: string;
  /** When it was met as this change; meeting it again after another moves it. */
  metAt: Date;
}

export interface ChangeKey {
  repositoryId: number;
  baseSha: string;
  headSha: string;
  engineVersion: string;
}

export interface Publication {
  subject: Subject;
  repositoryId: number;
  /** `null` for a merge group. */
  number: number | null;
  headSha: string;
  checkName: string;
  /** Grows with every run of the subject; a write with an older one is refused. */
  fence: number;
  /** Check run known for it, if any. */
  knownId: number | null;
  /**
   * Called under the lock, without waiting.
   *
   * @param siblings as `loadSiblings` tells them; they stay so until the check is written
   * @returns `null` leaves everything as it is
   */
  settle(siblings: readonly Sibling[]): SettledCheck | null;
}

/** What a check is to say. */
export interface SettledCheck {
  /** Digest of what would be written. */
  digest: string;
  /** What the ledger keeps of it; `state` is the pull request's own verdict, also where a worse one of a sibling is shown. */
  record: { state: Standing; inputsDigest: string; engineVersion: string; summary: string };
  /** Called under the lock. @returns the check run's id. Throwing leaves nothing recorded. */
  write(id: number | null): Promise<number>;
}

export interface SweepStore {
  /** With how many of their pull requests are open, as far as they were met. */
  listGatedRepositories(): Promise<{ repository: RepositorySubject; openPullRequests: number }[]>;
  /** Ids of deliveries that were kept already, among those given. */
  listKept(guids: readonly string[]): Promise<ReadonlySet<string>>;
  readMark(key: string): Promise<string | null>;
  saveMark(key: string, value: string): Promise<void>;
  /** Takes away what is of no use any more. */
  prune(): Promise<void>;
}

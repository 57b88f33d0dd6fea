/** The database's side of exceptions: bypasses, merges, maintenance windows and the issues that Holdpoint keeps. */

import type { BypassEnd, GrantedBypass, RefusedBypass } from "../core/bypass/bypass.ts";
import type { Standing } from "../core/gate/standing.ts";
import type { Json } from "../core/report/ledger-hash.ts";
import type { SeenWindow } from "../core/snapshot.ts";
import type { RepositoryRef } from "../core/subject.ts";

export interface ExceptionsStore {
  /** Keeps a grant and its ledger entry `bypass_granted` in one transaction; one that is kept already changes nothing. */
  grantBypass(repositoryId: number, number: number, grant: GrantedBypass): Promise<void>;
  /** The same with `bypass_refused`. */
  refuseBypass(repositoryId: number, number: number, refusal: RefusedBypass): Promise<void>;
  /** The same with `bypass_ended`; the first end counts. */
  endBypass(repositoryId: number, number: number, bypassId: string, ended: { at: Date; why: BypassEnd }): Promise<void>;
  /** Merges since a moment, and how many of them a bypass or nobody's leave let through. */
  countMerges(repositoryId: number, since: Date): Promise<{ all: number; bypassed: number }>;
  saveMerge(merge: KnownMerge): Promise<void>;
  /** Those that these commits came of. */
  loadMerges(repositoryId: number, commitShas: readonly string[]): Promise<KnownMerge[]>;
  /** Makes the windows of a base branch those given: what is not there any more is forgotten, what is there keeps its time. */
  saveWindows(repositoryId: number, baseRef: string, digests: readonly string[], at: Date): Promise<void>;
  /** The windows remembered of a repository. */
  loadWindows(repositoryId: number): Promise<WindowMemory>;
  /** Merges into a base branch that its maintenance windows let through, `from` included and `to` not; oldest first. */
  listWindowMerges(where: { repositoryId: number; baseRef: string; from: Date; to: Date }): Promise<KnownMerge[]>;
  /** One key, one issue: a second keeping replaces the first, also under another number (after the issue was deleted). */
  keepIssue(issue: KeptIssue): Promise<void>;
  /** The same together with an entry of the ledger, in one transaction; one that is done already and stays so changes nothing. */
  recordIssue(issue: KeptIssue, entry: { kind: string; data: Json }): Promise<void>;
  loadIssue(repositoryId: number, number: number): Promise<KeptIssue | null>;
  loadIssueByKey(repositoryId: number, key: string): Promise<KeptIssue | null>;
  listIssues(query: {
    repositoryId: number;
    kind?: KeptIssueKind;
    state?: KeptIssue["state"];
    pullRequest?: number;
    commitSha?: string;
  }): Promise<KeptIssue[]>;
}

export interface WindowMemory {
  windows: SeenWindow[];
  /** The database's clock and this machine's agree. Where they do not, nobody knows what time it is, and no window is open. */
  isClockSure: boolean;
}

/** A merged pull request and how its gate stood. */
export interface KnownMerge {
  repositoryId: number;
  number: number;
  baseRef: string;
  headSha: string;
  /** The commit on the base branch; `null` where GitHub did not tell. */
  commitSha: string | null;
  mergedAt: Date;
  mergedBy: string | null;
  /** What the check said last; `null` where it was never judged. */
  standing: Standing | null;
  /** `gate`: it was open. `bypass`: a granted bypass. `window`, `test_branch`: the gate stood aside. `around`: it was shut. */
  passage: "gate" | "bypass" | "window" | "test_branch" | "around";
  bypassId: string | null;
}

/** A label as its event was seen to arrive, with the head that it was put on; the newest of each name counts. */
export interface LabelArrival {
  label: string;
  personId: number;
  headSha: string;
  at: Date;
}

export type KeptIssueKind = "post_review" | "window" | "rollback" | "deployment";

/** An issue that Holdpoint filed and answers for. */
export interface KeptIssue extends RepositoryRef {
  number: number;
  /** Unique in the repository; stands hidden in the issue as its marker. */
  key: string;
  kind: KeptIssueKind;
  /** `done`: nothing is owed any more. */
  state: "open" | "done";
  pullRequest: number | null;
  /** The commit on the base branch that it is about. */
  commitSha: string | null;
  dueAt: Date | null;
  /** What its kind remembers. */
  data: Json;
}

export type { SeenWindow };

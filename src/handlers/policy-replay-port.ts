/** The past of a repository, and what was found by replaying it. */

import type { HistoricChange } from "../core/backtest/historic-change.ts";
import type { PolicyReplay, ReplayCut } from "../core/backtest/policy-replay.ts";
import type { RepositoryRef } from "../core/subject.ts";

export interface HistoryWanted {
  baseRef: string;
  /** Most changes. */
  last: number;
  /** Whether checks and statuses of the heads are needed. */
  withChecks: boolean;
  budget: { requests: number; until: Date };
}

export interface MergedPull {
  /** Without its files. */
  change: HistoricChange;
  /** Where it left the base branch; `null` where only git can tell. */
  mergeBaseSha: string | null;
  /** @returns the change with its files, or what is spent. @throws {GithubError} when GitHub fails otherwise */
  readWhole(): Promise<HistoricChange | ReplayCut>;
}

export interface MergedPulls {
  /** Newest first. */
  pulls: MergedPull[];
  cutBy: ReplayCut | null;
  /** @returns `null` where so many further requests may be sent */
  take(requests: number): ReplayCut | null;
}

export interface HistoryPort {
  /** @throws {GithubError} when GitHub fails, but for a spent limit: what came before that is the answer then */
  readMergedPulls(repository: RepositoryRef, wanted: HistoryWanted): Promise<MergedPulls>;
}

export interface PolicyReplayStore {
  /** @param key of both policies and the branch */
  loadReplay(repositoryId: number, key: string): Promise<PolicyReplay | null>;
  saveReplay(repositoryId: number, key: string, replay: PolicyReplay): Promise<void>;
}

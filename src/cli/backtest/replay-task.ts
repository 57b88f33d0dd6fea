/** What the processes that replay are told, and what they answer. */

import type { LaterChange } from "../../core/backtest/later-change.ts";
import type { Outcome } from "../../core/backtest/outcome.ts";
import type { PolicySource } from "../../core/policy/policy-document.ts";
import type { CloneMerge, CloneRepository } from "./clone-merge.ts";
import type { GitPlace } from "./stream-records.ts";

/** A policy by its text, which every process reads for itself. */
export interface PolicyText {
  text: string;
  source: PolicySource;
  owner: string | null;
}

export interface ReplaySetup {
  place: GitPlace;
  repository: CloneRepository;
  policies: PolicyText[];
}

/** A change to replay, or only to look at for what became of others. */
export interface ReplayItem {
  merge: CloneMerge;
  isReplayed: boolean;
  /** Leave the texts of files out: one of them could not be coped with. */
  isWithoutTexts: boolean;
}

export type ToReplayer = { kind: "setup"; setup: ReplaySetup } | { kind: "items"; items: ReplayItem[] };

export type FromReplayer =
  /** It is set up; what it takes from now on is the changes' doing. */
  | { kind: "ready" }
  /** One outcome for each policy, in their order; none where it was only looked at. */
  | { kind: "replayed"; sha: string; outcomes: Outcome[]; touched: LaterChange["touched"] }
  /** All items were answered. */
  | { kind: "idle" }
  | { kind: "failed"; sha: string; error: string };

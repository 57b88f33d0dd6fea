/** The database's side of escalations. */

import type { Escalation } from "../core/escalation/escalation-state.ts";
import type { StuckKind } from "../core/escalation/stuck.ts";
import type { Json, LedgerEntry } from "../core/report/ledger-hash.ts";

/** An escalation as it is to be kept. */
export interface EscalationChange {
  escalation: Escalation;
  /** Entries of the ledger, kept in the same transaction. */
  entries: { kind: string; data: { [key: string]: Json } }[];
  /** It is to be looked at at once, besides at its `nextAt`. */
  isWoken: boolean;
}

export interface EscalationStore {
  /** Also one that is closed. */
  loadEscalation(repositoryId: number, key: string): Promise<Escalation | null>;
  /** Those about a pull request or issue that are open. */
  listEscalations(repositoryId: number, number: number): Promise<Escalation[]>;
  /**
   * Changes escalations in one transaction with their entries in the ledger and the looks they ask for. Nobody else changes them meanwhile.
   *
   * @param change is given those that exist, closed ones included; what it leaves out stays as it is. Pure: it may be called again.
   */
  changeEscalations(
    which: { repositoryId: number } & ({ key: string } | { kind: StuckKind; number: number }),
    change: (known: Escalation[]) => EscalationChange[],
  ): Promise<void>;
  /**
   * Takes the next turn of an installation to write to GitHub: a few at once, then spread so that its limits for content are kept by all
   * processes together.
   *
   * @param writes how many
   * @returns when
   */
  takeWriteTurn(installationId: number, lane: WriteLane, writes: number): Promise<Date>;
  /** The newest entries of the ledger about a pull request or issue, oldest first. */
  loadHistory(repositoryId: number, number: number): Promise<LedgerEntry[]>;
  /** Open ones whose time has come a while ago and that nobody looks at. */
  listForgottenEscalations(dueBefore: Date): Promise<Escalation[]>;
}

/** What is urgent does not wait behind what is not. */
export type WriteLane = "urgent" | "usual";

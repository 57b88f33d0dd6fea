/** What the store keeps of findings that people called wrong. */

import type { Strength } from "../core/findings/finding.ts";
import type { Person } from "../core/snapshot.ts";

export interface Disagreement {
  findingId: string;
  rule: string;
  strength: Strength;
  path: string | null;
  /** Whether a checkpoint was waiting because of it. */
  isHeld: boolean;
  headSha: string;
  person: Pick<Person, "id" | "login">;
  commentId: number;
  reason: string;
}

export interface RuleDisagreements {
  rule: string;
  /** Findings that somebody called wrong, and how many of them held a change. */
  findings: number;
  held: number;
  people: number;
}

export interface DisagreementStore {
  /** Together with its ledger entry `finding_disputed`, in one transaction; a person's first about a finding counts. */
  saveDisagreement(repositoryId: number, number: number, disagreement: Disagreement): Promise<void>;
  /** By rule, the most disputed first. */
  countDisagreements(repositoryId: number): Promise<RuleDisagreements[]>;
}

/** What a policy would have asked of a change that was merged, as plain values: it can be kept, compared and shown. */

import type { FindingClass, RiskLevel, Strength } from "../findings/finding.ts";
import type { HistoricChange, ReviewWaits } from "./historic-change.ts";

/**
 * - `opens`: nobody has to release it
 * - `released`: it asks for people, and the reviews of then are enough; only where reviews are known
 * - `waits`: people have to release it. That says nothing about whether they would have, or did
 * - `asks`: nobody has to release it, but its author has to write, tick or add something
 * - `unknown`: what it depends on, the history does not tell
 */
export const answers = ["opens", "released", "waits", "asks", "unknown"] as const;
export type Answer = (typeof answers)[number];

/** Approvals that would still have been needed. */
export interface Need {
  /** Any of these roles, as the policy names them. */
  roles: readonly string[];
  count: number;
  /** The checkpoint or workflow that asks. */
  by: string;
}

export type Seat = Pick<Need, "roles" | "count">;

/** A rule of the policy that keeps the change waiting. */
export interface HoldingRule {
  kind: "checkpoint" | "workflow" | "other";
  name: string;
  /** Of the policy, from 1; `null` where the rule stands elsewhere. */
  line: number | null;
  /** Reason codes of what is open. */
  codes: readonly string[];
}

/** A finding that is sure enough to ask for something. */
export interface OutcomeFinding {
  id: string;
  rule: string;
  class: FindingClass;
  strength: Strength;
  what: string;
  path: string | null;
  line: number | null;
}

export interface Outcome
  extends Pick<HistoricChange, "id" | "commitSha" | "title" | "author" | "isBot" | "mergedAt" | "source"> {
  answer: Answer;
  workflow: string;
  heldBy: HoldingRule[];
  needs: Need[];
  /** The same by role: where people may fill several seats, one approval serves every rule that asks for the same role. */
  seats: Seat[];
  /** The fewest people who can fill the seats, where one may hold several of the roles. */
  people: number;
  /** What the author would have to add: names of criteria and conditions. */
  asks: string[];
  /** What could not be judged, as phrases. */
  unknown: string[];
  risk: RiskLevel;
  /** Lines that a person has to read. */
  lines: number;
  files: number;
  classes: FindingClass[];
  /** Proven and likely ones, the first of each rule and file; see `findingsMax`. */
  findings: OutcomeFinding[];
  /** Findings beyond those listed. */
  findingsLeftOut: number;
  /** What was taken for granted, a sentence each. */
  assumed: string[];
  waits: ReviewWaits | null;
}

/** Holds when somebody would have had to do something first. */
export function isHeld({ answer }: Pick<Outcome, "answer">): boolean {
  return answer === "waits" || answer === "asks" || answer === "unknown";
}

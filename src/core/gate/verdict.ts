/** The gate's answer for one head commit: a tree of requirements, each with its state, its reason and who can meet it. Wording is `report`'s. */

import type { BudgetUse } from "../bypass/budget.ts";
import type { BypassState, Opening, OpeningInForce } from "../bypass/bypass.ts";
import type { Classification, Finding, FindingClass, Strength } from "../findings/finding.ts";
import type { EvidenceTree } from "../policy/blocks/checkpoints.ts";
import type { Trace } from "../policy/condition.ts";
import type { RoleResolution } from "../policy/resolve-role.ts";
import type { Permission, Person } from "../snapshot.ts";
import type { ReasonCode } from "./codes.ts";

/** Bumped whenever the same inputs may give another verdict; remembered findings of another version are not used. */
export const engineVersion = "5";

/**
 * - `satisfied`: met
 * - `waiting`: people have to act
 * - `must_change`: the author (or an objector) has to change something
 * - `error`: a fact could not be read
 * - `bypassed`: not met, and passed all the same: see `opening`
 * - `not_needed`: does not apply to this change
 */
export type RequirementState = "satisfied" | "bypassed" | "waiting" | "must_change" | "error" | "not_needed";

interface RequirementBase {
  /** Unique in the verdict and stable between verdicts, e.g. `checkpoint:security_review/rollback_plan`. */
  id: string;
  /** The checkpoint's, workflow's, criterion's or person's name. */
  name: string;
  state: RequirementState;
  /** Stable reason code, see `codes.ts`. */
  code: ReasonCode;
  /** `false`: shown and asked for, never holds (`required: false`, `mode: observe`). */
  holds: boolean;
  /** Line of the rule in the policy file, from 1. */
  line: number | null;
  /** What lets it be passed without being met; `null` unless it is `bypassed`. Its code still says what is not met. */
  opening: Opening | null;
}

export interface CheckpointRequirement extends RequirementBase {
  kind: "checkpoint";
  description: string | null;
  trigger: TriggerOutcome;
  dueAt: Date | null;
  parts: Requirement[];
}

/** Why a checkpoint applies or does not. */
export type TriggerOutcome =
  | { kind: "always" }
  | { kind: "class"; class: FindingClass; strength: Strength | null; findings: Finding[] }
  | { kind: "revert" }
  | { kind: "condition"; trace: Trace };

export interface WorkflowRequirement extends RequirementBase {
  kind: "workflow";
  scope: string | null;
  /** Every workflow that was looked at, in order, with its guards and risks. */
  considered: { name: string; fits: boolean; guards: GuardOutcome[] }[];
  /** `fits`: the first that fitted; `strictest`: none did. */
  chosen: "fits" | "strictest";
  dueAt: Date | null;
  parts: Requirement[];
}

export interface GuardOutcome {
  criterion: string;
  kind: "guard" | "risk";
  holds: boolean | "unknown";
  /** What was found, as a phrase. */
  saw: string;
}

export interface ApprovalsRequirement extends RequirementBase {
  kind: "approvals";
  /** Any of these roles. */
  roles: RoleOutcome[];
  needed: number;
  /** How many of `needed` come from commits whose author is unknown. */
  extraForUnknown: number;
  given: CountedApproval[];
  /** People who could give what is missing, as far as they are known; nobody excluded is in it. */
  candidates: Person[];
  /** Changed files with owners, each of which one of them has to approve; `null` where no role asks for it. */
  coverage: FileCoverage[] | null;
  /** Names of requirements that need the same people, where distinct people make it impossible to meet all of them. */
  competesWith: string[];
  /** Whether its people may fill no other seat: its own setting; `null` where it has none. */
  distinctPeople: boolean | null;
  /** Teams that a role names and that nobody can find. */
  missingTeams: string[];
  /** Anybody with this permission can, beside `candidates`; `null` when only those listed can. */
  anyoneWith: Permission | null;
  dueAt: Date | null;
  /** Holds when the approvals are still missing although they were due. */
  isOverdue: boolean;
}

/** A changed file and those who answer for it. */
export interface FileCoverage {
  path: string;
  owners: Person[];
  /** Owners whose approval counts. */
  by: Person[];
}

/** What a role name came to mean here; `unknown` while a team that decides it could not be read. */
export type RoleOutcome = RoleResolution | { role: string; how: "unknown"; reason: string };

export interface CountedApproval {
  person: Person;
  at: Date;
  method: "review" | "comment" | "label" | "body";
  /** Head it was given on, where known. */
  headSha: string | null;
  /** Why it counts or does not. */
  outcome: ApprovalOutcome;
}

export type ApprovalOutcome =
  /** `ignored_commits`: nothing was pushed since but commits that the policy says to ignore. */
  | { kind: "counts"; freshness: "same_head" | "same_change" | "same_paths" | "ignored_commits" | "sticky" }
  | { kind: "not_eligible"; roles: string[] }
  | { kind: "eligibility_unreadable"; reason: string }
  | { kind: "author" }
  | { kind: "contributor" }
  | { kind: "last_pusher" }
  | { kind: "pusher" }
  | { kind: "bot" }
  | { kind: "ghost" }
  /** `by`: who edited it, where that was somebody else. */
  | { kind: "edited"; by: Person | null }
  | { kind: "dismissed" }
  | { kind: "withdrawn"; by: "later_objection" }
  | { kind: "stale"; headSha: string | null };

export interface CriterionRequirement extends RequirementBase {
  kind: "criterion";
  evidence: EvidenceOutcome;
  /** How to satisfy it: the alternatives. */
  wanted: EvidenceTree;
}

export interface EvidenceOutcome {
  holds: boolean | "unknown";
  /** The leaf or joint this is about; joints have parts. */
  wanted: EvidenceTree;
  saw: string;
  /** What people gave that does not count, newest first. */
  refused?: readonly RefusedClaim[];
  parts: EvidenceOutcome[];
}

/** An attestation, or evidence given by comment, that does not count, and why. */
export interface RefusedClaim {
  person: Person;
  /**
   * - `excluded`: the author or a contributor may not attest
   * - `not_entitled`: neither the role nor the permission
   * - `edited`: what was edited does not count
   * - `stale`: the change is another one since
   * - `empty`: neither a link nor a sentence
   */
  why: "excluded" | "not_entitled" | "edited" | "stale" | "empty";
}

export interface ConditionsRequirement extends RequirementBase {
  kind: "conditions";
  trace: Trace;
}

export interface ObjectionRequirement extends RequirementBase {
  kind: "objection";
  person: Person;
  at: Date;
  /** Who set it aside with `/holdpoint overrule`; `null` while it stands. */
  overruled: { person: Person; at: Date; reason: string } | null;
}

/** `/holdpoint hold`: somebody wants the change to wait, whatever else is met. */
export interface HoldRequirement extends RequirementBase {
  kind: "hold";
  person: Person;
  at: Date;
  /** As written after the command; empty where nothing was. */
  reason: string;
}

/** Conditions under which a reviewer approved. */
export interface OpenConditionsRequirement extends RequirementBase {
  kind: "open_conditions";
  person: Person;
  at: Date;
  items: { text: string; isMet: boolean }[];
  /** What becomes of those not met: they hold the change, or become issues when it is merged. */
  unmet: "hold" | "track";
}

/** What was decided about taking a change back. */
export interface DecisionRequirement extends RequirementBase {
  kind: "decision";
  /** `null` while nobody who may has decided. */
  decision: { choice: "proceed" | "partial" | "abort"; person: Person; at: Date; rationale: string } | null;
  /** Any of these roles may decide. */
  roles: string[];
}

/** Something that could not be read whole. */
export interface ReadingRequirement extends RequirementBase {
  kind: "reading";
  reason: string;
}

export type Requirement =
  | CheckpointRequirement
  | WorkflowRequirement
  | ApprovalsRequirement
  | CriterionRequirement
  | ConditionsRequirement
  | ObjectionRequirement
  | HoldRequirement
  | OpenConditionsRequirement
  | DecisionRequirement
  | ReadingRequirement;

/** `bypassed`: what is not met is passed by a bypass, a maintenance window or on a test branch. */
export type VerdictState = "approved" | "bypassed" | "waiting" | "must_change" | "error";

export interface Verdict {
  state: VerdictState;
  /** Holds when a merge may go through: approved, bypassed, or observed only. */
  isOpen: boolean;
  /** The policy only observes: `state` says what it would have done. */
  isObserved: boolean;
  workflow: string;
  /** Without the findings that are left out by now; those are in its `suppressed`. */
  classification: Classification;
  /** Objections and unreadable facts first, then the workflow, then checkpoints in the policy's order, those not needed last. */
  requirements: Requirement[];
  /** What came of each bypass that was asked for or granted, oldest first. */
  bypasses: BypassState[];
  /** How much of the budget of bypasses is spent; `null` where none is asked for or in force, or nobody counted. */
  bypassBudget: BudgetUse | null;
  /** Everything that is open now without being met; it may cover more than it had to open. */
  openings: OpeningInForce[];
  /** Every approval met, kept or dropped. */
  approvals: CountedApproval[];
  /** The smallest set of known, available people whose approvals would meet what waits for people; empty where there is none. */
  fastestWay: Person[];
  /** Reason codes of what is open, sorted, without doubles. */
  codes: string[];
  /** The next moment at which time alone could change the answer. */
  wakeAt: Date | null;
  /** Workflows and checkpoints with a time that people are asked for now: for those met here for the first time it starts now. */
  asked: string[];
  effects: Effect[];
}

/** How things should be; whoever applies it compares with how they are, so that applying twice changes nothing. */
export type Effect =
  | { kind: "request_reviewers"; people: Person[] /** Whole teams, as `org/slug`. */; teams?: string[] }
  /** Merge this very head as soon as GitHub lets it through. `trailers`: lines that its commit message has to end with, as `Key: value`. */
  | { kind: "merge"; headSha: string; method: MergeMethod; updateBranch: boolean; trailers: string[] }
  /** Take GitHub's own auto-merge off. */
  | { kind: "disarm_auto_merge" };

export type MergeMethod = "merge" | "squash" | "rebase";

/** Whether a deployment may go on: what is still missing, or who let it, or who stopped it. Pure; unknown is a wait, never a release. */

import type { Policy } from "../policy/schema.ts";
import type { Person } from "../snapshot.ts";
import { type SettledSeats, seatGroups, settleSeats, type VoiceFacts, weighVoice } from "./approvals.ts";
import type { CommitOrigin, DeployingRun, DeploymentVoice, RollbackStanding } from "./deployment.ts";
import type { EnvironmentRule } from "./environment-rule.ts";
import { type DeployedPull, type JudgedCommits, letsDeploy, type StrayCommit } from "./judge-commits.ts";
import { type DeployedRange, goesBack } from "./range.ts";
import { startersOf } from "./starters.ts";

/** What lets an environment stand aside. */
export type StandingAside =
  | { kind: "test_environment"; pattern: string }
  | { kind: "window"; name: string; until: Date };

/** The role that answers for what nobody has judged. */
export const overrideRole = "technical_lead";

export interface DeploymentFacts {
  environment: string;
  policy: Policy;
  rule: EnvironmentRule;
  run: DeployingRun;
  /** Commits that GitHub says are to be deployed there now; none where it made no deployment of it. */
  waitingShas: readonly string[];
  requestedAt: Date;
  range: DeployedRange;
  judged: JudgedCommits;
  /** Of the deployed commit. */
  origin: CommitOrigin | undefined;
  /** Checkpoints that every pull request in the range has satisfied. */
  satisfied: ReadonlySet<string>;
  voices: readonly DeploymentVoice[];
  roles: VoiceFacts["roles"];
  aside: StandingAside | null;
  rollback: RollbackStanding | null;
  now: Date;
}

/** Why it waits. */
export type DeploymentHold =
  | { kind: "fork" }
  | { kind: "other_commit"; shas: string[] }
  | { kind: "unread"; reason: string }
  | { kind: "pull"; pull: DeployedPull }
  | { kind: "strays"; commits: StrayCommit[] }
  | { kind: "seats"; group: SettledSeats }
  | { kind: "rollback"; issue: number }
  /** Nothing holds it but GitHub, which refuses the answer. */
  | { kind: "unanswered"; reason: string }
  /** What an override owes cannot be written down. */
  | { kind: "review_unfiled" };

/** Why it may go on without having been asked for everything. */
export type DeploymentPass =
  | { kind: "aside"; aside: StandingAside }
  | { kind: "observed"; holds: DeploymentHold[] }
  | { kind: "rolled_back"; issue: number }
  | { kind: "overridden"; voice: DeploymentVoice; holds: DeploymentHold[] };

export interface DeploymentVerdict {
  outcome: "approve" | "reject" | "wait";
  holds: DeploymentHold[];
  passes: DeploymentPass[];
  /** Who or what stopped it. */
  rejection: { kind: "person"; voice: DeploymentVoice } | { kind: "rollback"; issue: number } | null;
  seats: SettledSeats[];
  starters: Person[];
  range: DeployedRange;
  judged: JudgedCommits;
  rule: EnvironmentRule;
}

export function judgeDeployment(facts: DeploymentFacts): DeploymentVerdict {
  const { policy, rule, range, judged, aside, run, rollback } = facts;
  const starters = startersOf(run, facts.origin);
  const voiceFacts: VoiceFacts = { ...facts, request: requestName(run.id, run.attempt), sha: run.headSha, starters };
  const groups = seatGroups(rule, policy, facts.satisfied);
  const seats = settleSeats(groups, facts.voices, voiceFacts);
  const verdict = { holds: [], passes: [], rejection: null, seats, starters, range, judged, rule };

  const rejection = rejectionOf(
    groups.flatMap(({ roles }) => roles),
    voiceFacts,
    facts,
  );
  if (rejection !== null) return { ...verdict, outcome: "reject", rejection };
  if (aside?.kind === "test_environment") {
    return { ...verdict, outcome: "approve", passes: [{ kind: "aside", aside }] };
  }
  const passes: DeploymentPass[] = [];
  const commitHolds = holdsOfCommits(seats, facts);
  const override = overrideOf(voiceFacts, facts);
  const isTakenBack = goesBack(range) && rollback?.decision != null && rollback.decision.choice !== "abort";
  const seatHolds = seats
    .filter((group) => group.given.length < group.needed)
    .map((group): DeploymentHold => ({ kind: "seats", group }));
  const holds = certainHolds(facts);
  if (aside?.kind === "window") passes.push({ kind: "aside", aside });
  else {
    if (override !== null && commitHolds.length > 0)
      passes.push({ kind: "overridden", voice: override, holds: commitHolds });
    else holds.push(...commitHolds);
    if (isTakenBack && seatHolds.length > 0) passes.push({ kind: "rolled_back", issue: rollback.issue });
    else holds.push(...seatHolds);
  }
  if (holds.length > 0 && policy.mode === "observe") {
    return { ...verdict, outcome: "approve", passes: [...passes, { kind: "observed", holds }] };
  }
  return { ...verdict, outcome: holds.length === 0 ? "approve" : "wait", holds, passes };
}

/** What a voice names a request by. */
export function requestName(runId: number, attempt: number): string {
  return `${runId}-${attempt}`;
}

/** What neither a window nor an override opens. */
function certainHolds({ run, waitingShas, range, rollback }: DeploymentFacts): DeploymentHold[] {
  const holds: DeploymentHold[] = [];
  if (run.isFromFork) holds.push({ kind: "fork" });
  if (waitingShas.length > 0 && !waitingShas.includes(run.headSha)) {
    holds.push({ kind: "other_commit", shas: [...waitingShas] });
  }
  if (range.unread !== null) holds.push({ kind: "unread", reason: range.unread });
  // Going back is what an open decision is about, so it need not wait for it.
  if (rollback !== null && rollback.decision === null && !goesBack(range)) {
    holds.push({ kind: "rollback", issue: rollback.issue });
  }
  return holds;
}

function holdsOfCommits(seats: readonly SettledSeats[], { judged, rule }: DeploymentFacts): DeploymentHold[] {
  const holds = judged.pulls
    .filter((pull) => !letsDeploy(pull, rule))
    .map((pull): DeploymentHold => ({ kind: "pull", pull }));
  const areCovered = rule.unknownCommits === "approve" && seats.length > 0;
  if (judged.strays.length > 0 && rule.needsGate && !areCovered) holds.push({ kind: "strays", commits: judged.strays });
  return holds;
}

function overrideOf(voiceFacts: VoiceFacts, { voices }: DeploymentFacts): DeploymentVoice | null {
  const counts = (voice: DeploymentVoice) => weighVoice(voice, [overrideRole], voiceFacts) === "counts";
  return voices.find((voice) => voice.kind === "override" && counts(voice)) ?? null;
}

/** Whoever may release it may stop it; where nobody is asked, a technical lead may. */
function rejectionOf(
  roles: readonly string[],
  voiceFacts: VoiceFacts,
  { voices, rollback, range, requestedAt }: DeploymentFacts,
): DeploymentVerdict["rejection"] {
  const may = [...new Set([...roles, overrideRole])];
  const voice = voices.find((one) => one.kind === "reject" && weighVoice(one, may, voiceFacts) === "counts");
  if (voice !== undefined) return { kind: "person", voice };
  const decision = rollback?.decision ?? null;
  // GitHub tells when it was decided to the second.
  const isBefore = decision !== null && requestedAt.getTime() < decision.at.getTime() + 1_000;
  const isStopped = decision?.choice === "abort" && goesBack(range) && isBefore;
  return isStopped && rollback !== null ? { kind: "rollback", issue: rollback.issue } : null;
}

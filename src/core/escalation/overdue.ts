/** What is stuck about a pull request, as a look at it tells: reviews that are overdue, and required checks that failed. */

import { isOpenState, withParts } from "../gate/requirements.ts";
import type { CheckpointRequirement, Requirement, Verdict, WorkflowRequirement } from "../gate/verdict.ts";
import type { CheckMatcher, EvidenceTree } from "../policy/blocks/checkpoints.ts";
import { matchesCheck } from "../policy/check-name.ts";
import type { Trace } from "../policy/condition.ts";
import type { Policy } from "../policy/schema.ts";
import type { CheckFact, CheckState, Snapshot } from "../snapshot.ts";
import type { RepositoryRef } from "../subject.ts";
import { firstLevelDefault, isEscalating } from "./levels.ts";
import type { Stuck } from "./stuck.ts";

/** What a look at a pull request tells. */
export interface Looked {
  repository: RepositoryRef;
  number: number;
  snapshot: Pick<Snapshot, "checks" | "workflowRuns" | "isDraft" | "state">;
  verdict: Pick<Verdict, "requirements" | "isObserved">;
  policy: Policy;
  now: Date;
}

/** Kinds of stuck things that a look at a pull request tells all of. */
export const lookedKinds = ["review", "failed_checks"] as const;

/** Empty where the policy escalates nothing, and for drafts, about which nobody is asked. */
export function stuckIn(looked: Looked): Stuck[] {
  const { snapshot, verdict, policy } = looked;
  if (!isEscalating(policy) || verdict.isObserved || snapshot.isDraft || snapshot.state !== "open") return [];
  const reviews = verdict.requirements.flatMap((one) =>
    one.kind === "checkpoint" || one.kind === "workflow" ? overdueReview(one, looked) : [],
  );
  return [...reviews, ...failedChecks(looked)];
}

/** The key of the escalation of a requirement as a whole. */
export function reviewKey(number: number, requirementId: string): string {
  return `review:${number}:${requirementId}`;
}

function overdueReview(whole: CheckpointRequirement | WorkflowRequirement, looked: Looked): Stuck[] {
  const { dueAt, parts, holds, state } = whole;
  if (dueAt === null || dueAt > looked.now || !holds || !isOpenState(state)) return [];
  const open = parts.filter(isWaiting);
  if (open.length === 0) return []; // What is missing is the author's to bring.
  const { repository, number, policy } = looked;
  const startsAt = whole.kind === "checkpoint" ? policy.checkpoints[whole.name]?.escalation : undefined;
  const what = whole.kind === "checkpoint" ? whole.name : `the review of ${whole.name}`;
  return [
    {
      key: reviewKey(number, whole.id),
      repository,
      kind: "review",
      number,
      what,
      since: dueAt,
      startsAt: startsAt ?? firstLevelDefault,
      roles: [...new Set(open.flatMap(rolesOf))],
    },
  ];
}

/** Whoever has to act is somebody else than the author; where nobody could, or nobody can be found, somebody has to hear of it. */
function isWaiting(part: Requirement): boolean {
  if (!part.holds || !isOpenState(part.state)) return false;
  return part.kind === "approvals" || part.kind === "decision";
}

function rolesOf(part: Requirement): string[] {
  if (part.kind === "approvals") return part.roles.map(({ role }) => role);
  return part.kind === "decision" ? part.roles : [];
}

const failedStates: readonly CheckState[] = ["failure", "error", "timed_out", "cancelled", "action_required", "stale"];

function failedChecks(looked: Looked): Stuck[] {
  const failed = requiredFailures(looked.verdict.requirements, looked.snapshot);
  if (failed.length === 0) return [];
  const { repository, number, now } = looked;
  const since = failed.flatMap(({ completedAt }) => completedAt ?? []).sort((a, b) => b.getTime() - a.getTime())[0];
  const names = [...new Set(failed.map(({ name }) => name))].sort();
  const shown = names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
  return [
    {
      key: `failed_checks:${number}`,
      repository,
      kind: "failed_checks",
      number,
      what: names.length === 1 ? `the check ${shown}` : `the checks ${shown}`,
      since: since ?? now,
      startsAt: "level_1",
      roles: [],
    },
  ];
}

/** What failed of the checks that something holding and open asks for. Workflow runs stand for themselves, by their path. */
export function requiredFailures(
  requirements: readonly Requirement[],
  { checks, workflowRuns }: Pick<Snapshot, "checks" | "workflowRuns">,
): Pick<CheckFact, "name" | "app" | "completedAt">[] {
  const wanted: Wanted = { matchers: [], names: new Set(), paths: new Set() };
  for (const one of withParts(requirements)) {
    if (!one.holds || !isOpenState(one.state)) continue;
    if (one.kind === "criterion" && one.evidence.holds !== true) collectEvidence(one.wanted, wanted);
    if (one.kind === "conditions") collectTrace(one.trace, wanted);
  }
  const isWanted = (check: CheckFact) =>
    wanted.names.has(check.name) || wanted.matchers.some((matcher) => matchesCheck(matcher, check));
  const failed = checks.filter((check) => failedStates.includes(check.state) && isWanted(check));
  const runs = workflowRuns.filter(({ path, state }) => wanted.paths.has(path) && failedStates.includes(state));
  return [...failed, ...runs.map(({ path }) => ({ name: path, app: { id: 0, slug: actionsSlug }, completedAt: null }))];
}

/** The App whose failed jobs can be run again. */
export const actionsSlug = "github-actions";

interface Wanted {
  matchers: CheckMatcher[];
  names: Set<string>;
  paths: Set<string>;
}

function collectEvidence(tree: EvidenceTree, wanted: Wanted): void {
  if ("any" in tree) for (const part of tree.any) collectEvidence(part, wanted);
  else if ("all" in tree) for (const part of tree.all) collectEvidence(part, wanted);
  else if ("check" in tree) wanted.matchers.push(...tree.check);
}

function collectTrace(trace: Trace, wanted: Wanted): void {
  if (trace.holds === true) return;
  for (const part of trace.parts) collectTrace(part, wanted);
  const into = trace.what === "statuses" ? wanted.names : trace.what === "workflows" ? wanted.paths : null;
  if (into === null || typeof trace.wanted !== "object" || trace.wanted === null) return;
  for (const name of Object.keys(trace.wanted)) into.add(name);
}

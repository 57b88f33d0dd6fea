/** What opens the gate beside approvals: bypasses, maintenance windows, test branches. */

import { type BudgetUse, budgetUse } from "../bypass/budget.ts";
import type { BypassState, OpeningInForce } from "../bypass/bypass.ts";
import { forbiddenFinding } from "../bypass/ceiling.ts";
import { emergencyRules, neverOpened } from "../bypass/emergency-rules.ts";
import type { BypassFacts, HeldPoint } from "../bypass/facts.ts";
import { testBranch } from "../bypass/test-branches.ts";
import { weighBypasses } from "../bypass/weigh.ts";
import { nextWindowEdge, openWindows } from "../bypass/windows.ts";
import { findingClasses } from "../findings/finding.ts";
import { bypassReasons, saidBypasses } from "./bypass-said.ts";
import type { GateFacts } from "./facts.ts";
import { openRequirements } from "./open-requirements.ts";
import { policyChangeId } from "./policy-change.ts";
import { isOpenState } from "./requirements.ts";
import type { Requirement } from "./verdict.ts";
import { earliest } from "./wake.ts";

export interface OpenedGate {
  requirements: Requirement[];
  bypasses: BypassState[];
  openings: OpeningInForce[];
  bypassBudget: BudgetUse | null;
  /** The next moment at which time alone could end or refuse something here, or open a window. */
  wakeAt: Date | null;
}

export function openGate(closed: readonly Requirement[], facts: GateFacts): OpenedGate {
  const { snapshot, memory, now } = facts;
  const { policy } = facts.document;
  const rules = emergencyRules(policy);
  const never = neverOpened(policy);
  const foundRules = rulesFound(facts);
  // What could not be read whole may hide what nothing opens.
  const isPowerless = snapshot.incomplete.length > 0 || forbiddenFinding(never, foundRules) !== null;
  const planned = { policy, snapshot, memory, now };
  const standing = isPowerless ? [] : [...openWindows(planned), ...testBranch(planned)];
  const bypasses = weighBypasses(bypassFacts(openRequirements(closed, standing, never), foundRules, facts));
  const granted = bypasses.flatMap((state): OpeningInForce[] =>
    state.kind === "in_force" ? [{ opening: { kind: "bypass", grant: state.grant }, scope: state.grant.scope }] : [],
  );
  const openings = isPowerless ? [] : [...granted, ...standing];
  return {
    requirements: openRequirements(closed, openings, never),
    bypasses,
    openings,
    bypassBudget: rules === null || bypasses.length === 0 ? null : budgetUse(rules, memory.merges),
    wakeAt: earliest([nextWindowEdge(planned), ...bypasses.map(endOf)]),
  };
}

/** What the weighing looks at. @param requirements with windows and test branches taken into account */
export function bypassFacts(
  requirements: readonly Requirement[],
  foundRules: ReadonlySet<string>,
  facts: GateFacts,
): BypassFacts {
  const { snapshot, memory, now, document } = facts;
  const checkpoints = requirements.filter((one) => one.kind === "checkpoint" && one.state !== "not_needed");
  const contributors = facts.contributorsFor({});
  return {
    policy: document.policy,
    rules: emergencyRules(document.policy),
    snapshot,
    memory,
    now,
    commands: saidBypasses(snapshot, memory),
    reasons: bypassReasons(snapshot),
    foundRules,
    checkpoints: checkpoints.map(({ name }) => name),
    held: requirements.flatMap(heldPoint),
    contributes: ({ id }) => id === snapshot.author.id || contributors.ids.has(id) || contributors.pusherIds.has(id),
  };
}

export function rulesFound({ classification }: Pick<GateFacts, "classification">): ReadonlySet<string> {
  const findings = findingClasses.flatMap((name) => classification.classes[name].findings);
  return new Set(findings.map(({ rule }) => rule));
}

function heldPoint({ id, kind, name, state, holds }: Requirement): HeldPoint[] {
  if (!holds || !isOpenState(state) || id === policyChangeId) return [];
  const isUnreadable = kind === "reading" || state === "error";
  return [{ checkpoint: kind === "checkpoint" ? name : null, kind: isUnreadable ? "unreadable" : "open" }];
}

function endOf(state: BypassState): Date | null {
  if (state.kind === "awaiting" || state.kind === "grantable") return state.until;
  if (state.kind === "unreadable") return state.until ?? null;
  return state.kind === "in_force" ? state.grant.until : null;
}

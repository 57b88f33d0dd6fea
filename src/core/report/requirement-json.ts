/** One requirement for programs: what the row shows, with the same words, and its facts by kind. */

import type { ApprovalsRequirement, Requirement } from "../gate/verdict.ts";
import { whoCanApprove, whyApproval } from "./approval-words.ts";
import { openingJson } from "./bypass-json.ts";
import { whatIsMissing } from "./evidence-words.ts";
import type { Row } from "./rows.ts";
import type { Telling } from "./telling.ts";
import { toPlain } from "./words.ts";

/** @param requirement what the row speaks of */
export function requirementJson(row: Row, requirement: Requirement | undefined, telling: Telling) {
  return {
    id: row.id,
    kind: requirement?.kind ?? "checkpoint",
    what: toPlain(row.what),
    state: row.state,
    code: row.code,
    holds: row.holds,
    why: toPlain(row.why),
    who: toPlain(row.who),
    line: requirement?.line ?? null,
    opening: requirement?.opening ? openingJson(requirement.opening) : null,
    ...(requirement === undefined ? {} : factsJson(requirement, telling)),
  };
}

function factsJson(requirement: Requirement, telling: Telling): object {
  switch (requirement.kind) {
    case "approvals":
      return approvalsJson(requirement, telling);
    case "criterion":
      return {
        saw: requirement.evidence.saw,
        how:
          requirement.state === "satisfied" ? null : toPlain(whatIsMissing(requirement.name, requirement.evidence, 20)),
      };
    case "objection":
      return {
        by: requirement.person.login,
        at: requirement.at.toISOString(),
        overruled: requirement.overruled && {
          by: requirement.overruled.person.login,
          at: requirement.overruled.at.toISOString(),
          reason: requirement.overruled.reason,
        },
      };
    case "hold":
      return { by: requirement.person.login, at: requirement.at.toISOString(), reason: requirement.reason };
    case "open_conditions":
      return {
        by: requirement.person.login,
        at: requirement.at.toISOString(),
        items: requirement.items.map(({ text, isMet }) => ({ text, met: isMet })),
        unmet: requirement.unmet,
      };
    case "decision":
      return {
        roles: requirement.roles,
        decision: requirement.decision && {
          choice: requirement.decision.choice,
          by: requirement.decision.person.login,
          at: requirement.decision.at.toISOString(),
          rationale: requirement.decision.rationale,
        },
      };
    case "checkpoint":
    case "workflow":
      return { due_at: requirement.dueAt?.toISOString() ?? null };
    case "conditions":
    case "reading":
      return {};
  }
}

function approvalsJson(requirement: ApprovalsRequirement, telling: Telling) {
  const { state, dueAt } = requirement;
  const dropped = requirement.given.filter(({ outcome }) => outcome.kind !== "counts");
  return {
    roles: requirement.roles.map((role) => role.role),
    needed: requirement.needed,
    given: requirement.given.filter(({ outcome }) => outcome.kind === "counts").map(({ person }) => person.login),
    kept: requirement.given.flatMap((one) =>
      one.outcome.kind === "counts"
        ? [{ user: one.person.login, freshness: one.outcome.freshness, why: toPlain(whyApproval(one)) }]
        : [],
    ),
    dropped: dropped.map((one) => ({
      user: one.person.login,
      outcome: one.outcome.kind,
      why: toPlain(whyApproval(one)),
    })),
    candidates: requirement.candidates.map((person) => person.login),
    files: (requirement.coverage ?? []).map(({ path, owners, by }) => ({
      path,
      owners: owners.map(({ login }) => login),
      approved_by: by.map(({ login }) => login),
    })),
    competes_with: requirement.competesWith,
    missing_teams: requirement.missingTeams,
    anyone_with: requirement.anyoneWith,
    due_at: dueAt?.toISOString() ?? null,
    overdue: state === "waiting" && requirement.isOverdue,
    ask: state === "satisfied" ? null : toPlain(whoCanApprove(requirement, telling)),
  };
}
